"""The secrets an installation generates, one file each under DATA_DIR/keys.

Each function reads its file or, the first time, creates it. It writes the file under another name
and then links it, so two processes that start together get the same secret. The folder is 0700 and
the files 0600. To set a secret by hand, write its file.
"""

import base64
import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from journal.embedded.errors import CannotStart

KEY_BYTES = 32
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def secret_key(data_dir: Path) -> str:
    """Django's SECRET_KEY. Losing it only signs everyone out."""
    return _read_or_make(data_dir / "keys" / "secret_key", lambda: secrets.token_urlsafe(50))


def operator_token(data_dir: Path) -> str:
    """A person who signs in and enters it becomes the operator of this installation."""
    return _read_or_make(data_dir / "keys" / "operator_token", lambda: secrets.token_urlsafe(24))


def database_password(data_dir: Path) -> str:
    """The app's password for the embedded server, which sets it again at every start."""
    return _read_or_make(data_dir / "keys" / "database_password", secrets.token_hex)


def vapid_key(data_dir: Path) -> str:
    """The private key by which push services know this installation: a number below the order of
    the curve P-256, in base64url. With a new one, each device turns notifications on again."""
    return _read_or_make(data_dir / "keys" / "vapid_key", _new_vapid_key)


def _new_vapid_key() -> str:
    number = secrets.randbelow(P256_ORDER - 1) + 1
    return base64.urlsafe_b64encode(number.to_bytes(KEY_BYTES)).rstrip(b"=").decode()


def check_vapid_key(text: str) -> None:
    """Raises CannotStart for anything that is no private key of the curve."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raw = b""
    if len(raw) != KEY_BYTES or not 0 < int.from_bytes(raw) < P256_ORDER:
        raise CannotStart(
            "SELFTRUST_VAPID_KEY, or keys/vapid_key in the data folder, has to be a private key of "
            "the curve P-256: 32 bytes in base64url."
        )


def master_key(data_dir: Path) -> str:
    """The master key that seals all data keys, or several, separated by commas.

    If the file is missing and a database exists, it raises CannotStart: a new key would not open
    any stored text, and the loss would show only later.
    """
    path = data_dir / "keys" / "selftrust_key"
    if not path.exists() and (data_dir / "postgres").exists():
        raise CannotStart(
            f"The database in {data_dir} is encrypted with a key that is missing. "
            f"Put the recovery key back into {path}."
        )
    return _read_or_make(path, lambda: base64.b64encode(secrets.token_bytes(32)).decode())


def decode_master_keys(text: str, where: object = "SELFTRUST_KEY") -> list[bytes]:
    """The keys in a text, the sealing one first. CannotStart names `where` if one is none."""
    keys = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        try:
            raw = base64.b64decode(part, validate=True)
        except ValueError:
            raw = b""
        if len(raw) != KEY_BYTES:
            raise CannotStart(
                f"{where} must be 32 random bytes in base64 (several are separated by commas)."
            )
        keys.append(raw)
    if not keys:
        raise CannotStart(f"There is no master key in {where}.")
    return keys


def fingerprint(raw: bytes) -> str:
    """The name of a master key: the first 16 hex digits of its SHA-256."""
    return hashlib.sha256(raw).hexdigest()[:16]


def read(path: Path) -> str:
    """The text of a key file, without the marks that an editor may add (a line end, a BOM)."""
    try:
        text = path.read_bytes().decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        text = "\0"
    except OSError as error:
        raise CannotStart(f"The data folder can't be used: {error.strerror}: {path}.") from error
    if "\0" in text:
        raise CannotStart(f"{path} contains bytes that aren't text. Put its content back.")
    if not text:
        raise CannotStart(f"{path} is empty. Put its content back, or delete it to make a new one.")
    return text


def _read_or_make(path: Path, make: Callable[[], str]) -> str:
    try:
        if not path.exists():
            _write_once(path, make())
    except OSError as error:
        raise CannotStart(f"The data folder can't be used: {error.strerror}: {path}.") from error
    return read(path)


def _write_once(path: Path, value: str) -> None:
    """Writes the file atomically, unless another process has."""
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
    """Creates the data folder. Others may pass through it (the server's system user must, when root
    starts it) but not list it; each folder in it has its own closed mode."""
    try:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        data_dir.mkdir(mode=0o711, exist_ok=True)
    except FileExistsError as error:
        raise CannotStart(f"The data folder can't be used: {error.filename} is a file.") from error
