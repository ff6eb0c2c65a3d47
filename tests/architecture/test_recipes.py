"""The recipes in CONTRIBUTING.md, applied as they stand.

A block whose fence names a file changes that file: `diff` replaces the only place that has its
unchanged and removed lines, `python` is a new file. A block of `sh` is run line by line.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(diff|python|sh) ?(\S*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
RECIPES = re.compile(r"^### (A new \w+)\n(.*?)(?=^##)", re.DOTALL | re.MULTILINE)


class Block(NamedTuple):
    kind: str
    file: str
    text: str

    def applied(self, before: str) -> str:
        if self.kind == "python":
            return self.text
        lines = self.text.splitlines()
        old = "\n".join(line[1:] for line in lines if line[:1] != "+")
        new = "\n".join(line[1:] for line in lines if line[:1] != "-")
        assert before.count(old) == 1, (
            f"{self.file} has {before.count(old)} places with\n{old}\n"
            "A recipe in CONTRIBUTING.md shows these lines. Who changes them changes it, too."
        )
        return before.replace(old, new)


def recipes() -> dict[str, list[Block]]:
    text = (ROOT / "CONTRIBUTING.md").read_text()
    return {
        name: [Block(*found) for found in BLOCK.findall(part)]
        for name, part in RECIPES.findall(text)
    }


def test_there_are_three():
    assert list(recipes()) == ["A new field", "A new step", "A new measure"]


def test_each_block_fits_the_code():
    files: dict[str, str] = {}
    misfits = []
    for block in (block for blocks in recipes().values() for block in blocks if block.file):
        if block.kind == "python":
            assert not (ROOT / block.file).exists(), f"{block.file} is there already"
            continue
        if block.file not in files:
            files[block.file] = (ROOT / block.file).read_text()
        try:
            files[block.file] = block.applied(files[block.file])
        except AssertionError as misfit:
            misfits.append(str(misfit))
    assert not misfits, "\n\n".join(misfits)


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A copy of the project, with the packages of the running Python as its .venv. The folder is
    open for passing through: PostgreSQL may run as a system user of its own."""
    folder = Path(tempfile.mkdtemp(prefix="selftrust-recipes-", dir="/tmp"))
    folder.chmod(0o711)
    left_out = shutil.ignore_patterns(".*_cache", ".git", ".venv", "__pycache__", "staticfiles")
    shutil.copytree(ROOT, folder / "copy", ignore=lambda path, names: {
        *left_out(path, names), *({"var"} if Path(path) == ROOT else ())
    })  # fmt: skip
    packages = folder / "copy" / ".venv"
    packages.mkdir()
    for part in Path(sys.prefix).iterdir():
        (packages / part.name).symlink_to(part)
    for mark in (".made", ".run", ".dev"):  # nothing to install
        (packages / mark).unlink(missing_ok=True)
        (packages / mark).touch()
    yield folder / "copy"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.long
@pytest.mark.parametrize("name", recipes())
def test_each_recipe_works_to_the_letter(scratch, name):
    ours = ("SELFTRUST_", "DATABASE_URL", "PYTEST_", "DJANGO_", "MAKE")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    for block in recipes()[name]:
        if block.file:
            file = scratch / block.file
            file.write_text(block.applied(file.read_text() if file.exists() else ""))
            continue
        for command in block.text.splitlines():
            done = subprocess.run(
                command,
                shell=True,
                cwd=scratch,
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            assert not done.returncode, f"{command}\n{done.stdout[-4000:]}"
