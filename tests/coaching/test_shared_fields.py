"""What a coach reads of each shareable model and what stays the client's, field by field.

Whoever adds a field to one of these models, or to what is shown of it, decides here which it is.
"""

import re
from typing import Any

import pytest
from django.apps import apps
from django.test import Client as Browser

from journal.decisions.models import Addendum, Decision, DecisionReview, Option, ValueInPlay
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.fields import WordsField
from journal.privacy.rls import acting_as
from journal.promises.models import CheckIn
from journal.sharing.shareable import KINDS, PARTS
from journal.sharing.shared_fields import OPTION, REVIEW, SHOWN, label_of
from journal.sharing.shared_measures import ANSWERS, MEASURES
from tests.coaching.coach_client import browser_of, page_of
from tests.coaching.factories import link, share, sure
from tests.coaching.test_wall import one_of_each
from tests.decisions.factories import make_addendum, make_decision, make_review
from tests.people.factories import make_value
from tests.photos.factories import make_photo
from tests.promises.factories import answer

ROW = {"id", "owner", "created_at", "updated_at", "deleted_at", "version"}
GUIDED = {"step", "finished_at", "idle_answered_at"}

SHOWN_FIELDS: dict[str, set[str]] = {
    "promises.Promise": {
        *("statement", "rhythm_text", "cue", "action", "smallest_version", "why", "obstacle"),
        *("coping_response", "state", "starts_on", "ends_on"),
    },
    "promises.CheckIn": set(),
    "boundaries.Boundary": {
        *("limit", "area", "why", "my_action", "facts", "impact", "ask", "benefit"),
        *("repeat_line", "flex", "communication", "tell_on", "state", "review_on"),
    },
    "boundaries.Crossing": {
        *("occurred_on", "what_happened", "was_clear", "response", "result"),
        *("follow_up", "follow_up_on"),
    },
    "compassion.SelfCompassion": {
        *("occurred_on", "trigger", "critical_thought", "feeling_name", "feeling_other"),
        *("intensity_before", "evidence_for", "evidence_against", "friend_words"),
        *("common_humanity", "kinder_thought", "kind_action", "letter_body", "intensity_after"),
    },
    "decisions.Decision": {
        *("question", "area", "deadline", "feelings", "feeling_intensity", "info_have"),
        *("info_missing", "good_enough", "distance_note", "premortem", "reasons", "prediction"),
        *("confidence", "state", "decided_on", "review_on"),
    },
    "decisions.Option": {
        *("name", "pros", "cons", "consequences", "value_fit", "reversibility"),
    },
    "decisions.ValueInPlay": set(),
    "decisions.DecisionReview": {
        *("reviewed_on", "process_sound_now", "prediction_result", "outcome_quality"),
        *("outcome", "luck", "learned"),
    },
    "decisions.Addendum": {"thought", "written_on"},
    "mistakes.Mistake": {
        *("title", "occurred_on", "expected", "what_happened", "conditions", "my_part"),
        *("not_mine", "repair", "repair_on", "forgiveness_note", "if_situation", "then_action"),
        "state",
    },
    "lessons.Lesson": {"if_situation", "then_action", "areas_text", "state"},
    "entries.Entry": {"written_on", "title", "body"},
    "photos.Photo": {"description"},  # and the files
}
WITHHELD_FIELDS: dict[str, set[str]] = {
    "promises.Promise": {
        *(*ROW, *GUIDED, "cadence", "weekdays", "times_per_week", "due_on", "value", "lesson"),
        *("reserve_per_month", "pause_reason", "resume_on", "retire_reason", "ended_on"),
        *("week_starts_on", "looked_at_on"),
        "sure",
        "declined_parts",
    },
    "promises.CheckIn": {*ROW, "promise", "due_on", "status", "excuse", "note"},
    "boundaries.Boundary": {
        *(*ROW, *GUIDED, "value", "person_label", "tell_channel", "retire_reason", "retired_on"),
    },
    "boundaries.Crossing": {*ROW, "boundary", "follow_up_done_at"},
    "compassion.SelfCompassion": {
        *(*ROW, *GUIDED, "mode", "occurred_zone", "occurred_at", "feeling"),
        *("kind_action_done_at", "felt_worse", "kind_mark"),
    },
    "decisions.Decision": {
        *(*ROW, *GUIDED, "cooling_off_until", "chosen_option", "process_sound_then"),
        *("dropped_on", "hidden_lessons", "honest_yes", "feeling_now", "prediction_on"),
    },
    "decisions.Option": {*ROW, "decision", "place"},
    "decisions.ValueInPlay": {*ROW, "decision", "value", "place", "name"},
    "decisions.DecisionReview": {
        *(*ROW, *GUIDED, "decision", "if_situation", "then_action", "lesson"),
    },
    "decisions.Addendum": {*ROW, "decision"},
    "mistakes.Mistake": {
        *(*ROW, *GUIDED, "intensity_before", "intensity_after", "repair_done_at", "areas"),
        "rested_on",
    },
    "lessons.Lesson": {*ROW, "areas", "source", "since_on", "box", "next_due", "looked_at_on"},
    "entries.Entry": {
        *(*ROW, "practice", "intensity", "prompt", "own_prompt", "written_zone"),
        *("written_at", "sitting", "quiet", "unsorted", "favourite", "mood"),
    },
    "photos.Photo": {
        *(*ROW, "entry", "position", "width", "height", "taken_on", "stored_bytes", "stored_as"),
    },
}
COMPUTED = {"rhythm_text", "feeling_name", "areas_text"}
HEADINGS = {"mistakes.Mistake": {"title"}, "decisions.Option": {"name"}}
# A coach reads the sentences of a measure, and none of the client's words. Those of "values" are
# totals, without the names, the number of boundaries and the check-up (insights/test_values.py).
SHOWN_MEASURES = {
    *("kept", "returns", "sureness", "follow-through", "easing", "calibration", "process"),
    *("lessons", "trust", "plans", "values", "rating"),
}
# What a row needs for its withheld words to be there at all.
LET_GO = {"boundary": {"state": "retired", "retired_on": "2026-01-01"}}
WRITTEN = re.compile(r"\w+\.\w+\.\w+ was written")


