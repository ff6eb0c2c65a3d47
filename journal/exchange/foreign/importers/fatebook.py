"""Fatebook's CSV, with one row per forecast, and the JSON of its API, with one item per question.

Neither says who asked for the file: where it has forecasts of several people, the person says.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.exchange.foreign.files import Files
from journal.exchange.foreign.importer import Importer
from journal.exchange.foreign.items import PlainForecast
from journal.exchange.foreign.json_values import listed, number, text

FORECAST = "decisions.Forecast"
COLUMNS = {"question title", "forecast (scale = 0-1)", "forecast created at"}
MARKS = (b'"resolveBy"', b'"resolution"')
LIST = re.compile(rb'"items"\s*:\s*\[')
RESULTS = {"": "", "YES": "yes", "NO": "no", "AMBIGUOUS": "unclear"}
NOTHING = {"undefined", "null", "NaN"}  # what an empty cell may read
SECOND = re.compile(r"(?<=\d\d:\d\d:)(\d)$")  # which Fatebook does not pad
MOST_PEOPLE = 20
LONGEST_NAME = 60
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass
class Said:
    """One forecast, with its question; `why_not` if it cannot be read."""

    who: str = ""
    own_id: str = ""
    question: str = ""
    chance: float = 0.0
    at: datetime = NEVER
    due: datetime | None = None
    outcome: str = ""
    resolved: datetime | None = None
    notes: str = ""
    tags: list[str] = field(default_factory=list)
    option: str = ""
    why_not: str = ""


class Fatebook(Importer):
    app = "fatebook"
    label = "Fatebook"
    how = gettext_lazy("In Fatebook: Your questions, Export all your forecasts.")

    @classmethod
    def recognises(cls, files: Files) -> bool:
        return bool(files.table(COLUMNS) or _lists(files))

    def items(self) -> Iterator[PlainForecast]:
        people: Counter[str] = Counter()
        later: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], tuple[datetime, int]] = {}  # by person and question
        for place, said in enumerate(self._said()):
            if said.why_not:
                continue
            people[said.who] += 1
            key, at = (said.who, said.own_id), (said.at, place)
            later[key] += key in first
            first[key] = min(first.get(key, at), at)
        mine = self._mine(people)
        for place, said in enumerate(self._said()):
            key = (said.who, said.own_id)
            if said.why_not:
                self.reading.left_out(said.why_not, said.question, FORECAST)
            elif said.who != mine:
                why = _("It’s a forecast of somebody else: %(name)s.") % {"name": said.who}
                self.reading.left_out(why, said.question, FORECAST)
            elif first[key][1] == place:
                yield PlainForecast(
                    own_id=said.own_id,
                    question=said.question,
                    chance=said.chance * 100,
                    made_at=said.at,
                    look_back_on=said.due,
                    result=self._result(said),
                    resolved_on=said.resolved,
                    later=later[key],
                    notes=said.notes,
                    tags=said.tags,
                )

    def _mine(self, people: Counter[str]) -> str:
        """Whose forecasts come in: theirs who has the most, unless the person says otherwise."""
        known = people.most_common(MOST_PEOPLE)
        if len(known) > 1:
            for who, count in known:
                self.reading.asked.add("who", who, count=count)
        said = self.reading.answers.who
        return said if said in people or not known else known[0][0]

    def _result(self, said: Said) -> str:
        """Of one option of several, the outcome may be the name of the right one."""
        if (found := RESULTS.get(said.outcome.upper())) is not None:
            return found
        if said.option:
            return "yes" if said.outcome == said.option else "no"
        what = _("An outcome that can’t be read: %s") % said.outcome[:LONGEST_NAME]
        self.reading.note(what, said.question)
        return ""

    def _said(self) -> Iterator[Said]:
        if table := self.files.table(COLUMNS):
            for row in self.files.csv_rows(table):
                yield self._of_row({key: cell_of(cell) for key, cell in row.items()})
        for name in _lists(self.files):
            for one in _questions(self.files, name):
                if isinstance(one, dict):
                    yield from self._of_question(one)
                else:
                    yield Said(why_not=_("It can’t be read."), question=name)

    def _of_row(self, row: dict[str, str]) -> Said:
        title, option = row.get("question title", ""), row.get("multiple choice option", "")
        return self._whole(
            Said(
                who=row.get("forecast created by", ""),
                own_id=f"{row.get('question created at', '')}\0{title}\0{option}",
                question=title,
                option=option,
                due=self._moment(row.get("question resolve by", "")),
                outcome=row.get("resolution", ""),
                resolved=self._moment(row.get("resolved at", "")),
                notes=row.get("question notes", "") + row.get("question comments", ""),
                tags=[tag for tag in [row.get("question tags", "")] if tag],
            ),
            row.get("forecast (scale = 0-1)"),
            row.get("forecast created at", ""),
        )

    def _of_question(self, one: dict[str, Any]) -> Iterator[Said]:
        title, made = text(one, "title"), text(one, "createdAt")
        options = {text(option, "id"): option for option in listed(one, "options")}
        forecasts = [said for said in listed(one, "forecasts") if isinstance(said, dict)]
        if not forecasts:
            yield Said(why_not=_("It has no forecast."), question=title)
        for said in forecasts:
            pk = text(said, "optionId") or text(said.get("option"), "id")
            option = options.get(pk) or said.get("option")
            yield self._whole(
                Said(
                    who=text(said.get("user"), "name"),
                    own_id=f"{text(one, 'id') or f'{made}{title}'}\0{pk}",
                    question=title,
                    option=text(option, "text"),
                    due=self._moment(text(one, "resolveBy")),
                    outcome=text(option, "resolution") or text(one, "resolution"),
                    resolved=self._moment(text(option, "resolvedAt") or text(one, "resolvedAt")),
                    notes=text(one, "notes") or ("…" if listed(one, "comments") else ""),
                    tags=[text(tag, "name") for tag in listed(one, "tags")],
                ),
                said.get("forecast"),
                text(said, "createdAt") or made,
            )

    def _whole(self, said: Said, chance: Any, at: str) -> Said:
        said.who = said.who[:LONGEST_NAME] or "?"
        said.question = ": ".join(part for part in (said.question, said.option) if part)
        found, when = number(chance), self._moment(at)
        if found is None or when is None:
            said.why_not = _("It has no date.") if when is None else _("It has no chance.")
        else:
            said.chance, said.at = found, when
        return said

    def _moment(self, words: str) -> datetime | None:
        """A moment without a zone is one of Fatebook's server, which is in UTC."""
        found = self.reading.moment(SECOND.sub(r"0\1", words.strip())) if words else None
        if found is not None and not isinstance(found, datetime):
            found = datetime.combine(found, time())
        return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def cell_of(cell: str) -> str:
    return "" if cell.strip() in NOTHING else cell.strip()


def _lists(files: Files) -> list[str]:
    names = files.names if files.is_single else files.find("*.json")
    return [name for name in names if all(mark in files.head(name) for mark in MARKS)]


def _questions(files: Files, name: str) -> Iterator[Any]:
    """Of a list, of an answer with a list, or of one question."""
    head = files.head(name).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"["):
        return files.json_items(name)
    return files.json_items(name, "items") if LIST.search(head) else iter([files.json(name)])
