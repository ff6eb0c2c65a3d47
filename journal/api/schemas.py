"""What programs send and get. The rules of the values are those of the pages' forms; here is only
what JSON needs beyond them: types, and no field that nobody knows.

The descriptions are marked for translation, since our page shows them; openapi.json has them in
English.
"""

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, field_validator

from journal.people.areas import Area
from journal.promises.models import CheckIn
from journal.reflections.daily.models import DailyCheck
from journal.reflections.entries.tag_names import MOST_TAGS
from journal.reflections.practices import Practice
from journal.search.forms import MOST_RESULTS
from journal.search.sources import KINDS

MOST = 50  # entries of a page
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _day(value: Any) -> date:
    """Only as 2026-11-30: Python and pydantic read more, numbers too."""
    try:
        if isinstance(value, date) or DAY.fullmatch(value):
            return value if isinstance(value, date) else date.fromisoformat(value)
    except (TypeError, ValueError):
        pass
    raise ValueError(_("Enter a date, for example 2026-11-19."))


def _of_kind(name: str) -> str:
    if name not in KINDS:
        raise ValueError(_("Choose from the list."))
    return name


def _position(text: str) -> tuple[date, UUID]:
    """The day and the id of an entry, as `next` has them."""
    day, _dot, entry = text.partition(".")
    try:
        return _day(day), UUID(entry)
    except ValueError as error:
        raise ValueError(_("This isn’t the “next” of a page before.")) from error


Day = Annotated[date, BeforeValidator(_day)]
Whole = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1)]
Flag = Annotated[bool, Field(strict=True)]
Nothing = Literal[""]
Kind = Annotated[str, AfterValidator(_of_kind), Field(json_schema_extra={"enum": list(KINDS)})]
Version = Annotated[Whole, Field(description=gettext_noop("The version that you have read."))]


class Sent(Schema):
    model_config = ConfigDict(extra="forbid")


class EntryFields(Sent):
    body: str = Field(description=gettext_noop("The text, up to 20,000 characters of Markdown."))
    title: str = ""
    written_on: Day | None = Field(
        None,
        description=gettext_noop("The day it is about; without it, today. Never a day to come."),
    )
    practice: Practice | Nothing = ""
    intensity: Annotated[int, Field(strict=True, ge=0, le=10)] | None = Field(
        None, description=gettext_noop("How strong the feeling was, from 0 to 10.")
    )
    mood: str = Field("", description=gettext_noop("A word for the mood."))
    quiet: Flag = Field(False, description=gettext_noop("Never brought up on Today."))
    tags: list[str] = Field(
        [], max_length=MOST_TAGS, description=gettext_noop("Names without commas.")
    )


class NewEntry(EntryFields):
    id: UUID | None = Field(
        None, description=gettext_noop("A UUID of your own. Sent twice, it makes one entry.")
    )


class ChangedEntry(EntryFields):
    version: Version


class Entry(Schema):
    id: UUID
    version: int
    written_on: date
    title: str
    body: str
    practice: str
    intensity: int | None
    mood: str
    quiet: bool
    tags: list[str]
    favourite: bool
    prompt: str | None = Field(description=gettext_noop("The question that it answers."))
    created_at: datetime
    updated_at: datetime


class SavedEntry(Schema):
    id: UUID
    version: int
    written_on: date
    updated_at: datetime


class EntriesAsked(Sent):
    after: str | None = Field(None, description=gettext_noop("“next” of the page before."))
    limit: int = Field(20, ge=1, le=MOST)
    since: Day | None = Field(None, description=gettext_noop("The first day."))
    until: Day | None = Field(None, description=gettext_noop("The last day."))

    @property
    def position(self) -> tuple[date, UUID] | None:
        return _position(self.after) if self.after else None

    @field_validator("after")
    @classmethod
    def _is_position(cls, after: str | None) -> str | None:
        if after is not None:
            _position(after)
        return after


