"""All that belongs to a person, as one text: two of them are equal where nothing was lost."""

import json
from typing import Any

from django.apps import apps

from journal.people.models import User
from journal.privacy.fields import WordsField
from journal.privacy.rls import acting_as


def canonical(person: User) -> str:
    """Every row of every table with an owner, every column, with words opened."""
    with acting_as(person):
        tables = {User._meta.label: [row_values(User.objects.get(pk=person.pk))]}
        for model in apps.get_models():
            if any(field.name == "owner" for field in model._meta.concrete_fields):
                rows = model._base_manager.filter(owner=person).order_by("pk")
                tables[model._meta.label] = [row_values(row) for row in rows]
    return json.dumps(tables, sort_keys=True, indent=1, ensure_ascii=False)


def of_everyone() -> dict[str, str]:
    return {person.email: canonical(person) for person in User.objects.order_by("email")}


def row_values(row: Any) -> dict[str, str | None]:
    return {field.attname: _text(row, field) for field in row._meta.concrete_fields}


def _text(row: Any, field: Any) -> str | None:
    value = getattr(row, field.attname)
    if isinstance(field, WordsField):
        return value
    if isinstance(value, memoryview | bytes):
        return bytes(value).hex()
    return None if value is None else repr(value)
