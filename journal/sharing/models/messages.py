"""Messages between coach and client: comments and replies, suggestions, and session briefs."""

from datetime import UTC, date
from typing import ClassVar, Self

from django.db import models
from django.db.models import ExpressionWrapper, F, Q, Value
from django.db.models.functions import Least, TruncDate
from django.utils.translation import gettext_lazy as _

from journal.people.day_fields import DaySoFarField, DayToComeField
from journal.privacy.fields import WordsField
from journal.privacy.ownership import OwnedModel, OwnedQuerySet, belongs_to
from journal.sharing.models.links import CoachLink
from journal.sharing.models.programs import MOST_WEEKS, ClientProgram
from journal.sharing.shareable import KINDS, Practice


class CommentQuerySet(OwnedQuerySet):
    def unseen(self) -> Self:
        """New to the client, who wants to hear of comments by this link."""
        return self.live().filter(seen_at=None, link__ended_at=None, link__muted_since=None)


class CommentManager(models.Manager.from_queryset(CommentQuerySet)):  # type: ignore[misc]  # made at run time
    def get_queryset(self) -> CommentQuerySet:
        """Without the column that no coach may read; the client's queries use `defer(None)`."""
        return super().get_queryset().defer("seen_at")


class Comment(OwnedModel):
    """A coach's comment on a shared item. The client owns it, sealed with their key."""

    export_name = "coaching.Comment"

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="comments", db_index=False
    )
    kind = models.CharField(max_length=20, editable=False)
    item_id = models.UUIDField(editable=False)
    body = WordsField(_("A comment"), max_length=2000)
    # When a page showed it to the client. The coach does not learn it.
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = CommentManager()

    class Meta:
        verbose_name = _("comment")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[*KINDS]), name="comment_on_a_known_kind"),
            models.CheckConstraint(condition=Q(body__isnull=False), name="comment_says_something"),
        ]
        indexes = [
            models.Index(fields=["owner", "item_id", "created_at"], name="comment_by_item"),
            models.Index(fields=["owner", "link", "-created_at"], name="comment_by_link"),
            models.Index(
                fields=["owner"],
                condition=Q(seen_at=None, deleted_at=None),
                name="comment_unseen",
            ),
        ]


class ReplyQuerySet(OwnedQuerySet):
    def unseen(self) -> Self:
        """New to the coach, who sees the item."""
        return self.live().filter(seen_at=None)


class Reply(OwnedModel):
    """What the client says to a coach's comments on an item. The coach reads it while they see
    the item."""

    export_name = "coaching.Reply"

    owner = belongs_to("replies")
    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="replies", db_index=False
    )
    kind = models.CharField(max_length=20, editable=False)
    item_id = models.UUIDField(editable=False)
    body = WordsField(_("Your reply"), max_length=2000)
    # When a page showed it to the coach.
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[*KINDS]), name="reply_on_a_known_kind"),
            models.CheckConstraint(condition=Q(body__isnull=False), name="reply_says_something"),
        ]
        indexes = [
            models.Index(fields=["owner", "item_id", "created_at"], name="reply_by_item"),
            models.Index(fields=["owner", "link", "-created_at"], name="reply_by_link"),
            # For the coach's roster, across the clients who share with them.
            models.Index(
                fields=["link"], condition=Q(seen_at=None, deleted_at=None), name="reply_unseen"
            ),
        ]


class SuggestionQuerySet(OwnedQuerySet):
    def arrived(self, day: date) -> Self:
        """Sent by themselves; and those of a program whose week has come (`arrives_on`, as
        `ClientProgram.arrival`), counted to a pause, the stop or the end of the link."""
        days = F("program__started_on") + (F("week") - 1) * 7 + F("program__days_paused")
        until = Least(
            Value(day, output_field=models.DateField()),
            "program__paused_on",
            "program__stopped_on",
            TruncDate("link__ended_at", tzinfo=UTC),
        )
        rows = self.annotate(arrives_on=ExpressionWrapper(days, output_field=models.DateField()))
        return rows.filter(Q(program=None) | Q(arrives_on__lte=until))

    def waiting(self, day: date) -> Self:
        waiting = self.live().arrived(day).filter(state=Suggestion.State.WAITING)
        return waiting.filter(link__ended_at=None, link__muted_since=None, program__stopped_on=None)


class Suggestion(OwnedModel):
    """A prompt, a practice or a small promise that a coach suggests (an "assignment" elsewhere).

    The client accepts, changes or declines it. The coach does not see what they do with it.
    """

    export_name = "coaching.Suggestion"

    class What(models.TextChoices):
        PROMPT = "prompt", _("A writing prompt")
        PRACTICE = "practice", _("A practice to try")
        PROMISE = "promise", _("A small promise to consider")

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        TAKEN = "taken", _("Accepted")
        CHANGED = "changed", _("Accepted with changes")
        DECLINED = "declined", _("No, thank you")

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="suggestions", db_index=False
    )
    what = models.CharField(max_length=8, choices=What, editable=False)
    practice = models.CharField(max_length=15, choices=Practice, blank=True, editable=False)
    # Of a program, in whose week it arrives.
    program = models.ForeignKey(
        ClientProgram,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="suggestions",
        db_index=False,
        editable=False,
    )
    week = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    text = WordsField(max_length=300, editable=False)  # the prompt, or the promise
    note = WordsField(_("A note to go with it"), max_length=300, blank=True, editable=False)
    by_on = models.DateField(null=True, blank=True, editable=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING, editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = SuggestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suggestion")
        constraints = [
            models.CheckConstraint(
                condition=Q(what="practice", practice__in=Practice.values)
                | Q(what__in=["prompt", "promise"], text__isnull=False),
                name="suggestion_of_something",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", answered_at=None)
                | Q(state__in=["taken", "changed", "declined"], answered_at__isnull=False),
                name="suggestion_answered_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(program=None, week=None)
                | Q(program__isnull=False, week__gte=1, week__lte=MOST_WEEKS),
                name="suggestion_in_a_week_of_its_program",
            ),
            models.UniqueConstraint(fields=["program", "week"], name="one_suggestion_a_week"),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="suggestion_by_day")]

    # Of a program, where a page shows it (programs.py).
    has_arrived = True
    arrives_on: date | None = None

    @property
    def can_be_taken(self) -> bool:
        """A "no" can be taken back; what was taken is there already."""
        return self.state in (self.State.WAITING, self.State.DECLINED)


class Brief(OwnedModel):
    """What the client wants from a session. Sending it creates a grant, as for any other item."""

    export_name = "coaching.Brief"

    link = models.ForeignKey(
        CoachLink, on_delete=models.CASCADE, related_name="briefs", db_index=False
    )
    wanted = WordsField(_("What do you want from this session?"), max_length=500, blank=True)
    session_on = DayToComeField(_("When is it?"), null=True, blank=True, after=-7)
    # The day of the last session, as the client remembers it: the brief shows changes since then.
    since_on = DaySoFarField(_("Starting from"))
    written_on = models.DateField(editable=False)

    class Meta:
        verbose_name = _("session brief")
        indexes = [models.Index(fields=["owner", "link", "-written_on"], name="brief_by_day")]
