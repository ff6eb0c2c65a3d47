"""A person's own sentences of a quarter, and what is still open now, for "What has grown"."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.boundaries.models import Boundary
from journal.decisions.models import Decision
from journal.insights.quarters import Quarter
from journal.lessons.models import HELPED
from journal.people import clock
from journal.people.models import User
from journal.people.values.models import Value
from journal.reflections.compassion.models import Mark
from journal.reflections.entries.models import Entry
from journal.reflections.practices import Practice

MOST, State = 3, Decision.State
DECISIONS, RESILIENCE, AUTHENTICITY, WELL_BEING, EMPOWERMENT = REASONS = (
    "decisions", "resilience", "authenticity", "well-being", "empowerment",
)  # fmt: skip
OF_PRACTICE: dict[str, str] = {
    Practice.DECISIONS: DECISIONS,
    Practice.MISTAKES: RESILIENCE,
    Practice.BOUNDARIES: AUTHENTICITY,
    Practice.COMPASSION: WELL_BEING,
    Practice.PROMISES: EMPOWERMENT,
}


@dataclass(frozen=True)
class Sentence:
    """Own words with where they come from; `address` is empty where they have no page."""

    text: str
    source: str
    address: str = ""


@dataclass(frozen=True)
class OpenThing:
    text: str
    address: str


def sentences(person: User, quarter: Quarter, values: Iterable[Value]) -> dict[str, list[Sentence]]:
    """Up to three for each reason, and under "" of favourites without a practice. Favourites first;
    then what the person said helped or was learned, and kind words marked as fitting."""
    found = defaultdict(list)
    for entry in _favourites(person, quarter):
        text, address = entry.title or entry.opening, entry.get_absolute_url()
        if text:
            found[OF_PRACTICE.get(entry.practice, "")].append(
                Sentence(text, _("A favourite"), address)
            )
    for review in _reviews(person, quarter):
        address = review.decision.get_absolute_url()
        found[DECISIONS].append(Sentence(review.learned, _("Learned from a decision"), address))
    for lesson in _lessons(person, quarter):
        sentence = Sentence(lesson.sentence, _("A lesson that helped"), lesson.get_absolute_url())
        found[RESILIENCE].append(sentence)
    for value in values:
        if value.meaning:
            source = _("What “%(value)s” means to you") % {"value": value.name}
            found[AUTHENTICITY].append(Sentence(value.meaning, source, reverse("values:list")))
    fits = _("Kind words that fit you")
    for moment in _kind_words(person, quarter):
        source = fits if moment.kind_mark else _("A kinder thought")
        address = moment.get_absolute_url()
        found[WELL_BEING].append(Sentence(moment.kinder_thought, source, address))
    for mark in _fitting(person, quarter):
        address = reverse("compassion:words")
        found[WELL_BEING].append(Sentence(mark.starter.words, fits, address))
    for week in _weeks(person, quarter):
        address = week.get_absolute_url()
        source = _("What you can rely on in yourself")
        found[EMPOWERMENT].append(Sentence(week.rely_on, source, address))
    return {reason: those[:MOST] for reason, those in found.items()}


def _favourites(person: User, quarter: Quarter) -> QuerySet[Entry]:
    """The newest three of each practice."""
    place = Window(
        RowNumber(), partition_by="practice", order_by=["-written_on", "-created_at", "-id"]
    )
    rows: Any = person.entries.live().without_quiet()
    rows = rows.narrowed(quarter.first, quarter.last, favourite=True)
    found: QuerySet[Entry] = rows.annotate(place=place).filter(place__lte=MOST).newest_first()
    return found


def _reviews(person: User, quarter: Quarter) -> QuerySet[Any]:
    rows = person.decisionreviews.finished().filter(
        decision__deleted_at=None,
        learned__isnull=False,
        reviewed_on__gte=quarter.first,
        reviewed_on__lte=quarter.last,
    )
    return rows.select_related("decision").order_by("-reviewed_on", "-id")[:MOST]


def _lessons(person: User, quarter: Quarter) -> QuerySet[Any]:
    """Those that helped most often."""
    times = Q(
        uses__deleted_at=None,
        uses__result__in=HELPED,
        uses__used_on__gte=quarter.first,
        uses__used_on__lte=quarter.last,
    )
    lessons = person.lessons.live().annotate(times=Count("uses", filter=times))
    return lessons.filter(times__gt=0).order_by("-times", "-id")[:MOST]


def _kind_words(person: User, quarter: Quarter) -> QuerySet[Any]:
    """Moments whose kinder thought was marked as fitting, then those that were easier afterwards
    and have no mark."""
    rows = person.selfcompassions.finished().filter(
        Q(kind_mark=Mark.FITS) | Q(kind_mark="", intensity_after__lt=F("intensity_before")),
        kinder_thought__isnull=False,
        occurred_on__gte=quarter.first,
        occurred_on__lte=quarter.last,
    )
    return rows.order_by("-kind_mark", "-occurred_on", "-id")[:MOST]


def _fitting(person: User, quarter: Quarter) -> QuerySet[Any]:
    """Marked in the quarter."""
    begins, ends = (clock.begins(person, day) for day in (quarter.first, quarter.next_day))
    rows = person.startermarks.live().filter(
        mark=Mark.FITS, updated_at__gte=begins, updated_at__lt=ends
    )
    return rows.select_related("starter").order_by("-updated_at")[:MOST]


def _weeks(person: User, quarter: Quarter) -> QuerySet[Any]:
    rows = person.weeklyreflections.finished().filter(
        rely_on__isnull=False, week_start__gte=quarter.first, week_start__lte=quarter.last
    )
    return rows.newest_first()[:MOST]


# --- what is still open


def still_open(person: User, quarter: Quarter) -> dict[str, list[OpenThing]]:
    """What is open today, so nothing of a quarter of long ago."""
    if not quarter.is_recent:
        return {}
    counts = _counts(person, quarter)
    texts = {
        "undecided": ngettext(
            "%(n)s decision to make", "%(n)s decisions to make", counts["undecided"]
        ),
        "due": ngettext(
            "%(n)s decision to look back on", "%(n)s decisions to look back on", counts["due"]
        ),
        "mistakes": ngettext(
            "%(n)s mistake to look at", "%(n)s mistakes to look at", counts["mistakes"]
        ),
        "unsaid": ngettext("%(n)s boundary to say", "%(n)s boundaries to say", counts["unsaid"]),
        "acts": ngettext(
            "%(n)s kind thing you planned", "%(n)s kind things you planned", counts["acts"]
        ),
        "lines": ngettext("%(n)s line on your list", "%(n)s lines on your list", counts["lines"]),
    }
    found = defaultdict(list)
    for name, (reason, page) in PLACES.items():
        if counts[name]:
            found[reason].append(OpenThing(texts[name] % {"n": counts[name]}, reverse(page)))
    return found


PLACES = {
    "undecided": (DECISIONS, "decisions:list"),
    "due": (DECISIONS, "decisions:list"),
    "mistakes": (RESILIENCE, "mistakes:list"),
    "unsaid": (AUTHENTICITY, "boundaries:list"),
    "acts": (WELL_BEING, "compassion:list"),
    "lines": (EMPOWERMENT, "promises:list"),
}


def _counts(person: User, quarter: Quarter) -> dict[str, int]:
    """Kind acts of the quarter only: what nobody did in a quarter is let go."""
    today = quarter.today
    undecided = Q(state__in=[State.DRAFT, State.EXPLORING, State.COOLING_OFF])
    due = Q(state=State.DECIDED, review_on__lte=today)
    acts = person.selfcompassions.finished().filter(
        kind_action__isnull=False, kind_action_done_at=None, occurred_on__gte=quarter.first
    )
    return {
        **person.decisions.live().aggregate(
            undecided=Count("pk", filter=undecided), due=Count("pk", filter=due)
        ),
        "mistakes": person.mistakes.waiting(today).count(),
        "unsaid": person.boundaries.finished().filter(state=Boundary.State.READY).count(),
        "acts": acts.count(),
        "lines": person.promises.waiting().count(),
    }
