"""Every command, setting, file, name in code and address that the documents name is there.

Documents are README, CONTRIBUTING, CHANGELOG and docs/. Names are recognised by how they are
written: `make something`, `manage.py something`, SETTINGS_IN_CAPITALS, /addresses/, paths,
`dotted.modules`, `functions()`. Comments and docstrings may name a file only if it is there.
"""

import ast
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from tests.routes.addresses import all_addresses

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
SOURCES = ("journal", "selftrust", "templates", "static", "tests")
SUFFIXES = (".py", ".html", ".js", ".css", ".sql", ".json", ".toml", ".txt", ".md")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
INDENTED = re.compile(r"^(?: {4}|\t)\S.*$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)")
FILE = re.compile(r"(?<![\w./<-])[\w-][\w./-]*\.(?:py|html|js|css|sql|toml)\b(?![./]\w)")
FOLDER = re.compile(
    r"(?<![\w/<.-])((?:journal|selftrust|templates|static|tests|docs|\.ci)/[\w./-]*\w)"
)
MODULE = re.compile(r"(?<![\w./@-])(?:journal|selftrust|tests)(?:\.\w+)+")
NAME = re.compile(r"@?([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)(?:\([^`]*\))?")
LIKE_CODE = re.compile(r"[_.(@]|[a-z][A-Z]")  # other single words are quoted as words
# The recipes in CONTRIBUTING.md make these things (tests/architecture/test_recipes.py).
RECIPE = re.compile(r"^```(?:diff|python|sh).*?^```$", re.DOTALL | re.MULTILINE)
ADDRESS = re.compile(r"(?<![\w.:>/~-])/(?:[a-z][\w-]*)(?:/[\w<>:-]+)*/?(?![\w.*/-])")
SETTING = re.compile(r"\b[A-Z][A-Z]+(?:_[A-Z]+)+\b|\b(?:PORT|HOST|DEBUG)\b")
# In the environment of programs that are not ours.
NOT_OURS = {"journal.example.org", "POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "AES_GCM"}
# Places on a machine, not addresses of ours.
MACHINE = (
    "/tmp",
    "/var",
    "/etc",
    "/usr",
    "/data",
    "/srv",
    "/home",
    "/opt",
    "/dev",
    "/backup",
    "/root",
)


def code_in(document: Path) -> str:
    text = RECIPE.sub("", document.read_text())
    return "\n".join([*CODE.findall(text), *INDENTED.findall(text)])


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


@cache
def names_in_use() -> str:
    """Everything in which a setting can have its meaning."""
    files = [*(ROOT / "selftrust").glob("*.py"), *(ROOT / "journal").rglob("*.py")]
    files += [*(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]
    files += [ROOT / name for name in ("Dockerfile", "compose.yaml", ".ci/run")]
    return "\n".join(file.read_text() for file in files if file.exists())


@cache
def paths() -> frozenset[str]:
    """Every file of ours from the root, and without the first parts of its path."""
    files = [*ROOT.glob("*"), *(ROOT / ".ci").glob("*"), *(ROOT / "docs").rglob("*")]
    files += [file for folder in SOURCES for file in (ROOT / folder).rglob("*")]
    parts = [file.relative_to(ROOT).parts for file in files if file.is_file()]
    return frozenset("/".join(part[n:]) for part in parts for n in range(len(part)))


@cache
def words() -> frozenset[str]:
    """Every word in code, settings and templates."""
    files = [ROOT / "Makefile", ROOT / "pyproject.toml", ROOT / "requirements.txt"]
    files += [file for folder in SOURCES for file in (ROOT / folder).rglob("*")]
    texts = [
        file.read_text() for file in files if file.suffix in ("", *SUFFIXES) and file.is_file()
    ]
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


def is_module(name: str) -> bool:
    """A module, or something in one."""
    module, _dot, rest = name.rpartition(".")
    try:
        return bool(find_spec(name)) or hasattr(import_module(module), rest)
    except ImportError:
        return is_module(module) if "." in module and rest[:1].isupper() else False


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_code_that_is_there(document):
    if document.name == "CHANGELOG.md":
        return
    text = RECIPE.sub("", document.read_text())
    in_use = names_in_use()
    wrong = {
        path for path in FILE.findall(text) if path not in paths() and f'"{path}"' not in in_use
    }
    for name in set(MODULE.findall(text)) - NOT_OURS:
        if not name.endswith(SUFFIXES) and not is_module(name):
            wrong.add(name)
    for span in re.findall(r"`([^`\n]+)`", text):
        found = NAME.fullmatch(span)
        if found and LIKE_CODE.search(span) and not set(found[1].split(".")) <= words():
            wrong.add(span)
    assert not wrong, f"{document.name} names what is not there: {sorted(wrong)}"


def test_the_architecture_is_one_page():
    text = (ROOT / "docs/architecture.md").read_text()
    assert len(text.split()) <= 1150, "Move subjects to docs/where.md and docs/design/."


def comments(file: Path) -> Iterator[str]:
    if file.suffix != ".py":
        yield from re.findall(r"\{#.*?#\}|/\*.*?\*/|^\s*//.*?$", file.read_text(), re.DOTALL | re.M)
        return
    with file.open("rb") as lines:
        for token in tokenize.tokenize(lines.readline):
            if token.type == tokenize.COMMENT:
                yield token.string
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield str(node.value.value)


def test_comments_name_files_that_are_there():
    files = [file for folder in SOURCES for file in (ROOT / folder).rglob("*")]
    wrong = [
        f"{file.relative_to(ROOT)}: {path}"
        for file in [*files, ROOT / "manage.py"]
        if file.suffix in (".py", ".html", ".js", ".css") and ".py" in file.read_text()
        for comment in comments(file)
        for path in re.findall(r"[\w/]*\w\.py\b", comment)
        if path.lstrip("/") not in paths()
    ]
    assert not wrong, f"Comments name what is not there: {wrong}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_names_only_what_is_there(document):
    code = code_in(document)
    wrong = []
    for target in re.findall(r"\bmake ([a-z][\w-]*)", code):
        if target not in targets():
            wrong.append(f"make {target}")
    for command in re.findall(r"\bmanage\.py ([a-z_]\w*)", code):
        if command not in get_commands():
            wrong.append(f"manage.py {command}")
    in_use = names_in_use()
    for setting in SETTING.findall(code):
        if setting not in NOT_OURS and not re.search(rf"\b{setting}\b", in_use):
            wrong.append(setting)
    for path in LINK.findall(document.read_text()):
        if "://" not in path and not (document.parent / path).exists():
            wrong.append(f"link to {path}")
    for path in FOLDER.findall(code):
        if not (ROOT / path).exists():
            wrong.append(path)
    wrong += [address for address in ADDRESS.findall(code) if not is_an_address(address)]
    assert not wrong, f"{document.name} names what is not there: {sorted(set(wrong))}"


def is_an_address(address: str) -> bool:
    if address.startswith(MACHINE) or address in all_addresses():
        return True
    if any(
        _without_places(known).startswith(_without_places(address)) for known in all_addresses()
    ):
        return True
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def _without_places(address: str) -> str:
    """/journal/<uuid:pk>/ and /journal/ID/ are one address in two ways of writing."""
    return re.sub(r"<[^>]+>|(?<=/)[A-Z][A-Z-]*(?=/)", "*", address)


def test_every_setting_is_explained():
    """Whoever hosts it finds each name of the environment in docs/self-hosting.md."""
    guide = ROOT / "docs" / "self-hosting.md"
    if not guide.exists():
        pytest.skip("docs/self-hosting.md is not written yet")
    places = [ROOT / "selftrust" / "settings.py", *(ROOT / "journal" / "embedded").glob("*.py")]
    settings = "".join(place.read_text() for place in places)
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", settings)) - {"SELFTRUST_DEBUG"}
    unexplained = sorted(name for name in read if name not in guide.read_text())
    assert not unexplained, f"docs/self-hosting.md says nothing of {unexplained}"
