"""Sessions with their agreements and outcomes, as either side reads them; and what the client does.

The rows are the same for both. An outcome that the client keeps is not among the coach's, so an
agreement of it looks like one that was not reported.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.decisions.models import Decision
from journal.decisions.steps import FLOW as DECIDING
from journal.guide.todo_items import TodoItem, TodoSource
from journal.lessons import threads
from journal.people import clock
from journal.people.models import User
from journal.people.row_urls import row_url
from journal.privacy.batched_queries import fetch_batched, in_given
from journal.privacy.ownership import OwnedModel
from journal.promises.models import Promise
from journal.sharing.models.agreements import MOST, Agreement, AgreementOutcome, CoachSession
from journal.sharing.models.links import CoachLink, ConsentEvent
from journal.sharing.shareable import AGREEMENT
from journal.sharing.suggestions import promise_draft

State = Agreement.State
LATEST = 50  # sessions on a page


@dataclass
class Board:
    """The sessions of one link, the latest first."""

    sessions: list[CoachSession]
    agreements: list[Agreement]

    @property
    def planned(self) -> CoachSession | None:
        return next((one for one in self.sessions if one.closed_at is None), None)

    @property
    def held(self) -> list[CoachSession]:
        return [one for one in self.sessions if one.closed_at]

    @property
    def latest(self) -> list[Agreement]:
        """As many as three sessions have; each session's page has its own."""
        return self.agreements[: 3 * MOST]

    @property
    def waiting(self) -> list[Agreement]:
        return [one for one in self.agreements if one.is_waiting]

    @property
    def open(self) -> list[Agreement]:
        return [one for one in self.agreements if one.counts and not one.outcome_shown]

    @property
    def earlier(self) -> list[Agreement]:
        found = [one for one in self.agreements if one.state == State.DECLINED or one.outcome_shown]
        return sorted(found, key=lambda one: one.session.at, reverse=True)

    def agreed_in(self, session: CoachSession) -> list[Agreement]:
        return [one for one in self.agreements if one.session_id == session.pk]

    def before(self, session: CoachSession) -> list[Agreement]:
        """Those of the last session that was held before this one."""
        held = [one for one in self.held if one.at < session.at and one.pk != session.pk]
        return self.agreed_in(held[0]) if held else []


def arrange(
    sessions: list[CoachSession],
    agreements: Iterable[Agreement],
    outcomes: Iterable[AgreementOutcome],
) -> Board:
    by_id = {one.pk: one for one in sessions}
    by_agreement = {one.agreement_id: one for one in outcomes}
    found = [one for one in agreements if one.session_id in by_id]
    for one in found:
        one.session = by_id[one.session_id]
        one.outcome_shown = by_agreement.get(one.pk)
    for session in sessions:
        session.agreed = [one for one in found if one.session_id == session.pk]
    return Board(sessions, found)


# Of the links given, for the client as for the coach.
def _sessions(owner: Any, _day: date) -> QuerySet:
    rows = CoachSession.objects.live().filter(in_given("link_id"), owner_id=owner.pk)
    return rows.order_by("-at", "-id")[:LATEST]


def _agreements(owner: Any, _day: date) -> QuerySet:
    rows = Agreement.objects.live().filter(in_given("link_id"), owner_id=owner.pk)
    return rows.order_by("-created_at", "place")[: LATEST * MOST]


def _outcomes(owner: Any, _day: date) -> QuerySet:
    rows = AgreementOutcome.objects.live().filter(in_given("link_id"), owner_id=owner.pk)
    return rows.order_by("-id")[: LATEST * MOST]


BOARD = (_sessions, _agreements, _outcomes)


def board_of(link: CoachLink) -> Board:
    """As the client."""
    owner = User(pk=link.owner_id)
    return arrange(*fetch_batched(owner, clock.today(link.owner), *BOARD, given=[link.pk]))


def may_wait(person: User, _day: date) -> QuerySet:
    return Agreement.objects.filter(owner=person).waiting().order_by("id")[:MOST]


def _lines(row: Agreement, _day: date) -> list[TodoItem]:
    text = _("It counts once you say yes")
    return [TodoItem(_("An agreement to look at"), text, row.get_absolute_url(), own=False)]


waiting = TodoSource("coach", may_wait, _lines)


# In the calendar only: the client's next session, and what was agreed on by a day.
def _planned(person: User, _day: date) -> QuerySet:
    return CoachSession.objects.filter(owner=person).planned().order_by("at", "id")


def _session_lines(row: CoachSession, _day: date) -> list[TodoItem]:
    address = row_url("sharing:agreements", row.link_id)
    day = timezone.localdate(row.at)
    return [TodoItem(_("Session with your coach"), "", address, own=False, on=day, at=row.at)]


def _to_do(person: User, _day: date) -> QuerySet:
    rows = Agreement.objects.filter(owner=person).to_do()
    return rows.exclude(by_on=None).order_by("by_on", "id")


def _by_day(row: Agreement, _day: date) -> list[TodoItem]:
    return [TodoItem(row.text, _("What you agreed on"), row.get_absolute_url(), on=row.by_on)]


planned = TodoSource("coach", _planned, _session_lines)
dated = TodoSource("coach", _to_do, _by_day)


def outcome_of(row: Agreement) -> AgreementOutcome | None:
    return AgreementOutcome.objects.live().filter(owner=row.owner, agreement=row).first()


def stored(row: Agreement) -> Agreement:
    """As the database has it, where a form has written to `row`."""
    return Agreement.objects.select_related("link", "session").get(pk=row.pk)


def answer(row: Agreement, state: str) -> None:
    row.state, row.answered_at = state, timezone.now()
    row.save(update_fields=["state", "answered_at", "text", "sign", "by_on"])


def share_outcome(outcome: AgreementOutcome, *, shared: bool) -> None:
    """The caller holds the lock on the link, so that no coach still reads what was taken back."""
    if shared == bool(outcome.shared_at):
        return
    outcome.shared_at = timezone.now() if shared else None
    outcome.save(update_fields=["shared_at"])
    what = ConsentEvent.What.SENT if shared else ConsentEvent.What.UNSENT
    ConsentEvent.log(outcome.link, what, about=AGREEMENT.name, item_id=outcome.agreement_id)


def _made_of(row: Agreement, model: type[OwnedModel]) -> str:
    """The address of what was made of it before, if it is still there."""
    led_to = threads.links_of(row.owner, row).led_to
    return next((one.address for one in led_to if isinstance(one.row, model)), "")


def as_promise(row: Agreement) -> str:
    """Makes a draft of the client's own, once, and returns its address. No coach reads it, nor the
    thread that leads there."""
    return _made_of(row, Promise) or promise_draft(row.owner, row.text, came_from=row)


def as_decision(row: Agreement) -> str:
    if there := _made_of(row, Decision):
        return there
    draft = Decision.new_for(row.owner)
    draft.question = row.text
    draft.step = "question"
    draft.save(force_insert=True)
    threads.tie(row.owner, row, draft)
    return DECIDING.resume_address(draft)
