"""The example person: twelve believable weeks, the same each time, and marked as made up."""

from datetime import date, timedelta
from uuid import UUID

import pytest
import time_machine
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import escape

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.exchange.models import Import
from journal.guide.todo_items import ask
from journal.insights import grown
from journal.insights.page import build_page
from journal.insights.periods import LENGTHS, Period
from journal.insights.quarters import Quarter
from journal.lessons import threads
from journal.operation.example.person import COACH_EMAIL, EMAIL, make_example_person
from journal.people import clock
from journal.people.adapter import signup_mode
from journal.people.models import User
from journal.privacy.batched_queries import fetch_batched
from journal.privacy.rls import COACH, acting_as
from journal.promises import history, queries
from journal.promises.experiments import read_result
from journal.promises.models import CheckIn
from journal.promises.occurrences import can_be_answered
from journal.reflections.compassion import queries as compassion
from journal.reflections.compassion import steps as compassion_steps
from journal.reflections.compassion import suggestions
from journal.reflections.compassion.kind_words import KindWords
from journal.reflections.mistakes import queries as mistakes
from journal.reflections.mistakes import steps as mistakes_steps
from journal.reflections.rumination import queries as rumination
from journal.sharing import coach_queries
from journal.sharing.models import Brief, CoachLink, SharedMeasure
from journal.sharing.models import Client as CoachedClient
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.privacy.stored import run

PASSWORD = "an example for the tests"
SUNDAY = date(2026, 11, 29)  # with all six days of the last week
pytestmark = pytest.mark.usefixtures("nora")  # who is there from the first of them to the last


@pytest.fixture(scope="module", autouse=True)
def on_sunday():
    with time_machine.travel(f"{SUNDAY}T18:00:00Z", tick=False):
        yield


@pytest.fixture(scope="module")
def example(on_sunday, module_data) -> UUID:
    return make_example_person(PASSWORD).person.pk


@pytest.fixture
def nora(example, db) -> User:
    return User.objects.get(pk=example)


def ago(day: date) -> int:
    return (SUNDAY - day).days


def test_it_is_read_in_by_the_importer_and_says_who_it_is(nora):
    with acting_as(nora):
        row = Import.objects.get()
        assert (row.refusal, row.preview["new"], row.preview["skipped"]) == ("", 631, [])
        assert (nora.called, nora.zone, nora.week_starts_on) == ("Nora", "Europe/Copenhagen", 0)
        assert [clock.today(nora), storages["private"].exists(row.stored_name)] == [SUNDAY, False]


def test_twelve_weeks_of_every_kind(nora):
    with acting_as(nora):
        states = sorted(nora.promises.live().values_list("state", flat=True))
        answers = nora.checkins.order_by("due_on")
        lines = ["draft"] * 4  # of what she told herself
        assert states == ["active"] * 5 + ["completed", "draft", *lines, "paused", "retired"]
        assert {c.status for c in answers} == set(CheckIn.Status.values)
        assert (ago(answers[0].due_on), answers.count()) == (90, 239)
        assert nora.promiserevisions.count() == nora.promises.finished().count() + 1
        assert nora.promisepauses.get().until_on is None
        entries = nora.entries.live()
        assert (entries.count(), entries.to_sort().count(), nora.tags.count()) == (43, 1, 5)
        assert [ago(row.taken_on) for row in nora.ratings.newest_first()] == [19, 53, 87]
        returned = [lesson.returns.count() for lesson in nora.lessons.active().order_by("id")]
        assert returned == [5, 0, 2, 2, 0]
        assert nora.lessonuses.count() == 10
        values = [value.name for value in nora.values.active()]
        assert values == ["calm", "family", "craft", "honesty", "health"]


def test_what_has_grown_has_something_for_each_reason(nora):
    with acting_as(nora):
        page = grown.build_page(nora, Quarter.named("", SUNDAY))
    assert [[one.slug for one in section.evidence] for section in page.sections] == [
        *(["process"], ["returns", "lessons"], ["values", "follow-through"]),
        *(["easing", "trust"], ["kept", "sureness"]),
    ]
    assert all(section.answers for section in page.sections)
    assert [len(section.sentences) for section in page.sections] == [1, 3, 3, 3, 2]


