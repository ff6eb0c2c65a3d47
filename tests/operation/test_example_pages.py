"""Five pages of the example person, rendered by the real views, that anyone can only look at."""

import re

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError
from django.db.backends.utils import CursorWrapper
from django.test import Client, override_settings

from journal.exchange.models import Import
from journal.operation.example import pages
from journal.operation.example.still import still
from journal.people.models import User

DRAWING = '<svg viewBox="0 0 1 1"><use href="#i"/></svg>'
ADDRESSES = [page.url for page in pages.PAGES]


@pytest.fixture(scope="module")
def rendered(module_data):
    """In English, and in one of the languages whose example has its own words."""
    with override_settings(LANGUAGES=[("en-gb", "English"), ("ar", "Arabic")]):
        return pages.render()


@pytest.fixture
def kept(rendered, settings, tmp_path, monkeypatch, db):
    """The pages in a data folder, as the command leaves them there."""
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(pages, "render", lambda: rendered)
    assert pages.render_where_changed()
    return tmp_path / "example"


def test_all_five_are_served_without_a_database_a_session_or_a_cookie(kept, monkeypatch):
    def refuse(*_arguments):
        raise OperationalError("the server is away")

    with monkeypatch.context() as patch:
        patch.setattr(CursorWrapper, "execute", refuse)
        answers = {address: Client().get(address) for address in ADDRESSES}
    for address, answer in answers.items():
        assert (answer.status_code, answer.cookies) == (200, {}), address
        assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert [*settings.EXAMPLE_PATHS] == ADDRESSES


def test_nothing_can_be_sent_and_links_lead_to_each_other_and_to_signing_up(rendered):
    elsewhere = {"/", "/accounts/signup/", "/support/", "#main"}
    for page, html in rendered.items():
        assert not re.search(r"<form|data-hx|csrf|name=\"|type=\"hidden", html.split("<body")[1]), (
            page
        )
        enabled = re.findall(r"<(?:button|input|textarea|select)\b(?![^>]*disabled)[^>]*>", html)
        assert enabled == [], page
        body = re.sub(r"<a [^>]*data-leave>", "", html.split("<body")[1])
        leads_to = {link for link in re.findall(r'<a [^>]*href="([^"]*)"', body) if link[0] != "#"}
        assert leads_to - {*ADDRESSES} <= elsewhere, page
        assert {*ADDRESSES} <= leads_to, page


def test_they_show_what_the_real_pages_show(rendered):
    today, journal, promise, week, insights = (
        html for (_page, language), html in rendered.items() if language == "en-gb"
    )

    assert "everything here is made up" in today
    statement = re.search(r"own-words[^>]*>([^<]+)", promise)[1].strip()
    assert statement in week
    assert len(re.findall("<article|<li", journal)) > 5
    assert "kept" in week
    assert "<svg" in insights


def test_they_are_written_in_the_language_of_whoever_reads_them(kept):
    for language, statement in (("ar", "الهاتف ينام في المطبخ"), ("en", "The phone sleeps in the")):
        today = Client().get("/example/", headers={"Accept-Language": language}).content.decode()
        assert statement in today, language
        assert f'<html lang="{language}' in today


def test_nobody_is_left_in_the_database(rendered, module_data):
    assert not User.objects.filter(email__endswith="@example.invalid").exists()
    assert not Import.objects.exists()


def test_they_are_rendered_where_something_has_changed_and_only_there(kept, monkeypatch):
    assert not pages.render_where_changed()

    monkeypatch.setattr(pages, "fingerprint", lambda: "another")
    (kept / "today.en-gb.html").write_text("old")
    call_command("example_pages", verbosity=0)

    assert "made up" in (kept / "today.en-gb.html").read_text()
    assert not pages.render_where_changed()


def test_a_changed_template_changes_the_fingerprint(settings, tmp_path):
    before = pages.fingerprint()
    assert pages.fingerprint() == before
    settings.BASE_DIR = tmp_path
    (tmp_path / "templates").mkdir()
    empty = pages.fingerprint()
    (tmp_path / "templates" / "new.html").write_text("<p>")
    assert len({before, empty, pages.fingerprint()}) == 3


def test_before_they_are_rendered_a_sentence_says_so(client, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    answer = client.get("/example/")
    assert answer.status_code == 404
    assert "The example is being made" in answer.content.decode()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('<form class="a" action="/x/" method="post">y</form>', '<div class="a">y</div>'),
        ('<input type="hidden" name="t" value="1">', ""),
        ('<button name="do" value="1">Keep</button>', '<button value="1" disabled>Keep</button>'),
        ('<a class="b" href="/elsewhere/">x</a>', '<a class="b">x</a>'),
        ('<a href="/here/?day=1">x</a>', '<a href="/example/here/">x</a>'),
        ('<a href="https://example.org">x</a>', "<a>x</a>"),
        ("<script>let a = 1 < 2</script><p>a &amp; b &#8211;</p>", "<p>a &amp; b &#8211;</p>"),
        ("<template><p>x</p></template>", ""),
        (
            '<svg viewBox="0 0 1 1"><use href="#i"/></svg>',
            '<svg viewBox="0 0 1 1"><use href="#i"/></svg>',
        ),
        ('<p data-hx-get="/x/" title="&quot;">y</p>', '<p title="&quot;">y</p>'),
    ],
)
def test_what_becomes_of_a_part(given, shown):
    assert still(given, {"/here/": "/example/here/"}) == shown
