"""A receipt of consent: what a client agreed to with one coach, and when, as plain text.

It says kinds and never titles, so that a client can show it to somebody. Times are in the zone that
the request activated, the client's own.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.languages.lists import beside, colon
from journal.people.models import User
from journal.people.text_direction import isolate
from journal.sharing import audit_log
from journal.sharing.models.grants import ShareGrant
from journal.sharing.models.links import CoachLink
from journal.sharing.overview import DETAILS, name_of


def text(person: User, link: CoachLink) -> str:
    """Runs three statements."""
    coach = link.coach_name
    paragraphs = [
        [_("Receipt: what you agreed to with your coach")],
        _heads(person, link),
        [_("What you agreed to when you connected:"), link.consent_text],
        [_("Shared at this moment:"), *_listed([*map(_shared, _in_force(link)), *_sent(link)])],
        [
            _("What happened, in order:"),
            *_listed(
                f"{_moment(event.at)}{colon()}{audit_log.sentence(event, coach, detailed=True)}"
                for event in link.events.order_by("at", "id")
            ),
        ],
        [
            _(
                "What is shared ends by itself on the day named here. "
                "This file has nothing that you wrote in your journal."
            )
        ],
    ]
    return "\n\n".join("\n".join(lines) for lines in paragraphs) + "\n"


def _heads(person: User, link: CoachLink) -> Iterator[str]:
    zone = timezone.get_current_timezone_name()
    yield _("Made: %(moment)s (%(zone)s)") % {"moment": _moment(timezone.now()), "zone": zone}
    yield _("Your account: %(email)s") % {"email": isolate(person.email)}
    if settings.HOST_NAME:
        yield _("Server run by: %(host)s") % {"host": isolate(settings.HOST_NAME)}
    yield _("Coach: %(coach)s") % {"coach": isolate(link.coach_name)}
    yield _("Connected: %(moment)s") % {"moment": _moment(link.consented_at)}
    if link.ended_at:
        yield _("Ended: %(moment)s") % {"moment": _moment(link.ended_at)}
    elif link.address_shown_since:
        since = _moment(link.address_shown_since)
        yield _("Your email address: shown since %(moment)s") % {"moment": since}
    else:
        yield _("Your email address: not shown")
    if link.zone_shown and not link.ended_at:
        yield _("Your time zone: shown, as %(zone)s") % {"zone": link.zone_shown}


def _in_force(link: CoachLink) -> Iterable[ShareGrant]:
    return link.grants.in_force().order_by("starts_at", "id")


def _sent(link: CoachLink) -> Iterator[str]:
    """How agreements went, which has no day on which it ends."""
    text = _("How an agreement went. Sent %(since)s, until you stop showing it or the link ends")
    for outcome in link.outcomes.sent().order_by("shared_at", "id"):
        yield text % {"since": _moment(outcome.shared_at or outcome.updated_at)}


def _shared(grant: ShareGrant) -> str:
    parts = [name_of(grant.scope, grant.about)]
    if grant.scope in audit_log.IN_DETAIL:
        parts.append(DETAILS[ShareGrant.Detail(grant.detail)])
    if grant.photos:
        count = len(grant.photos)
        parts.append(ngettext("with %(n)s photo", "with %(n)s photos", count) % {"n": count})
    if grant.from_at:
        parts.append(_("nothing before %(moment)s") % {"moment": _moment(grant.from_at)})
    said = {"thing": beside(parts), "since": _moment(grant.starts_at)}
    said["until"] = _moment(grant.expires_at)
    return _("%(thing)s. Agreed %(since)s, until %(until)s") % said


def _listed(lines: Iterable[str]) -> list[str]:
    return [f"- {line}" for line in lines] or [_("Nothing.")]


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i")
