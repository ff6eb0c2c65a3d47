""" "What has grown": five reasons to trust oneself, a quarter at a time, each with what the record
holds, own sentences, and what is still open.

Only a measure speaks of more or fewer, by its own rule; what has too few records is left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.insights import grown_queries, queries
from journal.insights.grown_queries import OpenThing, Sentence
from journal.insights.measures import (
    boundaries,
    decisions,
    lessons,
    returns,
    self_compassion,
    self_trust,
    sureness,
    values,
)
from journal.insights.measures import promises as promise_measures
from journal.insights.presentation import Measure
from journal.insights.quarters import Quarter
from journal.people.models import User
from journal.privacy.ownership import field_of
from journal.reflections.rating.history import History, from_rows
from journal.reflections.rating.models import ITEMS, SelfRating

Answer = tuple[str, str | Lazy]  # the day and the answer


@dataclass(frozen=True)
class Section:
    slug: str
    label: str | Lazy
    hue: str
    asks: str | Lazy  # the statement of the check-up
    answers: Sequence[Answer]
    evidence: Sequence[Measure]  # those with enough records
    sentences: Sequence[Sentence] = ()
    still_open: Sequence[OpenThing] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.answers or self.evidence or self.sentences or self.still_open)


@dataclass(frozen=True)
class GrownPage:
    quarter: Quarter
    sections: list[Section]
    others: Sequence[Sentence] = field(default_factory=list)  # favourites without a practice

    @property
    def is_empty(self) -> bool:
        """Whether the quarter holds nothing; what is open today is not of it."""
        return not self.others and all(
            not (one.answers or one.evidence or one.sentences) for one in self.sections
        )


REASONS = (
    ("decisions", gettext_lazy("Decisions"), "p-dec"),
    ("resilience", gettext_lazy("Resilience"), "p-mist"),
    ("authenticity", gettext_lazy("Authenticity"), "p-bound"),
    ("well-being", gettext_lazy("Well-being"), "p-comp"),
    ("empowerment", gettext_lazy("Empowerment"), "p-prom"),
)  # in the order of the five statements of the check-up


def build_page(person: User, quarter: Quarter) -> GrownPage:
    """Plain statements, the same number however much there is."""
    found = queries.ask_of_quarter(person, quarter)
    taken = person.ratings.newest_first().taken_between(quarter.first, quarter.last)
    own = grown_queries.sentences(person, quarter, found.values.in_action)
    left = grown_queries.still_open(person, quarter)
    sections = build_sections(found, quarter, from_rows(taken), own, left)
    return GrownPage(quarter, sections, own.get("", []))


def build_sections(
    found: queries.InsightsData,
    quarter: Quarter,
    check_ups: History,
    own: Mapping[str, Sequence[Sentence]],
    left: Mapping[str, Sequence[OpenThing]],
) -> list[Section]:
    measures = _measures(found, quarter)
    return [
        Section(
            slug,
            label,
            hue,
            field_of(SelfRating, item).verbose_name,
            _answers(check_ups, item),
            [_without_repeating(one) for one in those if one.is_enough],
            own.get(slug, ()),
            left.get(slug, ()),
        )
        for (slug, label, hue), item, those in zip(REASONS, ITEMS, measures, strict=True)
    ]


def _without_repeating(one: Measure) -> Measure:
    repeats = bool(one.said) and one.said[0].startswith(one.heading)
    return replace(one, heading="") if repeats else one


def _answers(check_ups: History, item: str) -> list[Answer]:
    """Oldest first. Nothing compares them: one answer has no range."""
    place = ITEMS.index(item)
    given = [(one.taken_on, one.items[place]) for one in reversed(check_ups.pictures)]
    return [(date_format(on, "j F"), one.answer_text) for on, one in given if one.answer]


def _measures(found: queries.InsightsData, quarter: Quarter) -> list[list[Measure]]:
    """Those of each reason. Of hard moments the counts and not their median, which has no range."""
    kept = promise_measures.by_span(found.promises, quarter)
    easing = replace(
        self_compassion.easing(found.easing),
        heading="",
        words=_("You noted how strong hard moments were, before and after."),
        said=[self_compassion.counted(found.easing), _("Feelings also settle with time.")],
    )
    trust = self_trust.trust(found.trust, kept, quarter)
    acted = values.in_action(found.values, found.pictures, quarter)
    return [
        [decisions.process(found.process), decisions.confidence(found)],
        [
            returns.returns(found.promises, quarter),
            lessons.applied(found.uses, quarter),
        ],
        [
            replace(acted, said=[values.counted(found.values)]),
            boundaries.held(found.held, found.held_before, {}, quarter),
        ],
        [easing, replace(trust, said=trust.said[:1])],
        [
            promise_measures.kept(found.promises, kept, quarter),
            sureness.sureness(found.promises, found.sure, quarter),
        ],
    ]
