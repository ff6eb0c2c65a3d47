"""Small promises, moments and rhythms to tap instead of typing.

A tapped suggestion becomes the person's own words, in the language they read it in.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.promises.schedule_fields import Cadence

# What a promise can follow, as "After …" continues.
MOMENTS: dict[str, str | Lazy] = {
    "up": _("getting up"),
    "breakfast": _("breakfast"),
    "lunch": _("lunch"),
    "home": _("getting home"),
    "dinner": _("dinner"),
    "teeth": _("brushing my teeth"),
}
RHYTHMS: dict[str, str | Lazy] = {
    "daily": _("Every day"),
    "weekdays": _("Weekdays"),
    "three": _("Three times a week"),
    "once": _("Once, to try"),
}
OWN_RHYTHM = "weekdays"  # preselected for a promise in the person's own words


@dataclass(frozen=True)
class Suggestion:
    key: str
    label: str | Lazy  # becomes the statement
    moment: str  # a key of MOMENTS
    rhythm: str  # a key of RHYTHMS
    small: str | Lazy  # a bad-day version

    @property
    def moment_text(self) -> str | Lazy:
        return MOMENTS[self.moment]


SUGGESTIONS = (
    Suggestion("walk", _("Walk round the block"), "lunch", "weekdays", _("To the corner and back")),
    Suggestion(
        "phone", _("Leave the phone in the kitchen"), "teeth", "daily", _("Screen off, face down")
    ),
    Suggestion("water", _("A glass of water before coffee"), "up", "daily", _("One sip")),
    Suggestion("read", _("Read two pages"), "teeth", "daily", _("One paragraph")),
    Suggestion(
        "reply",
        _("Answer one message I’ve been putting off"),
        "breakfast",
        "weekdays",
        _("Open it and write hello"),
    ),
    Suggestion("table", _("Clear the kitchen table"), "dinner", "daily", _("Put one thing away")),
    Suggestion("write", _("Write one sentence"), "home", "daily", _("Write one word")),
    Suggestion("friend", _("Message a friend"), "lunch", "three", _("Send a picture")),
    Suggestion("stretch", _("Stretch for two minutes"), "up", "daily", _("One stretch")),
    Suggestion(
        "clothes", _("Lay out tomorrow’s clothes"), "teeth", "weekdays", _("Only the shirt")
    ),
)
BY_KEY = {one.key: one for one in SUGGESTIONS}
FIRST = SUGGESTIONS[:6]  # those of the first page


def small_version(statement: str) -> str:
    """The bad-day version that goes with a suggested promise; empty for the person's own words."""
    return next((str(one.small) for one in SUGGESTIONS if str(one.label) == statement), "")


def schedule(rhythm: str, today: Any) -> dict[str, Any]:
    """The columns of a rhythm: those of a cadence, and none of the others."""
    columns: dict[str, Any] = {"weekdays": [], "times_per_week": None, "due_on": None}
    if rhythm == "weekdays":
        return {**columns, "cadence": Cadence.WEEKDAYS, "weekdays": [0, 1, 2, 3, 4]}
    if rhythm == "three":
        return {**columns, "cadence": Cadence.TIMES_PER_WEEK, "times_per_week": 3}
    if rhythm == "once":
        return {**columns, "cadence": Cadence.ONCE, "due_on": today}
    return {**columns, "cadence": Cadence.DAILY}


def rhythm_of(promise: Any) -> str:
    """The key of the rhythm that a promise has; the usual one where it has none of them."""
    for key in RHYTHMS:
        columns = schedule(key, promise.due_on)
        if all(getattr(promise, name) == value for name, value in columns.items()):
            return key
    return OWN_RHYTHM
