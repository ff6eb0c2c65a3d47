"""Whatever Markdown makes of a text, its page shows every letter and digit, in their order."""

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal.reflections.entries.markdown import to_html
from tests.coaching.coach_client import browser_of
from tests.coaching.factories import link, share
from tests.exchange.factories import exported, files_of
from tests.factories import make_entry


class Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def visible(html: str) -> str:
    parser = Visible()
    parser.feed(html)
    parser.close()
    return parser.text


def words_of(text: str) -> str:
    return "".join(char for char in text if unicodedata.category(char)[0] in "LNM")


WORD = st.sampled_from(["wo", "8", "9:00", "Ä", "ツ", "x.y", "a1", "amp", "http", "ß9", ""])
# Each takes words at {}; newlines within one belong to it.
BLOCKS = [
    *("{}", "# {}", "###### {} #", "{}\n===", "{}\n---", "> {}", ">{}\n{}", "- {}", "* {}", "+ {}"),
    *("1. {}", "08) {}", "2026. {}\n3. {}", "-\n  {}", "    {}", "\t{}", "```{} {}\n{}\n```"),
    *("~~~{}\n{}", "```{}", "[{}]: {}", "[{}]: <{}> '{}'", '[{}]:\n{}\n"{}\n{}"', "[^{}]: {}"),
    *("{}|{}\n-|-\n{}|{}|{}", "|{}|\n|:-:|\n|{}|{}\\|{}|", "{}\n|-|\n{}", "<div>{}</div>", "***"),
    *("<!-- {}", "<{} {}='{}'>", "<?{}?>", "<![CDATA[{}]]>", "<script>{}</script>", "<style>{}"),
    *(
        "<table><td>{}",
        "<textarea>{}",
        "{}  \n{}",
        "{}\\\n{}",
        "- [ ] {}",
        "- [x] {}",
        ": {}",
        "\n",
    ),
]
INLINES = [
    *("*{}*", "**{}**", "_{}_", "{}*{}*{}", "~~{}~~", "`{}`", "`` {} ` {} ``", "[{}]({})", "[{}]"),
    *('[{}](<{}> "{}")', "[{}](http://{} '{}')", "[{}](mailto:{}@{} ({}))", "[{}][{}]", "[{}][]"),
    *("![{}](http://{})", "![{}][{}]", "![{}](data:image/png;base64,{})", "[![{}]({})](tel:{})"),
    *("<http://{}>", "<https://xn--{}-kva.de/%4{}>", "<{}@{}.de>", "<foo:{}>", "<b>{}</b>", "<{}>"),
    *("&{};", "&amp;", "&#{};", "&#x{};", "\\{}", "\\_{}\\*", "\\&amp;", "[{}](javascript:{})"),
    *("<!--{}-->", '[{}]( "{}")', "[{}](\n{}\n'{}')", "[[{}]({})](http://{})", "\\[{}](http:{})"),
    *(
        "{}http://{}/a_{}_b",
        "{}^{}",
        "=={}==",
        "$ {} $",
        "`{}",
        "**{}",
        "](http://{})",
        "¯\\_({})_/¯",
    ),
]


@st.composite
def markdown(draw) -> str:
    def filled(template: str) -> str:
        for _hole in range(template.count("{}")):
            inner = draw(WORD if draw(st.integers(0, 3)) else st.sampled_from(INLINES))
            template = template.replace("{}", inner.replace("{}", draw(WORD)), 1)
        return template

    lines, indents = [], st.lists(st.sampled_from(["> ", "- ", "1. ", "  ", "    "]), max_size=2)
    for _line in range(draw(st.integers(1, 5))):
        lines += [*draw(indents), filled(draw(st.sampled_from(BLOCKS)))]
        lines += [draw(st.sampled_from(["", " "])), filled(draw(st.sampled_from(INLINES)))]
        lines.append(draw(st.sampled_from(["\n", "\n\n", "\n  ", " "])))
    return "".join(lines)


ALPHABET = "ab1 \n\t*_~`#>-+=|:.()[]{}<>!\\&;/\"'é\u0301\u00a0\u200d"


NO_CONTROL = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])


@settings(max_examples=150, deadline=None)
@given(st.one_of(markdown(), markdown(), st.text(ALPHABET, max_size=60), st.text(NO_CONTROL)))
@example("[8:00]: woke\n[9:00]: work")
@example("> " * 30 + "deep")
@example("- " * 30 + "deep\n  1) 2\n\n" + "> - " * 12 + "8. deep")
def test_every_letter_and_digit_is_visible_in_its_order(text):
    assert words_of(visible(to_html(text))) == words_of(text)


def everything() -> str:
    """Each construct of Markdown once, every hole filled with a number of its own."""
    text, number = "\n\n".join([*BLOCKS, *INLINES]), 1000
    while "{}" in text:
        text, number = text.replace("{}", f"w{number}", 1), number + 1
    return text


@pytest.mark.django_db
@pytest.mark.parametrize("more", ["", "\n\na|b\n-|-" + "\n|" * 3000], ids=["Markdown", "too much"])
def test_whatever_shows_an_entry_shows_every_word(ada, mira, ada_client, settings, tmp_path, more):
    settings.DATA_DIR = tmp_path
    text = everything() + more
    entry = make_entry(ada, text, written_on="2026-11-01", favourite=True)
    share(link(ada, mira), entry)

    export = files_of(exported(ada))
    pages = {
        "page": ada_client.get(f"/journal/{entry.pk}/").content,
        "preview": ada_client.post("/journal/write/", {"body": text, "preview": "1"}).content,
        "book": ada_client.get(
            "/journal/book/?from=2026-11-01&to=2026-11-01&paper=a4&in=entries"
        ).content,
        "print": ada_client.get("/journal/print/?from=2026-11-01&to=2026-11-01").content,
        "coach": browser_of(mira).get(f"/coach/shared/entry/{entry.pk}/").content,
        "export": export["index.html"],
    }
    for name, page in pages.items():
        assert words_of(text) in words_of(visible(page.decode())), name
        assert "<img" not in page.decode(), name
    assert text in export["journal/2026/11/01-entry.md"].decode()


def test_a_definition_of_a_reference_is_words_like_others():
    html = to_html('[8:00]: https://example.org/woke "early"\n\n[8:00]')

    assert all(word in html for word in ("[8:00]", "woke", "early"))
