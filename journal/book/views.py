from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from journal.book.forms import BookForm, Chapter, Contents
from journal.book.queries import Amount, amount_of, build_book
from journal.people import clock
from journal.people.http import SignedInRequest


@require_GET
@login_required
def book(request: SignedInRequest) -> HttpResponse:
    """A page to read and to print. Nothing of it is stored; its address says what it holds."""
    today = clock.today(request.user)
    form = BookForm(request.user, today, request.GET)
    contents = form.contents()
    context: dict[str, object] = {"form": form, "ticks": form.ticks({}), "today": today}
    if contents:
        amount = amount_of(request.user, contents)
        context["ticks"] = form.ticks(_hints(amount, contents))
        context["book"] = build_book(request.user, contents, today)
    return render(request, "book/book.html", context)


def _hints(amount: Amount, contents: Contents) -> dict[str, str]:
    favourites = _entries(amount.favourites)
    whole = contents.paper.pages(amount.favourite_characters, amount.favourites)
    every = contents.paper.pages(amount.characters, amount.entries)
    return {
        Chapter.FAVOURITES: _("%(entries)s, a line of each") % {"entries": favourites},
        Chapter.PHOTOS: _("Of your favourites"),
        Chapter.FAVOURITES_WHOLE: _pages(whole),
        Chapter.ENTRIES: f"{_entries(amount.entries)}. {_pages(every)}",
        Chapter.HARD: _("Left out unless you ask"),
    }


def _entries(number: int) -> str:
    return ngettext("%(n)s entry", "%(n)s entries", number) % {"n": number}


def _pages(number: int) -> str:
    return ngettext("About %(n)s page", "About %(n)s pages", number) % {"n": number}
