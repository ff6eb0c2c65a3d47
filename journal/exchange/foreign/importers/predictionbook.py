"""PredictionBook's JSON, with one item per prediction, or a table with columns of the same names.

`mean_confidence` is that of everybody who answered, so it stands for nobody's chance.
"""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainForecast
from journal.exchange.foreign.json_values import listed, number, text

FORECAST = "decisions.Forecast"
COLUMNS = {"description", "deadline", "confidence"}
MARKS = (b'"deadline"', b'"outcome"', b'"responses"')
LIST = re.compile(rb'"predictions"\s*:\s*\[')
ME = re.compile(rb'"user"\s*:\s*\{[^{}]*"user_id"\s*:\s*(\d{1,18})\b')
RESULTS = {"true": "yes", "right": "yes", "1": "yes", "false": "no", "wrong": "no", "0": "no"}
UNKNOWN = {"", "unknown", "null", "none", "nil"}


class PredictionBook(Importer):
    app = "predictionbook"
    label = "PredictionBook"
    how = gettext_lazy("In PredictionBook: Settings, API token; save what my_predictions answers.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(files.table(COLUMNS) or _lists(files))

    def items(self) -> Iterator[PlainForecast]:
        if table := self.files.table(COLUMNS):
            yield from self._rows(table)
        for name in _lists(self.files):
            head = self.files.head(name)
            me = int(said[1]) if (said := ME.search(head)) else None
            for one in self.files.json_items(name, "predictions" if LIST.search(head) else ""):
                if not isinstance(one, dict):
                    self.reading.left_out(_("It can’t be read."), name, FORECAST)
                elif found := self._prediction(one, me):
                    yield found

    def _prediction(self, one: dict[str, Any], me: int | None) -> PlainForecast | None:
        question = text(one, "description_with_group") or text(one, "description")
        if one.get("withdrawn") is True:
            self.reading.left_out(_("It was withdrawn."), question, FORECAST)
            return None
        who = one.get("creator_id") if me is None else me
        answers = [said for said in listed(one, "responses") if isinstance(said, dict)]
        mine = [said for said in answers if who is None or said.get("user_id", who) == who]
        for _said in range(len(answers) - len(mine)):
            self.reading.left_out(_("Somebody else’s answer to a prediction."), question, FORECAST)
        chances = [
            (text(said, "created_at"), place, chance)
            for place, said in enumerate(mine)
            if (chance := number(said.get("confidence"))) is not None
        ]
        if not chances:
            self.reading.left_out(_("It has no chance."), question, FORECAST)
            return None
        at, _place, chance = min(chances)
        found = self._forecast(question, chance, at or text(one, "created_at"), one)
        if found:
            found.later = len(chances) - 1
            found.notes = "\n".join(text(said, "comment") for said in mine).strip()
        return found

    def _rows(self, table: str) -> Iterator[PlainForecast]:
        """The first row of a prediction counts."""
        rows = Counter(_id_of(row) for row in self.files.csv_rows(table))
        for row in self.files.csv_rows(table):
            question, pk = row.get("description", ""), _id_of(row)
            later, rows[pk] = rows[pk] - 1, 0
            if later < 0:
                continue
            chance = number(row.get("confidence", "").rstrip("% "))
            if chance is None:
                self.reading.left_out(_("It has no chance."), question, FORECAST)
            elif found := self._forecast(question, chance, row.get("created_at", ""), row):
                found.later, found.notes = later, row.get("comment", "")
                yield found

    def _forecast(
        self, question: str, chance: float, at: str, given: dict[str, Any]
    ) -> PlainForecast | None:
        made = self.reading.moment(at) if at else None
        if made is None:
            self.reading.left_out(_("It has no date."), question, FORECAST)
            return None
        return PlainForecast(
            own_id=_id_of(given),
            question=question,
            chance=chance,
            made_at=made,
            look_back_on=self._moment(given, "deadline"),
            result=self._result(given.get("outcome"), question),
            resolved_on=self._moment(given, "last_judgement_at"),
        )

    def _moment(self, given: dict[str, Any], key: str) -> date | datetime | None:
        words = text(given, key)
        return self.reading.moment(words) if words else None

    def _result(self, outcome: Any, question: str) -> str:
        said = "" if outcome is None else str(outcome).strip().lower()
        if said not in UNKNOWN and said not in RESULTS:
            self.reading.note(_("An outcome that can’t be read: %s") % said[:60], question)
        return RESULTS.get(said, "")


def _id_of(given: dict[str, Any]) -> str:
    """Its own id; a table may have none."""
    pk = given.get("id")
    if isinstance(pk, int) or (isinstance(pk, str) and pk.strip()):
        return str(pk).strip()
    return text(given, "uuid") or f"{text(given, 'created_at')}\0{text(given, 'description')}"


def _lists(files: Files) -> list[str]:
    names = files.names if files.is_single else files.find("*.json")
    return [name for name in names if all(mark in files.head(name) for mark in MARKS)]
