"""When a person's exports are made, for which key, and those that were made."""

from datetime import date, datetime, time, timedelta
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.exchange.models import Attempt, AttemptQuerySet
from journal.people import clock
from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.reminders import schedule
from journal.scheduled_exports.keys import LONGEST

KEPT = 3
AT = time(3)  # when few people write, in the zone of each
SUNDAY = 6
LATE = timedelta(days=2)  # after its day, before anyone is told


class ExportScheduleQuerySet(OwnedQuerySet):
    def due(self, now: datetime) -> Self:
        """For the owner of the tables: one range of the index `export_schedule_by_time`."""
        return self.filter(next_at__lte=now).order_by("next_at")

    def running(self) -> Self:
        return self.filter(next_at__isnull=False)


class ExportSchedule(OwnedModel):
    """One for each person. `next_at` is empty while it is stopped."""

    class Rhythm(models.TextChoices):
        WEEKLY = "weekly", _("Every week")
        MONTHLY = "monthly", _("Every month, on the first")

    owner = belongs_to("export_schedules")
    rhythm = models.CharField(max_length=7, choices=Rhythm, default=Rhythm.WEEKLY)
    weekday = models.PositiveSmallIntegerField(default=SUNDAY, validators=[MaxValueValidator(6)])
    recipient = WordsField(max_length=LONGEST)  # a public key of age
    next_at = models.DateTimeField(null=True, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar = ExportScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("export schedule")
        constraints = [
            models.UniqueConstraint(fields=["owner"], name="one_export_schedule"),
            models.CheckConstraint(
                condition=Q(rhythm__in=["weekly", "monthly"]), name="export_schedule_rhythm"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="export_schedule_weekday"),
            models.CheckConstraint(
                condition=Q(next_at=None, stopped_at__isnull=False)
                | Q(next_at__isnull=False, stopped_at=None),
                name="export_schedule_runs_or_is_stopped",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(next_at__isnull=False),
                name="export_schedule_by_time",
            )
        ]

    @property
    def how_often(self) -> str:
        if self.rhythm == self.Rhythm.MONTHLY:
            return gettext("on the first of every month")
        return gettext("every week on %(day)s") % {"day": WEEKDAYS[self.weekday]}

    @property
    def period(self) -> timedelta:
        return timedelta(days=31 if self.rhythm == self.Rhythm.MONTHLY else 7)

    def next_after(self, now: datetime) -> datetime:
        """The first instant after `now` at which one is to be made, by the person's own days."""
        if self.rhythm == self.Rhythm.WEEKLY:
            return schedule.next_after(self.owner, AT, now, (self.weekday,))
        first: date = now.astimezone(clock.zone_of(self.owner)).date().replace(day=1)
        while schedule.instant(self.owner, first, AT) <= now:
            first = (first + timedelta(days=32)).replace(day=1)
        return schedule.instant(self.owner, first, AT)

    def tomorrow(self, now: datetime) -> datetime:
        return schedule.next_after(self.owner, AT, now)

    def plan(self, at: datetime) -> None:
        """Not `save`: its version is of the person's own changes, as the form compares it."""
        type(self).objects.running().filter(pk=self.pk).update(next_at=at)

    def begin(self) -> None:
        """Plans it as it is now, and starts it if it was stopped; the caller saves. The very first
        is due at once, so that the person sees one while they are still here."""
        now = timezone.now()
        is_first = not self.owner.scheduled_exports.ready().exists()
        self.next_at, self.stopped_at = now if is_first else self.next_after(now), None

    def stop(self) -> None:
        """Also takes back what waits, unless a worker is making it."""
        if not self.stopped_at:
            self.next_at, self.stopped_at = None, timezone.now()
            self.save(update_fields=["next_at", "stopped_at"])
        waiting = self.owner.scheduled_exports.waiting()
        for row in waiting.select_for_update(skip_locked=True, of=("self",)):
            row.delete()

    def start(self) -> None:
        if self.stopped_at:
            self.begin()
            self.save(update_fields=["next_at", "stopped_at"])


class ScheduledExportQuerySet(AttemptQuerySet):
    def waiting(self) -> Self:
        return self.filter(ready_at=None, failed_at=None)

    def ready(self) -> Self:
        return self.filter(ready_at__isnull=False).order_by("-ready_at")

    def failed(self) -> Self:
        return self.filter(failed_at__isnull=False).order_by("-failed_at")


class ScheduledExport(Attempt):
    """A full export, encrypted to a public key of age, in the place for them (places.py)."""

    owner = belongs_to("scheduled_exports")
    recipient = WordsField(max_length=LONGEST, blank=True, editable=False)
    # The name of the file, so that whoever reads the place learns nothing from it.
    stored_as = models.UUIDField(default=uuid4, editable=False)
    ready_at = models.DateTimeField(null=True, editable=False)
    size = models.PositiveBigIntegerField(null=True, editable=False)  # encrypted

    objects: ClassVar = ScheduledExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("scheduled export")
        constraints = [
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(ready_at=None, failed_at=None),
                name="one_scheduled_export_at_a_time",
            ),
            models.UniqueConstraint(fields=["stored_as"], name="scheduled_export_in_its_own_file"),
            models.CheckConstraint(
                condition=Q(ready_at=None, size=None)
                | Q(ready_at__isnull=False, size__isnull=False, failed_at=None),
                name="scheduled_export_ready_with_its_size",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-ready_at"], name="scheduled_exports_newest")]

    @property
    def stored_name(self) -> str:
        return f"{self.stored_as.hex}.age"

    @property
    def name(self) -> str:
        return f"selftrust-{timezone.localdate(self.ready_at).isoformat()}.zip.age"

    @property
    def key_ending(self) -> str:
        return self.recipient[-6:]

    def remove_file(self) -> None:
        """An attempt that failed leaves none (places.py)."""


def schedule_of(person: User) -> ExportSchedule:
    """The person's row, or one with the defaults that is not stored yet."""
    found: ExportSchedule = person.export_schedules.first() or ExportSchedule()
    found.owner = person
    return found


def state_of(person: User) -> dict[str, Any]:
    """What the pages say of it."""
    exports = person.scheduled_exports
    return {
        "schedule": person.export_schedules.first(),
        "under_way": exports.waiting().exists(),
        "failed": exports.failed().first(),
    }
