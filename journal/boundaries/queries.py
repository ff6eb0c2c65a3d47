"""Boundaries with their tellings and crossings, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.boundaries.models import Boundary, Crossing, Telling
from journal.boundaries.steps import FLOW
from journal.guide.todo_items import TodoItem, TodoSource, draft_item
from journal.languages.lists import beside
from journal.people.models import User

State, Communication, Result = Boundary.State, Boundary.Communication, Crossing.Result


@dataclass(frozen=True)
class Held:
    """How often a limit was tested, and with what result. Crossings that were not safe to
    act on or are undecided count neither for nor against (follow-through, in Insights,
    counts the same way)."""

    times: int
    held: int
    partly: int

    @classmethod
    def from_results(cls, results: Sequence[str]) -> "Held":
        held = sum(result in (Result.HELD, Result.HELD_LATER) for result in results)
        partly, not_held = results.count(Result.PARTLY), results.count(Result.NOT_HELD)
        return cls(held + partly + not_held, held, partly)

    @property
    def text(self) -> str:
        """ "Tested 3 times, held twice": facts, without the number of times it did not hold."""
        if not self.times:
            return ""
        parts = [ngettext("Tested once", "Tested %(n)s times", self.times) % {"n": self.times}]
        if self.held:
            parts.append(ngettext("held once", "held %(n)s times", self.held) % {"n": self.held})
        if self.partly:
            in_part = ngettext("partly held once", "partly held %(n)s times", self.partly)
            parts.append(in_part % {"n": self.partly})
        return beside(parts)


@dataclass(frozen=True)
class BoundaryRow:
    """A boundary as the list shows it."""

    boundary: Boundary

    @property
    def results(self) -> list[str]:
        return self.boundary.results

    @property
    def said_text(self) -> str:
        boundary = self.boundary
        told_on = boundary.last_told_on
        if boundary.is_private:
            return _("Kept to yourself")
        if told_on:
            return _("Said on %(day)s") % {"day": date_format(told_on, "j F")}
        if boundary.communication == Communication.PLANNED and boundary.tell_on:
            return _("To say on %(day)s") % {"day": date_format(boundary.tell_on, "j F")}
        return ""

    @property
    def text(self) -> str:
        parts = [self.said_text, Held.from_results(self.results).text]
        return ". ".join(part for part in parts if part)

    @property
    def pill(self) -> str:
        """The boundary's state in a few words; in force, the result of the last test."""
        counted = [
            one for one in self.results if one not in (Result.UNSAFE_TO_ACT, Result.UNDECIDED)
        ]
        if self.boundary.state == State.ACTIVE and counted:
            if counted[-1] == Result.NOT_HELD:
                return str(State.UNDER_REVIEW.label)
            return _("Holding")
        return str(self.boundary.get_state_display())


def with_related_rows(boundaries: QuerySet[Boundary]) -> QuerySet[Boundary]:
    """Annotates the results of all crossings in order, and the day of the last telling."""
    tellings = Telling.objects.live().filter(boundary=OuterRef("pk"))
    crossings = Crossing.objects.live().filter(boundary=OuterRef("pk"))
    return boundaries.annotate(  # type: ignore[no-redef]  # declared on the model
        results=ArraySubquery(crossings.order_by("occurred_on", "id").values("result")),
        last_told_on=Subquery(tellings.order_by("-told_on").values("told_on")[:1]),
    )


def boundary_rows(person: User) -> list[BoundaryRow]:
    rows = person.boundaries.live().order_by("-id")
    return [BoundaryRow(boundary) for boundary in with_related_rows(rows)]


def active_boundaries(person: User) -> QuerySet[Boundary]:
    return person.boundaries.finished().exclude(state=State.RETIRED)


def last_crossed_on(person: User) -> date | None:
    return (
        person.crossings.live()
        .order_by("-occurred_on", "-id")
        .values_list("occurred_on", flat=True)
        .first()
    )


def may_wait(person: User, day: date) -> QuerySet[Boundary]:
    """Drafts, boundaries to be said by now, and reviews that are due."""
    return (
        person.boundaries.live()
        .exclude(state=State.RETIRED)
        .filter(Q(finished_at=None) | Q(review_on__lte=day) | Q(tell_on__lte=day))
        .order_by("-updated_at")
    )


def todo_items_of(boundary: Boundary, day: date) -> list[TodoItem]:
    if not boundary.finished_at:
        return [draft_item(FLOW.draft(boundary))]
    found = []
    if boundary.tell_on and boundary.tell_on <= day:
        address = reverse("boundaries:tell", args=[boundary.pk])
        text = _("You planned to say this.")
        found.append(TodoItem(boundary.limit, text, address, on=boundary.tell_on))
    if boundary.review_on and boundary.review_on <= day:
        address = reverse("boundaries:review", args=[boundary.pk])
        found.append(
            TodoItem(boundary.limit, _("Does it still fit?"), address, on=boundary.review_on)
        )
    return found


def follow_ups(person: User, day: date) -> QuerySet[Crossing]:
    """All follow-ups up to a day, by boundary."""
    return (
        person.crossings.to_follow_up()
        .filter(follow_up_on__lte=day)
        .exclude(boundary__state=State.RETIRED)
        .order_by("boundary", "follow_up_on", "id")
    )


def to_follow_up(person: User, day: date) -> QuerySet[Crossing]:
    """The first due follow-up of each boundary."""
    return follow_ups(person, day).distinct("boundary")


def follow_up_of(crossing: Crossing, _day: date) -> list[TodoItem]:
    text, boundary = _("What you wanted to do next."), Boundary(pk=crossing.boundary_id)
    address, on = boundary.get_absolute_url(), crossing.follow_up_on
    return [TodoItem(crossing.follow_up, text, address, on=on)]


waiting = TodoSource("bound", may_wait, todo_items_of)
following = TodoSource("bound", to_follow_up, follow_up_of)
following_each = TodoSource("bound", follow_ups, follow_up_of)
