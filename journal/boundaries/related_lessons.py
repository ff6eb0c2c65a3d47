"""The person's lessons beside a boundary that is written, and beside a crossing of it."""

from collections.abc import Container
from typing import Any

from journal.boundaries.models import Boundary, Crossing
from journal.lessons import related

Result = Crossing.Result


def with_lessons(row: Boundary) -> dict[str, Any]:
    """The context of a step."""
    texts = (row.limit, row.why, row.my_action, row.facts, row.impact, row.ask)
    near = row.crossings.values_list("pk", flat=True)
    return {"lessons": related.find(row, texts, area=row.area, around=near)}


def lessons_at(crossing: Crossing, shown: Container[str]) -> list[related.RelatedLesson]:
    """Those of the boundary, and of its other crossings. Of what was not safe to act on, nothing
    more is asked."""
    if crossing.boundary_id is None or crossing.result == Result.UNSAFE_TO_ACT:
        return []
    boundary = crossing.boundary
    texts = (boundary.limit, boundary.why, crossing.what_happened, crossing.response)
    near = [boundary.pk, *boundary.crossings.values_list("pk", flat=True)]
    return related.find(crossing, texts, area=boundary.area, around=near, shown=shown)
