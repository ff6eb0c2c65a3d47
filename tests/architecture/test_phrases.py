"""The phrases of phrases.toml stand in no template, message, mail, document or script."""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

from tests.architecture.sources import PYTHON, ROOT, TEMPLATES, in_english, name_of

LISTED = tomllib.loads((ROOT / "tests/architecture/phrases.toml").read_text())
INSTEAD: dict[str, str] = LISTED["instead"]
PATTERNS: dict[str, list[str]] = LISTED["patterns"]
ALLOWED: dict[str, dict[str, str]] = LISTED["allowed"]
COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}|<!--.*?-->", re.DOTALL)
OTHER = sorted(
    [
        *(ROOT / "templates").rglob("*.txt"),
        *(ROOT / "static/js").rglob("*.js"),
        *(ROOT / "journal").rglob("*.json"),
        # The glossary names what is not said beside what is.
        *(path for path in in_english() if path.name != "glossary.md"),
        *ROOT.glob("*.md"),
    ]
)
FORMER = "former_wordings.py"  # nobody reads these any more but the importer
MODULES = [
    path for path in PYTHON if path.parts[len(ROOT.parts)] != "tests" and path.name != FORMER
]


def plain(text: str) -> str:
    """The text on one line, with straight quotes."""
    return " ".join(text.replace("’", "'").split())


def strings_of(module: Path) -> list[str]:
    """Every string of a module but its docstrings: adjacent pieces are one, as Python has it."""
    nodes = [*ast.walk(ast.parse(module.read_text()))]
    docstrings = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in nodes
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in docstrings
    ]


@cache
def texts() -> dict[str, str]:
    """What a person may read out of each file, by the file's name."""
    found = {name_of(path): plain("\n".join(strings_of(path))) for path in MODULES}
    found |= {name_of(path): plain(COMMENT.sub("", path.read_text())) for path in TEMPLATES}
    return found | {name_of(path): plain(path.read_text()) for path in OTHER}


def expression(phrase: str) -> re.Pattern[str]:
    if phrase in PATTERNS:
        return re.compile(PATTERNS[phrase][0])
    end = r"\b" if phrase[-1].isalnum() else ""
    return re.compile(rf"\b{re.escape(phrase)}{end}", re.IGNORECASE)


@cache
def lowered() -> dict[str, str]:
    return {name: text.lower() for name, text in texts().items()}


def places(phrase: str) -> list[str]:
    found, literal = expression(phrase), "" if phrase in PATTERNS else phrase.lower()
    names = [name for name, text in lowered().items() if literal in text]  # a tenth of the time
    return [name for name in names if found.search(texts()[name])]


@pytest.mark.parametrize("phrase", [*INSTEAD, *PATTERNS])
def test_a_phrase_stands_only_where_it_is_allowed(phrase):
    say = INSTEAD[phrase] if phrase in INSTEAD else PATTERNS[phrase][1]
    allowed = tuple(ALLOWED.get(phrase, ()))
    left = [name for name in places(phrase) if not name.startswith(allowed)]
    assert left == [], f"Say instead: {say}"


@pytest.mark.parametrize("phrase", ALLOWED)
def test_what_is_allowed_is_used(phrase):
    unused = [
        place
        for place in ALLOWED[phrase]
        if not any(name.startswith(place) for name in places(phrase))
    ]
    assert unused == []


def test_texts_are_found_in_every_kind_of_file():
    assert {name.rpartition(".")[2] for name in texts()} == {
        "py",
        "html",
        "txt",
        "js",
        "json",
        "md",
    }
    assert "Sign in" in texts()["templates/account/login.html"]