def test_two_ways_were_compared_and_two_others_are(nora):
    with acting_as(nora):
        done, under_way = nora.experiments.order_by("starts_on")
        found = read_result(nora, done.promise_id, done)
        assert [(way.kept, way.n) for _words, way in found.ways] == [(14, 15), (17, 20)]
        assert (found.is_settled, found.better, found.could_be) == (True, "", (25, 31))
        assert done.chosen_way == "The book on top of the laptop"
        assert under_way.way_on(SUNDAY) == "A book on the pillow"
        assert read_result(nora, under_way.promise_id, under_way).week_number == 3


def test_today_is_left_for_whoever_looks(nora):
    with acting_as(nora):
        due = queries.due_on(nora, SUNDAY)
        assert [one.checkin.status for one in due] == [""] * 2
        assert not nora.daily_checks.filter(date=SUNDAY).exists()
        assert ago(nora.entries.live().latest("written_on").written_on) == 1


def test_entries_carry_prompts_tags_and_what_they_said_before(nora):
    with acting_as(nora):
        entries = nora.entries.live()
        practices = sorted(set(entries.values_list("practice", flat=True)))
        assert practices == ["", "boundaries", "compassion", "decisions", "mistakes", "promises"]
        assert entries.filter(prompt__isnull=False).count() == 10
        assert entries.filter(own_prompt__isnull=False).count() == 1
        assert entries.filter(intensity__isnull=False).count() == 26
        changed = [entry for entry in entries if entry.earlier.exists()]
        assert sorted(entry.title for entry in changed) == [
            "After the budget meeting",
            "What I know about four days",
        ]


def test_boundaries_are_told_crossed_and_tied_to_what_was_learned(nora):
    with acting_as(nora):
        rows = nora.boundaries.live().order_by("id")
        assert [(one.state, one.tellings.count(), one.crossings.count()) for one in rows] == [
            *(("active", 2, 5), ("retired", 0, 0), ("active", 1, 4)),
            *(("ready", 0, 0), ("draft", 0, 0)),
        ]
        crossing = rows[0].crossings.earliest("occurred_on")
        moment, lesson = sorted(
            threads.links_of(nora, crossing).led_to, key=lambda one: one.kind.name
        )[::-1]
        assert moment.row.get_mode_display() == "A break"
        assert lesson.row.if_situation == "somebody asks me on the spot"
        assert [tied.row for tied in threads.links_of(nora, rows[2]).came_from] == [lesson.row]
        assert [one.title for one in boundaries.following(nora, SUNDAY)] == [
            "Tell her that it was good to be asked, not told"
        ]


def test_daily_checks_with_gaps_and_slowly_more_trust(nora):
    with acting_as(nora):
        checks = {ago(check.date): check for check in nora.daily_checks.all()}
        assert len(checks) == 73
        assert not {0, *range(44, 48)} & checks.keys()
        early = [check.trust for days, check in checks.items() if days > 63]
        late = [check.trust for days, check in checks.items() if days <= 28]
        assert sum(late) / len(late) > sum(early) / len(early) + 0.5
        assert {check.trust for check in checks.values()} == {1, 2, 3, 4, 5}


def test_decisions_of_every_state_locked_once_decided(nora):
    with acting_as(nora):
        states = sorted(nora.decisions.live().values_list("state", flat=True))
        assert states == ["cooling_off", *["decided"] * 2, *["reviewed"] * 23]
        by_question = {one.question: one for one in nora.decisions.all()}
        car = by_question["Mend the old car, or take the loan?"]
        review = car.reviews.get()
        assert (review.prediction_result, review.quadrant) == ("no", "unlucky")
        assert [one.thought[:7] for one in car.addenda.all()] == ["The bus"]
        assert by_question["Do I become the orchestra parents' treasurer?"].is_cooling_off()
        assert [one.title for one in decisions.waiting(nora, SUNDAY)] == [
            "What gives way to the rehearsals?"
        ]
        car.question = "Changed afterwards"
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            car.save()


