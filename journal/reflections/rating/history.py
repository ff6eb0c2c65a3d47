"""A person's ratings, each with its figure and the change since the one before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.guide.todo_items import TodoItem, TodoSource
from journal.languages.lists import beside
from journal.people.models import User
from journal.reflections.rating import scores
from journal.reflections.rating.models import Item, SelfRating


def format_score(score: Decimal) -> str:
    return number_format(score, decimal_pos=1)


def day(on: date) -> str:
    return date_format(on, "j F Y")


class Rated(NamedTuple):
    """A rating with a figure."""

    taken_on: date
    score: Decimal


def rated(rows: Iterable[SelfRating]) -> list[Rated]:
    return [Rated(row.taken_on, score) for row in rows if (score := row.score) is not None]


@dataclass(frozen=True)
class Picture:
    row: SelfRating
    before: Rated | None  # the last one before it with a figure

    @cached_property
    def score(self) -> Decimal | None:
        return self.row.score

    @property
    def items(self) -> list[Item]:
        return self.row.items

    @property
    def taken_on(self) -> date:
        return self.row.taken_on

    @property
    def text(self) -> str:
        """The figure, or the number of answers if they are too few for one."""
        given = sum(answer is not None for answer in self.row.answers)
        if self.score is None:
            return ngettext(
                "%(given)s answer. An average needs four.",
                "%(given)s answers. An average needs four.",
                given,
            ) % {"given": given}
        return ngettext(
            "%(mean)s of 5, the average of %(given)s answer.",
            "%(mean)s of 5, the average of %(given)s answers.",
            given,
        ) % {"mean": format_score(self.score), "given": given}

    @property
    def change(self) -> str:
        """The change since the one before; empty if one of the two has no figure."""
        if self.score is None or self.before is None:
            return ""
        return compare_scores(self.before, self.score)


def compare_scores(earlier: Rated, score: Decimal) -> str:
    other = earlier.score
    said = {
        "day": day(earlier.taken_on),
        "then": format_score(other),
        "by": format_score(abs(score - other)),
    }
    if scores.about_the_same(other, score):
        return _("About the same as on %(day)s (%(then)s).") % said
    if score > other:
        return _("%(by)s higher than on %(day)s (%(then)s).") % said
    return _("%(by)s lower than on %(day)s (%(then)s).") % said


@dataclass(frozen=True)
class History:
    pictures: list[Picture]  # newest first

    @property
    def next_day(self) -> date | None:
        """The first day on which another rating is possible."""
        return self.pictures[0].row.next_on if self.pictures else None

    @property
    def trend(self) -> str:
        """From three figures on: the first and the latest."""
        figures = rated(picture.row for picture in self.pictures)
        if len(figures) < scores.FEWEST_FOR_A_TREND:
            return ""
        first, last = figures[-1], figures[0]
        row = beside(format_score(one.score) for one in reversed(figures[:6]))
        said = {"row": row, "beside": compare_scores(first, last.score)}
        return _("Your averages over time: %(row)s. Compared with the first: %(beside)s") % said


def rating_history(person: User) -> History:
    """One statement."""
    return from_rows(person.ratings.newest_first())


def from_rows(newest_first: Iterable[SelfRating]) -> History:
    pictures: list[Picture] = []
    before: Rated | None = None
    for row in reversed(list(newest_first)):
        pictures.append(Picture(row, before))
        before = next(iter(rated([row])), before)
    return History(pictures[::-1])


def latest(person: User, _day: date) -> QuerySet[SelfRating]:
    return person.ratings.newest_first()[:1]


def next_of(row: SelfRating, _day: date) -> list[TodoItem]:
    title, text = _("Your check-up"), _("The next one is open from this day.")
    return [TodoItem(title, text, reverse("rating:list"), own=False, on=row.next_on)]


dated = TodoSource("insights", latest, next_of)
