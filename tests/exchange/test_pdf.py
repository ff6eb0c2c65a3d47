"""The PDF of an export, where what draws it is installed (REQUIRE_PDF=1, as in CI: it is)."""

import os
from datetime import date

import pytest

from journal.exchange.models import Export
from journal.exchange.readable import pdf
from journal.privacy.rls import acting_as
from tests.exchange.factories import asked, exported, just_signed_in, work
from tests.factories import make_entry
from tests.photos.factories import make_photo

pytestmark = pytest.mark.django_db
needs_it = pytest.mark.skipif(
    not pdf.is_possible() and not os.environ.get("REQUIRE_PDF"), reason="no WeasyPrint or Pango"
)


@needs_it
def test_it_is_a_pdf_with_the_photos_and_what_it_refers_to_stays_there(ada):
    entry = make_entry(ada, "[A page](https://example.org/)", written_on=date(2026, 3, 4))
    make_photo(entry, description="The sea")

    made = exported(ada, format="pdf")

    assert made.startswith(b"%PDF-")
    assert b"/Subtype /Image" in made
    row = Export.objects.get()
    assert (row.name[-4:], row.items) == (".pdf", 1)


@needs_it
def test_a_book_fetches_nothing(ada, monkeypatch):
    """Whatever came into it: the fetcher refuses everything but what is in the page itself."""
    from weasyprint import HTML

    asked_for = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *_a, **_k: asked_for.append(1))
    page = '<img src="http://127.0.0.1/x.png"><img src="file:///etc/passwd">'
    page += '<link rel="stylesheet" href="http://127.0.0.1/y">'
    HTML(string=page, url_fetcher=pdf.fetcher()).write_pdf()
    assert not asked_for


def test_a_long_book_is_refused_with_a_sentence(ada, monkeypatch):
    monkeypatch.setattr(pdf, "is_possible", lambda: True)
    monkeypatch.setattr(pdf, "MOST", 1)
    for day in (4, 5):
        make_entry(ada, "A quiet day.", written_on=date(2026, 3, day))
    client = just_signed_in(ada)
    asked(client, format="pdf")
    work()
    assert "This is too long for a PDF." in client.get("/settings/export/").content.decode()
    with acting_as(ada):
        assert Export.objects.get().failed_at


def test_where_it_is_not_possible_it_is_not_offered(ada, monkeypatch):
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    client = just_signed_in(ada)
    assert "A PDF" not in client.get("/settings/export/").content.decode()
    assert "Choose from the list." in asked(client, format="pdf").content.decode()
