"""Rhythms and days in words: "Mondays, Thursdays and Fridays", "Tomorrow, Friday 20 November"."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from journal.languages.lists import listed
from journal.people.percent import percent
from journal.promises import occurrences
from journal.promises.tallies import Tally

EVERY = (
    gettext_lazy("Mondays"), gettext_lazy("Tuesdays"), gettext_lazy("Wednesdays"),
    gettext_lazy("Thursdays"), gettext_lazy("Fridays"), gettext_lazy("Saturdays"),
    gettext_lazy("Sundays"),
)  # fmt: skip


LETTERS = (
    pgettext_lazy("Monday, in one letter", "M"),
    pgettext_lazy("Tuesday, in one letter", "T"),
    pgettext_lazy("Wednesday, in one letter", "W"),
    pgettext_lazy("Thursday, in one letter", "T"),
    pgettext_lazy("Friday, in one letter", "F"),
    pgettext_lazy("Saturday, in one letter", "S"),
    pgettext_lazy("Sunday, in one letter", "S"),
)


def rhythm(terms: Any) -> str:
    """The cadence of a promise or a revision in a few words; empty until it is chosen."""
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
    return listed([str(EVERY[day]) for day in chosen])


def day(one: date) -> str:
    return date_format(one, "l j F")


def letter(one: date) -> str:
    """The weekday's letter for a calendar column."""
    return str(LETTERS[one.weekday()])


def near(one: date, today: date) -> str:
    """A nearby day in everyday words."""
    if one == today:
        return _("Today")
    if one == today + timedelta(days=1):
        return _("Tomorrow, %(day)s") % {"day": day(one)}
    return day(one)


def tally(amount: Tally) -> SafeString:
    """Kept first, then the other counts: "16 of 18 kept, 2 small. Life happened once"."""
    if not amount.n:
        kept = _("Nothing recorded yet")
    else:
        kept = _("%(kept)s of %(n)s kept") % {"kept": amount.kept, "n": amount.n}
    extra = []
    if amount.excused:
        times = ngettext("Life happened once", "Life happened %(n)s times", amount.excused)
        extra.append(times % {"n": amount.excused})
    if amount.unrecorded:
        days = ngettext("%(n)s not recorded", "%(n)s not recorded", amount.unrecorded)
        extra.append(days % {"n": amount.unrecorded})
    small = _(", %(n)s small") % {"n": amount.small} if amount.small else ""
    return format_html("<b>{}</b>{}{}", kept, small, "".join(f". {part}" for part in extra))


def rough_range(amount: Tally) -> str:
    """The range, or an empty string below the minimum sample."""
    if amount.range is None:
        return ""
    low, high = (percent(end) for end in amount.range)
    return _("Likely between %(low)s and %(high)s") % {"low": low, "high": high}
