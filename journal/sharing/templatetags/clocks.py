from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils import timezone
from django.utils.formats import date_format

register = template.Library()


@register.filter
def clock_in(at: datetime, zone: str) -> str:
    """What the clock says in another zone, with the day where that differs; empty where it says
    the same as here, or where no zone is known."""
    if not zone:
        return ""
    here, there = timezone.localtime(at), timezone.localtime(at, ZoneInfo(zone))
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return ""
    return date_format(there, "H:i" if here.date() == there.date() else "l, H:i")
