"""Merges a file into a journal: labels of the same name, ranks that are taken, preferences."""

from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.exchange.exceptions import ImportRefused
from journal.exchange.tables import PREFERENCES, SINCE
from journal.people import clock
from journal.people.models import User
from journal.people.values.models import Value
from journal.privacy.canonical import canonical
from journal.privacy.ownership import OwnedModel
from journal.reflections.entries.models import Tag
from journal.reflections.entries.tag_names import tidy
from journal.reminders.models import Kind, Reminder

MOST_VALUES = 10
WRONG_PERSON = _("The part about you isn’t in the form Selftrust writes.")


class Settling:
    def __init__(self, person: User) -> None:
        self._person = person
        self.same: dict[UUID, UUID] = {}  # ids of the file -> ids of labels here of the same name
        self._tags = {name_key(tag): tag.pk for tag in person.tags.all()}
        values = list(person.values.all())
        self._values = {canonical(value.name): value.pk for value in values if not value.deleted_at}
        self._ranks = {value.rank for value in values if value.is_active}

    def same_as(self, row: OwnedModel) -> UUID | None:
        """The id of the existing label of this name. Two values of one name in a file stay two;
        two tags become one."""
        if isinstance(row, Tag):
            return self._tags.get(name_key(row))
        if isinstance(row, Value):
            return self._values.get(canonical(row.name))
        return None

    def settle(self, row: OwnedModel) -> None:
        """Makes a new label fit in: a tag's name loses what no name holds, unless that is all."""
        if isinstance(row, Tag):
            row.name = tidy(row.name) or row.name
            self._tags[name_key(row)] = row.pk
        if isinstance(row, Value):
            self.find_rank(row)

    def find_rank(self, value: Value) -> None:
        """Gives a value whose rank is taken a free one; without any, it deactivates the value."""
        if value.is_active and value.rank in self._ranks:
            free = [rank for rank in range(1, MOST_VALUES + 1) if rank not in self._ranks]
            value.rank = free[0] if free else None
            value.is_active = bool(free)
        if value.is_active:
            self._ranks.add(value.rank)

    def fill_preferences(self, given: dict[str, Any]) -> None:
        """Takes over preferences that still have their default here."""
        person, changed = self._person, []
        for name in PREFERENCES:
            field: Any = User._meta.get_field(name)
            blank = field.get_default() if name != "called" else ""
            if given.get(name) in (None, "", blank) or getattr(person, name) != blank:
                continue
            try:
                value = preference(name, given[name])
                setattr(person, name, field.clean(value, person))
            except (ValidationError, ValueError, TypeError, OverflowError) as error:
                raise ImportRefused(str(WRONG_PERSON)) from error
            changed.append(name)
        if changed:
            person.save(update_fields=changed)
        if given.get("remind_at"):
            self._take_over_time(given["remind_at"])

    def _take_over_time(self, given: Any) -> None:
        """The time that older exports have for reminders, of which none was ever sent: of the
        daily one, which stays off until the person chooses how it may reach them."""
        if self._person.reminders.filter(kind=Kind.DAILY).exists():
            return
        try:
            at = time.fromisoformat(given)
        except (ValueError, TypeError) as error:
            raise ImportRefused(str(WRONG_PERSON)) from error
        Reminder.objects.create(owner=self._person, kind=Kind.DAILY, at=at.replace(tzinfo=None))


def name_key(tag: Tag) -> str:
    """The same for two tags that are one."""
    return canonical(tidy(tag.name) or tag.name)


def preference(name: str, given: Any) -> Any:
    if name in ("day_starts_at", "week_starts_on", "lock_after"):
        if type(given) is not int:
            raise ValueError
        return given
    if name == "declined_offers":
        if not isinstance(given, list):
            raise TypeError
        return given
    if not isinstance(given, str):
        raise TypeError
    if name in SINCE:
        return datetime.fromisoformat(given)
    if name in ("zone", "zone_declined") and given not in clock.zone_names():
        raise ValueError
    return given
