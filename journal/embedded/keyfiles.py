"""The secrets an installation makes for itself, one file each under DATA_DIR/keys.

Each function reads its file or, the first time, makes it. A file appears whole or not at all
(written under another name, then linked), so two processes that start together end up with the
same secret. The folder is 0700 and the files 0600. To set a secret by hand, write its file.
"""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from journal.embedded.errors import CannotStart


def secret_key(data_dir: Path) -> str:
    """Django's SECRET_KEY: losing it signs everyone out and nothing more."""
    return _read_or_make(data_dir / "keys" / "secret_key", lambda: secrets.token_urlsafe(50))


def operator_token(data_dir: Path) -> str:
    """Whoever signs in and enters it becomes the operator of this installation."""
    return _read_or_make(data_dir / "keys" / "operator_token", lambda: secrets.token_urlsafe(24))


def database_password(data_dir: Path) -> str:
    """The app's password for the embedded server, which takes over whatever stands here."""
    return _read_or_make(data_dir / "keys" / "database_password", secrets.token_hex)


def master_key(data_dir: Path) -> str:
    """The key that everything written is sealed under, or several, separated by commas.

    A missing file beside an existing database is refused: a fresh key would open nothing of what
    is there, and the loss would show only later.
    """
    path = data_dir / "keys" / "selftrust_key"
    if not path.exists() and (data_dir / "postgres").exists():
        raise CannotStart(
            f"The database in {data_dir} is sealed with a key that is missing: "
            f"put the recovery key back into {path}."
        )
    return _read_or_make(path, lambda: base64.b64encode(secrets.token_bytes(32)).decode())


def _read_or_make(path: Path, make: Callable[[], str]) -> str:
    try:
        if not path.exists():
            _write_once(path, make())
        value = path.read_text().strip()
    except OSError as error:
        raise CannotStart(f"The data folder cannot be used: {error.strerror}: {path}.") from error
    if not value:
        raise CannotStart(f"{path} is empty; put its content back, or remove it to make a new one.")
    return value


def _write_once(path: Path, value: str) -> None:
    """Write the file unless someone else has, in one step that no reader sees half done."""
    make_folder(path.parent.parent)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.write(value + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def make_folder(data_dir: Path) -> None:
    """Make the data folder: others may pass through it (the server's system user must, when root
    starts it) but not list it; everything in it that matters is closed by itself."""
    try:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        data_dir.mkdir(mode=0o711, exist_ok=True)
    except FileExistsError as error:
        raise CannotStart(f"The data folder cannot be used: {error.filename} is a file.") from error
