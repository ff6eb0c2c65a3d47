"""Text from outside becomes values in one place, which bounds its size and its depth."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BOUNDED = "journal/privacy/json_input.py"
# Modules that read only what this installation wrote itself.
OWN = {
    "journal/coaching/models.py": "the weeks of a program, sealed in the database",
    "journal/exchange/foreign/questions.py": "the answers of a form, sealed in the database",
    "journal/exchange/jobs.py": "rows as they were, sealed in the database",
    "journal/exchange/models.py": "the preview, sealed in the database",
    "journal/mail/models.py": "a mail of ours, sealed in the database",
    "journal/operation/example/fixture.py": "a file of the program",
    "journal/operation/example/words.py": "files of the program",
    "journal/installation/notes.py": "small files of the data folder, of former versions",
    "journal/people/database_cache.py": "counts, in a table that only the owner's role writes",
    "journal/sharing/models/grants.py": "figures, sealed in the database",
    "journal/support/countries.py": "a file of the program",
    "journal/support/page_copy.py": "the copy of the support page in the data folder",
}
BOUNDED_BY_THEMSELVES = {
    "journal/exchange/front_matter.py": "64 KiB, few brackets; YAML of texts only, and TOML",
}
# Readers of JSON, and of formats that can also run code or grow without end.
READERS = {
    *("json.load", "json.loads", "json.JSONDecoder", "request.json", "forms.JSONField"),
    *("pickle.load", "pickle.loads", "yaml.load", "yaml.safe_load", "marshal.loads"),
    *("ElementTree.parse", "ElementTree.fromstring", "minidom.parseString", "tomllib.loads"),
}


def readers_in(source: str) -> Iterator[str]:
    if not any(all(part in source for part in name.split(".")) for name in READERS):
        return  # cheaper than looking at each node
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if (name := f"{node.value.id}.{node.attr}") in READERS:
                yield name
        elif isinstance(node, ast.ImportFrom):
            yield from {f"{node.module}.{one.name}" for one in node.names} & READERS


def test_a_reader_is_found():
    assert list(readers_in("import json\njson.loads(x)")) == ["json.loads"]
    assert list(readers_in("from json import loads")) == ["json.loads"]
    assert list(readers_in("import json\njson.dumps(x)")) == []


def test_json_from_outside_is_read_with_bounds():
    found = {}
    for path in sorted((ROOT / "journal").rglob("*.py")):
        if names := set(readers_in(path.read_text())):
            found[str(path.relative_to(ROOT))] = names
    found.pop(BOUNDED)
    assert set(found) == {*OWN, *BOUNDED_BY_THEMSELVES}, (
        f"Read what comes from outside with {BOUNDED}; a module that reads only what we wrote "
        "ourselves is named here, with the reason."
    )
