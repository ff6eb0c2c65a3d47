"""The content of an export: every owned table, column by column, as JSON.

It is derived from the models: the export includes a new owned table, or a new column of one, by
itself. This module names only the exceptions, with the reason (tests/exchange/test_complete.py
walks the models). docs/export-format.md describes the result.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models

from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from journal.reflections.entries.models import Prompt

VERSION = 1
WITH_OTHERS = {"sharing", "coaching"}  # the apps
LEFT_OUT_TABLES = {
    "reminders.SentReminder": "on which days this installation sent what",
    "access_tokens.AccessToken": "keys to this installation, of use to a thief only",
    "push.PushSubscription": "a key to a browser, of use to this installation only",
    "push.PushMessage": "on its way to a device",
    "search.Search": "what somebody searched for, which is gone after an hour",
    "exchange.Export": "the export itself, which is gone after an hour",
    "exchange.Import": "when a file was read in here, for 30 days",
    "scheduled_exports.ExportSchedule": "of this installation; no file may say for which key it is",
    "scheduled_exports.ScheduledExport": "an earlier export, in a file of its own",
    "exchange.ImportedRows": "what such a file brought, for undoing it",
}
LEFT_OUT_COLUMNS = {
    "owner": "whoever reads the file in becomes the owner",
    "coach": "an account of this installation; coach_name says who it was",
    "team": "of this installation; the text that was agreed to names it",
    "asked_for": "an account of this installation",
    "next_at": "worked out anew from the time",
    "origin": "the address of this installation",
    "refusals": "of the mail server here",
    "refused_hash": "of the mail server here",
    "token_hash": "of a link that works once, for somebody else",
    "recipient_hash": "of an address that stands beside it",
    "stored_as": "where this installation keeps the files",
    "stored_bytes": "how much space they take here",
}
PHOTO_FILE = "file"  # in the row of a photo: the name of its file in the ZIP; null if it is gone
SINCE = ("no_offers_since", "no_zone_offers_since", "numbers_hidden_since")
PREFERENCES = (*User.PREFERENCES, *SINCE, "zone_declined", "declined_offers")
FORMER_PREFERENCES = ("remind_at",)  # of older exports; journal/exchange/merge.py reads them
LEFT_OUT_OF_THE_PERSON = {
    "id": "belongs to this installation",
    "email": "how one signs in here, and no part of the journal",
    "password": "a hash, which would be of use only to a thief",
    "last_login": "of this installation",
    "browser_language": "of the browser in which they last signed in",
    "is_active": "of this installation",
    "is_staff": "of this installation",
    "date_joined": "of this installation",
    "next_offer_on": "the next day or week, of Today here",
    "start_due_since": "of the first sign-in here",
    "example_since": "says that someone is made up",
    "deletion_due_at": "when this account ends",
    "coaches_since": "whom this installation lets coach",
}
# Written after its decision is decided (docs/design/decisions.md).
LATE = "decisions.DecisionReview"
# These two tables refer to each other; a decision comes before its options.
NOT_BEFORE = {("decisions.Decision", "chosen_option")}


@cache
def tables() -> list[type[OwnedModel]]:
    """Every table that is exported and imported, each after the tables it refers to."""
    return _in_order(model for model in _owned() if model._meta.app_label not in WITH_OTHERS)


@cache
def with_others() -> list[type[OwnedModel]]:
    """The tables between this person and others. They are exported and never imported: the other
    person may not be there, and a file must not grant access."""
    return _in_order(model for model in _owned() if model._meta.app_label in WITH_OTHERS)


def _owned() -> Iterable[type[OwnedModel]]:
    for model in apps.get_models():
        if issubclass(model, OwnedModel) and model._meta.label not in LEFT_OUT_TABLES:
            yield model


def _in_order(models: Iterable[type[OwnedModel]]) -> list[type[OwnedModel]]:
    waiting = sorted(
        models,
        key=lambda model: (model.export_name == LATE, model.export_name),
    )
    ordered: list[type[OwnedModel]] = []
    while waiting:
        free = next(model for model in waiting if not _needs(model) & set(waiting) - {model})
        waiting.remove(free)
        ordered.append(free)
    return ordered


def _needs(model: type[OwnedModel]) -> set[Any]:
    return {
        field.related_model
        for field in columns(model)
        if is_link(field) and (model.export_name, field.name) not in NOT_BEFORE
    }


@cache
def by_label() -> dict[str, type[OwnedModel]]:
    return {model.export_name: model for model in tables()}


@cache
def columns(model: type[OwnedModel]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.name not in LEFT_OUT_COLUMNS]


def linked_model(field: models.Field) -> type[OwnedModel] | None:
    """The owned model that the field refers to, if it does."""
    model = field.related_model
    return model if isinstance(model, type) and issubclass(model, OwnedModel) else None


def is_link(field: models.Field) -> bool:
    return linked_model(field) is not None


def is_prompt(field: models.Field) -> bool:
    """An export refers to built-in prompts by their text, since ids differ by installation."""
    return field.related_model is Prompt


class Writer:
    """Writes rows as JSON values. Keeps all prompts in memory, which are few."""

    def __init__(self) -> None:
        self._prompts = dict(Prompt.objects.values_list("pk", "text"))

    def row(self, row: OwnedModel) -> dict[str, Any]:
        return {field.name: self.value(field, row) for field in columns(type(row))}

    def value(self, field: models.Field, row: models.Model) -> Any:
        value = getattr(row, field.attname)
        if is_prompt(field):
            return self._prompts.get(value)
        return plain(value) if value != "" or not field.null else None


def preferences(person: User) -> dict[str, Any]:
    return {name: plain(getattr(person, name)) for name in PREFERENCES}


def plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value
