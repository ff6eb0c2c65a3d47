"""System checks of support resources, for `manage.py check --database default` and the operator."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import Error, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from psycopg_pool import PoolClosed, PoolTimeout

from journal.support.models import SupportResource


def someone_can_be_reached(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """Reports nothing without a database or before the migration, which other checks report."""
    if "default" not in (databases or ()):
        return []
    try:
        with transaction.atomic():
            there = SupportResource.objects.exists()
            old = SupportResource.objects.unverified(timezone.localdate()).count()
    except (Error, PoolTimeout, PoolClosed):
        return []
    if not there:
        return [
            Warning(
                _("The support page names nobody to call."),
                hint=_("Add what people here can reach, under /admin/support/."),
                id="support.W001",
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
