"""The example person: twelve believable weeks, the same each time, and marked as made up."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import escape

from journal.boundaries import queries as boundaries
from journal.decisions import queries as decisions
from journal.guide.todo_items import ask
from journal.insights import page as figures
from journal.insights.periods import LENGTHS, Period
from journal.lessons import threads
from journal.operation.demo import EMAIL, make_example_person
from journal.people import clock
from journal.people.adapter import signup_mode
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises import queries
from journal.promises.models import CheckIn
from journal.reflections.compassion import queries as compassion
from journal.reflections.mistakes import queries as mistakes
from journal.reflections.rumination import queries as rumination
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.privacy.stored import run

PASSWORD = "an example for the tests"
pytestmark = pytest.mark.usefixtures("nora")  # who is there from the first of them to the last


@pytest.fixture(scope="module")
def example(beforehand) -> UUID:
    return make_example_person(PASSWORD).person.pk


@pytest.fixture
def nora(example, db) -> User:
    return User.objects.get(pk=example)


def test_twelve_weeks_of_every_kind(nora):
    today = clock.today(nora)
    with acting_as(nora):
        states = sorted(nora.promises.values_list("state", flat=True))
        answers = nora.checkins.order_by("due_on")
        assert states == ["active"] * 5 + ["completed", "draft", "paused", "retired"]
        assert {c.status for c in answers} == set(CheckIn.Status.values)
        assert (today - answers[0].due_on).days == 83
        assert answers.filter(due_on__gt=today).count() == 0
        assert sum(bool(c.note) for c in answers) >= 8
        assert nora.promiserevisions.count() == nora.promises.finished().count() + 1
        assert nora.promisepauses.get().until_on is None
        assert nora.entries.live().count() == 35
        lengths = sorted(len(entry.body) for entry in nora.entries.all())
        assert (lengths[0] < 80, lengths[-1] > 500) == (True, True)
        assert nora.ratings.count() == 3
        returned = [lesson.returns.count() for lesson in nora.lessons.order_by("since_on")]
        assert returned == [4, 2, 2, 0]
        assert nora.lessonuses.count() == 6
        assert nora.values.active().count() == 5
        due = queries.due_on(nora, today)
        assert any(not one.checkin.status for one in due)  # something is left to tell today
        assert queries.todo_items(nora, today)


def test_entries_carry_prompts_topics_and_what_they_said_before(nora):
    with acting_as(nora):
        entries = nora.entries.live()
        topics = sorted(topic.name for topic in nora.topics.all())
        assert topics == ["Four days", "Ida", "Mum", "Running", "Work"]
        practices = sorted(set(entries.values_list("practice", flat=True)))
        assert practices == ["", "boundaries", "compassion", "decisions", "mistakes", "promises"]
        assert entries.filter(prompt__isnull=False).count() == 10
        assert entries.filter(intensity__isnull=False).count() == 20
        changed = [entry for entry in entries if entry.earlier.exists()]
        assert sorted(entry.title for entry in changed) == [
            "After the budget meeting",
            "What I know about four days",
        ]
        assert nora.entries.trashed().count() == 1


def test_boundaries_are_told_crossed_and_tied_to_what_was_learned(nora):
    today = clock.today(nora)
    with acting_as(nora):
        evenings, marit, parents = nora.boundaries.order_by("created_at")
        assert [one.state for one in (evenings, marit, parents)] == ["active", "active", "ready"]
        assert (evenings.tellings.count(), marit.tellings.count()) == (2, 1)
        results = evenings.crossings.order_by("occurred_on").values_list("result", flat=True)
        assert list(results) == ["not_held", "held", "held"]
        crossing = evenings.crossings.earliest("occurred_on")
        lesson, moment = threads.links_of(nora, crossing).led_to
        assert moment.row.get_mode_display() == "A break"
        assert lesson.row.if_situation == "somebody asks me on the spot"
        assert [tied.row for tied in threads.links_of(nora, marit).came_from] == [lesson.row]
        assert [one.title for one in boundaries.following(nora, today)] == [
            "Tell her that it was good to be asked, not told"
        ]


def test_twelve_weeks_of_daily_checks_with_gaps_and_slowly_more_trust(nora):
    today = clock.today(nora)
    with acting_as(nora):
        checks = {(today - check.date).days: check for check in nora.daily_checks.all()}
        assert 55 < len(checks) < 75
        assert not {0, *range(37, 41)} & checks.keys()
        early = [check.trust for days, check in checks.items() if days > 56]
        late = [check.trust for days, check in checks.items() if days <= 28]
        assert sum(late) / len(late) > sum(early) / len(early) + 0.5
        assert {check.trust for check in checks.values()} == {1, 2, 3, 4, 5}
        assert [days for days, check in checks.items() if check.waits] == [2]


def test_decisions_of_every_state_with_their_options_and_one_outcome(nora):
    today = clock.today(nora)
    with acting_as(nora):
        car, four_days, saturdays, parents = nora.decisions.order_by("id")
        assert [one.state for one in (car, four_days, saturdays, parents)] == [
            *("reviewed", "decided", "decided", "cooling_off")
        ]
        assert [one.options.count() for one in (car, four_days, saturdays, parents)] == [3, 3, 2, 3]
        for one in (car, four_days, saturdays):
            assert (one.reasons, one.prediction, one.confidence, one.chosen_option).count(None) == 0
        review = car.reviews.get()
        assert (review.prediction_result, review.quadrant) == ("no", "unlucky")
        assert parents.is_cooling_off()
        assert [one.title for one in decisions.waiting(nora, today)] == [saturdays.question]
        four_days.question = "Changed afterwards"
        with pytest.raises(IntegrityError, match="stays as it was"), transaction.atomic():
            four_days.save()


def test_hard_moments_of_every_mode_one_of_which_grew_stronger(nora):
    today = clock.today(nora)
    with acting_as(nora):
        moments = list(nora.selfcompassions.finished().newest_first())
        assert [one.mode for one in moments] == [
            *("break", "letter", "full", "break", "letter", "full", "break")
        ]
        strengths = [(one.intensity_before, one.intensity_after) for one in moments]
        assert strengths == [(4, 2), (5, 5), (8, 5), (6, 8), (5, 3), (7, 4), (7, 5)]
        assert [one.occurred_on for one in moments if one.stung] == [today - timedelta(days=29)]
        assert nora.selfcompassions.with_kinder_thought().count() == 5
        assert nora.startermarks.fitting().count() == 3
        assert nora.startermarks.count() == 6
        assert [one.title for one in compassion.waiting(nora, today)] == [
            "Tea in the good cup before anyone is up"
        ]


def test_mistakes_at_rest_with_a_repair_due_and_only_begun(nora):
    today = clock.today(nora)
    with acting_as(nora):
        night, recital, trip = nora.mistakes.order_by("id")
        assert [one.state for one in (night, recital, trip)] == ["at_rest", "examined", "draft"]
        assert (night.intensity_before, night.intensity_after) == (6, 1)
        assert (night.repair_is_open, recital.repair_is_open) == (False, True)
        assert {one.title for one in mistakes.waiting(nora, today)} == {trip.title, recital.repair}
        (missed,) = (tied.row for tied in threads.links_of(nora, night).came_from)
        missed_on = today - timedelta(days=29)
        assert missed.checkins.get(due_on=missed_on).status == CheckIn.Status.MISSED


def test_waiting_for_an_answer_keeps_coming_back_and_nothing_else_does(nora):
    with acting_as(nora):
        found = [one for _icon, one in ask([rumination.waiting], nora, clock.today(nora))]

    assert [(one.title, one.count) for one in found] == [("Four days", 3)]
    page = signed_in(nora).get("/today/").content.decode()
    assert page.count("This keeps coming back") == 1


def test_threads_lead_on_from_page_to_page(nora):
    """A missed promise, a mistake, its lesson, the decision it stood beside; a crossing, a break.

    Each page names the next.
    """
    with acting_as(nora):
        promise = next(p for p in nora.promises.finished() if p.statement.startswith("The phone"))
        (mistake,) = (tied.row for tied in threads.links_of(nora, promise).led_to)
        (lesson,) = (tied.row for tied in threads.links_of(nora, mistake).led_to)
        (decision,) = (tied.row for tied in threads.links_of(nora, lesson).led_to)
        use = lesson.uses.get()
        assert use.linked == ("decision", decision.pk)
        crossing = nora.crossings.earliest("occurred_on")
        moment = nora.selfcompassions.earliest("occurred_on")
        assert threads.links_of(nora, moment).came_from[0].row == crossing
        shown = [
            (promise, mistake.title),
            (mistake, promise.statement),
            (mistake, lesson.if_situation),
            (lesson, mistake.title),
            (lesson, decision.question),
            (decision, lesson.if_situation),
            (moment, crossing.what_happened),
        ]
    client = signed_in(nora)
    for row, words in shown:
        page = client.get(row.get_absolute_url()).content.decode()
        assert escape(words) in page, words


def test_nothing_lies_in_the_future_and_nobody_answered_before_they_promised(nora):
    now = clock.now(nora)
    with acting_as(nora):
        for promise in nora.promises.finished():
            first = promise.revisions.earliest("effective_on")
            assert first.effective_on == promise.starts_on
            answered = list(promise.checkins.values_list("due_on", flat=True))
            assert all(day >= promise.starts_on for day in answered)
        assert all(entry.written_at <= now for entry in nora.entries.all())
        assert all(check.created_at <= now for check in nora.checkins.all())
        done = [use.used_on for use in nora.lessonuses.all()]
        done += [back.returned_on for back in nora.lessonreturns.all()]
        done += [lesson.since_on for lesson in nora.lessons.all()]
        done += [one.decided_on for one in nora.decisions.finished()]
        done += [one.reviewed_on for one in nora.decisionreviews.all()]
        done += [one.occurred_on for one in nora.selfcompassions.all()]
        done += [one.occurred_on for one in nora.mistakes.all()]
        done += [one.rested_on for one in nora.mistakes.all() if one.rested_on]
        assert max(done) <= now.date()
        told = [*nora.decisions.all(), *nora.selfcompassions.all(), *nora.mistakes.all()]
        told += [*nora.decisionreviews.all()]
        assert all(one.created_at <= (one.finished_at or now) <= now for one in told)
        acts = [one.kind_action_done_at for one in nora.selfcompassions.all()]
        acts += [one.repair_done_at for one in nora.mistakes.all()]
        assert all(at <= now for at in acts if at)
        for one in nora.decisions.finished():
            assert one.decided_on < one.review_on


def test_what_was_answered_was_due(nora):
    today = clock.today(nora)
    with acting_as(nora):
        rows = queries.with_history(nora.promises.finished(), today - timedelta(days=200))
        for promise in rows:
            record = queries.PromiseHistory(promise, today, today)
            plan = record.plan
            for day in record.answers:
                assert queries.can_be_answered(plan, day), (promise.pk, day)


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
        assert signed_in(nora).get(path).content.decode().count(sentence) == 1
        assert sentence not in ada_client.get(path).content.decode()


def test_it_can_be_signed_in_as_where_addresses_are_confirmed_by_mail(nora, settings):
    settings.MAIL_WORKS, settings.ACCOUNT_EMAIL_VERIFICATION = True, "mandatory"
    answer = Client().post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert answer.url == "/today/"


def test_no_word_of_it_lies_open(nora):
    tables = run("select tablename from pg_tables where schemaname = 'public'")
    for (table,) in tables:
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        for word in ("Portuguese", "boiler", "Lund", "toothbrush", "notebooks", "treasurer"):
            assert word not in rows, table


def test_twelve_weeks_of_figures_worth_showing(nora):
    with acting_as(nora):
        found = figures.build_page(nora, Period(LENGTHS[1], clock.today(nora)))

    drawn = {one.slug for one in found.told if one.plots or one.strokes}
    assert drawn == {"kept", "returns", "easing", "follow-through", "lessons", "trust", "rating"}
    assert found.untold == []
    held = next(one for one in found.told if one.slug == "follow-through")
    assert held.fact.figure == "3 of 5"
