"""Every command, setting, file and address that the documents name is there.

Documents are README, CONTRIBUTING, CHANGELOG and docs/. Names are recognised by how they are
written: `make something`, `manage.py something`, SETTINGS_IN_CAPITALS, /addresses/ and paths.
"""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands
from django.urls import Resolver404, resolve

from tests.routes.addresses import all_addresses

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
INDENTED = re.compile(r"^(?: {4}|\t)\S.*$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)")
FILES = re.compile(
    r"(?<![\w/<.-])((?:journal|selftrust|templates|static|tests|docs|\.ci)/[\w./-]*\w)"
)
ADDRESS = re.compile(r"(?<![\w.:>/~-])/(?:[a-z][\w-]*)(?:/[\w<>:-]+)*/?(?![\w.*/-])")
SETTING = re.compile(r"\b[A-Z][A-Z]+(?:_[A-Z]+)+\b|\b(?:PORT|HOST|DEBUG)\b")
# In the environment of programs that are not ours.
NOT_OURS = {"POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "AES_GCM"}
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
    text = document.read_text()
    return "\n".join([*CODE.findall(text), *INDENTED.findall(text)])


def targets() -> set[str]:
    return set(re.findall(r"^([a-z][\w-]*):", (ROOT / "Makefile").read_text(), re.MULTILINE))


def names_in_use() -> str:
    """Everything in which a setting can have its meaning."""
    files = [*(ROOT / "selftrust").glob("*.py"), *(ROOT / "journal").rglob("*.py")]
    files += [*(ROOT / "tests").rglob("*.py"), ROOT / "Makefile"]
    files += [ROOT / name for name in ("Dockerfile", "compose.yaml", ".ci/run")]
    return "\n".join(file.read_text() for file in files if file.exists())


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
    for path in FILES.findall(code):
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
    settings = (ROOT / "selftrust" / "settings.py").read_text()
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", settings)) - {"SELFTRUST_DEBUG"}
    unexplained = sorted(name for name in read if name not in guide.read_text())
    assert not unexplained, f"docs/self-hosting.md says nothing of {unexplained}"
