"""The mail of a reminder: text and HTML, safe to open with someone beside you."""

from datetime import date, datetime
from email.utils import formataddr, parseaddr

from allauth.account.models import EmailAddress
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from journal.access_tokens.models import AccessToken
from journal.mail.models import PassingMessage
from journal.people.models import User
from journal.reminders import wording
from journal.reminders.models import Kind, Reminder, ReminderPreference, preference_of

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
    with translation.override(person.language or settings.LANGUAGE_CODE):
        token = AccessToken.issue(person, AccessToken.Scope.UNSUBSCRIBE, subject=reminder.kind)
        subject = wording.subject(reminder.kind, preference.wording)
        mail = _build(person, preference, subject, page_of(reminder), token, reminder)
    mail.until = until
    mail.send()


def send_test(person: User, preference: ReminderPreference) -> None:
    token = AccessToken.issue(person, AccessToken.Scope.UNSUBSCRIBE, subject=Kind.DAILY)
    _build(person, preference, str(wording.TEST), reverse("reminders:settings"), token).send()


def _build(
    person: User,
    preference: ReminderPreference,
    subject: str,
    opens: str,
    token: AccessToken,
    reminder: Reminder | None = None,
) -> PassingMessage:
    ends = preference.origin + token.path
    context = {
        "subject": subject,
        "opens": preference.origin + opens,
        "ends": ends,
        "change": preference.origin + reverse("reminders:settings"),
        "reminder": reminder,
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
