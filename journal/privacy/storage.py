"""Where files are: `STORAGES` of Django's, each a folder, or a part of a bucket (buckets.py).

    private  exports, uploads to be imported, the register of deleted accounts
    photos   the files of photos
    exports  scheduled exports

What a storage does not give now may be there later: a folder that is not mounted, a bucket that
does not answer. So its errors are one, `StorageAway`, and nothing is deleted because of it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from journal.database import errors
from journal.privacy.sealed_files import folder, private_file

PART = ".part"  # of a file that is being written
SPOOL = "spool"  # in the data folder, for this machine alone
NAMES = ("private", "photos", "exports")


class StorageAway(Exception):
    """The storage does not answer, or lacks what a row says it holds. Later it may."""


def private() -> Any:
    return storages["private"]


class Silence:
    """When a storage last failed this process, and whether it has answered since: for whoever asks
    whether all is well, without asking the storage, which may take its time to fail."""

    REMEMBERED = 300  # seconds

    def __init__(self) -> None:
        self.since: float | None = None

    def __bool__(self) -> bool:
        return self.since is not None and monotonic() - self.since < self.REMEMBERED


silence = Silence()


@contextmanager
def asked(*own_errors: type[Exception]) -> Iterator[None]:
    """Turns errors of a storage into StorageAway. Two stay what they are: a file that is not there,
    and a full disk of our own."""
    try:
        yield
        silence.since = None
    except Exception as error:
        if isinstance(error, FileNotFoundError) or errors.is_full(error):
            raise
        if not isinstance(error, (OSError, *own_errors)):
            raise
        silence.since = monotonic()
        raise StorageAway(type(error).__name__) from error


class StoredFile(File):
    """Its errors are those of its storage, also after it was opened."""

    file: Any

    def read(self, *size: int) -> Any:
        with asked():
            return self.file.read(*size)

    def write(self, data: Any) -> int:
        with asked():
            return int(self.file.write(data))

    def seek(self, *place: int) -> int:
        with asked():
            return int(self.file.seek(*place))


class Answering(Storage):
    """A storage of Django's whose errors are those of `asked`."""

    OWN_ERRORS: tuple[type[Exception], ...] = ()

    def _open(self, name: str, mode: str = "rb") -> Any:
        above: Any = super()
        with asked(*self.OWN_ERRORS):
            return StoredFile(above._open(name, mode).file)

    def _save(self, name: str, content: Any) -> str:
        above: Any = super()
        with asked(*self.OWN_ERRORS):
            return above._save(name, content)

    def delete(self, name: str) -> None:
        with asked(*self.OWN_ERRORS):
            super().delete(name)

    def exists(self, name: str) -> bool:
        with asked(*self.OWN_ERRORS):
            return super().exists(name)

    def listdir(self, path: Any) -> Any:
        with asked(*self.OWN_ERRORS):
            return super().listdir(path)

    def get_modified_time(self, name: str) -> Any:
        with asked(*self.OWN_ERRORS):
            return super().get_modified_time(name)


class FolderStorage(Answering, FileSystemStorage):
    """A folder that only the app's system user may enter. A saved file outlives a loss of power."""

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        name = super().save(name, content, max_length)
        with asked():
            for path in (Path(self.path(name)), Path(self.path(name)).parent):
                sync(path)
        return name

    def exists(self, name: str) -> bool:
        """Django's says no to an error."""
        with asked():
            try:
                os.lstat(self.path(name))
            except FileNotFoundError:
                return False
        return True

    def delete(self, name: str) -> None:
        """Also what a process left of it that was killed while it wrote."""
        super().delete(name)
        with asked():
            Path(self.path(name)).with_suffix(PART).unlink(missing_ok=True)


class DataFolder(FolderStorage):
    """The data folder, wherever the settings say that it is now."""

    @property
    def base_location(self) -> Any:  # Django's is cached
        return settings.DATA_DIR

    @property
    def location(self) -> Any:
        return str(Path(settings.DATA_DIR).absolute())


def names_in(place: Any, path: str = "") -> list[str]:
    """The files there; none if nothing was ever stored there."""
    try:
        _folders, names = place.listdir(path)
    except FileNotFoundError:
        return []
    return names


class NewFile:
    """A file on its way into a storage: there as a whole, once it is kept, or not at all.

    For a folder it grows beside its place and is renamed; for a bucket it is a nameless file of
    this machine, which is then sent."""

    def __init__(self, place: Any, name: str) -> None:
        self._place, self._name = place, name
        self.part: Path | None = None
        if isinstance(place, FileSystemStorage):
            path = Path(place.path(name))
            self.part = path.with_suffix(PART)
            with asked():
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.file: Any = StoredFile(private_file(self.part))
        else:
            self.file = TemporaryFile(dir=folder(SPOOL))  # noqa: SIM115  closed below

    def keep(self) -> None:
        with asked():
            self.file.flush()
        if self.part is None:
            self.file.seek(0)
            self._place.save(self._name, File(self.file, self._name))
            self.file.close()
            return
        with asked():
            os.fsync(self.file.fileno())
            self.file.close()
            self.part.replace(self._place.path(self._name))
            sync(self.part.parent)

    def discard(self) -> None:
        """Does nothing to a file that was kept."""
        with suppress(OSError):  # closing writes what was held back, and the disk may be away
            self.file.close()
        if self.part is not None:
            with suppress(OSError):
                self.part.unlink(missing_ok=True)


@contextmanager
def written(place: Any, name: str) -> Iterator[IO[bytes]]:
    """The file to write to, kept when the block ends and gone after an error."""
    new = NewFile(place, name)
    try:
        yield new.file
        new.keep()
    except BaseException:
        new.discard()
        raise


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
