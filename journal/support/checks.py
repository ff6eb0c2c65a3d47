"""System checks of support resources, for `manage.py check --database default` and the operator."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.database.errors import NOT_TO_BE_ASKED
from journal.support import page_copy, starter
from journal.support.models import ServedCountry, SupportResource

STARTER_LIST = "/admin/support/supportresource/starter/"


def someone_can_be_reached(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Reports nothing without a database or before the migration, which other checks report."""
    if "default" not in (databases or ()):
        return []
    try:
        with transaction.atomic():
            there = SupportResource.objects.exists()
            kept = SupportResource.objects.starter_keys()
            chosen = [*ServedCountry.objects.values_list("code", flat=True)]
            old = SupportResource.objects.unverified(timezone.localdate()).count()
    except NOT_TO_BE_ASKED:
        return []
    served = page_copy.served(chosen)
    waiting = sum(not entry.weak for entry in starter.entries_for(served, without=kept))
    if not there and not chosen and not settings.COUNTRIES:
        return [
            Warning(
                _("No country is chosen for the support page, so it lists all of them."),
                hint=_("Choose yours and confirm the numbers, under %s.") % STARTER_LIST,
                id="support.W001",
            )
        ]
    if waiting and (chosen or settings.COUNTRIES):
        return [
            Warning(
                ngettext(
                    "%(waiting)d number of the support page is not confirmed.",
                    "%(waiting)d numbers of the support page are not confirmed.",
                    waiting,
                )
                % {"waiting": waiting},
                hint=_("Confirm them under %s.") % STARTER_LIST,
                id="support.W003",
            )
        ]
    if old:
        return [
            Warning(
                ngettext(
                    "%(old)d support resource was not verified for more than 180 days.",
                    "%(old)d support resources were not verified for more than 180 days.",
                    old,
                )
                % {"old": old},
                hint=_(
                    "See whether it still holds, and mark it as verified, under /admin/support/."
                ),
                id="support.W002",
            )
        ]
    return []
