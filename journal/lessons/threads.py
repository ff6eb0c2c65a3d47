"""Links between rows: from a mistake to a lesson, from a lesson to a promise, and so on.

An app registers its kinds once, in its AppConfig.ready:

    threads.register("promise", Promise, label=_("Promise"), icon="prom", title=...)

From then on `tie(person, mistake, lesson)` records once, however often it is called, that the
mistake led to the lesson, and `links_of(person, lesson)` returns the context of
"lessons/_threads.html". Of a row that is deleted or in the trash it names only the kind; the thread
stays, so a restored row shows its links again.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise as Lazy

from journal.lessons.models import Lesson, LessonUse, Thread
from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import OwnedModel, words_of
from journal.privacy.text_search import Needle, scan

Reference = tuple[str, UUID]
RECENT = 8


@dataclass(frozen=True)
class Kind:
    name: str
    model: type[OwnedModel]
    label: str | Lazy
    icon: str  # from parts/_icons.html; p-ICON is its hue
    title: Callable[[Any], str]
    day: Callable[[Any], date]


@dataclass(frozen=True)
class Tied:
    """The row at the other end of a thread, for a page."""

    kind: Kind
    row: Any

    @property
    def name(self) -> str:
        """How a button of a form names it."""
        return f"{self.kind.name}:{self.row.pk}"

    @property
    def title(self) -> str:
        """The person's words; empty if there are none yet."""
        return self.kind.title(self.row)

    @property
    def address(self) -> str:
        return self.row.get_absolute_url()

    @property
    def day(self) -> date:
        return self.kind.day(self.row)


@dataclass
class Links:
    """What led to a row and what followed from it, each by day; of deleted rows only the kind."""

    came_from: list[Tied] = field(default_factory=list)
    led_to: list[Tied] = field(default_factory=list)
    deleted_before: list[Kind] = field(default_factory=list)
    deleted_after: list[Kind] = field(default_factory=list)

    @classmethod
    def joined(cls, every: Iterable["Links"]) -> "Links":
        each = list(every)
        return cls(
            sorted((one for links in each for one in links.came_from), key=lambda one: one.day),
            sorted((one for links in each for one in links.led_to), key=lambda one: one.day),
            [kind for links in each for kind in links.deleted_before],
            [kind for links in each for kind in links.deleted_after],
        )

    def __bool__(self) -> bool:
        return any((self.came_from, self.led_to, self.deleted_before, self.deleted_after))


KINDS: dict[str, Kind] = {}


def day_made(row: Any) -> date:
    return timezone.localdate(row.created_at)


def register(
    name: str,
    model: type[OwnedModel],
    *,
    label: str | Lazy,
    icon: str,
    title: Callable[[Any], str],
    day: Callable[[Any], date] = day_made,
) -> None:
    """`model` needs `get_absolute_url`."""
    KINDS[name] = Kind(name, model, label, icon, title, day)


def reference(row: OwnedModel) -> Reference:
    """Raises LookupError for a row whose kind no app registered."""
    for kind in KINDS.values():
        if kind.model is type(row):
            return kind.name, row.pk
    raise LookupError(f"{type(row).__name__} is not registered for threads.")


def tie(person: User, from_row: OwnedModel, to_row: OwnedModel) -> None:
    """Links two rows: the first led to the second. The person owns both; a
    second call adds nothing.

    Raises ValueError for a row of somebody else's.
    """
    if {from_row.owner_id, to_row.owner_id} != {person.pk}:
        raise ValueError("Only a person's own rows are tied.")
    (from_kind, from_id), (to_kind, to_id) = reference(from_row), reference(to_row)
    thread = Thread(
        owner=person, from_kind=from_kind, from_id=from_id, to_kind=to_kind, to_id=to_id
    )
    Thread.objects.bulk_create([thread], ignore_conflicts=True)


def untie(person: User, row: OwnedModel, other: OwnedModel) -> None:
    there, back = Q(from_id=row.pk, to_id=other.pk), Q(from_id=other.pk, to_id=row.pk)
    person.threads.filter(there | back).delete()


