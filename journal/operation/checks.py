"""System checks for the operator's page and `manage.py check --database default`: backups, and the
recovery key until the operator confirms that they keep it. Without a database, other checks report
that."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.database.errors import NOT_TO_BE_ASKED
from journal.operation import installation_state

FRESH = timedelta(days=2)


def a_backup_is_made(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    if "default" not in (databases or ()):
        return []
    try:
        plan, last = settings.SCHEDULED_BACKUPS, installation_state.last_backup()
    except NOT_TO_BE_ASKED:
        return []
    hint = _("Run manage.py backup once a day.")
    if plan:
        hint = _(
            "Is manage.py worker running, and is there room in %(folder)s? The server’s log says "
            "what failed."
        ) % {"folder": plan.name}
    if last is None:
        return [Warning(_("There is no backup yet."), hint=hint, id="operation.W001")]
    age = timezone.now() - last
    if age <= (2 * plan.every if plan else FRESH):
        return []
    if age < FRESH:
        hours = age // timedelta(hours=1)
        text = ngettext(
            "The last backup is %(count)d hour old, older than it should be.",
            "The last backup is %(count)d hours old, older than it should be.",
            hours,
        )
        return [Warning(text % {"count": hours}, hint=hint, id="operation.W002")]
    text = ngettext(
        "The last backup is %(count)d day old.", "The last backup is %(count)d days old.", age.days
    )
    return [Warning(text % {"count": age.days}, hint=hint, id="operation.W002")]


def the_recovery_key_is_kept(
    *, databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    try:
        if "default" not in (databases or ()) or installation_state.recovery_key_kept_since():
            return []
    except NOT_TO_BE_ASKED:
        return []
    return [
        Warning(
            _("Nobody has confirmed yet that the recovery key is stored safely."),
            hint=_(
                "Without it, no backup can be restored. Confirm it at /accounts/operator/health/."
            ),
            id="operation.W003",
        )
    ]
