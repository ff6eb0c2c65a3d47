"""If-then lessons, and the days on which they came back."""

from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from journal.languages.lists import beside
from journal.lessons import spaced_repetition, svg
from journal.lessons.models.use import LessonUse
from journal.people import clock
from journal.people.areas import Area
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, is_unique_violation

HELPED = ("helped", "partly")
# The kinds of uses at which its situation came up; with others it was planned ahead.
CAME_UP_WITH = ("", "crossing", "mistake")
FEWEST_TRIES = 3  # without help, before other words are offered
LAST_BOX = len(spaced_repetition.DISTANCES) - 1


class LessonQuerySet(OwnedQuerySet):
    def active(self) -> Self:
        return self.live().filter(state=Lesson.State.ACTIVE)

    def returning(self) -> Self:
        """Active, or resting since its last return."""
        return self.live().exclude(state=Lesson.State.RETIRED)

    def sharing(self, area: str) -> Self:
        """Lessons of this area; the index by owner and state leaves few rows to scan."""
        return self.filter(areas__contains=[area])

    def with_uses(self) -> Self:
        """Annotates `used`, `helped` (fully or in part), `too_late`, `again` (how often its
        situation came up since) and, since its words were last looked at, `tried` and `worked`."""
        there = Q(uses__deleted_at=None)
        answered = there & ~Q(uses__result="")
        lately = answered & (Q(looked_at_on=None) | Q(uses__used_on__gt=F("looked_at_on")))
        helped = Q(uses__result__in=HELPED)
        return self.annotate(
            used=Count("uses", filter=there),
            helped=Count("uses", filter=there & helped),
            too_late=Count("uses", filter=there & Q(uses__result=LessonUse.Result.FORGOT)),
            again=Count("uses", filter=answered & Q(uses__linked_kind__in=CAME_UP_WITH))
            + Coalesce(_days_it_came_up(), 0),
            tried=Count("uses", filter=lately),
            worked=Count("uses", filter=lately & helped),
        )


def _days_it_came_up() -> Subquery:
    """The returns answered "It came up" on days without a use that says so."""
    said = LessonUse.objects.live().filter(
        lesson=OuterRef("lesson"), used_on=OuterRef("returned_on"), linked_kind__in=CAME_UP_WITH
    )
    rows = LessonReturn.objects.filter(lesson=OuterRef("pk"), answer=LessonReturn.Answer.CAME_UP)
    counted = rows.exclude(Exists(said)).order_by().values("lesson").annotate(n=Count("pk"))
    return Subquery(counted.values("n"))


