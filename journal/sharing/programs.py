"""Programs: what either side does with one, and when the client hears of it.

A program begins with the client's yes. Either side pauses or stops it; what the client paused, only
the client continues. The caller holds the lock on the link and on the row.
"""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.guide.todo_items import TodoItem, TodoSource
from journal.people.models import User
from journal.sharing.models.links import CoachLink, ConsentEvent
from journal.sharing.models.messages import Suggestion
from journal.sharing.models.programs import ClientProgram
from journal.sharing.shareable import PROGRAM

LATEST = 20
By, State, What = CoachLink.By, ClientProgram.State, ConsentEvent.What
ANSWERS = {"start": (State.OFFERED, State.DECLINED), "decline": (State.OFFERED,)}
# What each side may do with a program in which state.
CLIENT = {
    **ANSWERS,
    "pause": (State.RUNNING, State.PAUSED),
    "resume": (State.PAUSED,),
    "stop": (State.RUNNING, State.PAUSED),
}
COACH = {
    "pause": (State.RUNNING,),
    "resume": (State.PAUSED,),
    "stop": (State.OFFERED, State.RUNNING, State.PAUSED),
}
# The states in which a click has done its work already.
DONE = {
    "start": (State.RUNNING, State.PAUSED, State.DONE),
    "decline": (State.DECLINED,),
    "pause": (State.PAUSED,),
    "resume": (State.RUNNING, State.DONE),
    "stop": (State.STOPPED, State.WITHDRAWN),
}


def may_wait(person: User, _day: date) -> QuerySet:
    return ClientProgram.objects.filter(owner=person).offered().order_by("created_at", "id")[:3]


def _lines(row: ClientProgram, _day: date) -> list[TodoItem]:
    text = ngettext("%(n)s week, once you say yes", "%(n)s weeks, once you say yes", row.weeks)
    title = _("A program to look at")
    return [TodoItem(title, text % {"n": row.weeks}, row.get_absolute_url(), own=False)]


waiting = TodoSource("coach", may_wait, _lines)


def of_link(link: CoachLink, day: date) -> list[ClientProgram]:
    """The latest first, each with its state."""
    found = list(link.programs.live().order_by("-created_at", "-id")[:LATEST])
    for one in found:
        one.state_now = one.state(day)
    return found


def steps(program: ClientProgram, day: date) -> list[Suggestion]:
    """All of its suggestions, in the order of the weeks; `has_arrived` says which are there."""
    rows = Suggestion.objects.live().filter(owner_id=program.owner_id, program=program)
    there = set(rows.arrived(day).values_list("pk", flat=True))
    found = list(rows.order_by("week"))
    for one in found:
        one.has_arrived = one.pk in there
        one.arrives_on = None if program.paused_on else program.arrival(one.week or 1)
    return found


def act(program: ClientProgram, do: str, by: str, day: date) -> bool:
    """Does it, on the client's day. False where the program does not allow it any more; a click
    that arrives twice is none of these."""
    allowed, state = CLIENT if by == By.CLIENT else COACH, program.state(day)
    mine = state != State.PAUSED or program.paused_by == By.COACH or by == By.CLIENT
    if state in allowed.get(do, ()) and (mine or do == "stop"):
        VERBS[do](program, by, day)
        return True
    return do in allowed and state in DONE[do] and program.link.ended_at is None


def _start(program: ClientProgram, by: str, day: date) -> None:
    program.answered_at, program.started_on = timezone.now(), day
    program.save(update_fields=["answered_at", "started_on"])
    _log(program, What.STARTED, by)


def _decline(program: ClientProgram, _by: str, _day: date) -> None:
    program.answered_at = timezone.now()
    program.save(update_fields=["answered_at"])


def _pause(program: ClientProgram, by: str, day: date) -> None:
    """The client's pause takes the place of a pause of the coach's."""
    if program.paused_by != by:
        program.paused_on, program.paused_by = program.paused_on or day, by
        program.save(update_fields=["paused_on", "paused_by"])
        _log(program, What.PAUSED, by)


def _resume(program: ClientProgram, by: str, day: date) -> None:
    """The weeks move by as many days as the pause had, so nothing piles up."""
    if program.paused_on:
        program.days_paused += max((day - program.paused_on).days, 0)
    program.paused_on, program.paused_by = None, ""
    program.save(update_fields=["days_paused", "paused_on", "paused_by"])
    _log(program, What.RESUMED, by)


def _stop(program: ClientProgram, by: str, day: date) -> None:
    program.stopped_on, program.stopped_by = day, by
    program.save(update_fields=["stopped_on", "stopped_by"])
    if program.started_on:
        _log(program, What.CANCELLED, by)


VERBS = {
    "start": _start,
    "decline": _decline,
    "pause": _pause,
    "resume": _resume,
    "stop": _stop,
}


def _log(program: ClientProgram, what: str, by: str) -> None:
    ConsentEvent.log(program.link, what, about=PROGRAM.name, item_id=program.pk, detail=by)


def pause_all(link: CoachLink, day: date) -> None:
    """A client who wants no suggestions finds none waiting later."""
    for program in link.programs.going_on().select_for_update(of=("self",)).order_by("pk"):
        program.link = link
        act(program, "pause", By.CLIENT, day)