def test_hard_moments_of_every_mode_one_of_which_grew_stronger(nora):
    with acting_as(nora):
        moments = list(nora.selfcompassions.finished().newest_first())
        assert sorted({one.mode for one in moments}) == ["break", "full", "letter"]
        strengths = [(one.intensity_before, one.intensity_after) for one in moments]
        assert strengths == [
            *((4, 2), (6, 4), (5, 3), (4, 2), (5, 3)),
            *((5, 5), (8, 5), (6, 8), (5, 3), (7, 4), (7, 5)),
        ]
        assert suggestions.fitting(nora)[0] == "I can come back from here."  # more eased with it
        *_others, last = KindWords(nora).starters
        assert last.words == "Others have been where I am."  # with it, a moment grew stronger
        assert {one.title for one in compassion.waiting(nora, SUNDAY)} == {
            "Bed with the other book",
            compassion_steps.FLOW.name,
        }


def test_mistakes_at_rest_with_a_repair_due_and_only_begun(nora):
    with acting_as(nora):
        night, recital, trip = nora.mistakes.live().order_by("id")
        assert [one.state for one in (night, recital, trip)] == ["at_rest", "examined", "draft"]
        assert (night.intensity_before, night.intensity_after) == (6, 1)
        assert {one.title for one in mistakes.waiting(nora, SUNDAY)} == {
            mistakes_steps.FLOW.name,
            recital.repair,
        }
        (missed,) = (tied.row for tied in threads.links_of(nora, night).came_from)
        day_before = night.occurred_on - timedelta(days=1)
        assert missed.checkins.get(due_on=day_before).status == CheckIn.Status.MISSED


def test_waiting_for_an_answer_keeps_coming_back_and_nothing_else_does(nora):
    with acting_as(nora):
        found = [one for _icon, one in ask([rumination.waiting], nora, SUNDAY)]
    assert [(one.title, one.count) for one in found] == [("Four days", 3)]
    page = signed_in(nora).get("/today/").content.decode()
    assert page.count("This keeps coming back") == 1


def test_weeks_keep_the_record_that_their_rows_come_to(nora):
    with acting_as(nora):
        weeks = list(nora.weeklyreflections.order_by("week_start"))
        assert [(ago(one.week_start), one.added) for one in weeks] == [
            (days, 0) for days in range(83, 19, -7)
        ]
        assert sum(one.skipped_at is not None for one in weeks) == 1
        assert all(one.record.promises for one in weeks if one.is_started)


def test_threads_lead_on_from_page_to_page(nora):
    """A missed promise, a mistake, its lesson, the decision it helped; a crossing, a break."""
    with acting_as(nora):
        promise = next(p for p in nora.promises.finished() if p.statement.startswith("The phone"))
        (mistake,) = (tied.row for tied in threads.links_of(nora, promise).led_to)
        (lesson,) = (tied.row for tied in threads.links_of(nora, mistake).led_to)
        back, decision = (tied.row for tied in threads.links_of(nora, lesson).led_to)
        helped, open_one = lesson.uses.order_by("used_on")
        assert (helped.linked, back) == (("decision", decision.pk), promise)
        assert (open_one.linked, open_one.result) == (("promise", promise.pk), "")
        crossing = nora.crossings.earliest("occurred_on")
        moment = nora.selfcompassions.earliest("occurred_on")
        assert threads.links_of(nora, moment).came_from[0].row == crossing
        named = [
            *((promise, mistake.title), (mistake, promise.statement)),
            *((mistake, lesson.if_situation), (lesson, mistake.title)),
            *((lesson, decision.question), (decision, lesson.if_situation)),
            (moment, crossing.what_happened),
        ]
    client = signed_in(nora)
    for row, words in named:
        page = client.get(row.get_absolute_url()).content.decode()
        assert escape(words) in page, words


