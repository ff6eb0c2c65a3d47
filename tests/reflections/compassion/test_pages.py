"""The list and the page of one: what is shown, in how many statements, and what waits."""

from datetime import timedelta
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format

from journal.people import clock
from journal.people.pagination import PAGE
from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from journal.reflections.compassion.queries import waiting
from journal.reflections.compassion.steps import FLOW
from tests.flow_client import place_in, post
from tests.page import compact
from tests.promises.factories import make_promise
from tests.promises.test_pages import statements
from tests.reflections.compassion.factories import (
    make_draft,
    make_full_moment,
    make_mark,
    make_moment,
    reread,
)
from tests.reflections.compassion.flow_client import step_of
from tests.today.factories import make_daily_check

LIST = "/self-compassion/"


def shown(client, address: str) -> str:
    return unescape(compact(client.get(address, follow=True)))


def test_the_list_takes_as_many_statements_for_thirty_as_for_one(ada, eve, ada_client, eve_client):
    for person, many in ((ada, 30), (eve, 1)):
        for n in range(many):
            make_moment(person, f"Moment {n}", kinder_thought="Kind", intensity_after=5)
            make_draft(person, f"Draft {n}")
            make_mark(person, n + 1, "fits")

    many, one = statements(ada_client, LIST), statements(eve_client, LIST)

    # Session, user; moments, drafts, kind words: starters and own; a harsh voice that waits.
    assert (one, many) == (6, 6)


def test_a_harsh_voice_from_the_check_in_waits_here_until_it_is_let_pass(
    ada, eve, ada_client, eve_client
):
    yesterday = clock.today(ada) - timedelta(days=1)
    make_daily_check(ada, yesterday - timedelta(days=20), visit="critic")
    make_daily_check(ada, visit="boundary")
    assert "A harsh voice visited" not in shown(ada_client, LIST)
    check = make_daily_check(ada, yesterday, visit="critic", visit_words="On the stairs")

    page = shown(ada_client, LIST)
    assert f"From your check-in on {date_format(yesterday, 'l j F')}" in page
    begin = f"/self-compassion/new/?mode=break&on={yesterday.isoformat()}"
    assert f'href="{begin}">Yes, gently' in page
    assert "On the stairs" in page
    assert "On the stairs</textarea>" in shown(ada_client, begin)
    assert "On the stairs" not in shown(eve_client, begin)
    assert "A harsh voice visited" not in shown(eve_client, LIST)

    passed = ada_client.post(f"/today/visits/{check.pk}/let-go/", {"next": LIST})
    assert passed.url == LIST
    assert "A harsh voice visited" not in shown(ada_client, LIST)


def test_it_waits_no_longer_once_a_moment_is_begun_from_nothing_else(ada, ada_client):
    make_daily_check(ada, visit="critic")
    promise = make_promise(ada)

    post(ada_client, f"/self-compassion/new/?from_kind=promise&from_id={promise.pk}", trigger="Run")
    post(ada_client, "/self-compassion/new/?mode=break", trigger="", do="stop")
    assert "A harsh voice visited" in shown(ada_client, LIST)

    post(ada_client, "/self-compassion/new/?mode=break", trigger="Lost my thread")
    assert "A harsh voice visited" not in shown(ada_client, LIST)
    with acting_as(ada):
        assert ada.daily_checks.get().visit == "critic"


def test_a_page_takes_a_fixed_number_of_statements(ada, ada_client):
    for n in range(30):
        make_moment(ada, kinder_thought=f"Kind {n}")
        make_mark(ada, n + 1, "little")
    moment = make_full_moment(ada)
    address = moment.get_absolute_url()

    # Whose session, moment, threads; beside the words also starters with marks and own ones.
    assert statements(ada_client, address) == 4
    assert statements(ada_client, step_of(moment, "kinder")) == 4


