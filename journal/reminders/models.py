"""Reminders: what a person asked to be reminded of, how, and what has been sent on which day."""

from datetime import datetime, time, timedelta
from typing import Any, ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.day_fields import DayToComeField
from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.reminders import schedule
from journal.sharing.models.links import hash_of_address

# Columns of Reminder; journal/reminders/sending.py has a sender for each.
CHANNELS = ("by_mail", "by_push")
MOST_A_DAY = 5
KEPT_FOR = timedelta(days=60)
REFUSED_FOR_GOOD = 3  # refusals of a mail server, after which no more mail is tried


class Kind(models.TextChoices):
    DAILY = "daily", _("Daily check-in")
    PROMISE = "promise", _("A promise")
    WEEK = "week", _("Weekly reflection")
    DUE = "due", _("Decisions and follow-ups")
    COACH = "coach", _("Coaching")


DEFAULT_TIMES = {
    Kind.DAILY: time(20, 30),
    Kind.PROMISE: time(12, 30),
    Kind.WEEK: time(17, 0),
    Kind.DUE: time(9, 0),
    Kind.COACH: time(9, 0),
}
SUNDAY = 6
WORKDAYS = (0, 1, 2, 3, 4)


class ReminderQuerySet(OwnedQuerySet):
    def due(self, now: datetime) -> Self:
        """For the owner of the tables: one range of the index `reminder_by_time`."""
        return self.filter(next_at__lte=now).order_by("next_at")

    def planned(self) -> Self:
        return self.filter(next_at__isnull=False)

    def end(self, kind: str, channel: str) -> None:
        """Ends one kind by one channel; by the others it comes as before."""
        rows = self.filter(kind=kind)
        rows.update(**{channel: False})
        rows.filter(**dict.fromkeys(CHANNELS, False)).update(next_at=None)


class Reminder(OwnedModel):
    """One kind, or one promise, with its own local time. `next_at` is empty while it is off."""

    export_name = "reminders.Reminder"

    class Days(models.TextChoices):
        EVERY_DAY = "every", _("Every day")
        WEEKDAYS = "weekdays", _("Weekdays")
        WEEKENDS = "weekends", _("Weekends")

    kind = models.CharField(max_length=7, choices=Kind, editable=False)
    promise = models.ForeignKey(
        "promises.Promise",
        on_delete=models.CASCADE,
        null=True,
        related_name="reminders",
        editable=False,
        db_index=False,
    )
    at = models.TimeField(_("Time"))
    weekday = models.PositiveSmallIntegerField(
        _("Day of the week"), null=True, blank=True, validators=[MaxValueValidator(6)]
    )
    days = models.CharField(
        pgettext_lazy("which days", "On"), max_length=8, choices=Days, default=Days.EVERY_DAY
    )
    by_mail = models.BooleanField(_("Email"), default=False)
    by_push = models.BooleanField(_("Notification"), default=False)
    next_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "promise"],
                nulls_distinct=False,
                name="one_reminder_per_kind_and_promise",
            ),
            models.CheckConstraint(
                condition=Q(kind="promise", promise__isnull=False)
                | ~Q(kind="promise") & Q(promise__isnull=True),
                name="reminder_of_a_promise",
            ),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=6), name="reminder_weekday"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="reminder_by_time"
            ),
        ]

    @property
    def is_on(self) -> bool:
        return any(getattr(self, channel) for channel in CHANNELS)

    @property
    def weekdays(self) -> tuple[int, ...]:
        """The days of the week on which it may come. Monday is 0."""
        if self.kind == Kind.WEEK:
            return (SUNDAY if self.weekday is None else self.weekday,)
        if self.kind == Kind.DAILY and self.days != self.Days.EVERY_DAY:
            return WORKDAYS if self.days == self.Days.WEEKDAYS else (5, SUNDAY)
        return schedule.EVERY_DAY

    @property
    def days_text(self) -> str:
        """On which days a kind of its own days comes: "on weekdays", "on Sunday"."""
        if self.kind == Kind.WEEK:
            return gettext("on %(day)s") % {"day": WEEKDAYS[self.weekdays[0]]}
        if self.kind == Kind.DAILY:
            return str(ON_DAYS[self.Days(self.days)])
        return ""

    def plan(self, now: datetime | None = None) -> None:
        """Sets the next instant, strictly after `now`; the caller saves."""
        now = now or timezone.now()
        self.next_at = (
            schedule.next_after(self.owner, self.at, now, self.weekdays) if self.is_on else None
        )


