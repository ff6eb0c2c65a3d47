"""The description of the API: OpenAPI for programs, and the same as a page for people.

The page is made of the description, so that neither can say what the other doesn't.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext

from journal.access_tokens.models import AccessToken
from journal.api.operations import api
from journal.people.http import API_PATH

# What `dict` says of a value, in a word for people.
TYPES = {"date": "2026-11-30", "uuid": "UUID", "date-time": "2026-11-30T21:05:00Z"}


@dataclass(frozen=True)
class Field:
    path: str
    kind: str
    about: str
    is_required: bool


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    summary: str
    about: str
    needs: list[str]  # any of these
    places: list[Field]  # in the address
    sent: list[Field]
    answered: list[Field]

    @property
    def key(self) -> str:
        return f"{self.method}{self.path}".lower().translate(str.maketrans("/{}", "---"))


@cache
def openapi() -> dict[str, Any]:
    """Says nothing about anybody, so it is for everyone."""
    schema: dict[str, Any] = api.get_openapi_schema(path_prefix=API_PATH.lstrip("/"))
    for _path, _method, operation in _each(schema):
        operation["responses"] = {str(one): said for one, said in operation["responses"].items()}
        for status, said in operation["responses"].items():
            if int(status) >= 400 and "content" in said:
                said["content"] = {"application/problem+json": said["content"].popitem()[1]}
    return schema


def operations() -> list[Operation]:
    schema = openapi()
    return [
        Operation(
            method=method.upper(),
            path=path,
            summary=_translated(one["summary"]),
            about=_translated(one.get("description", "")),
            needs=[str(AccessToken.Allows(name).label) for name in one["x-allows"]],
            places=[_field(schema, place, place["name"]) for place in one["parameters"]],
            sent=_fields(schema, one.get("requestBody")),
            answered=_fields(schema, next(iter(one["responses"].values()))),
        )
        for path, method, one in _each(schema)
    ]


def _each(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _fields(schema: dict[str, Any], holder: Any) -> list[Field]:
    """The fields of what is sent or answered, those of a list's items after the list."""
    content = (holder or {}).get("content", {})
    return list(_of(schema, content["application/json"]["schema"])) if content else []


def _of(schema: dict[str, Any], part: dict[str, Any], start: str = "") -> Iterator[Field]:
    found = _resolved(schema, part)
    required = found.get("required", ())
    for name, about in found.get("properties", {}).items():
        yield _field(schema, {"schema": about, "required": name in required}, start + name)
        inner = about.get("items", about)
        if "$ref" in inner:
            mark = "[]." if inner is not about else "."
            yield from _of(schema, inner, f"{start}{name}{mark}")


def _field(schema: dict[str, Any], given: dict[str, Any], name: str) -> Field:
    about = given["schema"]
    return Field(
        path=name,
        kind=_kind(schema, about),
        about=_translated(about.get("description", "")),
        is_required=given["required"],
    )


def _kind(schema: dict[str, Any], about: dict[str, Any]) -> str:
    about = _resolved(schema, about)
    if "anyOf" in about:
        kinds = (_kind(schema, one) for one in about["anyOf"] if one.get("type") != "null")
        return ", ".join(filter(None, dict.fromkeys(kinds)))
    if "enum" in about:
        return ", ".join(f"“{one}”" for one in about["enum"])
    if "const" in about:  # the empty string, for no choice
        return ""
    if about.get("type") == "array":
        return f"[{_kind(schema, about['items'])}]"
    return TYPES.get(about.get("format", ""), about.get("type", ""))


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    reference = part.get("$ref")
    if not reference:
        return part
    found: dict[str, Any] = schema["components"]["schemas"][reference.rpartition("/")[2]]
    return found


def _translated(text: str) -> str:
    return gettext(text) if text else ""
