"""A program: nothing arrives before the client's yes, then a suggestion in its week, until either
side pauses or stops it; and what the coach sees of that."""

from datetime import date, timedelta
from itertools import product

import pytest

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.sharing import programs
from journal.sharing.models import ClientProgram, ConsentEvent, Suggestion
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import made_coach, make_program, offer
from tests.coaching.program_clicks import by_coach, do, row_of, started_days_ago
from tests.coaching.sql_queries import as_owner
from tests.conftest import signed_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def weeks_there(person) -> list[int]:
    """The weeks whose suggestions wait."""
    with acting_as(person):
        rows = Suggestion.objects.waiting(clock.today(person)).order_by("week")
        return [one.week for one in rows]


def test_she_reads_all_of_it_before_her_yes_and_nothing_arrives_before(ada, mira, linked):
    row = offer(linked, make_program(mira))
    browser = signed_in(ada)
    with acting_as(ada):
        first = row.suggestions.get(week=1)
    step = f"/sharing/suggestions/{first.pk}/"

    today = browser.get("/today/").content.decode()
    assert "A program to look at" in today
    assert row.get_absolute_url() in today
    assert "Your coach has a suggestion" not in today
    page = text_of(browser.get(row.get_absolute_url()))
    for words in ("Saying no", "For Saying no", "Where did you say yes", "Step outside daily"):
        assert words in page
    assert browser.get(step).status_code == browser.post(step, {"do": "take"}).status_code == 404

    assert do(ada, row, "start").status_code == 302
    assert weeks_there(ada) == [1]
    assert step in browser.get("/today/").content.decode()
    assert browser.post(step, {"do": "take"}).status_code == 302
    with acting_as(ada):
        assert ada.own_prompts.get().text == "Where did you say yes and mean no?"
        (event,) = ConsentEvent.objects.all()
    assert (event.what, event.about, event.detail) == ("started", "program", "client")
    assert "You said yes to a program of Mira." in text_of(browser.get("/sharing/log/"))


def test_each_arrives_in_its_week_and_an_empty_week_brings_nothing(ada, mira, linked):
    row = offer(linked, make_program(mira))
    do(ada, row, "start")
    for days, there in ((6, [1]), (1, [1, 2]), (7, [1, 2]), (6, [1, 2]), (1, [1, 2, 4])):
        started_days_ago(row, days)
        assert weeks_there(ada) == there
    assert row_of(ada).state(clock.today(ada)) == "done"
    assert "All of it has arrived" in text_of(signed_in(ada).get(row.get_absolute_url()))


def test_the_database_and_the_page_count_the_weeks_alike(ada, mira, linked):
    """Every day of five weeks, paused or stopped on any of them, after a pause of any length."""
    row = offer(linked, make_program(mira), started_on=TODAY)
    ends = (None, TODAY, TODAY + timedelta(days=7), TODAY + timedelta(days=20))
    with acting_as(ada):
        row = ClientProgram.objects.select_related("link").get()
        for paused, stopped, before in product(ends, ends, (0, 5)):
            row.paused_on, row.paused_by = paused, "coach" if paused else ""
            row.stopped_on, row.stopped_by = stopped, "client" if stopped else ""
            row.days_paused = before
            row.save()
            for days in (0, 6, 7, 12, 13, 20, 21, 26):
                day = TODAY + timedelta(days=days)
                until = min([day, *(one for one in (paused, stopped) if one)])
                found = [one.week for one in programs.steps(row, day) if one.has_arrived]
                assert found == [one for one in (1, 2, 4) if row.arrival(one) <= until]


def test_a_pause_moves_the_weeks_and_takes_nothing_back(ada, mira, linked):
    row = offer(linked, make_program(mira))
    do(ada, row, "start")
    started_days_ago(row, 3)
    do(ada, row, "pause")
    today = clock.today(ada)
    for days in (0, 30):
        started_days_ago(row, days, paused_on=today - timedelta(days=days))
        assert weeks_there(ada) == [1]
    do(ada, row, "resume")
    assert weeks_there(ada) == [1]
    assert row_of(ada).arrival(2) == today + timedelta(days=4)
    assert row_of(ada).days_paused == 30
    events = [one.what for one in ConsentEvent.objects.order_by("at")]
    assert events == ["started", "paused", "resumed"]


