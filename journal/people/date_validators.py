"""Validators for dates in forms: a day up to today, or a day in the future."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from journal.people import clock
from journal.people.models import User

FIRST_DAY = date(1900, 1, 1)
AHEAD = timedelta(days=5 * 365)


def a_day_so_far(person: User, day: date) -> None:
    """Raises ValidationError for a day in the future or too far in the past."""
    if day > clock.today(person):
        raise ValidationError(_("Enter a date that isn’t in the future."))
    if day < FIRST_DAY:
        raise ValidationError(_("Enter a date from 1900 onwards."))


def a_day_to_come(person: User, day: date, *, after: int = 0) -> None:
    """Raises ValidationError unless the day is at least `after` days from today and not too far in
    the future."""
    today = clock.today(person)
    if day < today + timedelta(days=after):
        if after:
            raise ValidationError(_("That day has passed. Enter a date in the future."))
        raise ValidationError(_("That day has passed. Enter today or a date in the future."))
    if day > today + AHEAD:
        raise ValidationError(_("Enter a date within the next five years."))
