"""The page takes the direction of its language, and words that of their own script."""

import pytest
from django.forms import CharField, DateField, Form, Textarea, TextInput
from django.template import engines

from journal.people.text_direction import isolate
from journal.reflections.entries.markdown import plain_html, to_html
from tests.markup import parse

SHALOM = "שלום"


@pytest.mark.parametrize(("language", "direction"), [("he", "rtl"), ("en-gb", "")])
@pytest.mark.parametrize("path", ["/support/", "/journal/"])
def test_the_page_mirrors_with_its_language(ada_client, settings, language, direction, path):
    settings.LANGUAGES = [(language, language)]
    settings.LANGUAGE_CODE = language
    document, _errors = parse(ada_client.get(path).content.decode())
    (html,) = document.all("html")
    assert (html["lang"], html["dir"]) == (language, direction)


def test_a_field_for_words_takes_their_direction():
    class AnyForm(Form):
        line = CharField()
        text = CharField(widget=Textarea)
        search = CharField(widget=TextInput(attrs={"type": "search"}))
        day = DateField(widget=TextInput(attrs={"type": "date"}))

    document, _errors = parse(AnyForm().as_p())
    fields = document.all("input", "textarea")
    assert {one["name"]: one["dir"] for one in fields} == {
        **dict.fromkeys(("line", "text", "search"), "auto"),
        "day": "",
    }


def test_each_block_of_markdown_takes_its_own_direction():
    lists = f"- {SHALOM}\n- two\n\n> {SHALOM}\n\n1. {SHALOM}"
    text = f"{SHALOM}\n\nHello\n\n{lists}\n\n|a|b|\n|-|-|\n|c|d|"
    document, errors = parse(str(to_html(text)))
    outer = [one for one in document.walk() if one.parent is document]
    blocks = [one.all("table")[0] if one.tag == "div" else one for one in outer]  # it scrolls
    assert not errors
    assert [one.tag for one in blocks] == ["p", "p", "ul", "blockquote", "ol", "table"]
    assert {one["dir"] for one in blocks} == {"auto"}


def test_nobody_gives_a_direction_by_markup():
    assert '<p dir="rtl">' not in to_html('<p dir="rtl">x</p>')


def test_paragraphs_choose_one_by_one_and_stay_escaped():
    made = (
        engines["django"]
        .from_string("{{ words|paragraphs }}")
        .render({"words": f"{SHALOM} <b>\n\nHello"})
    )
    assert made == f'<p dir="auto">{SHALOM} &lt;b&gt;</p>\n\n<p dir="auto">Hello</p>'
    assert '<p dir="auto">' in plain_html(SHALOM)


def test_words_in_a_sentence_keep_their_direction_to_themselves():
    made = engines["django"].from_string("{{ words|bdi }}").render({"words": "<i>"})
    assert made == "<bdi>&lt;i&gt;</bdi>"
    assert isolate(SHALOM) == f"\u2068{SHALOM}\u2069"
