"""Decisions for the list and for Today, in one statement."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.decisions.models import Decision, DecisionReview, Forecast, Option, quadrant
from journal.decisions.steps import FLOW
from journal.guide.todo_items import TodoItem, TodoSource, draft_item
from journal.languages.lists import beside
from journal.people.models import User
from journal.people.percent import percent

State = Decision.State
OPEN_SHOWN, PAGE = 100, 20
MOST_DUE = 5  # forecasts that Today asks about; the others wait in their list
WEIGHED = ~Q(
    pros__isnull=True,
    cons__isnull=True,
    consequences__isnull=True,
    value_fit=None,
    reversibility="",
)


@dataclass(frozen=True)
class DecisionRow:
    """A decision in the list, on one of its owner's days."""

    decision: Decision
    today: date

    @property
    def address(self) -> str:
        return self.decision.get_absolute_url()

    @property
    def is_open(self) -> bool:
        return self.decision.state in (State.DRAFT, State.EXPLORING, State.COOLING_OFF)

    @property
    def is_due(self) -> bool:
        return self.decision.is_review_due(self.today)

    @property
    def icon(self) -> str:
        if self.is_due:
            return "dec"
        icons: dict[str, str] = {
            State.DRAFT: "pen",
            State.COOLING_OFF: "week",
            State.DECIDED: "lock",
            State.REVIEWED: "check",
        }
        return icons.get(self.decision.state, "dec")

    @property
    def pill(self) -> str:
        decision = self.decision
        if self.is_due:
            return _("Review due")
        if decision.is_cooling_off() and decision.cooling_off_until:
            until = timezone.localtime(decision.cooling_off_until)
            return _("Sleeping on it until %(time)s") % {"time": date_format(until, "D H:i")}
        if decision.state == State.COOLING_OFF:
            return _("The wait is over")
        cell = self._quadrant
        return str(DecisionReview.Quadrant(cell).label if cell else decision.get_state_display())

    @property
    def _quadrant(self) -> str:
        row = self.decision
        return quadrant(row.sound, row.quality or "")

    @property
    def text(self) -> str:
        """Its state in a few words."""
        decision = self.decision
        if decision.state == State.DROPPED:
            return _("Dropped on %(day)s") % {"day": _day(decision.dropped_on)}
        if decision.state == State.REVIEWED:
            return self._review_text
        return ". ".join(self._so_far if self.is_open else self._decided)

    @property
    def _review_text(self) -> str:
        texts = {
            "earned": _("Sound process, turned out well"),
            "unlucky": _("Sound process, turned out badly"),
            "fortunate": _("Shaky process, turned out well"),
            "lesson": _("Shaky process, turned out badly"),
        }
        return texts.get(self._quadrant, _("Mixed result"))

    @property
    def _decided(self) -> list[str]:
        decision = self.decision
        parts = [_("Decided on %(day)s") % {"day": _day(decision.decided_on)}]
        if decision.confidence is not None:
            sure = _("%(percent)s sure") % {"percent": percent(decision.confidence)}
            parts[0] = beside((parts[0], sure))
        parts.append(_("Review on %(day)s") % {"day": _day(decision.review_on)})
        return parts

    @property
    def _so_far(self) -> list[str]:
        decision = self.decision
        options, weighed = decision.option_count, decision.weighed_count
        if not options:
            since = date_format(timezone.localtime(decision.created_at), "j F")
            return [_("Only a question so far, since %(day)s") % {"day": since}]
        parts = [ngettext("%(n)s option", "%(n)s options", options) % {"n": options}]
        if weighed:
            parts.append(ngettext("%(n)s weighed", "%(n)s weighed", weighed) % {"n": weighed})
        parts = [beside(parts)]
        if decision.deadline:
            parts.append(_("Decide by %(day)s") % {"day": _day(decision.deadline)})
        return parts


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def with_related_rows(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Annotates how many options there are and how many are weighed, and a
    finished review's result."""
    options = Option.objects.filter(decision=OuterRef("pk")).order_by().values("decision")
    reviews = DecisionReview.objects.finished().filter(decision=OuterRef("pk"))
    return decisions.annotate(  # type: ignore[no-redef]  # declared on the model
        option_count=Subquery(options.annotate(n=Count("pk")).values("n")),
        weighed_count=Subquery(options.filter(WEIGHED).annotate(n=Count("pk")).values("n")),
        sound=Subquery(reviews.values("process_sound_now")[:1]),
        quality=Subquery(reviews.values("outcome_quality")[:1]),
    )


def current(person: User, today: date) -> list[DecisionRow]:
    """Open and decided ones, newest first."""
    rows = person.decisions.open() | person.decisions.decided()
    return [DecisionRow(row, today) for row in with_related_rows(rows).order_by("-id")[:OPEN_SHOWN]]


def ended(person: User, today: date, before: UUID | None = None) -> tuple[list[DecisionRow], bool]:
    """A page of reviewed and dropped ones, and whether there are more."""
    rows = person.decisions.ended()
    if before:
        rows = rows.filter(pk__lt=before)
    found = [DecisionRow(row, today) for row in with_related_rows(rows).order_by("-id")[: PAGE + 1]]
    return found[:PAGE], len(found) > PAGE


def predicted(person: User) -> QuerySet[Decision]:
    """Those with a prediction, newest first; `came_true` is what the review says came of it."""
    reviews = DecisionReview.objects.finished().filter(decision=OuterRef("pk"))
    came_true = Subquery(reviews.values("prediction_result")[:1])
    return person.decisions.predicted().annotate(came_true=came_true).order_by("-id")


def looked_back_on(person: User) -> dict[str, int]:
    """How many were reviewed, and how many of them had a sound process."""
    reviews = person.decisionreviews.finished().filter(decision__deleted_at=None)
    return reviews.aggregate(n=Count("pk"), sound=Count("pk", filter=Q(process_sound_now=True)))


def may_wait(person: User, day: date) -> QuerySet[Decision]:
    """Drafts, waiting periods (over or not), and reviews that are due or begun, not put off."""
    begun = person.decisionreviews.drafts().exclude(step="")
    review_draft = Exists(begun.filter(decision=OuterRef("pk")))
    return (
        person.decisions.live()
        .exclude(state__in=[State.DROPPED, State.REVIEWED])
        .annotate(review_begun=review_draft)
        .filter(
            Q(finished_at=None)
            | Q(state=State.DECIDED, review_on__lte=day)
            | Q(state=State.DECIDED, review_begun=True)
        )
        .order_by("-updated_at")
    )


def todo_items_of(decision: Decision, day: date) -> list[TodoItem]:
    """What is due by the day. A wait that ends today is over at its hour."""
    address = decision.get_absolute_url()
    if decision.is_decided:
        review_draft: bool = decision.review_begun  # type: ignore[attr-defined]  # annotated by may_wait
        text = _("You’ve started to look back.") if review_draft else _("Ready to look back.")
        return [TodoItem(decision.question, text, address, on=decision.review_on)]
    until = decision.cooling_off_until
    if until:
        on = timezone.localdate(until)
        if until > timezone.now() and on >= day:
            return []
        text = _("The wait is over. Choose when you’re ready.")
        ready = FLOW.address(decision, "ready")
        return [TodoItem(decision.question, text, ready, on=on, at=until)]
    return [draft_item(FLOW.draft(decision))]


def with_deadline(person: User, day: date) -> QuerySet[Decision]:
    return person.decisions.open().filter(deadline__lte=day).order_by("deadline", "id")


def deadline_of(decision: Decision, _day: date) -> list[TodoItem]:
    text, address = _("You wanted to decide by this day."), decision.get_absolute_url()
    return [TodoItem(decision.question, text, address, on=decision.deadline)]


def slept_on(person: User, after: datetime, until: datetime) -> QuerySet[Decision]:
    """Undecided ones whose cooling-off ended in between."""
    rows = person.decisions.drafts().exclude(state=State.DROPPED)
    return rows.filter(cooling_off_until__gt=after, cooling_off_until__lte=until)


def removed_forecasts(person: User) -> list[Forecast]:
    """All of the bin, which holds thirty days."""
    return list(person.forecasts.trashed().order_by("-deleted_at"))


def to_answer(person: User, day: date) -> QuerySet[Forecast]:
    return person.forecasts.due(day).order_by("due_on", "id")


def due_forecasts(person: User, day: date) -> QuerySet[Forecast]:
    """A few at a time: an import can bring hundreds."""
    return to_answer(person, day)[:MOST_DUE]


def forecast_due(row: Forecast, _day: date) -> list[TodoItem]:
    return [TodoItem(row.question, _("Did it come true?"), row.get_absolute_url(), on=row.due_on)]


waiting = TodoSource("dec", may_wait, todo_items_of)
deciding = TodoSource("dec", with_deadline, deadline_of)
forecasting = TodoSource("dec", due_forecasts, forecast_due)
forecasting_each = TodoSource("dec", to_answer, forecast_due)
