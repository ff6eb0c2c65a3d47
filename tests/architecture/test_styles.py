"""The styles: each file is whole, nothing covers a low window, and motion can be turned off."""

import re
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, name_of

STYLES = sorted((ROOT / "static" / "css").glob("*.css"))
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|"[^"]*"', re.DOTALL)
LOW = "(min-height: 30rem)"
MOTION = re.compile(r"(animation|transition|scroll-behavior|navigation)\b")
SCRIPTED_MOTION = re.compile(r"\.animate\(|startViewTransition|[\"']smooth[\"']")


def declarations(path: Path) -> list[tuple[str, list[str]]]:
    """Each declaration, with the rules around it; a file is joined with others, so it ends even."""
    around: list[str] = []
    found, before = [], ""
    text = COMMENT_OR_STRING.sub("", path.read_text())
    for piece in re.split(r"([{};])", text):
        if piece == "{":
            around.append(before.strip())
        elif piece == "}":
            assert around, f"{name_of(path)}: a brace too many is closed after {found[-1]}"
            around.pop()
        elif piece == ";":
            found.append((before.strip(), [*around]))
        before = piece
    assert not around, f"{name_of(path)}: {around} is not closed"
    return found


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_what_is_fixed_or_sticky_is_so_in_windows_high_enough(path):
    wrong = [
        around[-1]
        for declaration, around in declarations(path)
        if re.fullmatch(r"position:\s*(fixed|sticky)", declaration)
        and not any(rule.startswith("@media") and "min-height" in rule for rule in around)
    ]
    assert not wrong, f"{wrong}: put it in @media {LOW} (docs/design/components.md)."


@pytest.mark.parametrize("path", STYLES, ids=name_of)
def test_nothing_moves_for_whoever_asked_for_less_motion(path):
    wrong = [
        f"{around[-1]}: {declaration}"
        for declaration, around in declarations(path)
        if MOTION.match(declaration)
        and not any("prefers-reduced-motion" in rule for rule in around)
    ]
    assert not wrong, f"{wrong}: put it in @media (prefers-reduced-motion: no-preference)."


def test_no_script_moves_anything():
    scripts = [*(ROOT / "static" / "js").glob("*.js"), *(ROOT / "static" / "worker").glob("*.js")]
    moving = [name_of(path) for path in scripts if SCRIPTED_MOTION.search(path.read_text())]
    assert not moving, f"{moving}: styles move things, and only where nobody asked for less motion."
