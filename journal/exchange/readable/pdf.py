"""A book as PDF, where WeasyPrint and the libraries it draws with are installed.

It lays out the whole book in memory, so a long one is refused. Pages of ours need nothing but
themselves: photos are in them, and nothing else is fetched.
"""

from collections.abc import Callable, Iterator
from ctypes.util import find_library
from functools import cache
from importlib.util import find_spec
from typing import Any

from django.utils.translation import gettext as _

from journal.exchange.exceptions import ExportRefused
from journal.exchange.readable.book import Book
from journal.exchange.readable.pages import Pages

MOST = 600  # items, some two hundred pages


@cache
def is_possible() -> bool:
    """Without importing it, which takes memory that a web process never needs."""
    return find_spec("weasyprint") is not None and find_library("pango-1.0") is not None


def pdf(book: Book, before_layout: Callable[[], None]) -> Iterator[bytes]:
    if book.size > MOST:
        raise ExportRefused(
            _("This is too long for a PDF. Export a part of it, or the document, and print that.")
        )
    from weasyprint import HTML

    page = "".join(Pages(book).whole())
    before_layout()
    yield HTML(string=page, url_fetcher=fetcher()).write_pdf()


def fetcher() -> Any:
    """Opens only what is in the page itself."""
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols={"data"})
