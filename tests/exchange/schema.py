"""The JSON schema of an export, from the models; and as much of a validator as it needs.

docs/export-format.schema.json is what this makes. `python -m tests.exchange.schema` would need a
database for nothing, so the test that compares the two writes it anew where WRITE_SCHEMA is set.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from journal.exchange import export_filters, tables
from journal.people.models import User
from journal.photos.models import Photo
from journal.privacy.fields import WordsField
from journal.privacy.length import code_points

FILE = Path(__file__).resolve().parents[2] / "docs" / "export-format.schema.json"


def schema() -> dict[str, Any]:
    rows = {model.export_name: _table(model) for model in tables.tables()}
    person = {name: _column(User._meta.get_field(name)) for name in tables.PREFERENCES}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "selftrust.json, version 1",
        **_object(
            {
                "format": {"const": "selftrust"},
                "version": {"const": tables.VERSION},
                "exported_at": {"type": "string", "format": "date-time"},
                "left_out": {
                    "type": "array",
                    "items": {"type": "string", "enum": list(export_filters.CHOICES)},
                },
                "person": _object(person),
                "tables": _object(rows),
            }
        ),
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _table(model: Any) -> dict[str, Any]:
    columns = {field.name: _column(field) for field in tables.columns(model)}
    if model is Photo:
        columns[tables.PHOTO_FILE] = {"type": ["string", "null"]}
    return {"type": "array", "items": _object(columns)}


def _column(field: Any) -> dict[str, Any]:
    kind = _kind(field)
    if field.choices:
        kind = {**kind, "enum": [value for value, _label in field.flatchoices]}
        if kind["type"] == "string" and "" not in kind["enum"]:
            kind["enum"] = ["", *kind["enum"]]  # a draft has not chosen yet
    if field.null:
        kind = {**kind, "type": [kind["type"], "null"]}
        if "enum" in kind:
            kind["enum"] = [*kind["enum"], None]
    return kind


def _kind(field: Any) -> dict[str, Any]:
    if isinstance(field, ArrayField):
        return {"type": "array", "items": _kind(field.base_field)}
    if tables.is_link(field) or isinstance(field, models.UUIDField):
        return {"type": "string", "format": "uuid"}
    if tables.is_prompt(field):
        return {"type": "string"}
    if isinstance(field, models.DateTimeField):
        return {"type": "string", "format": "date-time"}
    if isinstance(field, models.DateField):
        return {"type": "string", "format": "date"}
    if isinstance(field, models.BooleanField):
        return {"type": "boolean"}
    if field.is_relation or isinstance(field, models.IntegerField):
        return {"type": "integer"}
    most = field.max_length
    if isinstance(field, WordsField):
        most = code_points(most)  # JSON counts these
    return {"type": "string", **({"maxLength": most} if most else {})}


TYPES = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
FORMATS = {"uuid": UUID, "date": date.fromisoformat, "date-time": datetime.fromisoformat}


def complaints(value: Any, rule: dict[str, Any], place: str = "") -> list[str]:
    """Where a value is not as the schema says."""
    kinds = rule.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and type(value) not in [TYPES[kind] for kind in kinds]:
        return [f"{place} is {type(value).__name__}, not {kinds}"]
    found = []
    if "const" in rule and value != rule["const"]:
        found.append(f"{place} is not {rule['const']!r}")
    if "enum" in rule and value not in rule["enum"]:
        found.append(f"{place} is none of {rule['enum']}")
    if isinstance(value, str):
        if len(value) > rule.get("maxLength", len(value)):
            found.append(f"{place} is too long")
        try:
            FORMATS.get(rule.get("format", ""), str)(value)
        except ValueError:
            found.append(f"{place} is no {rule['format']}")
    if isinstance(value, list):
        for number, one in enumerate(value):
            found += complaints(one, rule["items"], f"{place}[{number}]")
    if isinstance(value, dict):
        found += [f"{place}.{name} is missing" for name in rule["required"] if name not in value]
        for name, one in value.items():
            if name not in rule["properties"]:
                found.append(f"{place}.{name} is not in the schema")
            else:
                found += complaints(one, rule["properties"][name], f"{place}.{name}")
    return found
