"""A coach's programs with clients: what the coach reads of them, offering, pausing, stopping.

The client's copy is sealed with the client's key, and the coach's role reads none of its words: the
name that a page shows is that of the coach's own program. As for suggestions, what was written was
read by the link first, in the coach's role, and is then written as the client (sessions.py).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db.models import QuerySet

from journal.coaching.models import Program
from journal.people import clock
from journal.people.models import User
from journal.privacy.batched_queries import in_given
from journal.privacy.rls import acting_as
from journal.sharing import programs
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Suggestion
from journal.sharing.models.programs import ClientProgram

COLUMNS = (
    *("id", "owner_id", "link_id", "copied_from", "weeks", "answered_at", "started_on"),
    *("days_paused", "paused_on", "paused_by", "stopped_on", "stopped_by", "created_at"),
)
STEP = ("id", "owner_id", "program_id", "week", "what", "practice", "state")
LATEST = 20
State = ClientProgram.State


def _programs(owner: Any, _day: date) -> QuerySet[ClientProgram]:
    rows = ClientProgram.objects.filter(in_given("link_id"), owner_id=owner.pk)
    return rows.only(*COLUMNS).order_by("-created_at", "-id")[:LATEST]


def _arrived(owner: Any, day: date) -> QuerySet[Suggestion]:
    rows = Suggestion.objects.filter(in_given("link_id"), owner_id=owner.pk, deleted_at=None)
    return rows.arrived(day).exclude(program=None).only(*STEP).order_by("week")


def _own(_owner: Any, _day: date) -> QuerySet[Program]:
    """The coach's own, which are the only ones that their role reads."""
    copied = ClientProgram.objects.filter(in_given("link_id")).values("copied_from")
    return Program.objects.live().filter(pk__in=copied).only("id", "owner_id", "name")


OF_CLIENT = (_programs, _arrived, _own)


@dataclass(frozen=True)
class ProgramOfClient:
    row: ClientProgram
    own: Program | None  # None once the coach has deleted it
    arrived: list[Suggestion]
    day: date

    @property
    def state(self) -> State:
        return self.row.state(self.day)

    @property
    def week(self) -> int:
        return min(self.row.week_on(self.day), self.row.weeks)

    @property
    def can(self) -> list[str]:
        """What the coach may do with it now."""
        by_client = self.row.paused_by == CoachLink.By.CLIENT
        found = [do for do, states in programs.COACH.items() if self.state in states]
        return [do for do in found if do != "resume" or not by_client]


def arrange(
    rows: Iterable[ClientProgram], steps: Iterable[Suggestion], own: Iterable[Program], day: date
) -> list[ProgramOfClient]:
    names, by_program = {one.pk: one for one in own}, defaultdict(list)
    for step in steps:
        by_program[step.program_id].append(step)
    return [
        ProgramOfClient(row, names.get(row.copied_from), by_program[row.pk], day) for row in rows
    ]


def find(pk: UUID) -> ClientProgram | None:
    """Of any open link of this coach's."""
    return ClientProgram.objects.only(*COLUMNS).filter(pk=pk).first()


def having(program: Program, day: date) -> dict[UUID, ClientProgram]:
    """By link: those who have been asked and have not answered, and those for whom it goes on."""
    busy = (State.OFFERED, State.RUNNING, State.PAUSED)
    rows = ClientProgram.objects.only(*COLUMNS).filter(copied_from=program.pk)
    return {one.link_id: one for one in rows if one.state(day) in busy}


def offer(program: Program, links: Iterable[CoachLink], form_id: UUID, day: date) -> int:
    """Copies it for each client who does not have it, and returns how many have it now from this
    form, sent once or twice. The caller holds the lock on the program."""
    there, count, steps = having(program, day), 0, program.sequence
    words = {"name": program.name, "purpose": program.purpose}  # opened as the coach
    for link in links:
        pk = uuid5(form_id, str(link.pk))
        if link.pk in there:
            count += there[link.pk].pk == pk
            continue
        with acting_as(link.owner_id):
            of_link = {"owner_id": link.owner_id, "link_id": link.pk}
            copy = ClientProgram(**of_link, **words, pk=pk, copied_from=program.pk)
            copy.weeks = steps[-1].week
            copy.save(force_insert=True)
            Suggestion.objects.bulk_create(
                step.fill(Suggestion(**of_link, program=copy)) for step in steps
            )
        count += 1
    return count


def act(found: ClientProgram, do: str) -> bool:
    """As the coach, on the client's day. False where it has changed in the meantime."""
    with acting_as(found.owner_id):
        rows = ClientProgram.objects.live().select_related("link").select_for_update(of=("self",))
        row = rows.filter(pk=found.pk).first()
        day = clock.today(User.objects.get(pk=found.owner_id))
        return row is not None and programs.act(row, do, CoachLink.By.COACH, day)
