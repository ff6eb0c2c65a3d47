"""Turns an untrusted row of a file, as JSON values, into a model instance, or raises.

The database checks its constraints when the row is written; this module checks what a form would
check before: types, lengths, choices, plausible days.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from journal.exchange import tables
from journal.exchange.exceptions import ImportRefused, quoted
from journal.people import clock
from journal.people.date_validators import AHEAD, FIRST_DAY
from journal.photos.models import Photo
from journal.privacy.fields import WordsField
from journal.privacy.normalization import normalize_words
from journal.privacy.ownership import OwnedModel
from journal.reflections.week.promise_changes import Changes
from journal.reflections.week.snapshot import WeekSnapshot

SLUG = re.compile(r"[a-z0-9_-]*")
PARSED: dict[str, Callable[[str], Any]] = {"snapshot": WeekSnapshot.read, "changes": Changes.read}
Links = Callable[[UUID], UUID]


class Wrong(Exception):
    """A value that does not fit its column; carries the reason."""


class NotHere(Exception):
    """A reference to content of another installation that this one does not have."""


class RowReader:
    def __init__(self, owner_id: UUID, prompts: dict[str, int], starters: set[int]) -> None:
        self._owner_id = owner_id
        self._prompts = prompts
        self._starters = starters
        self._last_day = timezone.now().date() + AHEAD
        self.shortened: set[UUID] = set()  # ids of rows whose words lost piled-up marks
        self._shortens = False

    def read(self, label: str, given: Any) -> OwnedModel:
        """Raises ImportRefused with the table and the column, or NotHere."""
        model = tables.by_label()[label]
        if not isinstance(given, dict):
            raise ImportRefused(_("Something in %s isn’t a valid row.") % label)
        fields = {field.name: field for field in tables.columns(model)}
        if "owner" in given or "owner_id" in given:
            raise ImportRefused(
                _("The rows name an owner. Remove that: whatever you import becomes yours.")
            )
        others = {tables.PHOTO_FILE} if model is Photo else set()
        if unknown := sorted(set(given) - set(fields) - others):
            raise ImportRefused(
                _("The file contains something this version doesn’t know: %(column)s in %(table)s.")
                % {"column": quoted(unknown[0]), "table": label}
            )
        row, self._shortens = model(owner_id=self._owner_id), False
        for name, field in fields.items():
            if name not in given:
                self._left_out(label, field)
                continue
            try:
                setattr(row, field.attname, self.value(field, given[name]))
            except Wrong as error:
                raise ImportRefused(
                    _("%(column)s of a row in %(table)s can’t be used: %(reason)s")
                    % {"column": name, "table": label, "reason": error}
                ) from error
        if self._shortens:
            self.shortened.add(row.pk)
        for name in others:
            setattr(row, name, file_name(given.get(name)))
        return row

    def _left_out(self, label: str, field: models.Field) -> None:
        """A column missing from a file of an older version gets the value of a new row."""
        if field.primary_key or not (
            field.null or field.has_default() or field.empty_strings_allowed
        ):
            raise ImportRefused(
                _("A row in %(table)s has no %(column)s.") % {"column": field.name, "table": label}
            )

    def value(self, field: models.Field, given: Any) -> Any:
        if given is None:
            if field.null:
                return "" if isinstance(field, WordsField) else None
            raise Wrong(_("it’s empty"))
        if tables.is_link(field):
            return uuid_of(given)
        if tables.is_prompt(field):
            return self._prompt(field, given)
        if field.is_relation:
            if type(given) is not int:
                raise Wrong(_("it isn’t a number"))
            if given not in self._starters:
                raise NotHere
            return given
        value = self.typed(field, given)
        if isinstance(value, str):
            text_can_be(field, value)
        if isinstance(field, WordsField):
            value, shortened = normalize_words(value)
            self._shortens |= shortened
        if field.choices and value not in (None, ""):
            known = {choice for choice, _label in field.flatchoices}
            if value not in known:
                raise Wrong(_("it isn’t one of the choices"))
        try:
            field.run_validators(value)
            if isinstance(field, ArrayField):
                for one in value:
                    field.base_field.run_validators(one)
        except ValidationError as error:
            raise Wrong(" ".join(error.messages)) from error
        return value

    def typed(self, field: models.Field, given: Any) -> Any:
        if isinstance(field, ArrayField):
            if not isinstance(given, list) or len(given) > 100:
                raise Wrong(_("it isn’t a list"))
            return [self.typed(field.base_field, one) for one in given]
        if isinstance(field, models.UUIDField):
            return uuid_of(given)
        if isinstance(field, models.DateTimeField):
            return self._instant(given)
        if isinstance(field, models.DateField):
            return self._day(given)
        if isinstance(field, models.TimeField):
            return _time(given)
        if isinstance(field, models.BooleanField):
            return of_type(bool, given)
        if isinstance(field, models.IntegerField):
            return of_type(int, given)
        return of_type(str, given)

    def _day(self, given: Any) -> date:
        try:
            day = date.fromisoformat(of_type(str, given))
        except ValueError as error:
            raise Wrong(_("it isn’t a date")) from error
        if not FIRST_DAY <= day <= self._last_day:
            raise Wrong(_("that date is out of range"))
        return day

    def _instant(self, given: Any) -> datetime:
        try:
            instant = datetime.fromisoformat(of_type(str, given))
            if instant.tzinfo is None:
                raise Wrong(_("it has no time zone"))
            instant = instant.astimezone(UTC)
        except (ValueError, OverflowError) as error:
            raise Wrong(_("it isn’t a date and time")) from error
        if not FIRST_DAY <= instant.date() <= self._last_day:
            raise Wrong(_("that date and time is out of range"))
        return instant

    def _prompt(self, field: models.Field, given: Any) -> int | None:
        found = self._prompts.get(of_type(str, given))
        if found is None and not field.null:
            raise NotHere
        return found


def _time(given: Any) -> time:
    """A local time of day, without a zone."""
    try:
        found = time.fromisoformat(of_type(str, given))
    except ValueError as error:
        raise Wrong(_("it is no time")) from error
    if found.tzinfo is not None:
        raise Wrong(_("it is no time"))
    return found


def file_name(given: Any) -> str | None:
    """The photo itself says what is wrong with a name that no file has."""
    return given if isinstance(given, str) else None


def of_type(kind: type, given: Any) -> Any:
    if type(given) is not kind:
        raise Wrong(_("it’s the wrong type"))
    return given


def uuid_of(given: Any) -> UUID:
    try:
        return UUID(of_type(str, given))
    except ValueError as error:
        raise Wrong(_("it isn’t an id")) from error


def text_can_be(field: models.Field, text: str) -> None:
    if "\0" in text:
        raise Wrong(_("it contains a character that isn’t allowed in text"))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise Wrong(_("it contains a broken character")) from error
    if field.name.endswith("_zone") and text and text not in clock.zone_names():
        raise Wrong(_("that time zone doesn’t exist"))
    if field.name == "step" and not SLUG.fullmatch(text):
        raise Wrong(_("that step doesn’t exist"))
    if field.name in PARSED and text:
        try:
            PARSED[field.name](text)
        except Exception as error:  # untrusted text can raise anything
            raise Wrong(_("it isn’t the record of a week")) from error
