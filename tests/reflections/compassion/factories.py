"""Plain functions that make hard moments, behind the wall as their owner."""

from datetime import timedelta
from typing import Any

from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.compassion.models import SelfCompassion, StarterMark

ALL_WORDS = (
    *("trigger", "critical_thought", "feeling_other", "evidence_for", "evidence_against"),
    *("friend_words", "common_humanity", "kinder_thought", "kind_action"),
)


def make_moment(
    person: User, trigger: str = "I froze in the meeting", *, days_ago: int = 0, **fields: Any
) -> SelfCompassion:
    """Gone through fully, and finished."""
    given = {
        "critical_thought": "You always freeze",
        "feeling": "ashamed",
        "intensity_before": 8,
        "step": "check",
        **fields,
    }
    with acting_as(person):
        moment = SelfCompassion.new_for(person, given.pop("mode", "full"))
        moment.trigger = trigger
        moment.occurred_on = clock.today(person) - timedelta(days=days_ago)
        for name, value in given.items():
            setattr(moment, name, value)
        moment.save(force_insert=True)
        moment.finish()
    return moment


def make_draft(
    person: User, trigger: str = "I froze", *, step: str = "feeling", **fields: Any
) -> SelfCompassion:
    with acting_as(person):
        days_ago = timedelta(days=fields.pop("days_ago", 0))
        draft = SelfCompassion.new_for(person, fields.pop("mode", "full"))
        draft.occurred_on -= days_ago
        draft.trigger, draft.step = trigger, step
        for name, value in fields.items():
            setattr(draft, name, value)
        draft.save(force_insert=True)
    return draft


def make_full_moment(person: User, word: str = "quiet") -> SelfCompassion:
    """Everything a moment can hold, with `word` in every sentence."""
    words = {name: f"{name} {word}" for name in ALL_WORDS[1:]}
    return make_moment(person, f"A {word} moment", intensity_after=5, **words)


def make_mark(person: User, starter: int, mark: str) -> None:
    with acting_as(person):
        StarterMark.put(person, starter, mark)


def marks_of(person: User) -> dict[int, str]:
    with acting_as(person):
        return dict(person.startermarks.values_list("starter_id", "mark"))


def reread(moment: SelfCompassion) -> SelfCompassion:
    with acting_as(moment.owner):
        return SelfCompassion.objects.get(pk=moment.pk)
