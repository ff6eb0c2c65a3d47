"""How rhythms and days read: "Mondays, Thursdays and Fridays", "Tomorrow, Friday 20 November"."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from journal.promises import occurrences

EVERY = (
    gettext_lazy("Mondays"), gettext_lazy("Tuesdays"), gettext_lazy("Wednesdays"),
    gettext_lazy("Thursdays"), gettext_lazy("Fridays"), gettext_lazy("Saturdays"),
    gettext_lazy("Sundays"),
)  # fmt: skip


def rhythm(terms: Any) -> str:
    """The cadence of a promise or a revision as a few words; empty while it is not chosen."""
    if terms.cadence == occurrences.DAILY:
        return _("Every day")
    if terms.cadence == occurrences.TIMES_PER_WEEK:
        n = terms.times_per_week
        return ngettext("Once a week", "%(n)s times a week", n) % {"n": n}
    if terms.cadence == occurrences.ONCE and terms.due_on:
        return _("Once, on %(day)s") % {"day": day(terms.due_on)}
    if terms.cadence == occurrences.WEEKDAYS:
        return weekdays(terms.weekdays)
    return ""


def weekdays(chosen: Iterable[int]) -> str:
    chosen = sorted(set(chosen))
    if chosen == [0, 1, 2, 3, 4]:
        return _("Weekdays")
    return get_text_list([str(EVERY[day]) for day in chosen], _("and"))


def day(one: date) -> str:
    return date_format(one, "l j F")


def near(one: date, today: date) -> str:
    """A day as people say it when it is close."""
    if one == today:
        return _("Today")
    if one == today + timedelta(days=1):
        return _("Tomorrow, %(day)s") % {"day": day(one)}
    return day(one)
