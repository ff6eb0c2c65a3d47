"""Forecasts of other apps as forecasts here: a question, its first chance, and what came of it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from math import floor
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.decisions.models import Forecast
from journal.decisions.models.decision import REVIEW_AFTER
from journal.exchange import tables
from journal.exchange.foreign.importer import LeftOut, Reading
from journal.exchange.foreign.items import PlainForecast
from journal.people import clock
from journal.people.date_validators import AHEAD, FIRST_DAY
from journal.people.models import User
from journal.privacy.length import characters, first
from journal.privacy.normalization import normalize_words

LONGEST_QUESTION = 200
Row = tuple[str, dict[str, Any]]


class ForecastRows:
    table = Forecast.export_name
    twice = gettext_lazy("The same forecast is in the file twice.")

    def __init__(
        self, reading: Reading, person: User, zone: ZoneInfo, id_of: Callable[[str, str], str]
    ) -> None:
        self._reading, self._person, self._zone, self._id = reading, person, zone, id_of

    def rows_of(self, item: PlainForecast) -> tuple[list[Row], list[date]]:
        out_of_range = _("Its date is before 1900 or in the future.")
        try:
            made = self._moment(item.made_at, item)
        except OverflowError as error:
            raise LeftOut(out_of_range) from error
        made_on = made.date()
        if not FIRST_DAY <= made_on <= clock.latest_day():
            raise LeftOut(out_of_range)
        due = self._day(picked(item.look_back_on), item)
        answered = self._day(item.resolved_on, item) if item.result else None
        if item.result and not answered:
            answered = min(due or made_on, clock.today(self._person))
        if due is None:
            due = answered or made_on + REVIEW_AFTER
            self._reading.note(
                _("A forecast says no day on which it can be answered, so we chose one."),
                item.question,
            )
        row = {
            "id": self._id("forecast", item.own_id),
            "question": self._question(item),
            "chance": self._chance(item),
            "due_on": self._within_reach(due, answered, item).isoformat(),
            "result": item.result,
            "answered_on": answered.isoformat() if answered else None,
            "created_at": tables.plain(made),
            "updated_at": tables.plain(clock.now(self._person)),
        }
        if item.later:
            why = _("Only the first chance of a forecast counts. Later ones stay in your file.")
            self._reading.note(why, item.question)
        if item.notes or item.tags:
            why = _("A forecast has no notes or tags here. They stay in your file.")
            self._reading.note(why, item.question)
        return [(Forecast.export_name, row)], [made_on]

    def _question(self, item: PlainForecast) -> str:
        question = normalize_words(" ".join(item.question.split()))[0]
        if not question:
            raise LeftOut(_("It has no question."))
        if characters(question) > LONGEST_QUESTION:
            why = _("A question that is too long for a forecast was shortened.")
            self._reading.note(why, question)
            question = first(question, LONGEST_QUESTION - 1).rstrip() + "…"
        return question

    def _chance(self, item: PlainForecast) -> int:
        if not 0 <= item.chance <= 100:
            raise LeftOut(_("Its chance isn’t between 0% and 100%."))
        exact = round(item.chance, 6)  # 0.29 of one is 28.999999999999996 in a hundred
        whole = floor(exact + 0.5)
        chance = min(99, max(1, whole))
        if chance != whole:
            why = _("Nothing is quite certain here: 0% becomes 1%, and 100% becomes 99%.")
            self._reading.note(why, item.question)
        elif whole != exact:
            self._reading.note(_("A chance with decimals was rounded."), item.question)
        return chance

    def _within_reach(self, due: date, answered: date | None, item: PlainForecast) -> date:
        """The day, or an earlier one if it is farther away than a day to come may be. It stays the
        same for a year, so that the next import of the file changes nothing."""
        today = clock.today(self._person)
        if due < today + AHEAD:
            return due
        why = _("A day more than five years away was moved closer.")
        self._reading.note(why, item.question)
        return answered or date(today.year + 4, 12, 1)

    def _day(self, when: date | datetime | None, item: PlainForecast) -> date | None:
        if not isinstance(when, datetime):
            return when
        try:
            return self._moment(when, item).date()
        except OverflowError:  # in the last hours of the year 9999
            return when.date()

    def _moment(self, when: date | datetime, item: PlainForecast) -> datetime:
        if not isinstance(when, datetime):
            return datetime.combine(when, time(12), self._zone)
        if when.tzinfo is None:
            self._reading.asked.add("zone", example=item.question)
            return when.replace(tzinfo=self._zone)
        return when.astimezone(self._zone)


def picked(when: date | datetime | None) -> date | datetime | None:
    """A day that was picked in an app of the web is its midnight in UTC, wherever one was."""
    if isinstance(when, datetime) and when.utcoffset() == timedelta() and when.time() == time():
        return when.date()
    return when
