"""Static files, collected only when one of them has changed.

Collecting hashes and compresses every file, which takes seconds; checking whether it is needed
takes milliseconds. `manage.py collectstatic` writes a fingerprint of the files (paths, sizes,
times) into STATIC_ROOT, and `serve` compares it.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from journal.embedded.errors import CannotStart

FINGERPRINT = ".fingerprint"


def remember() -> None:
    """Stores the fingerprint of the files that are now in STATIC_ROOT."""
    (Path(settings.STATIC_ROOT) / FINGERPRINT).write_text(fingerprint())


def start_collecting() -> subprocess.Popen | None:
    """Starts collecting in a separate process if anything changed; `finish` waits for it.

    If the code folder is read-only, the files go into the data folder; the variable set here
    passes that on to the settings of every process started from now on.
    """
    root = Path(settings.STATIC_ROOT)
    now = fingerprint()
    if _collected(root) == now:
        return None
    if not os.access(root if root.exists() else root.parent, os.W_OK):
        root = settings.DATA_DIR / "staticfiles"
        os.environ["SELFTRUST_STATIC_ROOT"] = str(root)
        if _collected(root) == now:
            return None
    return subprocess.Popen(
        [sys.executable, settings.BASE_DIR / "manage.py", "collectstatic", "--noinput", "-v0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C should reach only the parent, which waits for it
    )


def finish(collecting: subprocess.Popen | None) -> None:
    if collecting is not None:
        _nothing, complaint = collecting.communicate()
        if collecting.returncode:
            last_line = complaint.strip().rsplit("\n", 1)[-1] or "no reason given"
            raise CannotStart(f"The static files could not be collected: {last_line}")


def _collected(root: Path) -> str:
    path = root / FINGERPRINT
    return path.read_text() if path.exists() else ""


def fingerprint() -> str:
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{found.st_size}\0{int(found.st_mtime)}\n".encode())
    return digest.hexdigest()
