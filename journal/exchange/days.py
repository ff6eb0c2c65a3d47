"""The day of each row: the day it is about or, of a row without one, the day of its creation."""

from typing import Any

from django.db.models import DateField, F
from django.db.models.functions import Coalesce, TruncDate

from journal.people import clock
from journal.people.models import User
from journal.privacy.ownership import OwnedModel

# The fields that hold such a day; a model has one of them or none.
DAYS = (
    *("written_on", "occurred_on", "date", "taken_on", "told_on", "used_on", "rehearsed_on"),
    *("reviewed_on", "returned_on", "effective_on", "from_on", "week_start", "starts_on"),
    "decided_on",
)
OF_ANOTHER_NAME = {"promises.CheckIn": "due_on"}
# A photo stands on the day of its entry, and so does an earlier version.
WITHOUT = {"photos.Photo", "reflections.EarlierVersion"}


def day_field(model: type[OwnedModel]) -> str | None:
    if model.export_name in WITHOUT:
        return None
    names = {field.name for field in model._meta.concrete_fields}
    found = (name for name in DAYS if name in names)
    return OF_ANOTHER_NAME.get(model.export_name) or next(found, None)


def day_of(person: User, model: type[OwnedModel], by: str = "") -> Any:
    """The expression for a query; `by` is the way to the row, as "boundary__"."""
    made_on = TruncDate(f"{by}created_at", tzinfo=clock.zone_of(person))
    name = day_field(model)
    return Coalesce(F(by + name), made_on, output_field=DateField()) if name else made_on
