"""Entries made to cost seconds are shown as they were typed; every other one as Markdown."""

import pytest

from journal.privacy.rls import acting_as
from journal.reflections.entries import html_cache, markdown, print_views
from journal.reflections.entries.markdown import LONGEST_HTML, STEPS, Budget, TooMuch, to_html
from tests.factories import make_entry

MOST = 20_000
SENTENCE = "Shown as plain text, because it has too much Markdown to format."
OVERSHOOT = 3 * MOST  # a row of a table is counted once it is there


def table(columns: int, row: str) -> str:
    return f"|{'a|' * columns}\n|{'-|' * columns}\n" + row * MOST


TOO_MUCH = {
    "a table of 60 columns": table(60, "|\n"),
    "a table of 60 columns with words": table(60, "a\n"),
    "a wide table": table(3300, "|\n"),
    "many tables": "a|b\n-|-\n1|2\n\n" * MOST,
    "lines below deep quotes": ">" * 1000 + "a\n" + "a\n" * MOST,
    "lists that begin anew": "- a\n+ a\n" * MOST,
    "open brackets": "[" * MOST,
    "open images": "![" * MOST,
    "half a link": "[a" * MOST,
    "links open twice": "[a](" * MOST,
    "lines without end": "a\n" * MOST,
}
ENOUGH = {
    "a long address used often": "[a]: /" + "x" * 8000 + "\n\n" + "[a]" * MOST,
    "a long title used often": f"[a]: / '{'y' * 6000}'\n\n" + "[a]" * MOST,
    "quotes": ">" * MOST,
    "quotes apart": "> " * MOST,
    "lists in lists": "".join("  " * depth + "- a\n" for depth in range(138)),
    "lists in a line": "- " * MOST,
    "stars": "*" * MOST,
    "stars by turns": "*a_ " * MOST,
    "strokes": "~~a " * MOST,
    "closed brackets": "]" * MOST,
    "images in images": "![" * 4000 + "a" + "](b)" * 2900,
    "references": "".join(f"[a{number}]: b\n" for number in range(2000)),
    "addresses": "<http://a.b> " * MOST,
    "less than": "<" * MOST,
    "HTML": "<div>" * MOST,
    "comments": "<!--" * MOST,
    "entities": "&amp;" * MOST,
    "ticks": "".join("`" * number + "a" for number in range(1, 200)),
    "fences": "```\n" * MOST,
    "code": "    a\n\n" * MOST,
    "rules": "---\n" * MOST,
    "hashes": "#" * MOST,
    "empty lines": "\n" * MOST,
    "backslashes": "\\*" * MOST,
    "names of hosts": "[a](http://" + "é." * MOST,
    "a page of list items": "- **Rain**: *a quiet walk* `home`\n" * 600,
}


@pytest.mark.parametrize("kind", TOO_MUCH)
def test_what_takes_too_much_is_given_up_early(kind):
    budget = Budget()
    with pytest.raises(TooMuch):
        to_html(TOO_MUCH[kind][:MOST], budget)
    assert budget.left > -OVERSHOOT


@pytest.mark.parametrize("kind", ENOUGH)
def test_what_only_looks_dangerous_is_rendered(kind):
    budget = Budget()
    html = to_html(ENOUGH[kind][:MOST], budget)
    assert 0 <= budget.left <= STEPS
    assert len(html) <= LONGEST_HTML


@pytest.fixture
def rendered(monkeypatch) -> list[str]:
    """The texts that were given to the parser."""
    texts = []

    def parse(text: str, budget: Budget) -> str:
        texts.append(text)
        return to_html(text, budget)

    monkeypatch.setattr(html_cache, "cache", html_cache.SealedHtml())
    monkeypatch.setattr(html_cache, "to_html", parse)
    return texts


@pytest.mark.django_db
def test_the_page_shows_it_as_it_was_typed(ada, ada_client):
    entry = make_entry(ada, TOO_MUCH["a table of 60 columns with words"][: MOST - 3] + "<b>")
    page = ada_client.get(f"/journal/{entry.pk}/").content.decode()
    assert SENTENCE in page
    assert "&lt;b&gt;" in page
    assert "<td>" not in page
    assert len(page) < 100_000


