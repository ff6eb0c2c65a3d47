"""What the querysets in queries.py, history_query.py and today_query.py read with a promise."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from journal.privacy.fields import Sealed


class Annotated(models.Model):
    terms_rows: list[dict[str, Any]]
    pause_rows: list[dict[str, Any]]
    answer_rows: list[dict[str, Any]]
    confirmed_rows: list[date]
    answers: tuple[list[int], str] | None
    last_answered_on: date | None
    answer_id: UUID | None
    answer_status: str
    answer_excuse: str
    answer_note: Sealed | None
    answer_version: int
    # Of the open experiment.
    experiment_id: UUID | None
    experiment_starts_on: date | None
    experiment_allocation: str | None
    experiment_way_a: Sealed | None
    experiment_way_b: Sealed | None

    class Meta:
        abstract = True
