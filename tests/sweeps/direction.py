"""Words that are read from right to left are laid out so, wherever they stand.

Every row that a page may show begins with a Hebrew letter; then each place where that letter comes
out has to say `dir="auto"`, stand in `<bdi>`, or between the isolates of Unicode.
"""

from collections.abc import Iterator
from contextlib import suppress

from django.db import IntegrityError, transaction

from journal.people.text_direction import FIRST_STRONG_ISOLATE
from journal.privacy.ownership import OwnedModel, words_of
from journal.privacy.rls import OWNER, PERSON, acting_as
from journal.promises.models import Experiment
from journal.sharing.models.links import CoachLink
from journal.sharing.models.messages import Comment, Reply
from tests.markup import Element
from tests.sweeps.translatable import written_in

ALEF = "\u05d0"
SEEN_BY_NOBODY = {"hidden", "submit", "checkbox", "radio"}
NO_MARKUP_INSIDE = ("title", "script", "style", "template")
UNCHANGEABLE = (CoachLink, Comment, Experiment, Reply)  # by the person whose rows they are
JSON = {("WeeklyReflection", "snapshot"), ("SharedMeasure", "text"), ("Import", "found")}
JSON |= {("Program", "steps")}


def write_from_right_to_left() -> None:
    """Puts a Hebrew letter before whatever anyone wrote so far, and leaves it as old as it was."""
    for model in written_in():
        role = OWNER if model in UNCHANGEABLE else PERSON
        fields = (field.name for field in words_of(model))
        names = [name for name in fields if (model.__name__, name) not in JSON]
        for row in model._default_manager.all():
            with acting_as(row.owner_id, role=role), suppress(IntegrityError), transaction.atomic():
                written = {name: text for name in names if (text := getattr(row, name))}
                for name, text in written.items():
                    setattr(row, name, f"{ALEF} {text}")
                age = {"updated_at": row.updated_at} if isinstance(row, OwnedModel) else {}
                row.save(update_fields=list(written))  # refused where a decision is locked
                if age:
                    model._default_manager.filter(pk=row.pk).update(**age)


def left_to_right(document: Element, sign: str = ALEF) -> Iterator[str]:
    """The places where words with this sign take the direction of the page."""
    for element, text in document.texts():
        isolated = text.count(sign) == text.count(FIRST_STRONG_ISOLATE + sign)
        if sign in text and not isolated and not _chooses_direction(element):
            words = " ".join(text.split())[:60]
            yield f'line {element.line}: dir="auto" on <{element.tag}>, or <bdi> around: {words}'
    for element in document.all("input"):
        seen = sign in element["value"] and element["type"] not in SEEN_BY_NOBODY
        if seen and element["dir"] != "auto":
            yield f'line {element.line}: <input name="{element["name"]}"> needs dir="auto"'


def _chooses_direction(element: Element) -> bool:
    chain = [element, *element.ancestors()]
    if any(one.tag in NO_MARKUP_INSIDE or "hidden" in one.attrs for one in chain):
        return True
    nearest = next((one for one in chain if one["dir"] or one.tag == "bdi"), None)
    return nearest is not None and nearest["dir"] in {"", "auto"}
