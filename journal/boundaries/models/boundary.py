"""A limit, what the person will do, and the words for it."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from journal.boundaries.models.telling import Channel
from journal.guide.models import Guided
from journal.people import clock
from journal.people.areas import Area
from journal.people.day_fields import DayToComeField
from journal.people.row_urls import row_url
from journal.people.values.models import Value
from journal.privacy.fields import WordsField
from journal.privacy.ownership import belongs_to

REVIEW_AFTER = timedelta(days=90)


class Boundary(Guided):
    """The flow asks whether saying it is a risk and never stores the answer. A private boundary
    does not reveal why it is private, since anyone may choose that at the end of the flow."""

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
        RETIRED = "retired", pgettext_lazy("state", "Archived")

    class Communication(models.TextChoices):
        PLANNED = "planned", _("I’m going to say it")
        TOLD = "told", _("I’ve said it")
        NOT_NEEDED = "not_needed", _("It doesn’t need saying")
        PRIVATE = "private", _("I’m keeping it to myself")

    owner = belongs_to("boundaries")
    area = models.CharField(_("Area"), max_length=10, choices=Area)
    limit = WordsField(_("The limit"), max_length=200)
    why = WordsField(_("What does this protect?"), max_length=500, blank=True)
    value = models.ForeignKey(
        Value, on_delete=models.SET_NULL, null=True, blank=True, db_index=False, related_name="+"
    )
    my_action = WordsField(_("If it’s crossed, I will"), max_length=200)
    facts = WordsField(_("What happens"), max_length=300, blank=True)
    impact = WordsField(_("What it does to me"), max_length=300, blank=True)
    ask = WordsField(_("What I ask for, or refuse"), max_length=300, blank=True)
    benefit = WordsField(_("What gets better"), max_length=300, blank=True)
    repeat_line = WordsField(_("The line I repeat"), max_length=300, blank=True)
    flex = WordsField(_("Where I can bend"), max_length=300, blank=True)
    communication = models.CharField(
        _("Will you say it?"), max_length=10, choices=Communication, blank=True
    )
    person_label = WordsField(
        _("To whom?"), max_length=40, blank=True, help_text=_("A nickname or initials will do.")
    )
    tell_on = DayToComeField(_("When?"), null=True, blank=True)
    tell_channel = models.CharField(_("How?"), max_length=9, choices=Channel, blank=True)
    review_on = DayToComeField(
        _("When would you like to be asked if it still fits?"), null=True, blank=True
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    retire_reason = WordsField(_("Why are you archiving it?"), max_length=200, blank=True)
    retired_on = models.DateField(null=True, blank=True, editable=False)

    # Annotations of the querysets in queries.py.
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
                violation_error_message=_("Some answers are still missing."),
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
                violation_error_message=_("To set a day, choose “I’m going to say it”."),
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
        return row_url("boundaries:detail", self.pk)

    @property
    def is_private(self) -> bool:
        return self.communication == self.Communication.PRIVATE

    @property
    def is_in_force(self) -> bool:
        """Neither a draft nor retired."""
        return bool(self.finished_at) and self.state != self.State.RETIRED

    @property
    def spoken(self) -> list[str]:
        """The spoken script, a sentence or two per line, ending with what the person will do.
        Private boundaries have none."""
        words = [] if self.is_private else self._words(self.SPOKEN)
        if words and self.my_action:
            words.append(gettext("If it happens again: %(action)s") % {"action": self.my_action})
        return words

    @property
    def line_to_say(self) -> str:
        """The line to repeat, if there's pushback; without one, what the person asks for."""
        return self.repeat_line or self.ask

    @property
    def has_script(self) -> bool:
        return not self.is_private and bool(self._words(self.SCRIPT))

    def _words(self, names: tuple[str, ...]) -> list[str]:
        return [words for words in (getattr(self, name) for name in names) if words]

    def finish(self) -> None:
        """Ends the draft. A boundary to be said becomes active once it is said, any other now."""
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

    # --- verbs; the caller holds the row lock where two requests could run at once

    def plan(self, communication: str) -> None:
        """Sets whether it is to be said. Does not save; `PLAN` names the fields
        that may have changed."""
        self.communication = communication
        if communication != self.Communication.PLANNED:
            self.tell_on, self.tell_channel = None, ""
            if self.state == self.State.READY:
                self.state = self.State.ACTIVE

    def tell(self, told_to: str) -> None:
        """The person said it, so it becomes active."""
        self.plan(self.Communication.TOLD)
        self.state, self.person_label = self.State.ACTIVE, self.person_label or told_to
        self.save(update_fields=list(self.PLAN))

    def untell(self) -> None:
        """The person removed the last telling, so it is to be said again."""
        if self.communication == self.Communication.TOLD:
            self.plan(self.Communication.PLANNED)
            self.save(update_fields=list(self.PLAN))

    def renew(self) -> None:
        """Stores the new words of this instance; a boundary that was said is to be said again."""
        if self.communication == self.Communication.TOLD:
            self.plan(self.Communication.PLANNED)
        self.save(update_fields=[*self.SCRIPT, *self.PLAN])

    def keep_in_force(self, review_on: date | None = None) -> None:
        """Keeps it in force, or puts it back in force, with a later review."""
        self.review_on = review_on or self.next_review()
        unsaid = self.communication == self.Communication.PLANNED and not self.tellings.live()
        self.state = self.State.READY if unsaid else self.State.ACTIVE
        self.retired_on, self.retire_reason = None, ""
        self.save(update_fields=["review_on", "state", "retired_on", "retire_reason"])

    def look_again(self) -> None:
        self.state = self.State.UNDER_REVIEW
        self.save(update_fields=["state"])

    def retire(self, reason: str = "") -> None:
        """Ends the boundary; its records stay."""
        self.state, self.retire_reason = self.State.RETIRED, reason
        self.retired_on = clock.today(self.owner)
        self.save(update_fields=["state", "retire_reason", "retired_on"])
