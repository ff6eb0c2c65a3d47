"""Static files, collected only when one of them has changed.

Collecting hashes and compresses every file, which takes seconds; checking whether it is needed
takes milliseconds. `manage.py collectstatic` writes a fingerprint of the files (paths, sizes,
times) into STATIC_ROOT, and `serve` compares it.
"""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from journal.embedded import processes
from journal.embedded.errors import CannotStart

FINGERPRINT = ".fingerprint"


def remember() -> None:
    """Stores the fingerprint of the files that are now in STATIC_ROOT."""
    (Path(settings.STATIC_ROOT) / FINGERPRINT).write_text(fingerprint())


def start_collecting() -> processes.Forked | None:
    """Starts collecting in a process of its own if anything changed. Whoever renders pages waits
    for it first.

    If the code folder is read-only, the files go into the data folder.
    """
    root = Path(settings.STATIC_ROOT)
    now = fingerprint()
    if _collected(root) == now:
        return None
    if not os.access(root if root.exists() else root.parent, os.W_OK):
        root = settings.STATIC_ROOT = settings.DATA_DIR / "staticfiles"
        if _collected(root) == now:
            return None
    return processes.fork(_collect, name="collectstatic", own_session=True)


def _collect() -> None:
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
    except Exception as error:
        raise CannotStart(f"The static files couldn't be collected: {error}") from error


def _collected(root: Path) -> str:
    path = root / FINGERPRINT
    return path.read_text() if path.exists() else ""


def fingerprint() -> str:
    lines = [settings.STATIC_STORAGE]
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            lines.append(f"{path}\0{found.st_size}\0{int(found.st_mtime)}")
    # A copy of a folder, as in an image, may list its files in another order.
    return hashlib.sha256("\n".join(sorted(lines)).encode()).hexdigest()
