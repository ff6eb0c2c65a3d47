"""A rehearsal: four lines of pushback, and what the person said to each."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.boundaries.pushback import TURNS
from journal.people.date_validators import FIRST_DAY
from journal.people.row_urls import row_url
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel

SAID = _("What you said in a rehearsal")


class Rehearsal(OwnedModel):
    """`pushback` names the lines of pushback.py that were drawn; `answers` holds one answer for
    each turn taken so far, and `reply_1` to `reply_4` the words that the person kept of them."""

    export_name = "boundaries.Rehearsal"

    class Answer(models.TextChoices):
        SAID = "said", _("Said")  # in words of their own
        LINE = "line", _("Said your line")
        QUIET = "quiet", _("Let it be quiet")

    class Body(models.TextChoices):
        STEADY = "steady", _("Steady")
        SHAKY = "shaky", _("Shaky")
        UNSURE = "unsure", _("Can’t tell")

    boundary = models.ForeignKey(
        "boundaries.Boundary", on_delete=models.CASCADE, related_name="rehearsals", db_index=False
    )
    rehearsed_on = models.DateField(editable=False)
    pushback = ArrayField(models.CharField(max_length=12), size=TURNS, editable=False)
    answers = ArrayField(
        models.CharField(max_length=5, choices=Answer), size=TURNS, default=list, editable=False
    )
    reply_1 = WordsField(SAID, max_length=300, blank=True, editable=False)
    reply_2 = WordsField(SAID, max_length=300, blank=True, editable=False)
    reply_3 = WordsField(SAID, max_length=300, blank=True, editable=False)
    reply_4 = WordsField(SAID, max_length=300, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)
    body = models.CharField(_("How was that in the body?"), max_length=6, choices=Body, blank=True)
    went = WordsField(_("How did it go?"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("rehearsal")
        constraints = [
            models.CheckConstraint(
                condition=Q(rehearsed_on__gte=FIRST_DAY), name="rehearsal_within_living_memory"
            ),
            models.CheckConstraint(
                condition=Q(body__in=["", "steady", "shaky", "unsure"]),
                name="rehearsal_body_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "boundary", "rehearsed_on"], name="rehearsal_by_boundary")
        ]

    def get_absolute_url(self) -> str:
        return row_url("boundaries:rehearsal", self.boundary_id, self.pk)

    address = property(get_absolute_url)

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    @property
    def said(self) -> int:
        """How many turns the person answered aloud."""
        return sum(one != self.Answer.QUIET for one in self.answers)

    @property
    def replies(self) -> list[str]:
        return [self.reply_1, self.reply_2, self.reply_3, self.reply_4]

    def take_turn(self, turn: int, answer: str, words: str) -> None:
        """Answers the turn with this number, from 0; the last one ends the rehearsal. A turn that
        was answered before, in another tab or by a second tap, stays as it is."""
        if self.is_over or turn != len(self.answers):
            return
        self.answers = [*self.answers, answer]
        setattr(self, f"reply_{turn + 1}", words)
        if len(self.answers) == len(self.pushback):
            self.ended_at = timezone.now()
        self.save(update_fields=["answers", f"reply_{turn + 1}", "ended_at"])

    def keep_words(self, turn: int, words: str) -> None:
        """Keeps what was typed for a turn that is not answered yet."""
        if turn == len(self.answers) and words:
            setattr(self, f"reply_{turn + 1}", words)
            self.save(update_fields=[f"reply_{turn + 1}"])

    def end(self) -> None:
        if not self.is_over:
            self.ended_at = timezone.now()
            self.save(update_fields=["ended_at"])
