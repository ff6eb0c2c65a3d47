"""What was predicted, in decisions and in plain forecasts, by the day on which it is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from journal.decisions.models import Decision, DecisionReview, Forecast
from journal.people.models import User
from journal.people.percent import percent

OPEN_SHOWN, ANSWERED_SHOWN = 100, 20
Result = Forecast.Result
Place = tuple[date, UUID]


@dataclass(frozen=True)
class PredictionRow:
    """One line of the list: what was said, and the day it is asked for, or was answered."""

    pk: UUID
    words: str
    chance: int
    on: date
    address: str
    result: str = ""
    of_decision: bool = False

    @property
    def chance_text(self) -> str:
        return percent(self.chance)

    @property
    def result_label(self) -> str:
        return str(Result(self.result).label)

    @property
    def place(self) -> Place:
        return self.on, self.pk

    @property
    def place_text(self) -> str:
        return f"{self.on.isoformat()}.{self.pk}"


class PlaceField(forms.Field):
    """The day and the id of the last row of the page before."""

    def to_python(self, value: Any) -> Any:
        day, _dot, pk = (value or "").partition(".")
        try:
            return (date.fromisoformat(day), UUID(pk)) if value else None
        except ValueError as error:
            raise ValidationError("") from error


class PlaceForm(forms.Form):
    """Where one of the two lists goes on; a page that goes on with one leaves out the other."""

    open = PlaceField(required=False)
    answered = PlaceField(required=False)

    def place(self, name: str) -> Place | None:
        return self.cleaned_data.get(name) if self.is_valid() else None


@dataclass(frozen=True)
class PredictionPage:
    rows: list[PredictionRow]
    next: str  # the place of the next page; empty on the last one


def open_predictions(person: User, after: Place | None = None) -> PredictionPage:
    """What nobody can say yet or has said yet, the earliest first."""
    forecasts = _from(person.forecasts.open(), "due_on", after, OPEN_SHOWN)
    decisions = person.decisions.decided().filter(prediction__isnull=False)
    decided = _from(decisions, "review_on", after, OPEN_SHOWN)
    return _page(chain(map(_forecast, forecasts), map(_decision, decided)), OPEN_SHOWN)


def answered_predictions(person: User, before: Place | None = None) -> PredictionPage:
    """What became of them, the latest answer first."""
    forecasts = _from(person.forecasts.answered(), "-answered_on", before, ANSWERED_SHOWN)
    reviews = person.decisionreviews.finished().filter(
        decision__deleted_at=None, prediction_result__in=Result.values
    )
    reviewed = _from(reviews, "-reviewed_on", before, ANSWERED_SHOWN).select_related("decision")
    rows = chain(map(_forecast, forecasts), map(_review, reviewed))
    return _page(rows, ANSWERED_SHOWN, latest_first=True)


def _from(rows: QuerySet[Any], order: str, place: Place | None, size: int) -> QuerySet[Any]:
    """A page of one kind and one row more, from a place on."""
    name, sign = order.removeprefix("-"), "-" if order.startswith("-") else ""
    if place:
        beyond = "lt" if sign else "gt"
        day, pk = place
        rows = rows.filter(Q(**{f"{name}__{beyond}": day}) | Q(**{name: day, f"pk__{beyond}": pk}))
    return rows.order_by(order, f"{sign}pk")[: size + 1]


def _page(
    rows: Iterable[PredictionRow], size: int, *, latest_first: bool = False
) -> PredictionPage:
    found = sorted(rows, key=attrgetter("place"), reverse=latest_first)
    more = len(found) > size
    return PredictionPage(found[:size], found[size - 1].place_text if more else "")


def _forecast(row: Forecast) -> PredictionRow:
    on = row.answered_on or row.due_on
    return PredictionRow(
        row.pk, row.question, row.chance, on, row.get_absolute_url(), result=row.result
    )


def _decision(row: Decision, on: date | None = None, result: str = "") -> PredictionRow:
    day: Any = on or row.review_on
    sure: Any = row.confidence
    address = row.get_absolute_url()
    return PredictionRow(row.pk, row.prediction, sure, day, address, result, of_decision=True)


def _review(row: DecisionReview) -> PredictionRow:
    made = _decision(row.decision, row.reviewed_on, row.prediction_result)
    return replace(made, pk=row.pk)
