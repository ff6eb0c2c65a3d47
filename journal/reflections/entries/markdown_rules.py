"""Rules of the Markdown parser under which reading shows every letter and digit that was typed.

CommonMark keeps some words to itself: definitions of references, addresses and titles of links,
pictures, names of entities, the language of a code block, numbers of list items, cells beyond the
last column, and whatever is nested too deeply. Someone who writes `[8:00]: woke` never hears that
this was Markdown. tests/reflections/test_markdown_words.py compares both sides of any text.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.rules_block import StateBlock, paragraph, table
from markdown_it.rules_block.table import getLine
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

SCHEMES = {"http", "https", "mailto", "tel"}
DEEPEST = 16  # levels; the parser drops what is at its own limit, 20, and a list takes two

_between_cells = re.compile(r"(?<!\\)\|")
_leads_nowhere = re.compile(r"\(\s*(?:\)|<>)")
_product = re.compile(r"(?<=\d)\*+(?=\d)")


class Renderer(RendererHTML):
    """A list item shows the number that was typed, and a code block what follows its fence."""

    def list_item_open(self, tokens: Sequence[Token], idx: int, *_args: Any) -> str:
        token = tokens[idx]
        if not token.info:
            return "<li>"
        return f"<li><span>{escapeHtml(token.info + token.markup)}</span><div>"

    def list_item_close(self, tokens: Sequence[Token], idx: int, *_args: Any) -> str:
        return "</div></li>\n" if tokens[idx].markup in (".", ")") else "</li>\n"

    def fence(self, tokens: Sequence[Token], idx: int, *_args: Any) -> str:
        info, code = escapeHtml(tokens[idx].info.strip()), escapeHtml(tokens[idx].content)
        return f"<pre>{f'<small>{info}</small><br>' if info else ''}<code>{code}</code></pre>\n"

    def table_open(self, *_args: Any) -> str:
        return '<div class="table-wrap" tabindex="0"><table dir="auto">\n'

    def table_close(self, *_args: Any) -> str:
        return "</table></div>\n"


def _is_link(address: str) -> bool:
    return address.partition(":")[0].lower() in SCHEMES and ":" in address


def _nothing_deeper(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Deeply nested lines are paragraphs, with their marks as they were typed."""
    return not silent and state.level >= DEEPEST and paragraph(state, start, end, silent)


def _whole_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table whose last column takes the cells that a row has beyond it."""
    made = len(state.tokens)
    if not table(state, start, end, silent):
        return False
    cells: list[str] = []
    columns = 0
    for token in state.tokens[made:]:
        if token.type == "tr_open" and token.map:
            line = getLine(state, token.map[0]).strip()
            cells = [cell.strip() for cell in _between_cells.split(line)]
            cells = cells[not cells[0] : len(cells) - (len(cells) > 1 and not cells[-1])]
            columns = columns or len(cells)
            cells[columns - 1 :] = [" | ".join(cells[columns - 1 :])]
        elif token.type == "inline":
            token.content = cells.pop(0) if cells else ""
    return True


def _link_with_address(state: StateInline, silent: bool) -> bool:
    """A link, followed by its address and title as they were typed."""
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, True)
    if _leads_nowhere.match(state.src, end + 1) or not link(state, silent):
        return False
    if not silent:
        state.push("small_open", "small", 1)
        state.push("text", "", 0).content = f" {state.src[end + 1 : state.pos]}"
        state.push("small_close", "small", -1)
    return True


def _shown_backslash(state: StateInline, silent: bool) -> bool:
    r"""An escaped mark is only a mark, and its backslash stays: the arm of ¯\_(ツ)_/¯."""
    both = state.src[state.pos : min(state.pos + 2, state.posMax)]
    if not re.fullmatch(r"\\[!-/:-@\[-`{-~]", both):
        return False
    return _as_typed(state, both, silent)


def _multiplication(state: StateInline, silent: bool) -> bool:
    """2*3*4 is no emphasis."""
    sign = _product.match(state.src, state.pos, state.posMax)
    return _as_typed(state, sign[0], silent) if sign else False


def _as_typed(state: StateInline, text: str, silent: bool) -> bool:
    if not silent:
        state.append_pending(text)
    state.pos += len(text)
    return True


BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]


def markdown_parser(count_block: BlockRule, count_inline: InlineRule) -> MarkdownIt:
    """`count_block` and `count_inline` are asked first, at every step, and apply never."""
    parser: Any = MarkdownIt("commonmark", {"html": False, "breaks": True}, renderer_cls=Renderer)
    parser.enable(["table", "strikethrough"]).disable(
        ["reference", "entity", "image", "html_block"]
    )
    parser.validateLink = _is_link
    parser.normalizeLinkText = str
    everywhere = {"alt": ["paragraph", "blockquote", "list"]}
    parser.block.ruler.at("table", _whole_table, {"alt": ["paragraph"]})
    parser.block.ruler.before("table", "depth", _nothing_deeper)
    parser.block.ruler.before("depth", "budget", count_block, everywhere)
    parser.inline.ruler.at("link", _link_with_address)
    parser.inline.ruler.at("escape", _shown_backslash)
    parser.inline.ruler.before("emphasis", "multiplication", _multiplication)
    parser.inline.ruler.before("text", "budget", count_inline)
    return parser