class Entries(Schema):
    entries: list[Entry] = Field(description=gettext_noop("Newest first."))
    next: str | None = Field(description=gettext_noop("Send it as “after” for the next page."))


class Answer(Schema):
    promise: UUID
    day: date
    asked: bool = Field(description=gettext_noop("Whether the day has something to answer."))
    choices: list[str] = Field(description=gettext_noop("The answers that the day takes."))
    status: str | None = Field(description=gettext_noop("The answer; null while there is none."))
    excuse: str
    note: str
    version: int = Field(description=gettext_noop("0 while there is no answer."))


class GivenAnswer(Sent):
    status: CheckIn.Status
    excuse: CheckIn.Excuse | Nothing = Field("", description=gettext_noop("Only with “excused”."))
    note: str | None = Field(
        None, description=gettext_noop("What was true that day; left out, it stays as it is.")
    )
    version: Version = 0


class Seen(Sent):
    version: int = Field(ge=1, description=gettext_noop("The version that you have read."))


class Promise(Schema):
    id: UUID
    statement: str
    smallest_version: str
    cadence: str
    starts_on: date | None
    ends_on: date | None
    next_due: date | None = Field(description=gettext_noop("The next day that needs an answer."))
    today: Answer


class Promises(Schema):
    day: date = Field(description=gettext_noop("The person’s today."))
    promises: list[Promise]


class Check(Schema):
    day: date
    trust: int | None = Field(description=gettext_noop("From 1, barely, to 5, fully."))
    visit: str
    visit_words: str
    credit: str = Field(description=gettext_noop("One thing to your credit."))
    version: int = Field(description=gettext_noop("0 while nothing is recorded."))


class GivenCheck(Sent):
    trust: Annotated[int, Field(strict=True, ge=1, le=5)] | None = Field(
        None, description=gettext_noop("From 1, barely, to 5, fully.")
    )
    visit: DailyCheck.Visit | Nothing = Field(
        "", description=gettext_noop("Whether something crossed a line, or a voice was harsh.")
    )
    visit_words: str = Field("", description=gettext_noop("What it was, in a few words."))
    credit: str = Field("", description=gettext_noop("One thing to your credit."))
    version: Version = 0


class Query(Sent):
    words: str = Field(description=gettext_noop("What to look for; each word has to be there."))
    since: Day | None = None
    until: Day | None = None
    area: Area | Nothing = ""
    kind: Kind | None = Field(None, description=gettext_noop("Only results of this kind."))
    start: Annotated[int, Field(strict=True, ge=0, le=MOST_RESULTS)] = Field(
        0,
        description=gettext_noop("How many newer results to pass over: “next” of the page before."),
    )


class Result(Schema):
    kind: str
    id: UUID
    day: date
    title: str
    excerpt: str
    address: str = Field(description=gettext_noop("Its page, for who is signed in."))


class Results(Schema):
    results: list[Result] = Field(description=gettext_noop("Newest first."))
    counts: dict[str, int] = Field(
        description=gettext_noop("How many there are of each kind; 100 is more than 99.")
    )
    next: int | None = Field(description=gettext_noop("Send it as “start” for the next page."))


class FieldProblem(Schema):
    field: str
    problem: str


class Problem(Schema):
    title: str
    status: int
    detail: str = Field(description=gettext_noop("A sentence for the person."))
    fields: list[FieldProblem] = Field(
        [], description=gettext_noop("What is wrong with which field.")
    )


REFUSALS = dict.fromkeys((400, 401, 403, 404, 413, 422, 429, 503), Problem)  # of every operation


class EntryConflict(Problem):
    sent: dict[str, Any] = Field({}, description=gettext_noop("What you sent."))
    stored: Entry | None = Field(
        None, description=gettext_noop("What is stored; null for a token that may not read it.")
    )


class AnswerConflict(Problem):
    stored: Answer


class CheckConflict(Problem):
    stored: Check
