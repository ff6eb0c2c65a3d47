"""Where the worker's backups are kept: a folder, or a bucket of a server that speaks S3.

In a bucket, `selftrust-20261130T164300Z/manifest.json` is sent last and deleted last: without it
there is no backup.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import storages
from django.core.management import call_command

from journal.embedded.backup_settings import ScheduledBackups
from journal.operation.backups import Refused, backup, manifest
from journal.privacy.sealed_files import private_file

SCRATCH = ".backup-on-its-way-"  # in the data folder


class Place(Protocol):
    def names(self) -> list[str]: ...
    def size(self, name: str) -> int: ...
    def is_ours(self, name: str) -> bool: ...
    def room(self) -> Path | None:
        """The folder whose disk has to take it; None, if there is none yet."""

    def make(self, name: str, *, without_photos: bool) -> None: ...
    def remove(self, name: str) -> None: ...
    def remove_half_of(self, name: str) -> None: ...


def place_of(plan: ScheduledBackups) -> Place:
    return Bucket(storages.create_storage(plan.bucket)) if plan.bucket else Folder(plan.folder)


class Folder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        try:
            return [path.name for path in self.folder.iterdir() if _is_folder(path)]
        except OSError:  # the backup itself says so
            return []

    def size(self, name: str) -> int:
        return sum(path.stat().st_size for path in (self.folder / name).rglob("*"))

    def is_ours(self, name: str) -> bool:
        return manifest.is_ours(self.folder / name)

    def room(self) -> Path | None:
        return self.folder if self.folder.is_dir() else None

    def make(self, name: str, *, without_photos: bool) -> None:
        call_command("backup", str(self.folder / name), without_photos=without_photos)

    def remove(self, name: str) -> None:
        """The manifest last, so that an interrupted one is still known as ours."""
        for path in (self.folder / name).iterdir():
            if _is_folder(path):
                shutil.rmtree(path)
            elif path.name != manifest.MANIFEST:
                path.unlink()
        shutil.rmtree(self.folder / name)

    def remove_half_of(self, name: str) -> None:
        shutil.rmtree(backup.half_of(self.folder / name), ignore_errors=True)


class Bucket:
    """Makes each backup in the data folder first, which therefore needs the room for one."""

    def __init__(self, storage: Any) -> None:
        self.storage = storage

    def names(self) -> list[str]:
        with _asked():
            folders, _files = self.storage.listdir("")
            return [one for one in folders if self.storage.exists(f"{one}/{manifest.MANIFEST}")]

    def size(self, name: str) -> int:
        with _asked():
            return sum(self.storage.size(path) for path in self._files(name))

    def is_ours(self, name: str) -> bool:
        with _asked(), _scratch() as folder:
            self._fetch(f"{name}/{manifest.MANIFEST}", folder / manifest.MANIFEST)
            return manifest.is_ours(folder)

    def room(self) -> Path | None:
        return Path(settings.DATA_DIR)

    def make(self, name: str, *, without_photos: bool) -> None:
        with _scratch() as folder:
            call_command("backup", str(folder / name), without_photos=without_photos)
            last = folder / name / manifest.MANIFEST
            for path in [*sorted(set(_files_in(folder / name)) - {last}), last]:
                with _asked(), path.open("rb") as file:
                    self.storage.save(path.relative_to(folder).as_posix(), File(file))

    def fetch(self, name: str, target: Path) -> None:
        """Into a new folder; `restore` and `verify_backup` check what is in it."""
        if target.exists():
            raise Refused(f"{target} already exists.")
        with _asked():
            target.mkdir(mode=0o700)
            for path in self._files(name):
                there = target / Path(path).relative_to(name)
                there.parent.mkdir(mode=0o700, exist_ok=True)
                self._fetch(path, there)

    def remove(self, name: str) -> None:
        last = f"{name}/{manifest.MANIFEST}"
        with _asked():
            for path in [*sorted({*self._files(name)} - {last}), last]:
                self.storage.delete(path)

    def remove_half_of(self, name: str) -> None:
        for remains in Path(settings.DATA_DIR).glob(f"{SCRATCH}*"):
            shutil.rmtree(remains, ignore_errors=True)
        with _asked():
            if not self.storage.exists(f"{name}/{manifest.MANIFEST}"):
                for path in self._files(name):
                    self.storage.delete(path)

    def _files(self, folder: str) -> Iterator[str]:
        folders, files = self.storage.listdir(folder)
        yield from (f"{folder}/{name}" for name in files if name)
        for inner in folders:
            yield from self._files(f"{folder}/{inner}")

    def _fetch(self, name: str, target: Path) -> None:
        with self.storage.open(name) as source, private_file(target) as copy:
            shutil.copyfileobj(source, copy)


@contextmanager
def _scratch() -> Iterator[Path]:
    with TemporaryDirectory(dir=settings.DATA_DIR, prefix=SCRATCH) as folder:
        yield Path(folder)


@contextmanager
def _asked() -> Iterator[None]:
    """Each storage raises errors of its own."""
    try:
        yield
    except Refused:
        raise
    except Exception as error:
        raise Refused(f"The storage of backups doesn't answer: {type(error).__name__}.") from error


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
