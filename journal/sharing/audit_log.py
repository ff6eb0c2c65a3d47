"""The log of consent and of access, newest first, a page at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from journal.languages.lists import beside
from journal.people import clock
from journal.people.models import User
from journal.people.text_direction import isolate
from journal.privacy.batched_queries import QueryFactory, fetch_batched, in_given
from journal.sharing.models.grants import ShareGrant
from journal.sharing.models.links import (
    FIGURE,
    OF_TEAM,
    WITH_PHOTOS,
    AccessLogEntry,
    CoachLink,
    ConsentEvent,
)
from journal.sharing.overview import DETAILS, how_much, name_of, rows_by_key, title_and_address
from journal.sharing.shareable import AGREEMENT, BRIEF, KINDS, NAMED, PROGRAM, Kind

PAGE = 40
What = ConsentEvent.What
IN_DETAIL = (ShareGrant.Scope.PRACTICE, ShareGrant.Scope.WEEK)  # counts only, or in full
Position = tuple[datetime, UUID]


@dataclass
class LogEntry:
    moment: datetime
    pk: UUID
    text: str
    icon: str
    thing: tuple[str, UUID] | None = None  # kind and id of the row
    own: str = ""  # the person's title of the row
    address: str = ""
    coach: str = ""


@dataclass(frozen=True)
class LogPage:
    entries: list[LogEntry]
    more: bool

    @property
    def next_address(self) -> str:
        if not self.more:
            return ""
        last = self.entries[-1]
        return f"?{urlencode({'at': last.moment.isoformat(), 'line': last.pk})}"


class PositionForm(forms.Form):
    at = forms.CharField(max_length=40)
    line = forms.UUIDField()

    def clean_at(self) -> datetime:
        try:
            moment = datetime.fromisoformat(self.cleaned_data["at"])
        except ValueError as error:
            raise forms.ValidationError("") from error
        if timezone.is_naive(moment) or not 2000 < moment.year < 9000:
            raise forms.ValidationError("")
        return moment.astimezone(UTC)  # PostgreSQL rejects some UTC offsets that Python accepts


def position(asked: Mapping[str, Any]) -> Position | None:
    """The start of a page; None, also for an invalid position, means the newest."""
    form = PositionForm(asked)
    return (form.cleaned_data["at"], form.cleaned_data["line"]) if form.is_valid() else None


def build_page(person: User, after: Position | None) -> LogPage:
    """Runs four statements."""
    names = {link.pk: link.coach_name for link in person.coachlinks.all()}
    events = _before(person.consentevents.order_by("-at", "-id"), "at", after)
    accesses = _before(person.access_log.order_by("-created_at", "-id"), "created_at", after)
    found = [_agreed(event, names) for event in events] + [_opened(one, names) for one in accesses]
    found.sort(key=lambda entry: (entry.moment, entry.pk), reverse=True)
    _call_by_name(person, found[:PAGE])
    return LogPage(found[:PAGE], len(found) > PAGE)


def _rows_of(kind: Kind) -> QueryFactory:
    return lambda person, _day: kind.table.objects.live().filter(in_given(), owner=person)


KINDS_TOLD = (*KINDS.values(), AGREEMENT, PROGRAM)
FACTORIES: tuple[QueryFactory, ...] = (
    *map(_rows_of, KINDS_TOLD),
    lambda person, _day: ShareGrant.objects.filter(in_given(), owner=person),
)


def _call_by_name(person: User, entries: list[LogEntry]) -> None:
    """Adds titles and addresses, and the names of figures; a line about a deleted row stays,
    without its title."""
    wanted = [entry.thing[1] for entry in entries if entry.thing]
    if not wanted:
        return
    *found, grants = fetch_batched(person, clock.today(person), *FACTORIES, given=wanted)
    rows = rows_by_key(KINDS_TOLD, found)
    figures = {(FIGURE, grant.pk): _figure(grant) for grant in grants}
    for entry in entries:
        if entry.thing in rows:
            entry.own, entry.address = title_and_address(NAMED[entry.thing[0]], rows[entry.thing])
        elif entry.thing in figures:
            entry.text = _("%(coach)s opened: %(thing)s") % {
                "coach": isolate(entry.coach),
                "thing": figures[entry.thing],
            }


def _figure(grant: ShareGrant) -> str:
    """ "Promises, counts only"."""
    name = str(name_of(grant.scope, grant.about))
    is_measure = grant.scope == ShareGrant.Scope.MEASURE
    return name if is_measure else beside((name, how_much(grant)))


def _before(rows: QuerySet, moment: str, after: Position | None) -> QuerySet:
    if after:
        at, pk = after
        rows = rows.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at, "id__lt": pk}))
    return rows[: PAGE + 1]


def _opened(one: AccessLogEntry, names: dict[UUID, str]) -> LogEntry:
    label = _("Figures") if one.kind == FIGURE else NAMED.get(one.kind, BRIEF).label
    coach = names.get(one.link_id, "")
    text = _("%(coach)s opened: %(thing)s") % {"coach": isolate(coach), "thing": label}
    return LogEntry(one.created_at, one.pk, text, "journal", (one.kind, one.item_id), coach=coach)


def _agreed(event: ConsentEvent, names: dict[UUID, str]) -> LogEntry:
    thing = (event.about, event.item_id) if event.item_id else None
    said = sentence(event, names.get(event.link_id, ""))
    return LogEntry(event.at, event.pk, said, "lock", thing)


def sentence(event: ConsentEvent, coach: str, *, detailed: bool = False) -> str:
    """ "You shared with Mira until 3 May 2026: Promises"; `detailed` adds "counts only"."""
    said: dict[str, Any] = {"coach": isolate(coach)}
    if event.scope:
        said["thing"] = name_of(event.scope, event.about)
    if detailed and event.scope in IN_DETAIL and event.detail in ShareGrant.Detail.values:
        said["thing"] = beside((said["thing"], DETAILS[ShareGrant.Detail(event.detail)]))
    if event.detail == WITH_PHOTOS:
        said["thing"] = _("%(thing)s, with photos") % said
    if event.about == OF_TEAM:
        said["version"] = event.detail
    if event.until:
        said["day"] = date_format(timezone.localtime(event.until), "j F Y")
    return _form_of(event) % said


def _form_of(event: ConsentEvent) -> str:
    if event.about == PROGRAM.name and event.detail == CoachLink.By.COACH:
        return {
            What.PAUSED: _("%(coach)s paused a program."),
            What.RESUMED: _("%(coach)s continued a program."),
            What.CANCELLED: _("%(coach)s stopped a program."),
        }[What(event.what)]
    if event.what == What.ENDED:
        by_coach = event.about == CoachLink.By.COACH
        return (
            _("%(coach)s ended the link.") if by_coach else _("You ended the link with %(coach)s.")
        )
    if event.what == What.CONNECTED and event.about == OF_TEAM:
        return _(
            "You connected with %(coach)s, and agreed to version %(version)s of their team’s text."
        )
    return {
        What.CONNECTED: _("You connected with %(coach)s."),
        What.GRANTED: _("You shared with %(coach)s until %(day)s: %(thing)s"),
        What.REVOKED: _("You stopped sharing with %(coach)s: %(thing)s"),
        What.STOPPED: _("You stopped all sharing with %(coach)s."),
        What.MUTED: _("You turned off comments from %(coach)s."),
        What.HEARD: _("You turned on comments from %(coach)s."),
        What.ADDRESS: _("You showed %(coach)s your email address."),
        What.HIDDEN: _("You hid your email address from %(coach)s."),
        What.ZONE: _("You showed %(coach)s your time zone."),
        What.UNZONED: _("You hid your time zone from %(coach)s."),
        What.SENT: _("You sent %(coach)s how an agreement went."),
        What.UNSENT: _("You stopped showing %(coach)s how an agreement went."),
        What.STARTED: _("You said yes to a program of %(coach)s."),
        What.PAUSED: _("You paused a program of %(coach)s."),
        What.RESUMED: _("You continued a program of %(coach)s."),
        What.CANCELLED: _("You stopped a program of %(coach)s."),
        What.LEFT_TEAM: _("%(coach)s left the team that they were in when you connected."),
    }[What(event.what)]
