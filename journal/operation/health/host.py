"""Checks of the settings, the machine, and the operator's tasks."""

import shutil
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection, send_mail
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.operation import installation_state
from journal.operation.health.findings import BAD, LOOK, OK, Finding

AT_HOME = {"localhost", "127.0.0.1", "[::1]"}
LITTLE = 1024**3  # bytes left on the disk
SECRET_KEY_LENGTH, DIFFERENT = 50, 5  # the limits of Django's own check


def settings_in_force() -> Iterator[Finding]:
    secret = settings.SECRET_KEY
    if len(secret) < SECRET_KEY_LENGTH or len(set(secret)) < DIFFERENT:
        yield Finding(BAD, _("SECRET_KEY is too short. Use at least 50 random characters."))
    if "*" in settings.ALLOWED_HOSTS:
        yield Finding(BAD, _("ALLOWED_HOSTS allows every name. List the ones you use."))
    if settings.DEBUG:
        yield Finding(LOOK, _("SELFTRUST_DEBUG is on, so error pages reveal internals."))
    if not settings.PRODUCTION:
        yield from _home()
    elif not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        yield Finding(BAD, _("Cookies are sent without HTTPS."))
    else:
        complaints = checks.run_checks(tags=["security"], include_deployment_checks=True)
        for complaint in complaints:
            yield Finding(LOOK, str(complaint.msg))
        if not complaints:
            yield Finding(OK, _("The settings are right for production."))


def _home() -> Iterator[Finding]:
    if others := sorted(set(settings.ALLOWED_HOSTS) - AT_HOME - {"*"}):
        text = _(
            "Selftrust answers as %(name)s, and SELFTRUST_ENV is not production: cookies may "
            "travel without HTTPS."
        )
        yield Finding(LOOK, text % {"name": others[0]})
    else:
        yield Finding(OK, _("Selftrust runs on this machine only."))


def secret_files() -> Iterator[Finding]:
    folder = settings.DATA_DIR / "keys"
    there = [path for path in [folder, *sorted(folder.glob("*"))] if path.exists()]
    open_ones = [path for path in there if path.stat().st_mode & 0o077]
    for path in open_ones:
        text = _(
            "Other users of this machine can open %(path)s. chmod it to 600, or 700 for a folder."
        )
        yield Finding(BAD, text % {"path": path})
    if there and not open_ones:
        yield Finding(OK, _("Other users of this machine can’t read the keys."))


def mail() -> Iterator[Finding]:
    if settings.MAIL_WORKS:
        yield Finding(OK, _("Email is set up."))
    else:
        text = _(
            "Email isn’t set up, so passwords can’t be reset by email and people join by "
            "invitation."
        )
        yield Finding(LOOK if settings.PRODUCTION else OK, text)


def send(address: str) -> Finding:
    """Sends a test mail past the outbox, since the answer of the mail server is what is asked. Only
    its recipient can know whether it arrives."""
    subject, body = _("Test email from Selftrust"), _("Email from this server arrives.")
    try:
        server = get_connection(settings.OUTBOX_BACKEND)
        send_mail(subject, body, None, [address], connection=server)
    except (OSError, ValueError) as error:
        text = _("The email to %(address)s couldn’t be sent: %(error)s")
        return Finding(BAD, text % {"address": address, "error": " ".join(str(error).split())})
    return Finding(
        OK, _("The email to %(address)s was handed to the mail server.") % {"address": address}
    )


def disk() -> Iterator[Finding]:
    left = shutil.disk_usage(settings.DATA_DIR).free
    text = _("%(size).1f GB are free on the data folder’s disk.") % {"size": left / 1024**3}
    yield Finding(BAD if left < settings.DISK_FLOOR else LOOK if left < LITTLE else OK, text)


def backups() -> Iterator[Finding]:
    """Reports the last backup; the system check (checks.py) warns if it is missing or old."""
    last = installation_state.last_backup()
    if last is not None:
        hours = max(0, (timezone.now() - last) // timedelta(hours=1))
        text = ngettext(
            "The last backup is %(count)d hour old.",
            "The last backup is %(count)d hours old.",
            hours,
        )
        yield Finding(OK, text % {"count": hours})


def checks_for_operators() -> Iterator[Finding]:
    """The system checks tagged "operator", also those of other apps, such as support."""
    found = checks.run_checks(tags=["operator"], databases=["default"])
    for message in found:
        yield Finding(LOOK, " ".join(str(part) for part in (message.msg, message.hint) if part))
    if not any(str(message.id).startswith("support.") for message in found):
        yield Finding(OK, _("The support page names whom to call."))
    if kept := installation_state.recovery_key_kept_since():
        text = _("Someone confirmed on %(day)s that the recovery key is stored safely.")
        yield Finding(OK, text % {"day": kept.date().isoformat()})