class Lesson(OwnedModel):
    export_name = "lessons.Lesson"

    class State(models.TextChoices):
        ACTIVE = "active", gettext_lazy("Active")
        RESTING = "resting", gettext_lazy("Resting")
        RETIRED = "retired", pgettext_lazy("state", "Archived")

    class Source(models.TextChoices):
        MISTAKE = "mistake", gettext_lazy("A mistake")
        DECISION = "decision", gettext_lazy("A decision")
        CROSSING = "crossing", gettext_lazy("A crossing")

    if_situation = WordsField(gettext_lazy("If this comes up"), max_length=140)
    then_action = WordsField(gettext_lazy("then I will"), max_length=140)
    areas = ArrayField(
        models.CharField(max_length=10, choices=Area),
        verbose_name=gettext_lazy("Where might this come up again?"),
    )
    # The kind of its origin; a thread names the very row.
    source = models.CharField(max_length=8, choices=Source, blank=True, editable=False)
    state = models.CharField(max_length=7, choices=State, default=State.ACTIVE, editable=False)
    since_on = models.DateField(editable=False)  # the first day in this state
    box = models.PositiveSmallIntegerField(default=0, editable=False)
    next_due = models.DateField(null=True, blank=True, editable=False)
    # Its words were changed, or left as they are; only later uses bring the offer back.
    looked_at_on = models.DateField(null=True, blank=True, editable=False)

    # Annotations of `with_uses`.
    tried: int
    worked: int

    objects: ClassVar = LessonQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("lesson")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="lesson_and_owner"),
            models.CheckConstraint(
                condition=Q(if_situation__isnull=False, then_action__isnull=False),
                name="lesson_has_if_and_then",
                violation_error_message=gettext_lazy("A lesson needs an “if” and a “then”."),
            ),
            models.CheckConstraint(
                condition=Q(areas__len__gte=1, areas__contained_by=Area.values),
                name="lesson_has_areas",
                violation_error_message=gettext_lazy("Choose at least one area."),
            ),
            models.CheckConstraint(
                condition=Q(source__in=["", "mistake", "decision", "crossing"]),
                name="lesson_from_a_known_source",
            ),
            models.CheckConstraint(condition=Q(box__lte=LAST_BOX), name="lesson_in_a_box"),
            models.CheckConstraint(
                condition=Q(state="active", next_due__isnull=False)
                | Q(state__in=["resting", "retired"], next_due=None),
                name="active_lessons_come_back",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "state", "next_due"],
                condition=Q(deleted_at=None),
                name="lesson_by_state_and_day",
            )
        ]

    @classmethod
    def new_for(cls, person: Any, source: str = "") -> "Lesson":
        """Builds an unsaved lesson. A `source` that is not one of Source counts as none."""
        today = clock.today(person)
        place = spaced_repetition.first_place(today)
        known = source if source in cls.Source.values else ""
        return cls(owner=person, source=known, since_on=today, next_due=place.next_due)

    def get_absolute_url(self) -> str:
        return row_url("lessons:detail", self.pk)

    @property
    def sentence(self) -> str:
        return _("If %(situation)s, then I %(action)s") % {
            "situation": self.if_situation.rstrip(" .,;"),
            "action": self.then_action,
        }

    @property
    def areas_text(self) -> str:
        return beside(str(Area(area).label) for area in Area.values if area in self.areas)

    @property
    def next_text(self) -> str:
        """Its next day in words; an overdue lesson comes back when its turn comes."""
        if self.next_due is None:
            return ""
        if self.next_due <= clock.today(self.owner):
            return _("Comes back later")
        return _("Next on %(day)s") % {"day": date_format(self.next_due, "j F")}

    @property
    def strokes(self) -> SafeString:
        return svg.strokes(self.box)

    @property
    def offers_rewriting(self) -> bool:
        """Whether it was tried often enough and never helped. Needs `with_uses`."""
        is_active = self.state == self.State.ACTIVE
        return is_active and self.tried >= FEWEST_TRIES and not self.worked

    # --- verbs; the caller holds the row lock where two requests could run at once

    def _go_to(self, place: spaced_repetition.Place, day: date) -> None:
        state = self.State.ACTIVE if place.next_due else self.State.RESTING
        if state != self.state:
            self.state, self.since_on = state, day
        self.box, self.next_due = place.box, place.next_due
        self.save(update_fields=["state", "since_on", "box", "next_due"])

    def answer(self, day: date, answer: str) -> bool:
        """Stores the answer to the return on `day`; the last answer of a day counts.

        Returns False if the lesson was not due then, or another lesson came back on that day.
        """
        row = self.returns.filter(returned_on=day).first()
        if row is None:
            if self.next_due is None or self.next_due > day:
                return False
            row = LessonReturn(owner=self.owner, lesson=self, returned_on=day)
            row.box_before, row.due_before = self.box, self.next_due
        elif row.answer == answer:
            return True
        row.answer = answer
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError as error:
            if is_unique_violation(error, "one_lesson_a_day"):
                return False
            raise
        self._go_to(spaced_repetition.after(row.box_before, answer, day), day)
        return True

    def take_back(self, day: date) -> None:
        """Undoes the answer of `day`."""
        row = self.returns.filter(returned_on=day).first()
        if row:
            self._go_to(spaced_repetition.Place(row.box_before, row.due_before), day)
            row.delete()

    def retire(self) -> None:
        """Ends it: it does not come back, and its uses and returns stay."""
        if self.state != self.State.RETIRED:
            self.state, self.next_due = self.State.RETIRED, None
            self.since_on = clock.today(self.owner)
            self.save(update_fields=["state", "next_due", "since_on"])

    def leave_unchanged(self) -> None:
        """The offer of other words is answered."""
        self.looked_at_on = clock.today(self.owner)
        self.save(update_fields=["looked_at_on"])

    def take_up(self) -> None:
        """Activates it again, with the shortest interval. An active lesson stays unchanged."""
        if self.state != self.State.ACTIVE:
            today = clock.today(self.owner)
            self._go_to(spaced_repetition.first_place(today), today)


class LessonReturn(OwnedModel):
    """A day on which a lesson came back, the answer, and the earlier box and due day for undo."""

    export_name = "lessons.LessonReturn"

    class Answer(models.TextChoices):
        USEFUL = spaced_repetition.USEFUL, gettext_lazy("Useful")
        CAME_UP = spaced_repetition.CAME_UP, gettext_lazy("It came up")
        FORGOT = spaced_repetition.FORGOT, gettext_lazy("I forgot")

    lesson = models.ForeignKey(
        Lesson, on_delete=models.CASCADE, related_name="returns", db_index=False
    )
    returned_on = models.DateField()
    answer = models.CharField(max_length=7, choices=Answer)
    box_before = models.PositiveSmallIntegerField()
    due_before = models.DateField()

    class Meta:
        verbose_name = gettext_lazy("return of a lesson")
        constraints = [
            models.UniqueConstraint(fields=["owner", "returned_on"], name="one_lesson_a_day"),
            models.CheckConstraint(
                condition=Q(answer__in=["useful", "came_up", "forgot"]), name="return_has_an_answer"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "lesson", "-returned_on"], name="return_by_lesson")
        ]
