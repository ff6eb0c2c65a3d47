"""The coach's page before a session: the client's wishes, and what they shared since the last."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from journal.coaching import queries
from journal.coaching.queries import RosterRow, SharedByClient
from journal.decisions.models import Decision
from journal.sharing import coach_queries, third_person
from journal.sharing.coach_queries import Item
from journal.sharing.shareable import BRIEF


@dataclass
class BriefPage:
    sight: SharedByClient
    since: date | None
    new: list[tuple[Item, bool]]  # and whether the client chose it for this session
    promises: list[tuple[Item, str]]
    crossings: list[Item]
    decisions: list[Item]
    lessons: list[Item]
    answers: dict[UUID, Counter[str]]  # by promise
    day: date  # today, or the day of the session

    @property
    def is_empty(self) -> bool:
        return not (self.sight.items or self.sight.measures or self.sight.brief)

    @property
    def shown(self) -> list[Item]:
        """Every item on the page once, including the brief."""
        new, promises = [item for item, _b in self.new], [item for item, _s in self.promises]
        found = [*new, *promises, *self.crossings, *self.decisions, *self.lessons]
        if self.sight.brief:
            found.append(Item(BRIEF, self.sight.brief))
        return list({item.key: item for item in found}.values())


def build_brief(one: RosterRow, day: date) -> BriefPage:
    """`day` is today, or the day of the session if the client named a later one."""
    sight = queries.sight(one, day)
    # The client's date of the last session if they sent a brief, otherwise the coach's.
    since = (sight.brief and sight.brief.since_on) or one.client.last_session_on
    day = max(day, (sight.brief and sight.brief.session_on) or day)
    new = sight.since(since)
    there = {item.key for item in new}
    rest = [item for item in sight.items if item.key not in there]
    promises = sight.items_of("promise")
    answers = coach_queries.answers_since(one.link.owner_id, since) if promises and one.link else {}
    return BriefPage(
        sight,
        since,
        [(item, item.row.pk in sight.brought) for item in new],
        [
            (item, third_person.answers(answers.get(item.row.pk, Counter()), one.client.name))
            for item in promises
        ],
        [item for item in rest if item.kind.name == "crossing" and item.row.follow_up_on],
        [item for item in sight.items_of("decision") if is_due(item.row, day)],
        [item for item in rest if item.kind.name == "lesson" and item.row.state == "active"],
        answers,
        day,
    )


def is_due(decision: Decision, day: date) -> bool:
    """Whether its review is due by then."""
    decided = decision.state == Decision.State.DECIDED
    return decided and decision.review_on is not None and decision.review_on <= day
