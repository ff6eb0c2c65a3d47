"""The styles know no left and no right, so that a right-to-left language mirrors every page."""

import re
from pathlib import Path

from tests.architecture.sources import ROOT, name_of

STYLES = sorted((ROOT / "static").rglob("*.css"))
DECLARATION = re.compile(r"(?<![\w-])([a-z-]+):\s*([^;{}]+);")
PHYSICAL = re.compile(r"(?<![\w-])(left|right)(?![\w])|-(left|right)(?![\w])")
SIDES = re.compile(r"^(margin|padding|inset|border-(width|color|style)|border-radius|scroll-.*)$")
# What is physical for a reason: the two triangles of a select, put right by the rule after it.
ALLOWED = {("static/css/controls.css", "background-position")}


def parts(value: str) -> list[str]:
    """`0 calc(1px + 2px) 0` are three."""
    while "(" in value:
        value = re.sub(r"\(([^()]*)\)", lambda inner: re.sub(r"\s", "", f"[{inner[1]}]"), value)
    return value.split()


def one_sided(name: str, value: str) -> bool:
    """Whether a declaration means the left or the right of the screen."""
    if PHYSICAL.search(f"{name} {value}") or "translateX" in value:
        return True
    sides = parts(value.split("!")[0])
    if len(sides) < 4 or not SIDES.match(name):
        return False
    top, right, bottom, left = sides[:4]
    return (top, bottom) != (right, left) if name == "border-radius" else right != left


def physical(path: Path) -> list[str]:
    text = re.sub(r"/\*.*?\*/|\"[^\"]*\"", "", path.read_text(), flags=re.DOTALL)
    return [
        f"{name_of(path)}: {name}: {' '.join(value.split())}"
        for name, value in DECLARATION.findall(text)
        if one_sided(name, value) and (name_of(path), name) not in ALLOWED
    ]


def test_a_style_says_start_and_end():
    found = [one for path in STYLES for one in physical(path)]
    assert not found, "\n".join(
        ["Say inline-start, inline-end (margin-inline, text-align):", *found]
    )