ON_DAYS = {
    Reminder.Days.EVERY_DAY: _("every day"),
    Reminder.Days.WEEKDAYS: _("on weekdays"),
    Reminder.Days.WEEKENDS: _("at weekends"),
}


class ReminderPreference(OwnedModel):
    """What holds for all reminders of a person: one row each."""

    export_name = "reminders.ReminderPreference"

    class Wording(models.TextChoices):
        DISCREET = "discreet", _("Discreet")
        PLAIN = "plain", _("Plain")

    owner = belongs_to("reminder_preferences")
    quiet_from = models.TimeField(
        pgettext_lazy("a time of day", "From"), null=True, blank=True, default=time(22, 0)
    )
    quiet_until = models.TimeField(
        pgettext_lazy("a time of day", "To"), null=True, blank=True, default=time(7, 30)
    )
    most_a_day = models.PositiveSmallIntegerField(
        _("How many a day, at most?"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_A_DAY)],
    )
    wording = models.CharField(
        _("Wording"), max_length=8, choices=Wording, default=Wording.DISCREET
    )
    sender_name = WordsField(_("Name shown as the sender"), max_length=40, blank=True)
    paused_until = DayToComeField(_("Until"), null=True, blank=True)
    # Where the person opens Selftrust, for the links in mails: of the request that saved this row.
    origin = models.CharField(max_length=200, blank=True, editable=False)
    # How often in a row a mail server refused the address of this hash.
    refusals = models.PositiveSmallIntegerField(default=0, editable=False)
    refused_hash = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("reminder settings")
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="one_reminder_preference"),
            models.CheckConstraint(
                condition=Q(most_a_day__gte=1, most_a_day__lte=MOST_A_DAY),
                name="reminders_most_a_day",
            ),
        ]

    @property
    def is_refused(self) -> bool:
        """Not once the person has another address."""
        is_same = self.refused_hash == hash_of_address(self.owner.email)
        return is_same and self.refusals >= REFUSED_FOR_GOOD

    def keeps_silent(self, at: datetime) -> bool:
        """Before the person has saved their settings here, in a pause, and in the quiet hours."""
        if not self.origin or (
            self.paused_until and self.paused_until > clock.day_of(self.owner, at)
        ):
            return True
        local = at.astimezone(clock.zone_of(self.owner)).time()
        return schedule.is_quiet(self.quiet_from, self.quiet_until, local)


class SentReminderQuerySet(OwnedQuerySet):
    def outdated(self) -> Self:
        """Nobody reads them after their day."""
        return self.filter(day__lt=timezone.now().date() - KEPT_FOR)


class SentReminder(OwnedModel):
    """A reminder of a local day. It is there once, whatever runs twice."""

    export_name = "reminders.SentReminder"

    owner = belongs_to("sent_reminders")
    kind = models.CharField(max_length=7, choices=Kind, editable=False)
    promise_id = models.UUIDField(null=True, editable=False)
    day = models.DateField(editable=False)

    objects: ClassVar = SentReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder sent")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "day", "kind", "promise_id"],
                nulls_distinct=False,
                name="one_reminder_a_day",
            ),
        ]
        indexes = [models.Index(fields=["day"], name="sent_reminder_by_day")]


def preference_of(person: User) -> ReminderPreference:
    """The person's row, or one with the defaults that is not stored yet."""
    found: Any = person.reminder_preferences.first() or ReminderPreference()
    found.owner = person
    return found
