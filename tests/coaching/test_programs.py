"""A program: nothing arrives before the client's yes, then a suggestion in its week, until either
side pauses or stops it; and what the coach sees of that."""

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import connection

from journal.coaching import program_forms, program_views
from journal.coaching import programs as offering
from journal.coaching.models import Program
from journal.people import clock
from journal.privacy.rls import COACH, acting_as
from journal.sharing import programs
from journal.sharing.models import ClientProgram, ConsentEvent, Suggestion
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, made_coach, make_program, offer
from tests.coaching.sql_queries import as_owner
from tests.conftest import signed_in
from tests.factories import make_person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def row_of(person) -> ClientProgram:
    with acting_as(person):
        return ClientProgram.objects.select_related("link").get()


def do(person, row, what: str):
    return signed_in(person).post(row.get_absolute_url(), {"do": what})


def by_coach(coach, row, what: str):
    return browser_of(coach).post(f"/coach/client-programs/{row.pk}/", {"do": what}, follow=True)


def started_days_ago(row, days: int, **changes) -> None:
    with acting_as(row.owner_id):
        row = ClientProgram.objects.get(pk=row.pk)
        row.started_on = row.started_on - timedelta(days=days)
        for name, value in changes.items():
            setattr(row, name, value)
        row.save()


def weeks_there(person) -> list[int]:
    """The weeks whose suggestions wait."""
    with acting_as(person):
        rows = Suggestion.objects.waiting(clock.today(person)).order_by("week")
        return [one.week for one in rows]


# --- the client


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


# --- the coach

WEEKS = {"name": "Saying no", "purpose": "", "what2": "practice:boundaries", "words2": "One."}


def test_the_coach_writes_it_week_by_week_and_changes_it(mira):
    browser = browser_of(made_coach(mira))
    path = browser.get("/coach/programs/new/?from=limits").url
    assert "Where did you say yes this week" in browser.get(path).text
    sent = {**WEEKS, "id": path.partition("id=")[2].partition("&")[0], "what5": "prompt"}
    refused = browser.post("/coach/programs/new/", sent)
    assert "Write the prompt." in text_of(refused)
    for _twice in "12":
        assert browser.post("/coach/programs/new/", sent | {"words5": "Whose?"}).status_code == 302
    with acting_as(mira):
        (row,) = mira.programs.live()
        found = [(one.week, one.what, one.practice, one.words) for one in row.sequence]
    assert found == [(2, "practice", "boundaries", "One."), (5, "prompt", "", "Whose?")]

    late = browser.post(f"/coach/programs/{row.pk}/", WEEKS | {"version": 0, "words2": "Two."})
    assert late.status_code == 409
    assert "Two." in late.text
    assert "Whose?" in late.text  # the stored one, beside it
    saved = browser.post(f"/coach/programs/{row.pk}/", WEEKS | {"version": 1})
    assert saved.status_code == 302
    with acting_as(mira):
        assert [one.week for one in mira.programs.get().sequence] == [2]


BAD = [
    ({}, "Choose something for at least one week."),
    ({"what1": "prompt"}, "Write the prompt."),
    ({"what1": "promise"}, "Enter the promise in one sentence."),
    ({"words1": "Whose?"}, "Choose what this is."),
    ({"what1": "promise", "words1": "x" * 141}, "at most 140 characters"),
    ({"what1": "prompt", "words1": "x" * 1_000_000}, "Please fix"),
    ({"what1": "prompt", "words1": "a\0b"}, "Please fix"),
    ({"what1": "practice", "words1": "x"}, "Please fix"),
    ({"what1": "practice:x", "words1": "x"}, "Please fix"),
    ({"what1": "prompt", "words1": "x", "name": ""}, "Give it a name."),
]


def test_what_does_not_fit_comes_back_with_a_sentence(mira):
    browser = browser_of(made_coach(mira))
    for sent, sentence in BAD:
        answered = browser.post("/coach/programs/new/", {"name": "Saying no", **sent})
        assert answered.status_code == 200
        assert sentence in text_of(answered), sent
        assert sent.get("words1", "").partition("\0")[0] in answered.text
    with acting_as(mira):
        assert not Program.objects.exists()


def test_there_is_an_end_to_programs_and_to_clients_at_once(ada, mira, linked, monkeypatch):
    row, sent = make_program(mira), {"name": "One more", "what1": "prompt", "words1": "Whose?"}
    with acting_as(mira):
        clients = [str(one.pk) for one in mira.clients.all()]
    monkeypatch.setattr(program_views, "MOST_PROGRAMS", 1)
    monkeypatch.setattr(program_forms, "AT_ONCE", 0)
    refused = browser_of(mira).post("/coach/programs/new/", sent)
    assert "You have 1 programs. Delete one first." in text_of(refused)
    asked = {"id": uuid4(), "version": 1, "clients": clients}
    refused = browser_of(mira).post(f"/coach/programs/{row.pk}/offer/", asked)
    assert "Tick at most 0 clients at once." in text_of(refused)
    with acting_as(mira):
        assert mira.programs.count() == 1
    with acting_as(ada):
        assert not ClientProgram.objects.exists()


