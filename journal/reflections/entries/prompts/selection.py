"""The prompt for a person: one for each day, and another one as often as they ask.

A hash of person and day shuffles the prompts, so the order needs no storage: the first is the
day's, "another one" continues from there and wraps around at the end. Hiding or adding a prompt
does not move the others.
"""

from datetime import date
from hashlib import md5
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import MD5, Cast

from journal.people.models import User
from journal.privacy.fields import Sealed
from journal.reflections.entries.prompts.models import HiddenPrompt, OwnPrompt, Prompt

AnyPrompt = Prompt | OwnPrompt


def for_day(person: User, day: date) -> AnyPrompt | None:
    """The prompt of the day, the same all day; None if all are hidden. One statement."""
    return read(person, list(first_of_day(person, day)))


def first_of_day(person: User, day: date) -> QuerySet:
    """At most one row, for `read`."""
    return _in_order(person, day)


def another(person: User, day: date, shown: AnyPrompt | None) -> AnyPrompt | None:
    """The prompt after `shown` in the day's order."""
    if shown is None:
        return for_day(person, day)
    place = md5(f"{person.pk}:{day}:{shown.pk}".encode(), usedforsecurity=False).hexdigest()
    return read(person, list(_in_order(person, day, after=place)))


def find(person: User, reference: str) -> AnyPrompt | None:
    """The prompt that an address or a form names: a number, or the id of an own prompt."""
    reference = str(reference)
    if reference.isascii() and reference.isdecimal() and len(reference) < 10:
        return Prompt.objects.filter(pk=int(reference)).first()
    try:
        pk = UUID(reference)
    except ValueError:
        return None
    return person.own_prompts.live().filter(pk=pk).first()


def offered(person: User) -> QuerySet[Prompt]:
    """Prompts of Selftrust that the person did not hide."""
    return Prompt.objects.exclude(_hidden_by(person))


def hidden(person: User) -> QuerySet[Prompt]:
    return Prompt.objects.filter(_hidden_by(person))


def _hidden_by(person: User) -> Exists:
    return Exists(HiddenPrompt.objects.filter(owner=person, prompt=OuterRef("pk")))


def read(person: User, rows: list[dict[str, Any]]) -> AnyPrompt | None:
    if not rows:
        return None
    row = rows[0]
    if row["words"]:
        return Prompt(pk=int(row["key"]), practice=row["practice"], text=row["words"])
    found = OwnPrompt(pk=UUID(row["key"]), owner=person, practice=row["practice"])
    found.text = Sealed(bytes.fromhex(row["sealed"]))
    return found


def _in_order(person: User, day: date, after: str = "") -> QuerySet:
    """The first prompt in this order; with `after`, the first one behind that position."""
    hexadecimal = Func(F("text"), Value("hex"), function="encode", output_field=TextField())
    shuffle = Value(person.pk), Value(day)
    seeded = _placed(offered(person), shuffle, after, text=F("text"), sealed=Value(""))
    mine = person.own_prompts.offered()
    own = _placed(mine, shuffle, after, text=Value(""), sealed=hexadecimal)
    return seeded.union(own, all=True).order_by("turn", "place")[:1]


def _placed(
    rows: QuerySet, shuffle: tuple[Value, ...], after: str, *, text: F | Value, sealed: Any
) -> QuerySet:
    """The common columns of both kinds of prompt."""
    key = Cast("pk", TextField())
    place = MD5(Func(Value(":"), *shuffle, key, function="concat_ws", output_field=TextField()))
    return (
        rows.order_by()
        .annotate(key=key, place=place)
        .annotate(
            turn=Case(When(Q(place__gt=after), then=0), default=1),
            words=Cast(text, CharField()),
            sealed=Cast(sealed, TextField()),
        )
        .values("turn", "place", "key", "practice", "words", "sealed")
    )
