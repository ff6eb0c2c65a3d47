"""The list: what is due, what is open, what was looked back on; and what waits on Today."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from journal.decisions import queries
from journal.decisions.models import Decision
from journal.decisions.steps import FLOW
from journal.people import clock
from journal.privacy.keys import data_key
from journal.privacy.rls import acting_as
from tests.decisions.factories import make_decision, make_due, make_open, make_review
from tests.flow_client import place_in
from tests.page import compact
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db

ITEM = re.compile(
    r'<b class="own-words">(.*?)</b><span class="meta">(.*?)</span></span>'
    r'<span class="pill">(.*?)</span>'
)


def lines(client, address: str = "/decisions/") -> list[tuple[str, str, str]]:
    return ITEM.findall(compact(client.get(address)))


def test_nothing_yet(ada_client):
    assert "No decisions yet" in compact(ada_client.get("/decisions/"))


def test_each_line_says_where_a_decision_stands(ada, ada_client):
    today = clock.today(ada)
    day = lambda one: f"{one.day} {one:%B %Y}"  # noqa: E731
    make_open(ada, "Which school?", options=(), step="values")
    make_open(ada, "How shall I answer?", weighed={"pros": "My name on it"}, deadline=today)
    over = timezone.now() - timedelta(hours=1)
    make_open(ada, "Lend the deposit?", cooling_off_until=over)
    make_decision(ada, "Keep the car?")
    make_due(ada, "Four days?")
    make_review(make_decision(ada, "Turn down the fair?"))
    make_review(make_decision(ada, "Cheap printer?"), process_sound_now=False)
    make_review(make_decision(ada, "Night estimate?"), outcome_quality="mixed")
    with acting_as(ada):
        make_open(ada, "Which sofa?").drop()

    month = timedelta(days=30)
    since = f"{today.day} {today:%B}"
    assert lines(ada_client) == [
        (
            "Four days?",
            f"Decided on {day(today - timedelta(days=40))}, 70% sure. "
            f"Review on {day(today - timedelta(days=10))}",
            "Review due",
        ),
        ("Lend the deposit?", "3 options", "The wait is over"),
        (
            "How shall I answer?",
            f"3 options, 1 weighed. Decide by {day(today)}",
            "Exploring",
        ),
        ("Which school?", f"Only a question so far, since {since}", "Draft"),
        (
            "Keep the car?",
            f"Decided on {day(today)}, 70% sure. Review on {day(today + month)}",
            "Decided",
        ),
        ("Night estimate?", "Mixed result", "Reviewed"),
        ("Cheap printer?", "Shaky process, turned out well", "Fortunate"),
        ("Turn down the fair?", "Sound process, turned out well", "Earned"),
        ("Which sofa?", f"Dropped on {day(today)}", "Dropped"),
    ]
    page = compact(ada_client.get("/decisions/"))
    assert '<p class="big-number">2 of 3</p>' in page  # had a process that is still called sound


def test_a_wait_says_how_long(ada, ada_client):
    until = clock.now(ada).replace(hour=18, minute=0, second=0) + timedelta(days=2)
    make_open(ada, "Lend the deposit?", cooling_off_until=until)

    ((_question, _text, pill),) = lines(ada_client)

    assert pill == f"Sleeping on it until {until:%a} 18:00"


def test_what_was_looked_back_on_comes_in_pages(ada, ada_client):
    for n in range(queries.PAGE + 1):
        make_review(make_decision(ada, f"Number {n}?"))

    first = compact(ada_client.get("/decisions/"))
    assert [one[0] for one in ITEM.findall(first)] == [f"Number {n}?" for n in range(20, 0, -1)]
    older = re.search(r'href="(\?before=[0-9a-f-]+)">Older', first)[1]
    assert [one[0] for one in lines(ada_client, f"/decisions/{older}")] == ["Number 0?"]
    assert len(lines(ada_client, "/decisions/?before=nonsense")) == queries.PAGE


def test_one_or_thirty_decisions_cost_the_same_statements(ada, ada_client):
    def statements() -> int:
        return len(statements_of(ada_client, "/decisions/"))

    make_review(make_decision(ada))
    make_open(ada)
    one = statements()
    for _ in range(15):
        make_review(make_decision(ada))
        make_open(ada)
    assert (one, statements()) == (4, 4)  # whose session, current, ended, sound


def test_today_asks_for_drafts_waits_that_are_over_and_what_is_due(ada, django_assert_num_queries):
    now, today = timezone.now(), clock.today(ada)
    draft = make_open(ada, "Which school?", options=(), step="values")
    make_open(ada, "Still waiting?", cooling_off_until=now + timedelta(hours=2))
    over = make_open(ada, "Lend the deposit?", cooling_off_until=now - timedelta(hours=2))
    make_decision(ada, "Not due?")
    due = make_due(ada, "Four days?")
    begun = make_decision(ada, "Begun early?")
    make_review(begun, finish=False, step="outcome")
    make_review(make_due(ada, "Done?"))
    with acting_as(ada):
        make_open(ada, "Dropped?").drop()

    with acting_as(ada):
        data_key(ada.pk)  # once a request, whoever needs it first
        with django_assert_num_queries(1):
            queries.waiting(ada, today)
        found = {one.title: (one.text, one.address) for one in queries.waiting(ada, today)}

    assert found == {
        FLOW.name: (place_in(FLOW, draft), found[FLOW.name][1]),
        "Lend the deposit?": (
            "The wait is over. Choose when you’re ready.",
            f"/decisions/{over.pk}/step/ready/",
        ),
        "Four days?": ("Ready to look back.", f"/decisions/{due.pk}/"),
        "Begun early?": ("You’ve started to look back.", f"/decisions/{begun.pk}/"),
    }


def test_dropping_can_be_undone_whatever_the_state(ada, ada_client):
    for decision, state in ((make_open(ada), "exploring"), (make_decision(ada), "decided")):
        address = f"/decisions/{decision.pk}/"
        assert ada_client.post(f"{address}drop/").url == "/decisions/"
        assert f'action="{address}take-up/"' in compact(ada_client.get("/decisions/"))
        assert f'action="{address}take-up/"' in compact(ada_client.get(address))
        ada_client.post(f"{address}take-up/")
        with acting_as(ada):
            assert Decision.objects.get(pk=decision.pk).state == state


def test_a_decision_goes_to_the_trash_and_comes_back(ada, ada_client):
    decision = make_decision(ada)

    ada_client.post(f"/decisions/{decision.pk}/delete/")

    assert lines(ada_client) == []
    assert ada_client.get(f"/decisions/{decision.pk}/").status_code == 404
    assert "Fridays" in compact(ada_client.get("/decisions/trash/"))
    assert ada_client.post(f"/decisions/{decision.pk}/restore/").url == f"/decisions/{decision.pk}/"
    assert [one[2] for one in lines(ada_client)] == ["Decided"]


def test_eve_finds_nothing_of_adas(ada, eve_client):
    decision = make_decision(ada)
    address = f"/decisions/{decision.pk}/"
    assert lines(eve_client) == []
    for end in ("", "step/choice/", "review/process/", "thoughts/new/"):
        assert eve_client.get(address + end).status_code == 404
    for end in ("drop/", "later/", "delete/", "restore/", "take-up/", "thoughts/new/"):
        assert eve_client.post(address + end, {"thought": "Mine"}).status_code == 404
