"""The mail of a reminder: text and HTML, safe to open with someone beside you."""

from datetime import date, datetime
from email.utils import formataddr, parseaddr

from allauth.account.models import EmailAddress
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from journal.access_tokens.models import AccessToken
from journal.mail.models import PassingMessage
from journal.people.models import User
from journal.reminders import wording
from journal.reminders.models import (
    DEFAULT_TIMES,
    Kind,
    Reminder,
    ReminderPreference,
    preference_of,
)

OPENS = {Kind.WEEK: "week:list"}  # everything else is on Today


def page_of(reminder: Reminder) -> str:
    """Where the person can do what the reminder is about."""
    return reverse(OPENS.get(Kind(reminder.kind), "today:today"))


def is_confirmed(person: User) -> bool:
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


def can_reach(person: User) -> bool:
    return settings.MAIL_WORKS and is_confirmed(person) and not preference_of(person).is_refused


def send(reminder: Reminder, preference: ReminderPreference, _day: date, until: datetime) -> None:
    """Puts the mail into the outbox."""
    person = reminder.owner
    with translation.override(person.reads_in):
        subject = wording.subject(reminder.kind, preference.wording)
        mail = _build(reminder, preference, subject, _token_path(person, reminder.kind))
    mail.until = until
    mail.send()


def send_test(preference: ReminderPreference) -> None:
    path = _token_path(preference.owner, Kind.DAILY)
    _build(_example_of(preference.owner), preference, str(wording.TEST), path).send()


def example(preference: ReminderPreference, origin: str) -> PassingMessage:
    """What a daily reminder looks like, with a link that opens nothing."""
    shown = ReminderPreference(owner=preference.owner, origin=origin)
    shown.sender_name = preference.sender_name
    subject = wording.subject(Kind.DAILY, preference.wording)
    return _build(_example_of(preference.owner), shown, subject, "/t/unsubscribe/…")


def _example_of(person: User) -> Reminder:
    stored = person.reminders.filter(kind=Kind.DAILY).first()
    return stored or Reminder(owner=person, kind=Kind.DAILY, at=DEFAULT_TIMES[Kind.DAILY])


def _token_path(person: User, kind: str) -> str:
    return AccessToken.issue(person, AccessToken.Scope.UNSUBSCRIBE, subject=kind).path


def _asked(reminder: Reminder) -> str:
    at, on = reminder.at.strftime("%H:%M"), reminder.days_text
    if not on:
        return gettext("You asked for this at %(at)s.") % {"at": at}
    return gettext("You asked for this at %(at)s %(on)s.") % {"at": at, "on": on}


def _build(
    reminder: Reminder, preference: ReminderPreference, subject: str, token_path: str
) -> PassingMessage:
    person, ends = preference.owner, preference.origin + token_path
    context = {
        "language": translation.get_language(),
        "rtl": translation.get_language_bidi(),
        "subject": subject,
        "opens": preference.origin + page_of(reminder),
        "change": preference.origin + reverse("reminders:settings"),
        "ends": ends,
        "asked": _asked(reminder),
    }
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mail = PassingMessage(
        subject,
        render_to_string("reminders/mail/reminder.txt", context),
        formataddr((wording.sender(preference), address)),
        [person.email],
        headers={
            "List-Unsubscribe": f"<{ends}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string("reminders/mail/reminder.html", context), "text/html")
    return mail
