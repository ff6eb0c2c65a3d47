"""Openers: a few open questions to start a session with, next to their subjects.

Rules choose them from the kinds, states, days and counts in the brief, and from nothing else: they
read no word of the client's and no field that the coach cannot see (shared_fields.py). Each rule
applies to at most one item, and each item to one rule; items chosen for this session come first. A
question offers; it diagnoses nothing and judges nobody.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import Boundary, Crossing
from journal.coaching.briefs import BriefPage, is_due
from journal.decisions.models import Decision
from journal.lessons.models import Lesson
from journal.promises.models import CheckIn, Promise
from journal.reflections.mistakes.models import Mistake
from journal.sharing.coach_queries import Item

MOST = 4
OFTEN = 3  # times kept before a rule asks about it


@dataclass(frozen=True)
class BriefFacts:
    """The facts that a rule may use besides the row."""

    day: date  # the day of the session
    answers: Counter[str]  # a promise's answers since the last session
    is_brought: bool  # the client chose it for this session
    crossed: bool  # whether the brief shows any crossing

    @property
    def kept(self) -> int:
        return self.answers[CheckIn.Status.KEPT] + self.answers[CheckIn.Status.KEPT_SMALL]

    @property
    def missed(self) -> int:
        return self.answers[CheckIn.Status.MISSED]


@dataclass(frozen=True)
class Rule:
    kind: str  # empty: any kind
    fits: Callable[[Any, BriefFacts], bool]
    question: str | Lazy


@dataclass(frozen=True)
class OpeningQuestion:
    question: str | Lazy
    item: Item


def _missed_more_than_kept(row: Promise, seen: BriefFacts) -> bool:
    return row.state == Promise.State.ACTIVE and seen.missed > seen.kept


def _kept_often(row: Promise, seen: BriefFacts) -> bool:
    return seen.kept >= OFTEN and seen.kept >= seen.missed


def _is_communicated(row: Boundary, seen: BriefFacts) -> bool:
    communicated = row.communication == Boundary.Communication.TOLD
    return communicated and row.state == Boundary.State.ACTIVE


def _has_passed(day: date | None, seen: BriefFacts) -> bool:
    return day is not None and day <= seen.day


def _eased(row: Any, seen: BriefFacts) -> bool:
    before, after = row.intensity_before, row.intensity_after
    return after is not None and after < before and not row.stung


HELD = (Crossing.Result.HELD, Crossing.Result.HELD_LATER)
GAVE_WAY = (Crossing.Result.PARTLY, Crossing.Result.NOT_HELD)
# The first matching rules win.
RULES = (
    Rule(
        "crossing",
        lambda row, seen: _has_passed(row.follow_up_on, seen),
        _("You’d planned a next step. How did it go?"),
    ),
    Rule(
        "promise",
        _missed_more_than_kept,
        _("What would make this promise fit your days as they are?"),
    ),
    Rule(
        "decision",
        lambda row, seen: is_due(row, seen.day),
        _("Which would you like to look at first: how you decided, or how it turned out?"),
    ),
    Rule(
        "boundary",
        lambda row, seen: row.state == Boundary.State.READY,
        _("How would it sound if you said it out loud here?"),
    ),
    Rule(
        "self_compassion",
        _eased,
        _("It eased afterwards. What do you think helped?"),
    ),
    Rule(
        "lesson",
        lambda row, seen: row.state == Lesson.State.ACTIVE,
        _("Where has this come up since, whether you used it or not?"),
    ),
    Rule(
        "boundary",
        lambda row, seen: _is_communicated(row, seen) and not seen.crossed,
        _("You’ve told them. What has been different since?"),
    ),
    Rule(
        "crossing",
        lambda row, seen: row.result in GAVE_WAY,
        _("What would you like to have ready if this comes up again?"),
    ),
    Rule(
        "crossing",
        lambda row, seen: row.result in HELD,
        _("What helped you hold it?"),
    ),
    Rule("promise", _kept_often, _("What helped on the days you kept it?")),
    Rule(
        "self_compassion",
        lambda row, seen: row.stung,
        _("What would be kind to do with this today, even if that means leaving it alone?"),
    ),
    Rule(
        "mistake",
        lambda row, seen: row.state == Mistake.State.EXAMINED and _has_passed(row.repair_on, seen),
        _("What happened with the part you wanted to put right?"),
    ),
    Rule(
        "boundary",
        lambda row, seen: row.state == Boundary.State.UNDER_REVIEW,
        _("What does it protect now?"),
    ),
    Rule(
        "decision",
        lambda row, seen: row.state == Decision.State.REVIEWED,
        _("What would you do the same way in your next decision?"),
    ),
    Rule(
        "mistake",
        lambda row, seen: row.state == Mistake.State.EXAMINED,
        _("What does it show you care about?"),
    ),
    Rule(
        "",
        lambda row, seen: seen.is_brought,
        _("You chose this for today. Where would you like to begin?"),
    ),
    Rule("entry", lambda row, seen: True, _("Which line would you like to start from?")),
)


def opening_questions(page: BriefPage) -> list[OpeningQuestion]:
    """At most four; none if no rule matches."""
    brought, crossed = page.sight.brought, bool(page.sight.items_of("crossing"))
    shown = [
        (item, BriefFacts(page.day, page.answers.get(item.row.pk, Counter()), is_brought, crossed))
        for item, is_brought in ((one, one.row.pk in brought) for one in page.shown)
    ]
    return chosen(shown)


def chosen(shown: Iterable[tuple[Item, BriefFacts]]) -> list[OpeningQuestion]:
    left, found = list(shown), []
    for rule in RULES:
        for item, seen in left:
            if rule.kind in ("", item.kind.name) and rule.fits(item.row, seen):
                found.append(OpeningQuestion(rule.question, item))
                left.remove((item, seen))
                break
        if len(found) == MOST:
            break
    return found
