"""The return after a gap: a welcome, and one promise to begin again with. Never a backlog."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy, ngettext

from journal.languages.lists import listed
from journal.people.models import User
from journal.promises import today_query
from journal.promises.history import PromiseHistory
from journal.promises.models import EDITABLE_DAYS, Promise
from journal.reflections.daily.models import DailyCheck

AWAY_DAYS = 5  # days without a record, while something was due
SHOWN = 5  # promises to begin with; the others are in a fold
RETURNS = 2  # earlier returns to name
ALL = "all"


@dataclass(frozen=True)
class Away:
    person: User
    days: int  # without a record, up to yesterday
    from_on: date  # the first of those days that can still be recorded
    until_on: date
    records: list[PromiseHistory]  # the active promises, those recorded last first

    @property
    def shown(self) -> list[PromiseHistory]:
        return self.records[:SHOWN]

    @property
    def more(self) -> list[PromiseHistory]:
        return self.records[SHOWN:]

    @property
    def editable_days(self) -> int:
        return (self.until_on - self.from_on).days + 1

    @property
    def earlier_text(self) -> str:
        """ "9 days in August and 5 days in June". Empty for a first return. One statement."""
        rows = self.person.daily_checks.returns().values_list("date", "days_away")[:RETURNS]
        said = [
            ngettext("%(n)s day in %(month)s", "%(n)s days in %(month)s", days or 0)
            % {"n": days, "month": date_format(day, "F")}
            for day, days in rows
        ]
        return listed(said)


def after_a_gap(
    person: User, records: list[PromiseHistory], checks: list[DailyCheck], today: date
) -> Away | None:
    """None if the person recorded something lately, was welcomed already, missed nothing, or
    rests: with every promise paused today there is nothing to begin again with."""
    if all(record.plan.is_paused_on(today) for record in records):
        return None
    recorded = [check.date for check in checks if check.is_answered or check.days_away]
    recorded += [on for record in records if (on := record.promise.last_answered_on)]
    starts = [record.promise.starts_on for record in records if record.promise.starts_on]
    if not starts:
        return None
    first = max([min(starts), *(day + timedelta(days=1) for day in recorded)])
    days = (today - first).days
    if days < AWAY_DAYS:
        return None
    first = max(first, today - timedelta(days=EDITABLE_DAYS))
    gap = [first + timedelta(days=n) for n in range((today - first).days)]
    if not any(record.lacks_answer(day) for record in records for day in gap):
        return None
    active = [record for record in records if record.promise.state == Promise.State.ACTIVE]
    active.sort(key=lambda one: one.promise.last_answered_on or date.min, reverse=True)
    return Away(person, days, gap[0], gap[-1], active)


class WelcomeBackForm(forms.Form):
    """What to begin with again: one promise, or all as they were, or nothing for now."""

    again = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose one to begin with, or just look today."),
            "invalid_choice": gettext_lazy("Choose one of these to begin with."),
        }
    )
    aside = forms.BooleanField(required=False)

    def __init__(self, *args: Any, away: Away, only_look: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.away = away
        again: Any = self.fields["again"]
        again.choices = [(ALL, ""), *((str(one.promise.pk), "") for one in away.records)]
        if only_look:
            del self.fields["again"]

    def save(self, today: date) -> None:
        """Sets the days aside if asked to, and pauses the other promises if one was chosen."""
        away, chosen = self.away, self.cleaned_data.get("again", ALL)
        DailyCheck.store(away.person, today, {"days_away": away.days})
        keys = [one.promise.pk for one in away.records]
        gap = [away.from_on + timedelta(days=n) for n in range(away.editable_days)]
        for pk, due in today_query.locked(away.person, keys, today).items():
            if self.cleaned_data["aside"]:
                due.promise.excuse([day for day in gap if due.record.lacks_answer(day)], "")
            if chosen not in (ALL, str(pk)):
                due.promise.pause()