def test_several_clients_are_asked_alone_and_once(ada, mira, eve, linked):
    other, silent = link(eve, mira, "Eve"), link(make_person("leila@example.org"), mira, "Leila")
    with acting_as(silent.owner_id):
        silent.mute(muted=True)
    row = make_program(mira)
    browser, path = browser_of(mira), f"/coach/programs/{row.pk}/offer/"
    with acting_as(mira):
        clients = {one.link_id: str(one.pk) for one in mira.clients.all()}
    page = text_of(browser.get(path))
    assert "They don’t want suggestions at the moment: Leila" in page
    sent = {"id": uuid4(), "version": 1, "clients": [*clients.values()]}
    for _twice in "12":
        answered = browser.post(path, sent, follow=True)
        assert "Sent to 2 clients." in text_of(answered)
    again = browser.post(path, sent | {"id": uuid4()})
    assert again.status_code == 409
    assert "Nobody you ticked can get it" in text_of(again)
    for person, others in ((ada, ("Eve", "Leila")), (eve, ("Ada", "Leila"))):
        read = text_of(signed_in(person).get(row_of(person).get_absolute_url()))
        assert not [name for name in others if name in read]
        with acting_as(person):
            assert ClientProgram.objects.get().link_id in (linked.pk, other.pk)
            assert Suggestion.objects.count() == 3
    with acting_as(silent.owner_id):
        assert not ClientProgram.objects.exists()


def test_what_was_changed_since_the_page_is_looked_at_once_more(ada, mira, linked):
    row = make_program(mira)
    with acting_as(mira):
        clients = [str(one.pk) for one in mira.clients.all()]
        row.name = "Saying yes"
        row.save()
    sent = {"id": uuid4(), "version": 1, "clients": clients}
    late = browser_of(mira).post(f"/coach/programs/{row.pk}/offer/", sent)
    assert late.status_code == 409
    assert 'name="version" value="2"' in late.text
    for bad in ({"clients": []}, {"clients": [str(uuid4())]}, {"id": "x"}, {"version": "x"}):
        answered = browser_of(mira).post(f"/coach/programs/{row.pk}/offer/", sent | bad)
        assert answered.status_code == 200
    with acting_as(ada):
        assert not ClientProgram.objects.exists()


def test_what_the_coach_changes_or_deletes_later_changes_nothing_of_hers(ada, mira, linked):
    own = make_program(mira)
    row = offer(linked, own)
    with acting_as(mira):
        own.name, own.sequence = "Saying yes", own.sequence[:1]
        own.save()
        own.trash()
    page = text_of(signed_in(ada).get(row.get_absolute_url()))
    assert "Saying no" in page
    assert "Step outside daily" in page
    seen = text_of(browser_of(mira).get(page_of(linked)))
    assert "A program you’ve deleted" in seen
    assert "Saying no" not in seen


def test_the_coach_sees_the_answers_and_never_a_word(ada, mira, linked):
    row = offer(linked, make_program(mira))
    do(ada, row, "start")
    with acting_as(ada):
        first = row.suggestions.get(week=1)
    change = {"do": "change", "text": "Whose quokka was it?"}
    signed_in(ada).post(f"/sharing/suggestions/{first.pk}/", change)
    started_days_ago(row, 8)

    page = text_of(browser_of(mira).get(page_of(linked)))

    assert "Going on. Week 2 of 4" in page
    assert "Week 1: A writing prompt. Accepted with changes" in page
    assert "Week 2: A practice to try. Waiting" in page
    assert "Week 4" not in page
    assert "Where did you say yes" not in page
    assert "quokka" not in page
    with acting_as(ada):
        assert not ada.access_log.exists()  # nothing of hers was opened


def test_the_coach_pauses_continues_and_stops_it_and_she_reads_who_did(ada, mira, linked):
    row = offer(linked, make_program(mira))
    do(ada, row, "start")
    for what, state in (("pause", "paused"), ("resume", "running"), ("pause", "paused")):
        by_coach(mira, row, what)
        assert row_of(ada).state(clock.today(ada)) == state
    assert "Mira paused this." in text_of(signed_in(ada).get(row.get_absolute_url()))
    do(ada, row, "pause")  # hers, from now on
    refused = by_coach(mira, row, "resume")
    assert "changed in the meantime" in text_of(refused)
    assert 'value="resume"' not in refused.text
    by_coach(mira, row, "stop")
    log = text_of(signed_in(ada).get("/sharing/log/"))
    for said in ("Mira paused", "Mira continued", "Mira stopped", "You paused"):
        assert f"{said} a program" in log
    assert "Mira stopped this." in text_of(signed_in(ada).get(row.get_absolute_url()))


def test_no_word_of_it_lies_open_and_no_role_goes_past_the_wall(ada, mira, eve, linked):
    own = make_program(mira, "The zanzibarquokka")
    row = offer(linked, own)
    with connection.cursor() as cursor:
        for table in ("sharing_clientprogram", "coaching_program", "sharing_suggestion"):
            cursor.execute(f"select row_to_json(t)::text from {table} t")
            found = str(cursor.fetchall())
            assert str(row.owner_id) in found or str(own.pk) in found
            assert "zanzibar" not in found
            assert "Step outside" not in found
    coach = made_coach(eve)
    with acting_as(coach, role=COACH):
        assert not ClientProgram.objects.only("id").exists()
        assert not Program.objects.exists()
        assert offering.find(row.pk) is None
    with acting_as(ada):
        assert not Program.objects.exists()
    with acting_as(mira, role=COACH):
        assert offering.find(row.pk) is not None
    with acting_as(ada):
        linked.end()
    with acting_as(mira, role=COACH):
        assert offering.find(row.pk) is None