@pytest.mark.django_db
def test_a_page_is_not_rendered_twice(ada, ada_client, rendered):
    entry = make_entry(ada, "A *quiet* day.", written_on="2026-11-01")
    heavy = make_entry(ada, TOO_MUCH["open brackets"], written_on="2026-11-02")
    address = "/journal/print/?from=2026-11-01&to=2026-11-30"

    pages = [ada_client.get(address).content.decode() for _view in range(3)]

    assert rendered == ["A *quiet* day.", heavy.body]
    assert all("<em>quiet</em>" in page and page.count(SENTENCE) == 1 for page in pages)
    with acting_as(ada):
        entry.body = "A *loud* day."
        entry.save()
    assert "<em>loud</em>" in ada_client.get(address).content.decode()


@pytest.mark.django_db
def test_a_page_of_many_entries_has_a_budget_of_its_own(ada, ada_client, rendered, monkeypatch):
    monkeypatch.setattr("journal.reflections.entries.print_views.STEPS_OF_A_PAGE", 10)
    for day in (1, 2, 3):
        make_entry(ada, f"The *{day}*.", written_on=f"2026-11-0{day}")
    address = "/journal/print/?from=2026-11-01&to=2026-11-30"

    pages = [ada_client.get(address).content.decode() for _view in range(3)]

    # Each view renders what still fits, and remembers it for the next.
    assert [page.count(SENTENCE) for page in pages] == sorted(
        (page.count(SENTENCE) for page in pages), reverse=True
    )
    assert pages[0].count(SENTENCE) > 0
    assert pages[-1].count(SENTENCE) == 0


@pytest.mark.django_db
def test_what_is_remembered_is_sealed_and_bounded(ada, monkeypatch):
    memory = html_cache.SealedHtml()
    monkeypatch.setattr(html_cache, "cache", memory)
    monkeypatch.setattr(html_cache, "MOST_BYTES", 3 * html_cache.PER_HTML)
    with acting_as(ada):
        for day in range(9):
            make_entry(ada, f"Secret {day}").html  # noqa: B018
    assert len(memory._held) == 2
    assert not [one for pair in memory._held.items() for one in pair if b"Secret" in one]


@pytest.mark.django_db
def test_what_a_key_no_longer_opens_is_rendered_again(ada, monkeypatch):
    monkeypatch.setattr(html_cache, "cache", html_cache.SealedHtml())
    with acting_as(ada):
        entry = make_entry(ada, "A quiet day.")
        assert html_cache.entry_html(ada.pk, entry.body) == '<p dir="auto">A quiet day.</p>\n'
        (place,) = html_cache.cache._held
        html_cache.cache.put(place, b"\x01" + bytes(60))
        assert html_cache.entry_html(ada.pk, entry.body) == '<p dir="auto">A quiet day.</p>\n'


def test_plain_text_keeps_its_lines():
    assert markdown.plain_html("a\nb\n\nc").endswith(
        '<p dir="auto">a<br>b</p>\n\n<p dir="auto">c</p>'
    )


@pytest.mark.django_db
def test_a_printed_page_is_cut_by_its_size(ada, ada_client, monkeypatch):
    monkeypatch.setattr(print_views, "MOST_HTML", 3 * print_views.AROUND_HTML)
    for day in (1, 1, 2, 2, 3):
        make_entry(ada, f"Of day {day}.", written_on=f"2026-11-0{day}")

    page = ada_client.get("/journal/print/?from=2026-11-01&to=2026-11-30").content.decode()

    assert page.count("Of day 1.") == 2
    assert "Of day 2." not in page
    assert "?from=2026-11-02&amp;to=2026-11-30" in page


@pytest.mark.django_db
def test_a_day_that_is_larger_than_a_page_says_what_it_leaves_out(ada, ada_client, monkeypatch):
    monkeypatch.setattr(print_views, "MOST_HTML", 3 * print_views.AROUND_HTML)
    for _number in range(5):
        make_entry(ada, "Of day 1.", written_on="2026-11-01")

    page = ada_client.get("/journal/print/?from=2026-11-01&to=2026-11-30").content.decode()

    assert page.count("Of day 1.") == 2
    assert "Its first 2 entries are here; the others are in your journal." in page
    assert "?from=2026-11-02&amp;to=2026-11-30" in page
