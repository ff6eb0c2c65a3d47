"""The mail of a reminder: text and HTML, safe to open with someone beside you."""

from email.utils import formataddr, parseaddr

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from journal.access_tokens.models import AccessToken
from journal.people.models import User
from journal.reminders import wording
from journal.reminders.models import Kind, Reminder, ReminderPreference

OPENS = {Kind.WEEK: "week:list"}  # everything else is on Today


def is_confirmed(person: User) -> bool:
    return EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists()


def send(reminder: Reminder, preference: ReminderPreference) -> None:
    """Puts the mail into the outbox, in the caller's transaction. Runs as the person."""
    person = reminder.owner
    with translation.override(person.language or settings.LANGUAGE_CODE):
        token = AccessToken.issue(person, AccessToken.Scope.UNSUBSCRIBE, subject=reminder.kind)
        subject = wording.subject(reminder.kind, preference.wording)
        opens = reverse(OPENS.get(Kind(reminder.kind), "today:today"))
        _send(person, preference, subject, opens, token, reminder)


def send_test(person: User, preference: ReminderPreference) -> None:
    token = AccessToken.issue(person, AccessToken.Scope.UNSUBSCRIBE, subject=Kind.DAILY)
    _send(person, preference, str(wording.TEST), reverse("reminders:settings"), token)


def _send(
    person: User,
    preference: ReminderPreference,
    subject: str,
    opens: str,
    token: AccessToken,
    reminder: Reminder | None = None,
) -> None:
    ends = preference.origin + token.path
    context = {
        "subject": subject,
        "opens": preference.origin + opens,
        "ends": ends,
        "change": preference.origin + reverse("reminders:settings"),
        "reminder": reminder,
    }
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    mail = EmailMultiAlternatives(
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
    mail.send()
