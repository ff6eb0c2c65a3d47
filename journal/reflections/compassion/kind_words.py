"""A person's kind words in the one order in which they are offered: their own, and the starters.

Every page that offers some takes them from `KindWords`; word_record.py has the rule. What a moment
was met with is read from its kinder thought, opened for this request: a line that is a starter
counts for the starter, the other lines are the person's own words, and count for every words that
consist of some of them.
"""

from dataclasses import dataclass
from functools import cached_property

from journal.people.models import User
from journal.privacy.canonical import canonical
from journal.reflections.compassion.models import KindnessStarter, Mark, SelfCompassion
from journal.reflections.compassion.word_record import WordRecord, change, eased_more, place

LOOKED_THROUGH = 100  # the newest moments with a kinder thought: what one request opens at most
READ = (
    *("owner", "kinder_thought", "kind_mark", "finished_at"),
    *("intensity_before", "intensity_after", "felt_worse"),
)
IN_ORDER = (Mark.FITS, Mark.LITTLE, "", Mark.NO)


@dataclass
class KindWord:
    """Words to offer. `key` is a starter's number, or the id of the newest moment that has them."""

    key: str
    words: str
    mark: str
    record: WordRecord
    own: tuple[SelfCompassion, ...] = ()  # the moments that have them as the person's own


@dataclass
class Met:
    """A moment, and what it was met with: starters by number, the lines of own words."""

    moment: SelfCompassion
    starters: frozenset[int]
    lines: tuple[str, ...]

    @cached_property
    def line_forms(self) -> frozenset[str]:
        return frozenset(map(canonical, self.lines))

    @property
    def own_words(self) -> str:
        return "\n".join(self.lines) if self.starters else self.moment.kinder_thought.strip()

    @cached_property
    def change(self) -> int | None:
        row = self.moment
        if not row.finished_at:
            return None
        return change(row.intensity_before, row.intensity_after, felt_worse=row.felt_worse)


class KindWords:
    """A person's kind words, in the one order in which they are offered. Beside a step, those of
    its own moment are left out."""

    def __init__(self, person: User, row: SelfCompassion | None = None) -> None:
        starters = list(KindnessStarter.objects.marked_by(person))
        numbers = {canonical(text): one.pk for one in starters for text in (one.text, one.words)}
        thoughts = person.selfcompassions.with_kinder_thought().newest_first().only(*READ)
        moments = thoughts[:LOOKED_THROUGH]
        self._met = [_met(one, numbers) for one in moments if row is None or one.pk != row.pk]
        self._all = [*self._own(), *(self._starter(one) for one in starters)]
        self._all.sort(key=lambda one: place(IN_ORDER.index(one.mark), one.record))

    def _own(self) -> list[KindWord]:
        """Own words, newest first, each once."""
        found: dict[frozenset[str], list[Met]] = {}
        for met in self._met:
            if met.lines:
                found.setdefault(met.line_forms, []).append(met)
        return [
            KindWord(
                key=all_met[0].moment.pk.hex,
                words=all_met[0].own_words,
                mark=next((m.moment.kind_mark for m in all_met if m.moment.kind_mark), ""),
                record=self._record([forms <= one.line_forms for one in self._met]),
                own=tuple(met.moment for met in all_met),
            )
            for forms, all_met in found.items()
        ]

    def _starter(self, one: KindnessStarter) -> KindWord:
        record = self._record([one.pk in met.starters for met in self._met])
        return KindWord(str(one.pk), one.words, one.mark, record)

    def _record(self, used: list[bool]) -> WordRecord:
        rated = [(was, met.change) for was, met in zip(used, self._met, strict=True)]
        return WordRecord(
            [one for was, one in rated if was and one is not None],
            [one for was, one in rated if not was and one is not None],
        )

    # --- what is offered

    @cached_property
    def own(self) -> list[KindWord]:
        return [one for one in self._all if one.own and one.mark != Mark.NO]

    @cached_property
    def starters(self) -> list[KindWord]:
        return [one for one in self._all if not one.own and one.mark != Mark.NO]

    @cached_property
    def hidden(self) -> list[KindWord]:
        return [one for one in self._all if one.mark == Mark.NO]

    @property
    def fitting(self) -> list[KindWord]:
        return [one for one in self._all if one.mark == Mark.FITS]

    @property
    def are_counted(self) -> bool:
        """Whether there are enough moments to say something of any."""
        return any(one.record.is_enough for one in self._all)

    @cached_property
    def eased_more(self) -> set[str]:
        """The keys of the words that a page may say this of."""
        return eased_more({one.key: one.record for one in self._all})

    def find(self, key: str) -> KindWord | None:
        for one in self._all:
            if key == one.key or any(key == moment.pk.hex for moment in one.own):
                return one
        return None


def _met(moment: SelfCompassion, numbers: dict[str, int]) -> Met:
    lines = [line.strip() for line in moment.kinder_thought.splitlines() if line.strip()]
    known = [numbers.get(canonical(line)) for line in lines]
    return Met(
        moment,
        frozenset(number for number in known if number is not None),
        tuple(line for line, number in zip(lines, known, strict=True) if number is None),
    )