def test_the_list_goes_on_where_it_ended(ada, ada_client):
    for n in range(PAGE + 3):
        make_moment(ada, f"Moment {n:02}.", days_ago=n // 2)

    first = shown(ada_client, LIST)
    address = first[first.index("?day=") :].split('"')[0]
    second = shown(ada_client, LIST + address)

    names = [f"Moment {n:02}." for n in range(PAGE + 3)]
    assert sum(name in first for name in names) == PAGE
    assert sum(name in second for name in names) == 3
    assert not [name for name in names if name in first and name in second]
    assert "?day=" not in second


def test_a_position_that_makes_no_sense_is_the_beginning(ada, ada_client):
    make_moment(ada, "Moment one")

    assert "Moment one" in shown(ada_client, f"{LIST}?day=soon&moment=7")


def test_a_list_of_one_says_what_changed(ada, eve, ada_client):
    make_moment(eve, "Not yours")
    make_moment(ada, kinder_thought="Freezing is human", intensity_after=5)
    make_mark(ada, 3, "fits")

    page = shown(ada_client, LIST)

    assert "“You always freeze”" in page
    assert "Freezing is human" in page
    assert '>Ashamed</span><span class="meta">8 before, 5 after<' in page
    assert "I am allowed to learn slowly." in page
    assert "Not yours" not in page


# --- the kind act


def test_a_kind_act_is_ticked_with_one_tap_and_taken_back_with_one(ada, ada_client):
    moment = make_moment(ada, kind_action="Make tea")
    page = moment.get_absolute_url()

    answer = ada_client.post(f"{page}kind-action/", follow=True)
    assert reread(moment).kind_action_done_at is not None
    assert f'action="{page}kind-action/undo/"' in compact(answer)
    done_at = reread(moment).kind_action_done_at
    ada_client.post(f"{page}kind-action/")
    assert reread(moment).kind_action_done_at == done_at
    ada_client.post(f"{page}kind-action/undo/")
    assert reread(moment).kind_action_done_at is None


def test_without_an_act_there_is_nothing_to_tick(ada, ada_client):
    moment = make_moment(ada)

    ada_client.post(f"{moment.get_absolute_url()}kind-action/")

    assert reread(moment).kind_action_done_at is None
    assert "Something kind" not in shown(ada_client, moment.get_absolute_url())


def test_another_act_is_not_done_yet(ada, ada_client):
    moment = make_moment(ada, kind_action="Make tea")
    ada_client.post(f"{moment.get_absolute_url()}kind-action/")

    post(ada_client, step_of(moment, "kind-action"), kind_action="Make tea")
    assert reread(moment).kind_action_done_at is not None
    post(ada_client, step_of(moment, "kind-action"), kind_action="")
    assert (reread(moment).kind_action, reread(moment).kind_action_done_at) == ("", None)


def test_what_waits_is_recent_and_read_in_one_statement(ada):
    make_moment(ada, kind_action="Tea today")
    make_moment(ada, kind_action="Rest, two days on", days_ago=2)
    make_moment(ada, kind_action="Air, three days on", days_ago=3)
    make_moment(ada, "No act")
    draft = make_draft(ada, "Begun six days ago", days_ago=6)
    make_draft(ada, "Begun seven days ago", days_ago=7)
    done = make_moment(ada, kind_action="Done already")
    gone = make_moment(ada, kind_action="Removed")
    with acting_as(ada):
        done.do_kind_action()
        gone.trash()

    with acting_as(ada):
        data_key(ada.pk)  # once a request, whoever needs it first
        with CaptureQueriesContext(connection) as captured:
            found = waiting(ada, clock.today(ada))
        assert len(captured) == 1

    with acting_as(ada):
        assert [(one.title, one.text) for one in found] == [
            ("Tea today", "Something kind you planned to do."),
            ("Rest, two days on", "Something kind you planned to do."),
            (FLOW.name, place_in(FLOW, draft)),
        ]
        assert waiting(ada, clock.today(ada) + timedelta(days=30)) == []


# --- removing


def test_a_removed_moment_comes_back(ada, ada_client):
    moment = make_moment(ada, "I froze")
    page = moment.get_absolute_url()

    assert ada_client.post(f"{page}delete/").url == LIST
    assert ada_client.get(page).status_code == 404
    assert "I froze" in shown(ada_client, f"{LIST}trash/")
    assert ada_client.post(f"{page}restore/").url == page
    assert "I froze" in shown(ada_client, page)
