"""Hard moments met with kindness, and the kindness starters that fit a person."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise as Lazy
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.guide.models import Guided, GuidedQuerySet
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel
from journal.reflections.compassion import svg

HEADING_CHARACTERS = 80
STRONG = 8  # from here on, the flow offers a break and support first
# Today shows a hard moment again for a short time only; its own pages keep everything.
DRAFT_WAITS, ACTION_WAITS = timedelta(days=7), timedelta(days=3)
QUOTATION_MARKS = "\"'“”„‘’«»"


class Mark(models.TextChoices):
    """What a person thinks of kind words. "no" hides them."""

    FITS = "fits", gettext_lazy("Fits")
    LITTLE = "little", gettext_lazy("A little")
    NO = "no", gettext_lazy("Not for me")


class SelfCompassionQuerySet(GuidedQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-occurred_on", "-id")

    def before(self, occurred_on: date, pk: UUID) -> Self:
        """The moments after this one in `newest_first`: the next page, without an OFFSET."""
        return self.filter(occurred_on__lte=occurred_on).exclude(
            occurred_on=occurred_on, id__gte=pk
        )

    def waiting(self, day: date) -> Self:
        """Drafts of the last seven days, and open kind acts of the last three."""
        drafts = Q(finished_at=None, occurred_on__gt=day - DRAFT_WAITS)
        acts = Q(kind_action__isnull=False, kind_action_done_at=None)
        return self.live().filter(
            drafts | Q(finished_at__isnull=False, occurred_on__gt=day - ACTION_WAITS) & acts
        )

    def with_kinder_thought(self) -> Self:
        return self.live().filter(kinder_thought__isnull=False)

    def mark_kind_words(self, mark: str) -> None:
        """Marks the person's own words in these moments; "" removes the mark."""
        self.update(kind_mark=mark, version=F("version") + 1, updated_at=timezone.now())


