"""Tells people of one name apart: a coach's clients, and a client's coaches."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.languages.lists import beside
from journal.privacy.canonical import canonical

LABEL = 60  # characters


def with_label(name: str, label: str) -> str:
    return _("%(name)s (%(label)s)") % {"name": name, "label": label} if label else name


def connection_label(name: str, taken: Iterable[str], moment: datetime) -> str:
    """When they connected, to the minute where the day is not enough; empty for a new name.

    `taken` are the names of the others, with their labels."""
    there = {canonical(one) for one in taken}
    local = timezone.localtime(moment)
    days = [
        _("connected %(day)s") % {"day": date_format(local, f)} for f in ("j F Y", "j F Y, H:i")
    ]
    numbers = (beside((days[-1], number)) for number in range(2, len(there) + 2))
    for label in ("", *days, *numbers):
        if canonical(with_label(name, label)) not in there:
            return label
    return ""
