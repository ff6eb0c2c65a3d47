"""The state of an editor built on Lexical, which some apps keep as JSON, as Markdown.

A node of a kind that is not known here leaves its text.
"""

from typing import Any

from journal.exchange.foreign.json_values import inner, is_set, listed, text
from journal.exchange.foreign.markup import tidy
from journal.privacy import json_input

LONGEST = 16 * 1024**2  # characters
DEEPEST = 100  # lists and objects; a list in a list takes four
INLINE = {"text", "link", "autolink", "linebreak", "tab", "code-highlight", "hashtag"}
FORMATS = ((16, "`"), (4, "~~"), (2, "*"), (1, "**"))
STANDS = {"linebreak": "\n", "tab": "\t", "unencrypted-image": "[photo]", "snfile": "[file]"}
INDENT = " " * 4


def markdown_of(state: str) -> str:
    """Raises ValueError for what is no such state."""
    said = json_input.parse(state, longest=LONGEST, deepest=DEEPEST)
    if not inner(said, "root"):
        raise ValueError("It has no root.")
    return tidy(_block(said["root"]))


def _block(node: Any) -> str:
    kind, children = text(node, "type"), listed(node, "children")
    if kind == "list":
        return _list(node, "")
    if kind == "horizontalrule":
        return "---"
    if kind == "code":
        return f"```{text(node, 'language')}\n{_inline(children)}\n```"
    if kind == "table":
        return "\n".join(" | ".join(_cells(row)) for row in children)
    if any(_is_block(child) for child in children):
        words = "\n\n".join(_block(child) for child in children)
    else:
        words = _inline(children) if children else _inline([node])
    if kind == "heading":
        level = text(node, "tag")[1:]
        return f"{'#' * (int(level) if level in set('123456') else 1)} {words}"
    if kind == "quote":
        return "\n".join(f"> {line}".rstrip() for line in words.split("\n"))
    return f"**{words}**" if kind == "collapsible-title" and words else words


def _is_block(node: Any) -> bool:
    return bool(listed(node, "children")) and text(node, "type") not in INLINE


def _cells(row: Any) -> list[str]:
    return [" ".join(_block(cell).split()) for cell in listed(row, "children")]


def _list(node: Any, indent: str) -> str:
    lines, number = [], 0
    for item in listed(node, "children"):
        children = listed(item, "children")
        inner_lists = [child for child in children if text(child, "type") == "list"]
        if words := _inline([child for child in children if child not in inner_lists]):
            number += 1
            kind = text(node, "listType")
            mark = f"{number}." if kind == "number" else "-"
            if kind == "check":
                mark += " [x]" if is_set(item, "checked") else " [ ]"
            words = words.replace("\n", f"\n{indent}{INDENT}")
            lines.append(f"{indent}{mark} {words}")
        lines += [_list(one, indent + INDENT) for one in inner_lists]
    return "\n".join(lines)


def _inline(nodes: list[Any]) -> str:
    return "".join(_words(node) for node in nodes)


def _words(node: Any) -> str:
    kind = text(node, "type")
    if kind in STANDS:
        return STANDS[kind]
    if kind in ("link", "autolink"):
        words, url = _inline(listed(node, "children")), text(node, "url")
        return url if words in ("", url) else f"[{words}]({url})"
    if children := listed(node, "children"):
        return _inline(children)
    words, bits = text(node, "text"), node.get("format") if isinstance(node, dict) else 0
    bare = words.strip()
    if bare and kind == "text" and isinstance(bits, int):
        marked = bare
        for bit, mark in FORMATS:
            marked = f"{mark}{marked}{mark}" if bits & bit else marked
        words = words.replace(bare, marked, 1)
    return words
