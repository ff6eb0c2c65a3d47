"""Markdown for a journal, made safe twice: no HTML in the source, few tags in the output.

Rendering has a budget, since 20,000 characters can be a table of 590,000 cells. It counts the
parser's steps and not seconds, so that an entry looks the same on a slow machine. An entry of
20,000 characters in which every line is a list item with bold words takes 20,000 steps, which is an
eighth of a second.
"""

import nh3
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from journal.people.text_direction import paragraphs
from journal.reflections.entries.markdown_rules import SCHEMES, markdown_parser

STEPS = 25_000  # for one entry
STEPS_OF_A_PAGE = 150_000  # for all entries of a page
LONGEST_HTML = 150_000  # characters

TAGS = {
    "p",
    "br",
    "hr",
    "em",
    "strong",
    "s",
    "blockquote",
    "ul",
    "ol",
    "li",
    "code",
    "pre",
    "a",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "div",
    "small",
    "span",
}
ATTRIBUTES = {"a": {"href"}, "div": {"tabindex"}, "*": {"dir"}}
CLASSES = {"div": {"table-wrap"}}  # scrolls a wide table


class TooMuch(Exception):
    """The text takes more than its budget."""


class Budget:
    """The steps of the parser that are left for an entry, and for the page that it is on."""

    def __init__(self, steps: int = STEPS, page: "Budget | None" = None) -> None:
        self.left, self._page = steps, page

    def spend(self, steps: int = 1) -> None:
        self.left -= steps
        if self._page:
            self._page.spend(steps)
        if self.left < 0:
            raise TooMuch


def _count_block(state: StateBlock, _start: int, _end: int, _silent: bool) -> bool:
    """A rule that never applies. The parser asks it at every line, once for each block around."""
    made = len(state.tokens)  # a row of a table makes three for each cell
    state.env["budget"].spend(1 + made - state.env["made"])
    state.env["made"] = made
    return False


def _count_inline(state: StateInline, _silent: bool) -> bool:
    state.env["budget"].spend()
    return False


_parser = markdown_parser(_count_block, _count_inline)


def _below_the_title(tokens: list[Token]) -> list[Token]:
    """Shifts headings below the page's h1 and never skips a level, whatever
    level the text starts at."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            level = int(token.tag[1])
            above = [*(one for one in above if one < level), level]
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{len(above) + 1}" if len(above) < 6 else "h6"
    return tokens


def _directed(tokens: list[Token]) -> list[Token]:
    """Each outermost block takes the direction of its own words; static/css/base.css does the same
    for the lines within it. A list whose items chose for themselves would have none to follow."""
    for token in tokens:
        if token.level == 0 and token.nesting >= 0 and token.type not in ("inline", "hr"):
            token.attrSet("dir", "auto")
    return tokens


def to_html(text: str, budget: Budget | None = None) -> SafeString:
    """Renders a body. An image is a link, since loading one would contact another server.

    Raises TooMuch, after which `plain_html` remains.
    """
    try:
        tokens = _parser.parse(text, {"budget": budget or Budget(), "made": 0})
        tokens = _directed(_below_the_title(tokens))
        html = _parser.renderer.render(tokens, _parser.options, {})
    except RecursionError as error:
        raise TooMuch from error
    if len(html) > LONGEST_HTML:
        raise TooMuch
    clean = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
    )
    return mark_safe(clean)  # noqa: S308 - cleaned on the line above


def plain_html(text: str) -> SafeString:
    """The body as it was typed, with a sentence that says why."""
    why = _("Shown as plain text, because it has too much Markdown to format.")
    return format_html('<p class="note">{}</p>{}', why, paragraphs(text))
