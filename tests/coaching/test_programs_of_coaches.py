"""A coach writes a program and offers it to clients; what the coach sees of theirs."""

from uuid import uuid4

import pytest
from django.db import connection

from journal.coaching import program_forms, program_views
from journal.coaching import programs as offering
from journal.coaching.models import Program
from journal.people import clock
from journal.privacy.rls import COACH, acting_as
from journal.sharing.models import ClientProgram, Suggestion
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, made_coach, make_program, offer
from tests.coaching.program_clicks import by_coach, do, row_of, started_days_ago
from tests.conftest import signed_in
from tests.factories import make_person

pytestmark = pytest.mark.django_db

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
