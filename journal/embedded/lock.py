"""The lock by which only one process at a time runs a server on a data folder.

The kernel releases it when the process ends, so a crash leaves nothing to clean up.
"""

import fcntl
import os
from pathlib import Path
from typing import IO

from journal.embedded.errors import AlreadyRunning


def acquire(path: Path) -> IO[str]:
    """Takes the lock until the returned file is closed; AlreadyRunning names the holder."""
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise AlreadyRunning(
            f"Selftrust is already running on {path.parent}"
            + (f" (process {holder})." if holder else ".")
        ) from None
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    return file
