"""Boundaries: a limit, what the person will do, the words for it, and what became of it."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from journal.guide.models import Guided
from journal.people import clock
from journal.people.areas import Area
from journal.people.date_validators import FIRST_DAY
from journal.people.values.models import Value
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to

REVIEW_AFTER = timedelta(days=90)


class Channel(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    CALL = "call", _("A call")
    MESSAGE = "message", _("A message")
    LETTER = "letter", _("A letter")


class Boundary(Guided):
    """Whether saying it is a risk is asked and never stored: a private boundary does not tell
    why it is private, for anyone may choose that at the end of the flow."""

    export_name = "boundaries.Boundary"

    TITLE_FIELD = "limit"
    SPOKEN = ("facts", "impact", "ask", "benefit")
    SCRIPT = (*SPOKEN, "repeat_line", "flex")
    PLAN = ("communication", "person_label", "tell_on", "tell_channel", "state")

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        READY = "ready", _("Not said yet")
        ACTIVE = "active", _("In place")
        UNDER_REVIEW = "under_review", _("Worth another look")
        RETIRED = "retired", _("Let go")

    class Communication(models.TextChoices):
        PLANNED = "planned", _("I am going to say it")
        TOLD = "told", _("I have said it")
        NOT_NEEDED = "not_needed", _("It needs no saying")
        PRIVATE = "private", _("I keep it to myself")

    owner = belongs_to("boundaries")
    area = models.CharField(_("Area"), max_length=10, choices=Area)
    limit = WordsField(_("The limit"), max_length=200)
    why = WordsField(_("What does this protect?"), max_length=500, blank=True)
    value = models.ForeignKey(
        Value, on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="+"
    )
    my_action = WordsField(_("If it is crossed, I will"), max_length=200)
    facts = WordsField(_("What happens"), max_length=300, blank=True)
    impact = WordsField(_("What it does to me"), max_length=300, blank=True)
    ask = WordsField(_("What I ask, or refuse"), max_length=300, blank=True)
    benefit = WordsField(_("What gets better"), max_length=300, blank=True)
    repeat_line = WordsField(_("The line I repeat"), max_length=300, blank=True)
    flex = WordsField(_("Where I can bend"), max_length=300, blank=True)
    communication = models.CharField(
        _("Will you say it?"), max_length=10, choices=Communication, blank=True
    )
    person_label = WordsField(
        _("To whom?"), max_length=40, blank=True, help_text=_("A nickname or initials will do.")
    )
    tell_on = models.DateField(_("When?"), null=True, blank=True)
    tell_channel = models.CharField(_("How?"), max_length=9, choices=Channel, blank=True)
    review_on = models.DateField(
        _("When shall we ask whether it still fits?"), null=True, blank=True
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    retire_reason = WordsField(_("Why let it go?"), max_length=200, blank=True)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    # What the querysets of queries.py annotate.
    results: list[str]
    last_told_on: date | None

    class Meta:
        verbose_name = _("boundary")
        verbose_name_plural = _("boundaries")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="boundary_and_owner"),
            models.CheckConstraint(
                condition=Q(finished_at=None)
                | Q(limit__isnull=False, my_action__isnull=False, review_on__isnull=False)
                & ~Q(area="")
                & ~Q(communication=""),
                name="boundary_is_whole",
                violation_error_message=_("Something is still to be answered."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", finished_at=None)
                | ~Q(state="draft") & Q(finished_at__isnull=False),
                name="boundary_draft_until_finished",
            ),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(communication="planned"),
                name="boundary_ready_to_be_said",
            ),
            models.CheckConstraint(
                condition=Q(tell_on=None, tell_channel="") | Q(communication="planned"),
                name="boundary_day_only_if_planned",
                violation_error_message=_("A day belongs to what you are going to say."),
            ),
            models.CheckConstraint(
                condition=Q(state="retired", retired_on__isnull=False)
                | ~Q(state="retired") & Q(retired_on=None, retire_reason__isnull=True),
                name="boundary_let_go_on_a_day",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "state"], condition=Q(deleted_at=None), name="boundary_by_state"
            )
        ]

    def get_absolute_url(self) -> str:
        return f"/boundaries/{self.pk}/"

    @property
    def is_private(self) -> bool:
        return self.communication == self.Communication.PRIVATE

    @property
    def is_in_force(self) -> bool:
        """Neither a draft nor let go."""
        return bool(self.finished_at) and self.state != self.State.RETIRED

    @property
    def spoken(self) -> list[str]:
        """The script as it is said, a sentence or two a line. Private ones have none."""
        return [] if self.is_private else self._words(self.SPOKEN)

    @property
    def has_script(self) -> bool:
        return not self.is_private and bool(self._words(self.SCRIPT))

    def _words(self, names: tuple[str, ...]) -> list[str]:
        return [words for words in (getattr(self, name) for name in names) if words]

    def finish(self) -> None:
        """Ends the draft. What is going to be said waits for that; everything else holds now."""
        if not self.communication:
            ways, own = self.Communication, self.area == Area.SELF
            self.communication = ways.NOT_NEEDED if own else ways.PLANNED
        self.review_on = self.review_on or self.next_review()
        planned = self.communication == self.Communication.PLANNED
        self.state = self.State.READY if planned else self.State.ACTIVE
        try:
            super().finish()
        except Exception:
            self.state = self.State.DRAFT
            raise

    def next_review(self) -> date:
        return clock.today(self.owner) + REVIEW_AFTER

    # --- verbs; all expect the row locked where two could happen at once

    def plan(self, communication: str) -> None:
        """Whether it is going to be said. Not saved; `PLAN` names what may have changed."""
        self.communication = communication
        if communication != self.Communication.PLANNED:
            self.tell_on, self.tell_channel = None, ""
            if self.state == self.State.READY:
                self.state = self.State.ACTIVE

    def tell(self, told_to: str) -> None:
        """It was said, so it holds from now on."""
        self.plan(self.Communication.TOLD)
        self.state, self.person_label = self.State.ACTIVE, self.person_label or told_to
        self.save(update_fields=list(self.PLAN))

    def untell(self) -> None:
        """The last telling was removed: it is still to be said."""
        if self.communication == self.Communication.TOLD:
            self.plan(self.Communication.PLANNED)
            self.save(update_fields=list(self.PLAN))

    def renew(self) -> None:
        """New words, held by this instance: what was said before is to be said again."""
        if self.communication == self.Communication.TOLD:
            self.plan(self.Communication.PLANNED)
        self.save(update_fields=[*self.SCRIPT, *self.PLAN])

    def keep_in_force(self, review_on: date | None = None) -> None:
        """It stands, or stands again, and is asked about later."""
        self.review_on = review_on or self.next_review()
        unsaid = self.communication == self.Communication.PLANNED and not self.tellings.live()
        self.state = self.State.READY if unsaid else self.State.ACTIVE
        self.retired_on, self.retire_reason = None, ""
        self.save(update_fields=["review_on", "state", "retired_on", "retire_reason"])

    def look_again(self) -> None:
        self.state = self.State.UNDER_REVIEW
        self.save(update_fields=["state"])

    def retire(self, reason: str = "") -> None:
        """Lets it go; what was recorded stays."""
        self.state, self.retire_reason = self.State.RETIRED, reason
        self.retired_on = clock.today(self.owner)
        self.save(update_fields=["state", "retire_reason", "retired_on"])


class Telling(OwnedModel):
    """One time that it was said, with the words as they were then."""

    export_name = "boundaries.Telling"

    boundary = models.ForeignKey(
        Boundary, on_delete=models.CASCADE, related_name="tellings", db_index=False
    )
    told_to = WordsField(
        _("To whom?"), max_length=40, blank=True, help_text=_("A nickname or initials will do.")
    )
    told_on = models.DateField(_("When?"))
    channel = models.CharField(_("How?"), max_length=9, choices=Channel, blank=True)
    script_snapshot = WordsField(max_length=2000, blank=True, editable=False)
    reaction = WordsField(
        _("What did they say?"),
        max_length=500,
        blank=True,
        help_text=_("Words and actions, not motives."),
    )

    class Meta:
        verbose_name = _("telling")
        constraints = [
            models.CheckConstraint(
                condition=Q(told_on__gte=FIRST_DAY), name="telling_within_living_memory"
            )
        ]
        indexes = [
            models.Index(fields=["owner", "boundary", "told_on"], name="telling_by_boundary")
        ]

    @property
    def address(self) -> str:
        return f"/boundaries/{self.boundary_id}/tellings/{self.pk}/"


class CrossingQuerySet(OwnedQuerySet):
    def live(self) -> Self:
        """With its boundary in the trash it is gone from everywhere too."""
        return super().live().filter(boundary__deleted_at=None)

    def to_follow_up(self) -> Self:
        return self.live().filter(follow_up__isnull=False, follow_up_done_at=None)


class Crossing(OwnedModel):
    export_name = "boundaries.Crossing"

    class Clear(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    class Result(models.TextChoices):
        HELD = "held", _("I held it")
        HELD_LATER = "held_later", _("I held it later")
        PARTLY = "partly", _("In part")
        NOT_HELD = "not_held", _("Not this time")
        UNSAFE_TO_ACT = "unsafe_to_act", _("It was not safe to act")
        UNDECIDED = "undecided", _("I have not decided yet")

    boundary = models.ForeignKey(
        Boundary, on_delete=models.CASCADE, related_name="crossings", db_index=False
    )
    occurred_on = models.DateField(_("When?"))
    what_happened = WordsField(_("What happened?"), max_length=1000)
    was_clear = models.CharField(_("Was the limit clear?"), max_length=6, choices=Clear, blank=True)
    response = WordsField(_("What did you do?"), max_length=1000, blank=True)
    result = models.CharField(_("Did it hold?"), max_length=13, choices=Result)
    follow_up = WordsField(_("What next?"), max_length=300, blank=True)
    follow_up_on = models.DateField(_("By when?"), null=True, blank=True)
    follow_up_done_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = CrossingQuerySet.as_manager()

    class Meta:
        verbose_name = _("crossing")
        constraints = [
            models.UniqueConstraint(fields=["id", "owner"], name="crossing_and_owner"),
            models.CheckConstraint(
                condition=Q(what_happened__isnull=False)
                | Q(result__in=["unsafe_to_act", "undecided"]),
                name="crossing_has_words",
                violation_error_message=_("Say in a few words what happened."),
            ),
            models.CheckConstraint(
                condition=Q(occurred_on__gte=FIRST_DAY), name="crossing_within_living_memory"
            ),
            models.CheckConstraint(
                condition=Q(follow_up__isnull=False) | Q(follow_up_on=None, follow_up_done_at=None),
                name="crossing_day_has_a_next_step",
                violation_error_message=_("Say what comes next, or leave the day empty."),
            ),
            models.CheckConstraint(
                condition=~Q(result="unsafe_to_act") | Q(follow_up__isnull=True),
                name="crossing_asks_nothing_when_unsafe",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "boundary", "occurred_on"], name="crossing_by_boundary")
        ]

    def get_absolute_url(self) -> str:
        """Its place in the boundary's story."""
        return f"/boundaries/{self.boundary_id}/#crossing-{self.pk}"

    @property
    def address(self) -> str:
        return f"/boundaries/{self.boundary_id}/crossings/{self.pk}/"

    @property
    def heading(self) -> str:
        return Truncator(self.what_happened).chars(80)

    @property
    def is_to_follow_up(self) -> bool:
        return bool(self.follow_up) and self.follow_up_done_at is None

    def follow_up_is_done(self, *, done: bool) -> None:
        self.follow_up_done_at = timezone.now() if done else None
        self.save(update_fields=["follow_up_done_at"])
