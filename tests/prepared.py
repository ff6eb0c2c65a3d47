"""What takes long to make and hardly ever changes, kept between runs in .pytest_cache.

`copy_of("cluster", key, target, make)` copies what was kept under that key, or makes it and keeps
it, the newest of each name only. Nothing runs on what is kept, so runs at the same time do not
meet: each works on its own copy, and a lock covers making and copying. `make clean` removes it.
"""

import ast
import fcntl
import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "prepared"

MEMORY = Path("/dev/shm")
ENOUGH = 4 * 1024**3


def new_folder(purpose: str = "serve") -> Path:
    """A short path, as a socket goes in there; open for passing through, since PostgreSQL runs
    as a system user of its own when root runs the tests. In memory where there is plenty of it:
    nothing here is worth a disk's time."""
    in_memory = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    place = MEMORY if in_memory else "/tmp"
    folder = Path(tempfile.mkdtemp(prefix=f"selftrust-{purpose}-", dir=place))
    folder.chmod(0o711)
    return folder


def copy_of(name: str, key: str, target: Path, make: Callable[[Path], object]) -> None:
    kept = KEPT / f"{name}-{key}"
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if kept.exists():
            _copy(kept, target)
            return
        make(target)
        for outdated in KEPT.glob(f"{name}-*"):
            shutil.rmtree(outdated)
        draft = KEPT / f"{name}-draft"
        _copy(target, draft)
        draft.rename(kept)


def _copy(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-a", source, target], check=True)  # whoever owns what


@cache
def migrations_key() -> str:
    """Changes with everything that migrations do: their files, the modules of ours that they
    import (constants, operations, fields), the SQL beside them, and the installed versions."""
    files = {*_imported_by([*(ROOT / "journal").rglob("migrations/*.py")])}
    files |= {*(ROOT / "journal").rglob("*.sql"), *(ROOT / "journal" / "embedded").glob("*.py")}
    files |= {*(ROOT / "journal" / "database").glob("*.py")}
    files |= {ROOT / "selftrust" / "settings.py"}
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(files):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    for folder in map(Path, sys.path):
        if folder.name == "site-packages":
            versions = sorted(path.name for path in folder.glob("*.dist-info"))
            digest.update("\n".join(versions).encode())
    return digest.hexdigest()[:16]


def _imported_by(files: list[Path]) -> Iterator[Path]:
    """The files, and whatever of the project they import, directly or not."""
    seen: set[Path] = set()
    while files:
        file = files.pop()
        if file not in seen:
            seen.add(file)
            yield file
            files += [path for name in _imports(file) for path in _files_of(name)]


def _imports(file: Path) -> Iterator[str]:
    package = file.relative_to(ROOT).parts[:-1]
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from (module, *(f"{module}.{alias.name}" for alias in node.names))


def _files_of(name: str) -> list[Path]:
    path = ROOT.joinpath(*name.split("."))
    return [file for file in (path.with_suffix(".py"), path / "__init__.py") if file.exists()]