class SelfCompassion(Guided):
    export_name = "reflections.SelfCompassion"
    TITLE_FIELD = "trigger"
    # Unsaved, for one request: the origin of the first page, and the button pressed last.
    came_from: Any = None
    tapped: Any = None

    class Mode(models.TextChoices):
        BREAK = "break", gettext_lazy("A break")
        FULL = "full", gettext_lazy("Step by step")
        LETTER = "letter", gettext_lazy("A letter")

    class Feeling(models.TextChoices):
        ASHAMED = "ashamed", gettext_lazy("Ashamed")
        ANXIOUS = "anxious", gettext_lazy("Anxious")
        SAD = "sad", gettext_lazy("Sad")
        ANGRY = "angry", gettext_lazy("Angry")
        GUILTY = "guilty", gettext_lazy("Guilty")
        LONELY = "lonely", gettext_lazy("Lonely")
        DISAPPOINTED = "disappointed", gettext_lazy("Disappointed")
        OVERWHELMED = "overwhelmed", gettext_lazy("Overwhelmed")
        OTHER = "other", gettext_lazy("Something else")

    mode = models.CharField(max_length=6, choices=Mode, editable=False)
    # The person's own day, fixed when the moment began; zone and instant record its source.
    occurred_on = models.DateField(editable=False)
    occurred_zone = models.CharField(max_length=64, editable=False)
    occurred_at = models.DateTimeField(default=timezone.now, editable=False)
    trigger = WordsField(gettext_lazy("The moment"), max_length=500)
    critical_thought = WordsField(gettext_lazy("The harsh voice said"), max_length=500, blank=True)
    feeling = models.CharField(gettext_lazy("The feeling"), max_length=12, choices=Feeling)
    feeling_other = WordsField(gettext_lazy("Or in your own words"), max_length=40, blank=True)
    intensity_before = models.PositiveSmallIntegerField(
        gettext_lazy("How strong is it?"), null=True
    )
    evidence_for = WordsField(gettext_lazy("What supports it"), max_length=500, blank=True)
    evidence_against = WordsField(gettext_lazy("What doesn’t"), max_length=500, blank=True)
    friend_words = WordsField(
        gettext_lazy("What you’d say to a friend"), max_length=1000, blank=True
    )
    common_humanity = WordsField(
        gettext_lazy("Who else goes through this"), max_length=500, blank=True
    )
    kinder_thought = WordsField(gettext_lazy("A kinder thought"), max_length=500, blank=True)
    # The person's mark on their own words in `kinder_thought`; a starter's is a `StarterMark`.
    kind_mark = models.CharField(max_length=6, choices=Mark, blank=True, editable=False)
    kind_action = WordsField(gettext_lazy("Something kind"), max_length=200, blank=True)
    kind_action_done_at = models.DateTimeField(null=True, blank=True, editable=False)
    letter_body = WordsField(gettext_lazy("Your letter"), max_length=6000, blank=True)
    intensity_after = models.PositiveSmallIntegerField(
        gettext_lazy("How strong is it now?"), null=True, blank=True
    )
    felt_worse = models.BooleanField(gettext_lazy("It feels worse than before"), default=False)

    objects: ClassVar = SelfCompassionQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("hard moment")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="selfcompassion_and_owner"),
            models.CheckConstraint(
                condition=Q(mode__in=["break", "full", "letter"]),
                name="selfcompassion_in_a_known_mode",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(trigger__isnull=False, intensity_before__isnull=False) & ~Q(feeling=""),
                name="selfcompassion_is_whole",
                violation_error_message=gettext_lazy("Some answers are still missing."),
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | ~Q(mode="full") | Q(critical_thought__isnull=False),
                name="selfcompassion_full_has_the_thought",
                violation_error_message=gettext_lazy("Write what the harsh voice said."),
            ),
            models.CheckConstraint(
                condition=Q(
                    feeling__in=[
                        *("", "ashamed", "anxious", "sad", "angry", "guilty"),
                        *("lonely", "disappointed", "overwhelmed", "other"),
                    ]
                ),
                name="selfcompassion_names_a_known_feeling",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | ~Q(feeling="other")
                | Q(feeling_other__isnull=False),
                name="selfcompassion_other_in_own_word",
                violation_error_message=gettext_lazy("Name it in your own words."),
            ),
            models.CheckConstraint(
                condition=(Q(intensity_before=None) | Q(intensity_before__lte=10))
                & (Q(intensity_after=None) | Q(intensity_after__lte=10)),
                name="selfcompassion_strength_up_to_ten",
                violation_error_message=gettext_lazy("Choose a number from 0 to 10."),
            ),
            models.CheckConstraint(
                condition=Q(kind_action_done_at=None) | Q(kind_action__isnull=False),
                name="selfcompassion_done_is_an_act",
            ),
            models.CheckConstraint(
                condition=Q(occurred_on__gte=FIRST_DAY),
                name="selfcompassion_in_living_memory",
            ),
            models.CheckConstraint(
                condition=Q(kind_mark__in=["", "fits", "little", "no"]),
                name="selfcompassion_mark_is_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "-occurred_on", "-id"],
                condition=Q(deleted_at=None),
                name="selfcompassion_newest_first",
            )
        ]

    @classmethod
    def new_for(cls, person: User, mode: str = Mode.BREAK) -> "SelfCompassion":
        """Builds an unsaved moment on the person's today."""
        day, zone = clock.today(person), str(clock.zone_of(person))
        return cls(owner=person, mode=mode, occurred_on=day, occurred_zone=zone)

    def get_absolute_url(self) -> str:
        return row_url("compassion:detail", self.pk)

    def clean(self) -> None:
        """Raises a finished row's errors by field, so the check page can link to each step."""
        if self.finished_at and self.mode == self.Mode.FULL and not self.critical_thought:
            raise ValidationError({"critical_thought": _("Write what the harsh voice said.")})
        if self.finished_at and self.feeling == self.Feeling.OTHER and not self.feeling_other:
            raise ValidationError({"feeling_other": _("Name it in your own words.")})

    def pinned(self, fields: Sequence[str]) -> tuple[str | Lazy, str]:
        """The harsh thought in quotation marks, or the trigger until there is one."""
        if "trigger" in fields:
            return "", ""
        if self.quoted and "critical_thought" not in fields:
            return gettext_lazy("The harsh voice said"), self.quoted
        return gettext_lazy("The moment"), self.trigger

    # --- display

    @property
    def heading(self) -> str:
        return Truncator(" ".join(self.trigger.split())).chars(HEADING_CHARACTERS)

    @property
    def quoted(self) -> str:
        bare = self.critical_thought.strip().strip(QUOTATION_MARKS).strip()
        return _("“%(thought)s”") % {"thought": bare} if bare else ""

    @property
    def feeling_name(self) -> str:
        """The chosen feeling; empty for "other"."""
        named = self.feeling and self.feeling != self.Feeling.OTHER
        return str(self.get_feeling_display()) if named else ""

    @property
    def is_strong(self) -> bool:
        return self.intensity_before is not None and self.intensity_before >= STRONG

    @property
    def can_become_break(self) -> bool:
        """Whether nothing was written yet that a break does not ask for."""
        written = (self.evidence_for, self.evidence_against, self.friend_words, self.letter_body)
        return self.mode != self.Mode.BREAK and not self.finished_at and not any(written)

    @property
    def stung(self) -> bool:
        """Whether the feeling was stronger afterwards, or the person marked it as worse."""
        before, after = self.intensity_before, self.intensity_after
        stronger = before is not None and after is not None and after > before
        return self.felt_worse or stronger

    @property
    def change_text(self) -> str:
        """ "8 before, 5 after": the two numbers, without a judgement."""
        given = {"before": self.intensity_before, "after": self.intensity_after}
        if self.intensity_after is None:
            said = _("%(before)s before") % given
        else:
            said = _("%(before)s before, %(after)s after") % given
        return f"{said}. {_('It felt harder; that happens')}" if self.stung else said

    @property
    def scale_svg(self) -> SafeString | str:
        if self.intensity_before is None or self.intensity_after is None:
            return ""
        return svg.draw_scale(self.intensity_before, self.intensity_after, sharper=self.stung)

    @property
    def act_is_open(self) -> bool:
        return bool(self.kind_action) and self.kind_action_done_at is None

    # --- verbs

    def do_kind_action(self, *, done: bool = True) -> None:
        """Ticks the kind act, or removes the tick. Doing it twice changes nothing."""
        if done != self.act_is_open:
            return
        self.kind_action_done_at = timezone.now() if done else None
        self.save(update_fields=["kind_action_done_at"])


