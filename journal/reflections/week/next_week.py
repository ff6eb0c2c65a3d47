"""What can be chosen for next week with one tap. Each option is a button that ends the week."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.promises.models import Promise
from journal.reflections.week.promise_changes import PAUSE, SMALLER

ONE_LINE = 140  # characters of a promise


@dataclass(frozen=True)
class Option:
    """`choice` is what the reflection stores, `value` what the button sends."""

    choice: str
    value: str
    title: str
    hint: str = ""
    promise: Promise | None = None

    @property
    def is_own(self) -> bool:
        """Whether the title is the person's words."""
        return self.choice in ("promise", "smaller")

    def choose(self, row: Any) -> None:
        row.next_choice, row.next_promise = self.choice, self.promise
        if self.is_own:
            row.next_statement = self.title


def options_of(row: Any, going_on: list[Promise]) -> list[Option]:
    """The smaller version from the misses, the idea, keeping what there is, and a rest. `going_on`
    are the promises of next week."""
    paused = {one.promise for one in row.decided.whole(PAUSE)}
    on = [one for one in going_on if str(one.pk) not in paused]
    rest = list(_rest(row, on))
    if row.decided.rests:
        return [*rest, *_idea(row)]
    return [*_smaller(row, on), *_idea(row), _keep(on), *rest]


def _smaller(row: Any, promises: list[Promise]) -> Iterator[Option]:
    by_id = {str(one.pk): one for one in promises}
    for change in row.decided.whole(SMALLER):
        if change.promise in by_id:
            hint, promise = _("As you made it smaller just now"), by_id[change.promise]
            yield Option("smaller", f"smaller-{promise.pk}", change.words, hint, promise)


def _idea(row: Any) -> Iterator[Option]:
    words = " ".join(row.easier.split())
    if words and len(words) <= ONE_LINE:
        hint = _("On weekdays, from %(day)s, for a week") % {"day": _day(row.next_first)}
        yield Option("promise", "idea", words, hint)


def _keep(promises: list[Promise]) -> Option:
    n = len(promises)
    if not n:
        return Option("keep", "keep", _("No promise for now"), _("You can make one any time"))
    title = ngettext("Keep the one I have", "Keep the ones I have", n)
    return Option("keep", "keep", title, _("Nothing new"))


def _rest(row: Any, promises: list[Promise]) -> Iterator[Option]:
    if promises:
        day = {"day": _day(row.rest_end)}
        hint = ngettext("It pauses until %(day)s", "All pause until %(day)s", len(promises)) % day
        yield Option("rest", "rest", _("A rest week"), hint)


def _day(day: Any) -> str:
    return date_format(day, "l j F")
