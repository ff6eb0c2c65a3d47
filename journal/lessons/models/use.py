"""The times a lesson was needed."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from journal.people.day_fields import DaySoFarField
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet


class LessonUseQuerySet(OwnedQuerySet):
    def latest_first(self) -> Self:
        return self.live().order_by("-used_on", "-id")

    def of_live_lessons(self) -> Self:
        return self.live().filter(lesson__deleted_at=None)


class LessonUse(OwnedModel):
    """A time the lesson was needed. A use next to another row (a decision, say) may be recorded
    before anyone can know whether it helped: the result is blank until the person answers."""

    export_name = "lessons.LessonUse"

    class Result(models.TextChoices):
        HELPED = "helped", gettext_lazy("It helped")
        PARTLY = "partly", gettext_lazy("It partly helped")
        DID_NOT_HELP = "did_not_help", gettext_lazy("It didn’t help")
        FORGOT = "came_up_but_forgot", gettext_lazy("I remembered it too late")

    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.CASCADE, related_name="uses", db_index=False
    )
    used_on = DaySoFarField(gettext_lazy("Which day?"))
    result = models.CharField(
        gettext_lazy("How did it go?"), max_length=18, choices=Result, blank=True
    )
    linked_kind = models.CharField(max_length=20, blank=True, editable=False)
    linked_id = models.UUIDField(null=True, blank=True, editable=False)
    note = WordsField(gettext_lazy("A note (optional)"), max_length=300, blank=True)

    objects: ClassVar = LessonUseQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("use of a lesson")
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "lesson", "linked_kind", "linked_id"],
                condition=~Q(linked_kind=""),
                name="one_use_a_linked_row",
            ),
            models.CheckConstraint(
                condition=Q(linked_kind="", linked_id=None)
                | ~Q(linked_kind="") & Q(linked_id__isnull=False),
                name="use_linked_by_kind_and_id",
            ),
            models.CheckConstraint(
                condition=Q(result__in=["helped", "partly", "did_not_help", "came_up_but_forgot"])
                | Q(result="") & ~Q(linked_kind=""),
                name="use_has_a_result",
                violation_error_message=gettext_lazy("Choose how it went."),
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "lesson", "-used_on"], name="use_by_lesson"),
            models.Index(fields=["owner", "-used_on"], name="use_by_day"),
        ]

    @property
    def linked(self) -> tuple[str, UUID] | None:
        """The kind and id of the row it was used with, as threads.py knows it."""
        return (self.linked_kind, self.linked_id) if self.linked_id else None
