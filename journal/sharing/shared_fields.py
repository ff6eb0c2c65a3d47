"""What a page shows of one shared item: these fields of it and no others, word for word.

It does not follow threads, values, tags and earlier versions: the client has not shared them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from journal.boundaries.models import Boundary, Crossing
from journal.privacy.fields import WordsField
from journal.reflections.entries.excerpts import cut
from journal.sharing.coach_queries import Item

SHOWN: dict[str, tuple[str, ...]] = {
    "promise": (
        *("statement", "rhythm_text", "cue", "action", "smallest_version", "why", "obstacle"),
        *("coping_response", "state", "starts_on", "ends_on"),
    ),
    "boundary": (
        *("limit", "area", "why", "my_action", "facts", "impact", "ask", "benefit"),
        *("repeat_line", "flex", "communication", "tell_on", "state", "review_on"),
    ),
    "crossing": (
        *("occurred_on", "what_happened", "was_clear", "response", "result"),
        *("follow_up", "follow_up_on"),
    ),
    "self_compassion": (
        *("occurred_on", "trigger", "critical_thought", "feeling_name", "feeling_other"),
        *("intensity_before", "evidence_for", "evidence_against", "friend_words"),
        *("common_humanity", "kinder_thought", "kind_action", "letter_body", "intensity_after"),
    ),
    "decision": (
        *("question", "area", "deadline", "feelings", "feeling_intensity", "info_have"),
        *("info_missing", "good_enough", "distance_note", "premortem", "reasons", "prediction"),
        *("confidence", "state", "decided_on", "review_on"),
    ),
    "mistake": (
        *("occurred_on", "expected", "what_happened", "conditions", "my_part", "not_mine"),
        *("repair", "repair_on", "forgiveness_note", "if_situation", "then_action", "state"),
    ),
    "lesson": ("if_situation", "then_action", "areas_text", "state"),
    "entry": ("written_on", "title", "body"),
}
# What a coach reads in place of a field's own label, which asks the client: "What will you do?"
LABELS: dict[str, str | Lazy] = {
    "statement": gettext_lazy("Promise"),
    "rhythm_text": gettext_lazy("Rhythm"),
    "smallest_version": gettext_lazy("Bad-day version"),
    "why": gettext_lazy("Why it matters"),
    "feeling_name": gettext_lazy("The feeling"),
    "feeling_other": gettext_lazy("The feeling, in their own words"),
    "intensity_before": gettext_lazy("How strong, 0 to 10"),
    "intensity_after": gettext_lazy("How strong afterwards, 0 to 10"),
    "friend_words": gettext_lazy("Words for a friend"),
    "areas_text": gettext_lazy("Area"),
    "state": gettext_lazy("Status"),
    "communication": gettext_lazy("Said, or kept to themselves"),
    "response": gettext_lazy("What they did"),
    "result": gettext_lazy("Held or not"),
    "occurred_on": gettext_lazy("Day"),
    "starts_on": pgettext_lazy("the first day", "From"),
    "ends_on": gettext_lazy("Until"),
    "tell_on": gettext_lazy("To tell them on"),
    "review_on": gettext_lazy("Review on"),
    "follow_up_on": gettext_lazy("By"),
    "repair_on": pgettext_lazy("a day", "On"),
    "deadline": gettext_lazy("To decide by"),
    "feelings": gettext_lazy("Feelings"),
    "feeling_intensity": gettext_lazy("How strong, 0 to 10"),
    "info_have": gettext_lazy("What they know"),
    "info_missing": gettext_lazy("What they don’t know yet"),
    "premortem": gettext_lazy("If it went badly, why"),
    "confidence": gettext_lazy("How sure, in per cent"),
    "decided_on": gettext_lazy("Decided on"),
    "expected": gettext_lazy("What they expected"),
    "my_part": gettext_lazy("Their part"),
    "not_mine": gettext_lazy("Not theirs"),
    "repair": gettext_lazy("What they could put right"),
    "forgiveness_note": gettext_lazy("What they’re letting go of"),
    "body": gettext_lazy("Entry"),
    "letter_body": gettext_lazy("The letter"),
    "pros": gettext_lazy("What it would give them"),
    "cons": gettext_lazy("What it would cost them"),
    "consequences": gettext_lazy("What it would lead to"),
    "value_fit": gettext_lazy("How well it fits their values, 0 to 10"),
    "reviewed_on": gettext_lazy("Looked back on"),
    "process_sound_now": gettext_lazy("Sound process"),
    "learned": gettext_lazy("What they’d tell the person who decided this"),
}
# What the client chose, where its own label says "I".
CHOICES: dict[str, dict[str, str | Lazy]] = {
    "communication": {
        Boundary.Communication.PLANNED: gettext_lazy("Going to be said"),
        Boundary.Communication.TOLD: gettext_lazy("Said"),
        Boundary.Communication.NOT_NEEDED: gettext_lazy("Doesn’t need saying"),
        Boundary.Communication.PRIVATE: gettext_lazy("Kept to themselves"),
    },
    "result": {
        Crossing.Result.HELD: gettext_lazy("Held"),
        Crossing.Result.HELD_LATER: gettext_lazy("Held later"),
        Crossing.Result.UNDECIDED: gettext_lazy("Not decided yet"),
    },
}
DAY = "j F Y"  # the format of the pages around it
OPTION = ("pros", "cons", "consequences", "value_fit", "reversibility")
REVIEW = (
    *("reviewed_on", "process_sound_now", "prediction_result", "outcome_quality"),
    *("outcome", "luck", "learned"),
)


@dataclass(frozen=True)
class DetailField:
    label: str
    text: str
    own: bool = False  # the person's words


@dataclass(frozen=True)
class Part:
    heading: str
    fields: list[DetailField]
    own: bool = False  # the heading is in the person's words
    is_chosen: bool = False


def detail_fields(item: Item) -> list[DetailField]:
    return list(_fields(item.row, SHOWN[item.kind.name]))


def parts(item: Item) -> list[Part]:
    """The rows that belong to it, if the query included them."""
    if item.kind.name != "decision":
        return []
    row = item.row
    found = [
        Part(
            one.name,
            list(_fields(one, OPTION)),
            own=True,
            is_chosen=one.pk == row.chosen_option_id,
        )
        for one in row.options.all()
    ]
    found += [Part(_("Looking back"), list(_fields(one, REVIEW))) for one in row.reviews.all()]
    later = [
        DetailField(date_format(one.written_on, DAY), one.thought, own=True)
        for one in row.addenda.all()
    ]
    return [*found, *([Part(_("Added later"), later)] if later else [])]


def _fields(row: Any, names: tuple[str, ...]) -> Iterator[DetailField]:
    for name in names:
        text = _text(row, name)
        if text:
            own = isinstance(_field(row, name), WordsField)
            yield DetailField(label_of(row, name), text, own=own)


def label_of(row: Any, name: str) -> str:
    return str(LABELS.get(name) or _field(row, name).verbose_name).removesuffix("?")


def _field(row: Any, name: str) -> Any:
    return next((one for one in row._meta.concrete_fields if one.name == name), None)


def _text(row: Any, name: str) -> str:
    field = _field(row, name)
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    if chosen := CHOICES.get(name, {}).get(value):
        return str(chosen)
    if field is not None and field.choices:
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(field, models.BooleanField):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, DAY)
    return str(value)


def quote(item: Item) -> str:
    """More of the person's words than the title has, for a list."""
    row, name = item.row, item.kind.name
    text = {
        "promise": lambda: row.why,
        "boundary": lambda: " ".join(row.spoken) or row.my_action,
        "crossing": lambda: row.response,
        "self_compassion": lambda: row.kinder_thought,
        "decision": lambda: row.reasons,
        "mistake": lambda: row.what_happened,
        "lesson": lambda: "",
        "entry": lambda: row.excerpt if row.title else "",
    }[name]()
    return cut(" ".join(text.split()), 280)