def test_what_was_answered_was_due(nora):
    with acting_as(nora):
        rows = history.with_history(nora.promises.finished(), SUNDAY - timedelta(days=200))
        for promise in rows:
            plan = history.PromiseHistory(promise, SUNDAY, SUNDAY).plan
            for day in promise.checkins.values_list("due_on", flat=True):
                assert can_be_answered(plan, day), (promise.statement, day)


def test_figures_worth_showing_calibration_and_reviews_included(nora):
    with acting_as(nora):
        found = build_page(nora, Period(LENGTHS[1], SUNDAY))
    assert found.without_data == []
    said = {one.slug: one for one in found.with_data}
    assert {slug for slug, one in said.items() if one.plots or one.strokes or one.grid} >= {
        *("kept", "returns", "easing", "follow-through", "lessons", "trust", "rating"),
        *("calibration", "process"),
    }
    assert said["follow-through"].fact.value == "7 of 9"
    assert said["calibration"].said[0] == (
        "23 predictions looked back on: 16 came true. 1 is unclear. "
        "Brier figure: 0.19, where 0 is perfect and 0.25 is no better than tossing a coin."
    )
    assert said["process"].heading == "Sound process: 21 of 23"
    assert said["process"].grid == {
        "earned": 15,
        "unlucky": 2,
        "fortunate": 1,
        "lesson": 1,
        "mixed": 4,
    }


def test_the_coach_sees_one_thing_of_each_kind_and_not_what_was_kept_out(nora):
    coach = User.objects.get(email=COACH_EMAIL)
    with acting_as(coach, role=COACH):
        CoachedClient.objects.get()
        items = coach_queries.items(fetch_batched(nora, SUNDAY, *coach_queries.NEWEST_OF_EACH))
        brief, slugs = Brief.objects.get(), {one.slug for one in SharedMeasure.objects.all()}
    assert sorted(item.kind.name for item in items) == sorted(coach_queries.KINDS)
    titles = [item.row.title for item in items if item.kind.name == "mistake"]
    assert titles == ["Sharp with Priya on five hours' sleep"]
    assert brief.wanted.startswith("I want to practise saying I need time")
    assert (len(slugs), "kept" in slugs) == (8, True)  # four figures, and four weeks
    with acting_as(nora):
        link = CoachLink.objects.get()
        assert link.consented_at.date() == SUNDAY - timedelta(weeks=12)
        assert [event.at for event in link.events.filter(what="connected")] == [link.consented_at]
        rows = (link.comments, link.replies, link.programs, link.access_log, link.suggestions)
        assert [one.count() for one in rows] == [1, 1, 1, 1, 5]  # four of the program's


def test_others_keep_what_is_theirs(ada, nora):
    make_entry(ada, "Mine")
    make_example_person()
    with acting_as(ada):
        assert [entry.body for entry in ada.entries.all()] == ["Mine"]
        assert run("select count(*) from promises_promise") == [(0,)]


def test_the_first_real_person_still_finds_the_door_open(nora):
    assert signup_mode() == "open"
    User.objects.create_user("ada@example.org", PASSWORD)
    assert signup_mode() == "invite"


def test_every_page_says_that_it_is_an_example_and_only_theirs(nora, ada_client):
    sentence = "An example person: everything here is made up"
    for path in ("/today/", "/journal/", "/journal/write/", "/settings/"):
        pages = [one.get(path, follow=True) for one in (signed_in(nora), ada_client)]
        assert [page.content.decode().count(sentence) for page in pages] == [1, 0]


def test_it_can_be_signed_in_as_where_addresses_are_confirmed_by_mail(nora, settings):
    settings.MAIL_WORKS, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    given = {"login": EMAIL, "password": PASSWORD}
    assert Client().post("/accounts/login/", given).url == "/today/"


def test_no_word_of_it_lies_open(nora):
    words = ("Portuguese", "boiler", "Lund", "toothbrush", "notebooks", "treasurer")
    for (table,) in run("select tablename from pg_tables where schemaname = 'public'"):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert not [word for word in words if word in rows], table
