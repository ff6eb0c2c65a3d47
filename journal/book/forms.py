"""What a book holds, as its address says."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from math import ceil
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.reflections.entries.print_views import NAMES, RangeForm

LONGEST = timedelta(days=366)
JANUARY = 1


class Chapter(TextChoices):
    MONTHS = "months", gettext_lazy("A stroke for each entry")
    FAVOURITES = "favourites", gettext_lazy("Favourites")
    PHOTOS = "photos", gettext_lazy("Photos")
    PRACTICES = "practices", gettext_lazy("Promises, lessons and decisions")
    FIGURES = "figures", gettext_lazy("Figures")
    FAVOURITES_WHOLE = "favourites-whole", gettext_lazy("Favourites in full")
    ENTRIES = "entries", gettext_lazy("Every entry")
    HARD = "hard", gettext_lazy("Hard moments and mistakes")


class Paper(TextChoices):
    A5 = "a5", gettext_lazy("A5")
    A4 = "a4", gettext_lazy("A4")
    LETTER = "letter", gettext_lazy("US Letter")

    @property
    def style(self) -> str:
        """The stylesheet with its size and margins."""
        return f"css/paper-{self.value}.css"

    def pages(self, characters: int, entries: int) -> int:
        """Of texts, roughly, with a heading for each."""
        return ceil((characters + entries * OF_A_HEADING) / CHARACTERS[self])


OF_A_HEADING = 250  # characters that would fit in its place
CHARACTERS = {Paper.A5: 1500, Paper.A4: 2300, Paper.LETTER: 2200}  # of a page

USUAL = (Chapter.MONTHS, Chapter.FAVOURITES, Chapter.PHOTOS, Chapter.PRACTICES, Chapter.FIGURES)


@dataclass(frozen=True)
class Contents:
    since: date
    until: date
    chapters: frozenset[str]
    paper: Paper = Paper.A4
    cover: UUID | None = None  # the favourite whose line is on the cover
    start: date | None = None  # of a part after the first: the day of its first entry

    def __contains__(self, chapter: str) -> bool:
        return chapter in self.chapters

    @property
    def has_whole_entries(self) -> bool:
        return Chapter.ENTRIES in self or Chapter.FAVOURITES_WHOLE in self

    def address(self, **changed: object) -> str:
        """The address of this book with some of it changed."""
        named = {"from": self.since, "to": self.until, "paper": self.paper.value}
        named |= {"cover": self.cover, **changed}
        chapters = [("in", one) for one in Chapter.values if one in self]
        given = [(name, str(value)) for name, value in named.items() if value]
        return "?" + urlencode(given + chapters)

    @property
    def years(self) -> str:
        first, last = self.since.year, self.until.year
        return str(first) if first == last else f"{first}–{last}"

    @property
    def month_style(self) -> str:
        return "F" if self.since.year == self.until.year else "F Y"

    @property
    def days(self) -> str:
        """ "1 January to 19 November", with the years only if they differ."""
        style = "j F" if self.since.year == self.until.year else "j F Y"
        days = {"first": date_format(self.since, style), "last": date_format(self.until, style)}
        return _("%(first)s to %(last)s") % days


class PlaceForm(forms.Form):
    """Values of links on the page. One that makes no sense counts as none."""

    year = forms.IntegerField(required=False, min_value=1900, max_value=9999)
    cover = forms.UUIDField(required=False)
    start = forms.DateField(required=False)


@dataclass
class Tick:
    chapter: Chapter
    is_on: bool
    hint: str = field(default="")

    @property
    def id(self) -> str:
        return f"in-{self.chapter.value}"


class BookForm(RangeForm):
    """Without days, it suggests a year: the one asked for, or this one, or in January the last."""

    paper = forms.ChoiceField(label=gettext_lazy("Paper"), choices=Paper.choices)
    chapters = forms.MultipleChoiceField(required=False, choices=Chapter.choices)

    def __init__(self, person: User, today: date, data: Any) -> None:
        place = PlaceForm(data)
        place.is_valid()
        self.place = {name: place.cleaned_data.get(name) for name in place.fields}
        year = self.place["year"] or today.year - (today.month == JANUARY)
        is_running = year == today.year
        usual = [one for one in USUAL if not (one == "figures" and person.numbers_hidden_since)]
        initial = {
            "since": date(year, 1, 1),
            "until": today if is_running else date(year, 12, 31),
            "paper": Paper.A4,
            "chapters": [one.value for one in usual],
        }
        super().__init__(data if {"from", "to"} & set(data) else None, initial=initial)

    def add_prefix(self, field_name: str) -> str:
        return {**NAMES, "chapters": "in"}.get(field_name, field_name)

    def clean(self) -> dict[str, Any]:
        super().clean()
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and since < FIRST_DAY:
            raise ValidationError(_("Enter a date from 1900 onwards."))
        if since and until and until - since >= LONGEST:
            raise ValidationError(_("A book holds up to a year. Choose days closer together."))
        return self.cleaned_data

    def contents(self) -> Contents | None:
        """None if the form has an error."""
        if self.is_bound and not self.is_valid():
            return None
        given = self.cleaned_data if self.is_bound else self.initial
        return Contents(
            since=given["since"],
            until=given["until"],
            chapters=frozenset(given["chapters"]),
            paper=Paper(given["paper"]),
            cover=self.place["cover"],
            start=self.place["start"],
        )

    def ticks(self, hints: dict[str, str]) -> list[Tick]:
        on = self["chapters"].value() or []
        return [Tick(one, one.value in on, hints.get(one, "")) for one in Chapter]
