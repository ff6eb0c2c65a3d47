"""What every module keeps to: its length, its names, and that imports run in no circle.

Needs nothing but the files, so `make check` runs it without a database.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST_MODULE = 350
FORBIDDEN = re.compile(r"def of\(|class (?:Line|Found|Told)\b")

Graph = dict[str, set[str]]


def modules(*folders: str) -> dict[str, Path]:
    """By the name under which each is imported."""
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return {name_of(path): path for path in files if "migrations" not in path.parts}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_a_module_is_short_enough_to_be_read_at_one_sitting():
    long = {
        name: lines
        for name, path in modules("journal", "selftrust", "tests").items()
        if (lines := len(path.read_text().splitlines())) > LONGEST_MODULE
    }
    assert not long, f"Longer than {LONGEST_MODULE} lines: each of these is two modules. {long}"


def test_names_that_say_nothing_are_not_used():
    found = [
        f"{name}:{number} {line.strip()}"
        for name, path in modules("journal", "selftrust", "tests").items()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if FORBIDDEN.search(line) and path != Path(__file__)
    ]
    assert not found, f"Say of what, in a word that can be searched for: {found}"


# --- imports


def test_no_imports_run_in_a_circle():
    """Also within an app, inside functions and under TYPE_CHECKING: a late import hides a circle
    and does not break it. What both need goes into a module of its own."""
    circle = circle_in(imports(modules("journal", "selftrust")))
    assert circle is None, " -> ".join(circle or ())


def test_a_circle_is_found():
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
    assert circle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) is None


def imports(known: dict[str, Path]) -> Graph:
    return {
        name: {one for one in imported_by(path, known) if one in known} - {name}
        for name, path in known.items()
    }


def imported_by(path: Path, known: dict[str, Path]) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: import by the full name."
            for one in node.names:
                whole = f"{node.module}.{one.name}"
                yield whole if whole in known else str(node.module)


def circle_in(graph: Graph) -> list[str] | None:
    """Follows every import as far as it leads; meeting a module on the way to itself is one."""
    done: set[str] = set()

    def follow(name: str, way: list[str]) -> list[str] | None:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return None
        for one in sorted(graph[name]):
            if found := follow(one, [*way, name]):
                return found
        done.add(name)
        return None

    return next((found for name in sorted(graph) if (found := follow(name, []))), None)