def test_each_shareable_model_and_each_part_of_one_is_named():
    named = {*(kind.model for kind in KINDS.values()), *PARTS}
    assert set(SHOWN_FIELDS) == set(WITHHELD_FIELDS) == named


@pytest.mark.parametrize("label", SHOWN_FIELDS)
def test_each_field_is_either_shown_or_withheld(label):
    shown, withheld = SHOWN_FIELDS[label], WITHHELD_FIELDS[label]
    assert {field.name for field in apps.get_model(label)._meta.concrete_fields} == (
        (shown - COMPUTED) | withheld
    )
    assert not shown & withheld


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_the_list_shows_these_fields_and_no_others(kind):
    assert set(SHOWN[kind.name]) == SHOWN_FIELDS[kind.model] - HEADINGS.get(kind.model, set())


def test_the_lists_of_a_decisions_parts_show_these_fields_and_no_others():
    assert {*OPTION, "name"} == SHOWN_FIELDS["decisions.Option"]
    assert set(REVIEW) == SHOWN_FIELDS["decisions.DecisionReview"]


def test_each_measure_is_shared_as_figures():
    assert {slug for slug, _name in MEASURES} == SHOWN_MEASURES


def words_of(model: Any) -> dict[str, str]:
    """Words for every field that takes any, each of which says whose it is."""
    label = model._meta.label
    fields = [one for one in model._meta.concrete_fields if isinstance(one, WordsField)]
    return {field.name: f"{label}.{field.name} was written" for field in fields}


def make_full(person: User, kind: str) -> list[Any]:
    """A row with everything in it, and all that the database opens with it."""
    if kind == "decision":
        option, value = words_of(Option), words_of(ValueInPlay)["name"]
        row = make_decision(
            person,
            options=[option["name"], "Rest"],
            chosen=option.pop("name"),
            weighed=option,
            values=[make_value(person, value)],
            **words_of(Decision),
        )
        make_review(row, **words_of(DecisionReview))
        make_addendum(row, **words_of(Addendum))
        with acting_as(person):
            return [
                row,
                row.options.first(),
                row.values_in_play.get(),
                *row.reviews.all(),
                *row.addenda.all(),
            ]
    row: Any = one_of_each(person)[kind]
    with acting_as(person):
        row = type(row).objects.get(pk=row.pk)
        for name, value in {**LET_GO.get(kind, {}), **words_of(row)}.items():
            setattr(row, name, value)
        row.save()
    if kind == "promise":
        answer(row, {row.starts_on: "missed"}, **words_of(CheckIn))
        with acting_as(person):
            return [row, row.checkins.get()]
    if kind == "entry":
        return [row, make_photo(row, **words_of(Photo))]
    return [row]


def words_on(browser: Browser, address: str) -> set[str]:
    answered = browser.get(address)
    assert answered.status_code == 200, address
    return set(WRITTEN.findall(answered.content.decode()))


@pytest.mark.django_db
@pytest.mark.parametrize("name", KINDS)
def test_the_pages_show_these_words_and_no_others(ada, mira, name):
    row, *parts = make_full(ada, name)
    made = link(ada, mira)
    shown = {
        words
        for one in (row, *parts)
        for field, words in words_of(one).items()
        if field in SHOWN_FIELDS[one._meta.label]
    }

    preview = f"/sharing/grants/{made.pk}/preview/?item={name}.{row.pk}"
    assert words_on(sure(ada), preview) == shown
    share(made, row, photos=[one.pk for one in parts if isinstance(one, Photo)])
    coach = browser_of(mira)
    assert words_on(coach, f"/coach/shared/{name}/{row.pk}/") == shown
    for listed in (f"/coach/shared/{name}/", page_of(made)):
        assert set() < words_on(coach, listed) <= shown


def test_no_label_says_you_to_a_coach():
    named = [(kind.table, SHOWN[kind.name]) for kind in KINDS.values() if kind.name in SHOWN]
    named += [(Option, OPTION), (DecisionReview, REVIEW)]
    labels = [label_of(model, name) for model, names in named for name in names]
    labels += map(str, ANSWERS.values())

    assert len(labels) > 70
    assert [one for one in labels if re.search(r"\byou", one, re.IGNORECASE)] == []
