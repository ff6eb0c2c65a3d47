"""Which days a form takes: one that has been, or one that is still to come."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journal.people import clock
from journal.people.models import User

FIRST_DAY = date(1900, 1, 1)
AHEAD = timedelta(days=5 * 365)


def a_day_so_far(person: User, day: date | None) -> date:
    """Today, where the day may be missing and is, or before, within living memory. Raises
    ValidationError."""
    today = clock.today(person)
    day = day or today
    if day > today:
        raise ValidationError(_("That day has not come yet."))
    if day < FIRST_DAY:
        raise ValidationError(_("Choose a day from 1900 on."))
    return day


def a_day_to_come(
    person: User, day: date | None, *, stored: date | None = None, after: int = 0
) -> date | None:
    """So many days from today on, and near enough to be meant; no day, and the one that is
    `stored`, may stay. Raises ValidationError."""
    if day is None or day == stored:
        return day
    today = clock.today(person)
    if day < today + timedelta(days=after):
        if after:
            raise ValidationError(_("That day is over. Choose a day to come."))
        raise ValidationError(_("That day is over. Choose today or a day to come."))
    if day > today + AHEAD:
        raise ValidationError(_("Choose a day within the next five years."))
    return day
