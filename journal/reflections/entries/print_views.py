"""A range of the journal on paper, oldest first, as many entries as a browser can print."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from journal.people import clock
from journal.people.day_fields import DateInput
from journal.people.http import SignedInRequest
from journal.reflections.entries.markdown import STEPS_OF_A_PAGE, Budget
from journal.reflections.entries.models import Entry, EntryQuerySet

MOST = 200
MOST_HTML = 2 * 1024**2  # characters of a page
AROUND_HTML = 2000  # characters of a page for each entry, besides its text
NAMES = {"since": "from", "until": "to"}


class RangeForm(forms.Form):
    since = forms.DateField(label=_("From"), widget=DateInput())
    until = forms.DateField(label=_("To"), widget=DateInput())

    def add_prefix(self, field_name: str) -> str:
        """`from` is a keyword in Python, and the right name in an address."""
        return super().add_prefix(NAMES.get(field_name, field_name))

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            raise ValidationError(_("The end is before the start."))
        return self.cleaned_data


@dataclass(frozen=True)
class Sheets:
    entries: list[Entry]
    goes_on_from: date | None  # the day of the first entry that did not fit
    leaves_out_some: bool = False  # of a day that alone is larger than a page can be


def sheets_of(entries: EntryQuerySet, until: date) -> Sheets:
    """Whole days up to the last, as many as fit; always at least one."""
    rows = entries.narrowed(None, until).oldest_first()
    days = list(rows.values_list("written_on", flat=True)[: MOST + 1])
    cut_on = days[MOST] if len(days) > MOST else None
    if cut_on and cut_on == days[0]:
        cut_on += timedelta(days=1)
    if cut_on and cut_on <= until:
        rows = rows.narrowed(None, cut_on - timedelta(days=1))
    else:
        cut_on = None
    rows = rows.with_labels().with_photos()
    return limit_size(rows.iterator(chunk_size=MOST), cut_on, until)


def limit_size(rows: Iterator[Entry], cut_on: date | None, until: date) -> Sheets:
    entries: list[Entry] = []
    steps, size = Budget(STEPS_OF_A_PAGE), 0
    for entry in rows:
        entry.render(steps)
        size += AROUND_HTML + len(entry.html)
        if size > MOST_HTML and entries:
            day = entry.written_on
            whole = [one for one in entries if one.written_on < day]
            if whole:
                return Sheets(whole, day)
            rest = day + timedelta(days=1)
            return Sheets(entries, rest if rest <= until else None, leaves_out_some=True)
        entries.append(entry)
    return Sheets(entries, cut_on)


@require_GET
@login_required
def print_journal(request: SignedInRequest) -> HttpResponse:
    today = clock.today(request.user)
    form = RangeForm(request.GET or None, initial={"since": today.replace(day=1), "until": today})
    context: dict[str, object] = {"form": form, "most": MOST}
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        entries = request.user.entries.live().narrowed(asked["since"], None)
        context["sheets"] = sheets_of(entries, asked["until"])
    return render(request, "reflections/entries/print.html", context)