def recent(
    person: User, without_kinds: set[str], without: set[UUID], words: str = ""
) -> list[Tied]:
    """The newest rows that have words, a few of each kind; only those that hold `words`, if any."""
    needle, found = Needle.parse(words), list[Tied]()
    for kind in KINDS.values():
        if kind.name in without_kinds:
            continue
        rows = kind.model.objects.live().filter(owner=person).exclude(pk__in=without)
        rows = rows.order_by("-created_at")
        if words:
            fields = [field.name for field in words_of(kind.model)]
            held = islice(scan(person.pk, rows, fields, needle), RECENT)
            rows = rows.filter(pk__in=[UUID(bytes=pk) for pk, _values, _texts in held])
        found += [Tied(kind, row) for row in rows[:RECENT]]
    return sorted((one for one in found if one.title), key=lambda one: one.day, reverse=True)


def use_lesson_for(person: User, lesson: Lesson, row: OwnedModel) -> LessonUse:
    """Records that the person used the lesson next to another row (a decision, say).

    The pages of both ask later whether it helped. A second call adds nothing.
    """
    use = _use_at(row, lesson, used_on=clock.today(person))
    tie(person, lesson, row)
    return use


def came_up_at(row: OwnedModel, lesson: Lesson, result: str, day: date) -> None:
    """Records that the lesson came up when the row happened (a crossing, say), and how it went.
    The row did not follow from the lesson, so no thread joins them."""
    use = _use_at(row, lesson, used_on=day, result=result)
    if use.result != result:
        use.result = result
        use.save(update_fields=["result"])


def _use_at(row: OwnedModel, lesson: Lesson, **given: Any) -> LessonUse:
    """The one use of a lesson next to a row; `given` are the values of a new one."""
    kind, pk = reference(row)
    uses = row.owner.lessonuses
    use, _made = uses.get_or_create(lesson=lesson, linked_kind=kind, linked_id=pk, defaults=given)
    if use.deleted_at:
        use.restore()
    return use


def links_of(person: User, row: OwnedModel) -> Links:
    return links_of_each(person, [row])[row.pk]


def links_of_each(person: User, rows: Sequence[OwnedModel]) -> dict[UUID, Links]:
    """One statement for the threads of all rows, and one for each kind at their other ends."""
    ties = {row.pk: Links() for row in rows}
    found = person.threads.filter(Q(from_id__in=ties) | Q(to_id__in=ties)).order_by("id")
    ends = [((t.from_kind, t.from_id), (t.to_kind, t.to_id)) for t in found] if rows else []
    there = resolve(person, {end for pair in ends for end in pair if end[1] not in ties})
    there |= {one: Tied(KINDS[one[0]], row) for row in rows for one in [reference(row)]}
    for start, end in ends:
        if end[1] in ties:
            _add(there.get(start), start, ties[end[1]].came_from, ties[end[1]].deleted_before)
        if start[1] in ties:
            _add(there.get(end), end, ties[start[1]].led_to, ties[start[1]].deleted_after)
    return {pk: Links.joined([links]) for pk, links in ties.items()}


def _add(tied: Tied | None, named: Reference, there: list[Tied], deleted: list[Kind]) -> None:
    if tied:
        there.append(tied)
    elif named[0] in KINDS:
        deleted.append(KINDS[named[0]])


def resolve(person: User, references: Iterable[Reference]) -> dict[Reference, Tied]:
    """The live rows behind the references, one statement per kind; missing rows are left out."""
    by_kind: dict[str, list[UUID]] = defaultdict(list)
    for name, pk in references:
        if name in KINDS:
            by_kind[name].append(pk)
    return {
        (name, row.pk): Tied(KINDS[name], row)
        for name, ids in by_kind.items()
        for row in KINDS[name].model.objects.live().filter(owner=person, pk__in=ids)
    }


def find_linked(person: User, name: str, pk: UUID) -> Any | None:
    """The person's own live row of a kind."""
    tied = resolve(person, [(name, pk)]).get((name, pk))
    return tied.row if tied else None
