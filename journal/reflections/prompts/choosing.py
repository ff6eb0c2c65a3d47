"""Which prompt a person is offered: one for each day, and another one as often as they ask.

The prompts stand in an order that the person and the day shuffle anew (by a hash, so that it needs
no memory): the first is the day's, "another one" goes on from there and begins again at the end.
Hiding or adding a prompt leaves the others where they were.
"""

from datetime import date
from hashlib import md5
from uuid import UUID

from django.db.models import (
    BinaryField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import MD5, Cast, Concat

from journal.people.models import User
from journal.privacy.words import Sealed
from journal.reflections.prompts.models import HiddenPrompt, OwnPrompt, Prompt

AnyPrompt = Prompt | OwnPrompt


def for_day(person: User, day: date) -> AnyPrompt | None:
    """The same all day; None where every prompt is hidden. One statement."""
    return _first(person, f"{person.pk}:{day}")


def another(person: User, day: date, shown: AnyPrompt | None) -> AnyPrompt | None:
    """The one after `shown` in the day's order."""
    shuffle = f"{person.pk}:{day}"
    if shown is None:
        return _first(person, shuffle)
    place = md5(f"{shuffle}:{shown.pk}".encode(), usedforsecurity=False).hexdigest()
    return _first(person, shuffle, after=place)


def find(person: User, reference: str) -> AnyPrompt | None:
    """The prompt that an address or a form names: a number, or the id of one's own."""
    reference = str(reference)
    if reference.isascii() and reference.isdecimal() and len(reference) < 10:
        return Prompt.objects.filter(pk=int(reference)).first()
    try:
        pk = UUID(reference)
    except ValueError:
        return None
    return person.own_prompts.live().filter(pk=pk).first()


def offered(person: User) -> QuerySet[Prompt]:
    """Those that come with Selftrust, as far as the person did not hide them."""
    return Prompt.objects.exclude(_hidden_by(person))


def hidden(person: User) -> QuerySet[Prompt]:
    return Prompt.objects.filter(_hidden_by(person))


def _hidden_by(person: User) -> Exists:
    return Exists(HiddenPrompt.objects.filter(owner=person, prompt=OuterRef("pk")))


def _first(person: User, shuffle: str, after: str = "") -> AnyPrompt | None:
    """The first in this order; with a place to come after, the first beyond it."""
    nothing = Value(None, output_field=BinaryField())
    seeded = _placed(offered(person), shuffle, after, text=F("text"), sealed=nothing)
    mine = person.own_prompts.offered()
    own = _placed(mine, shuffle, after, text=Value(""), sealed=F("text"))
    row = seeded.union(own, all=True).order_by("turn", "place").first()
    if row is None:
        return None
    _turn, _place, key, practice, text, sealed = row
    if text:
        return Prompt(pk=int(key), practice=practice, text=text)
    found = OwnPrompt(pk=UUID(key), owner=person, practice=practice)
    found.text = Sealed(bytes(sealed))  # type: ignore[assignment]
    return found


def _placed(
    rows: QuerySet, shuffle: str, after: str, *, text: F | Value, sealed: F | Value
) -> QuerySet:
    """What the two kinds of prompt have in common, as columns of one shape."""
    key = Cast("pk", TextField())
    place = MD5(Concat(Value(f"{shuffle}:"), key, output_field=TextField()))
    return (
        rows.order_by()
        .annotate(key=key, place=place)
        .annotate(
            turn=Case(When(Q(place__gt=after), then=0), default=1),
            words=Cast(text, CharField()),
            sealed=sealed,
        )
        .values_list("turn", "place", "key", "practice", "words", "sealed")
    )