ALLOWED = {  # what the client's click comes to in each state
    "offered": {"start": "running", "decline": "declined"},
    "declined": {"start": "running", "decline": "declined"},
    "running": {"start": "running", "pause": "paused", "resume": "running", "stop": "stopped"},
    "paused": {"start": "paused", "pause": "paused", "resume": "running", "stop": "stopped"},
    "done": {"start": "done", "resume": "done"},
    "stopped": {"stop": "stopped"},
    "withdrawn": {"stop": "withdrawn"},
}
BY_COACH = {
    "offered": {"stop": "withdrawn"},
    "declined": {},
    "running": {"pause": "paused", "resume": "running", "stop": "stopped"},
    "paused": {"pause": "paused", "resume": "running", "stop": "stopped"},
    "done": {"resume": "done"},
    "stopped": {"stop": "stopped"},
    "withdrawn": {"stop": "withdrawn"},
}


def in_state(row: ClientProgram, state: str, paused_by: str) -> None:
    row.answered_at = None if state in ("offered", "withdrawn") else row.created_at
    started = state not in ("offered", "withdrawn", "declined")
    row.started_on = TODAY - timedelta(days=30 if state == "done" else 8) if started else None
    row.days_paused = 0
    row.paused_on, row.paused_by = (TODAY, paused_by) if state == "paused" else (None, "")
    ended = state in ("stopped", "withdrawn")
    row.stopped_on, row.stopped_by = (TODAY, "coach") if ended else (None, "")
    row.save()


@pytest.mark.parametrize(("side", "allowed"), [("client", ALLOWED), ("coach", BY_COACH)])
def test_what_each_side_may_do_in_which_state(ada, mira, linked, side, allowed):
    """Whatever is not in the table changes nothing. A pause of the client's is hers to end."""
    offer(linked, make_program(mira))
    row = row_of(ada)
    with acting_as(ada):
        for state, verb, by in product(allowed, programs.VERBS, ("client", "coach")):
            in_state(row, state, by)
            assert row.state(TODAY) == state
            expected = allowed[state].get(verb)
            if side == "coach" and by == "client" and (state, verb) == ("paused", "resume"):
                expected = None
            assert programs.act(row, verb, side, TODAY) == bool(expected), (state, verb, by)
            assert row.state(TODAY) == (expected or state), (state, verb, by)
            if (side, verb, expected) == ("client", "pause", "paused"):
                assert row.paused_by == "client"


@pytest.mark.parametrize("how", ["stopped", "comments off", "ended"])
def test_nothing_waits_or_arrives_any_more(ada, mira, linked, how):
    row = offer(linked, make_program(mira))
    do(ada, row, "start")
    path = {"comments off": "comments", "ended": "end"}.get(how)
    if path:
        signed_in(ada).post(f"/sharing/grants/{linked.pk}/{path}/", {"do": "off"})
    else:
        do(ada, row, "stop")
    started_days_ago(row, 40)
    assert weeks_there(ada) == []
    assert "coach has" not in signed_in(ada).get("/today/").content.decode()
    if how == "comments off":  # which is a pause of hers
        assert row_of(ada).paused_by == "client"
        refused = do(ada, row, "resume")
        assert refused.status_code == 409
        assert "Turn them on under Coach first" in text_of(refused)
        return
    as_owner("update sharing_coachlink set ended_at = ended_at - interval '30 days'")
    with acting_as(ada):
        row = ClientProgram.objects.select_related("link").get()
        found = programs.steps(row, clock.today(ada))
    assert [one.week for one in found if one.has_arrived] == ([1, 2] if path else [1, 2, 4])
    assert do(ada, row, "resume").status_code == 409
    assert signed_in(ada).get(row.get_absolute_url()).status_code == 200


def test_a_no_needs_no_reason_and_can_be_taken_back(ada, mira, linked):
    row = offer(linked, make_program(mira))
    said = signed_in(ada).post(row.get_absolute_url(), {"do": "decline"}, follow=True)
    assert "You don’t have to give a reason" in text_of(said)
    assert weeks_there(ada) == []
    assert "No, thank you" in text_of(browser_of(mira).get(page_of(linked)))
    assert do(ada, row, "start").status_code == 302
    assert weeks_there(ada) == [1]


def test_it_is_nobody_elses(ada, mira, eve, linked):
    row = offer(linked, make_program(mira))
    for person in (mira, eve):
        assert signed_in(person).get(row.get_absolute_url()).status_code == 404
        assert do(person, row, "start").status_code == 404
    assert by_coach(made_coach(eve), row, "stop").status_code == 404
    assert row_of(ada).state(clock.today(ada)) == "offered"
