"""HTML of other apps as Markdown."""

import pytest

from journal.exchange.foreign.markup import from_html


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One <b>two</b></p><!-- <p>not this</p> --><p>three</p>", "One **two**\n\nthree"),
        ("<!DOCTYPE html><?xml version='1.0'?><p>Words</p>", "Words"),
        ("2 < 3, I <3 you & <a lot", "2 < 3, I <3 you & <a lot"),
        ("""<a title="a > b" href='x'>Words</a>""", "[Words](x)"),
        ("<!-- begins and never ends", "<!-- begins and never ends"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n\n  - b"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b"),
    ],
)
def test_html_as_markdown(html, text):
    assert from_html(html) == text


@pytest.mark.parametrize(
    "piece", ["<a ", "<a b='", "<!--", "</", "<blockquote>", "<ul><li>", "<a b='>", '<a "', "<p"]
)
def test_broken_html_takes_no_hours(piece):
    """With html.parser alone, each of these takes minutes, or more memory than there is."""
    assert len(from_html(piece * 20_000 + "</blockquote>" * 20_000)) < 2_000_000
