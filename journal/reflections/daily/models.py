"""The daily check: how far a person trusted themselves, and one thing to their credit."""

import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.people import clock
from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to


class DailyCheckQuerySet(OwnedQuerySet):
    def since(self, day: datetime.date) -> Self:
        return self.filter(date__gte=day).order_by("-date")

    def on(self, day: datetime.date) -> Any:
        return self.filter(date=day).first()

    def returns(self) -> Self:
        """The days on which the person came back after a gap, newest first."""
        return self.filter(days_away__isnull=False).order_by("-date")

    def line_waits(self) -> Self:
        """The days on which a line was crossed and that the person has not dismissed."""
        return self.filter(visit=DailyCheck.Visit.BOUNDARY, visit_let_go_at=None)

    def critic_waits(self) -> Self:
        return self.filter(visit=DailyCheck.Visit.CRITIC, visit_let_go_at=None)

    def line_words(self, day: datetime.date | None) -> str:
        """What the person wrote that day of the crossed line."""
        return self._words(day, DailyCheck.Visit.BOUNDARY)

    def critic_words(self, day: datetime.date | None) -> str:
        return self._words(day, DailyCheck.Visit.CRITIC)

    def _words(self, day: datetime.date | None, visit: str) -> str:
        row = self.filter(date=day, visit=visit).first() if day else None
        return getattr(row, "visit_words", "")


class DailyCheck(OwnedModel):
    """One row per person and day. Every column but the day is optional; the last answer counts."""

    export_name = "reflections.DailyCheck"

    class Trust(models.IntegerChoices):
        # Translators: these five stand side by side on a phone: at most 10 characters each.
        BARELY = 1, _("Barely")
        A_LITTLE = 2, _("A little")
        PARTLY = 3, _("Partly")
        MOSTLY = 4, _("Mostly")
        FULLY = 5, _("Fully")

    class Visit(models.TextChoices):
        NONE = "none", _("No")
        BOUNDARY = "boundary", _("A line was crossed")
        CRITIC = "critic", _("A harsh voice")

    owner = belongs_to("daily_checks")
    date = models.DateField(_("Day"))  # the person's own day, fixed when they answered
    written_zone = models.CharField(max_length=64, editable=False)
    trust = models.PositiveSmallIntegerField(
        _("How far did you trust yourself today?"), choices=Trust, null=True, blank=True
    )
    credit = WordsField(_("One thing to your credit"), max_length=200, blank=True)
    visit = models.CharField(
        _("Did anything cross a line, or a harsh voice visit?"),
        max_length=8,
        choices=Visit,
        blank=True,
    )
    # Shown again where they lead to: the boundaries' page, or that of hard moments.
    visit_words = WordsField(_("What was it, in a few words?"), max_length=200, blank=True)
    # A crossed line or a harsh voice stays in "Waiting for you" until the person dismisses it.
    visit_let_go_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)  # "Done for today"
    # On the day of a return after a gap: how many days had no record. Today welcomes once.
    days_away = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)

    objects: ClassVar = DailyCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("daily check")
        constraints = [
            models.UniqueConstraint(fields=["owner", "date"], name="one_daily_check_per_day"),
            models.CheckConstraint(
                condition=Q(trust=None) | Q(trust__range=(1, 5)),
                name="daily_trust_one_to_five",
                violation_error_message=_("Choose one of the five."),
            ),
            models.CheckConstraint(
                condition=Q(visit__in=["", "none", "boundary", "critic"]),
                name="daily_visit_known",
                violation_error_message=_("Choose one of the three."),
            ),
            models.CheckConstraint(
                condition=Q(days_away=None) | Q(days_away__gte=1), name="daily_days_away_not_zero"
            ),
        ]

    @classmethod
    def store(cls, person: User, day: datetime.date, given: dict[str, Any]) -> dict[str, Any]:
        """Stores the given answers and leaves the rest of the day
        unchanged. Returns the old values.

        Concurrent requests for one day wait for the row lock, so there is one
        row with the last answer.
        """
        row, made = cls.objects.select_for_update().get_or_create(
            owner=person, date=day, defaults={"written_zone": str(clock.zone_of(person)), **given}
        )
        if made:
            empty = cls()
            return {name: getattr(empty, name) for name in given}
        before = {name: getattr(row, name) for name in given}
        for name, value in given.items():
            setattr(row, name, value)
        if "visit" in given:
            row.visit_let_go_at = None
        row.save(update_fields=[*given, "visit_let_go_at"])
        return before

    @classmethod
    def close(cls, person: User, day: datetime.date) -> None:
        """Stores the instant of "Done for today"; a later one replaces it."""
        cls.store(person, day, {"done_at": timezone.now()})

    @property
    def waits(self) -> bool:
        """Whether the day has a crossed line or a harsh voice that the person
        has not dismissed yet."""
        return self.visit in (self.Visit.BOUNDARY, self.Visit.CRITIC) and not self.visit_let_go_at

    @property
    def is_answered(self) -> bool:
        return bool(self.trust or self.visit or self.credit or self.visit_words)

    def dismiss_visits(self) -> None:
        """Dismisses this crossed line or harsh voice and the earlier ones of its kind, which the
        waiting list shows as one."""
        rows = type(self).objects.filter(owner=self.owner_id, date__lte=self.date)
        rows = rows.filter(visit=self.visit, visit_let_go_at=None)
        rows.update(visit_let_go_at=timezone.now())