class KindnessStarterQuerySet(models.QuerySet):
    def marked_by(self, person: User) -> Self:
        """With `mark`, the person's own, in the same statement."""
        marks = person.startermarks.live().filter(starter=OuterRef("pk")).values("mark")
        return self.annotate(mark=Coalesce(Subquery(marks[:1]), Value("")))


class KindnessStarter(models.Model):
    """A kind sentence as a starting point. Seeded, without an owner; nobody's own words."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    text = models.CharField(max_length=200)
    mark: str  # with `marked_by`

    objects: ClassVar = KindnessStarterQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("kind words to start from")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text

    @property
    def words(self) -> str:
        return _(self.text)


class StarterMark(OwnedModel):
    """A person's mark on a starter. The last mark counts; "no" hides the starter."""

    export_name = "reflections.StarterMark"

    starter = models.ForeignKey(
        KindnessStarter, on_delete=models.CASCADE, related_name="marks", db_index=False
    )
    mark = models.CharField(max_length=6, choices=Mark)

    class Meta:
        verbose_name = gettext_lazy("mark on a starter")
        constraints = [
            models.UniqueConstraint(fields=["owner", "starter"], name="one_mark_per_starter"),
            models.CheckConstraint(
                condition=Q(mark__in=["fits", "little", "no"]), name="mark_is_known"
            ),
        ]

    @classmethod
    def put(cls, person: Any, starter_id: int, mark: str) -> str:
        """Marks a starter; "" removes the mark. Returns the previous mark."""
        row = person.startermarks.select_for_update().filter(starter_id=starter_id).first()
        before = row.mark if row else ""
        if not mark:
            person.startermarks.filter(starter_id=starter_id).delete()
        elif mark != before:
            cls.objects.update_or_create(
                owner=person, starter_id=starter_id, defaults={"mark": mark}
            )
        return before
