"""What a reminder says: in two tones, and in neither a title, a count of misses or own words."""

from django.utils.functional import Promise as Text
from django.utils.translation import gettext_lazy as _

from journal.reminders.models import Kind, ReminderPreference

Wording = ReminderPreference.Wording
NEUTRAL_NAME = _("Notes")
DISCREET: dict[str, Text] = {
    Kind.DAILY: _("A moment for yourself?"),
    Kind.PROMISE: _("A small note for now"),
    Kind.WEEK: _("The week, if you like"),
    Kind.DUE: _("Something to look back on"),
    Kind.COACH: _("Something you asked to hear about"),
}
PLAIN: dict[str, Text] = {
    Kind.DAILY: _("Your check-in is ready."),
    Kind.PROMISE: _("One promise is open."),
    Kind.WEEK: _("Your week is ready to look back on."),
    Kind.DUE: _("A review or a follow-up is due."),
    Kind.COACH: _("There is something new in your coaching."),
}
TEST = _("This is the test you asked for")
CHOICES = [
    (Wording.DISCREET, _("Discreet: “A moment for yourself?”")),
    (Wording.PLAIN, _("Plain: “Your check-in is ready.” None of your words either.")),
]


def subject(kind: str, wording: str) -> str:
    texts = PLAIN if wording == Wording.PLAIN else DISCREET
    return str(texts[kind])


def sender(preference: ReminderPreference) -> str:
    return preference.sender_name or str(NEUTRAL_NAME)
