"""One process at a time runs a server on a data folder.

The lock ends with the process that holds it, however that ends, so nothing is left to clean up.
"""

import fcntl
import os
from pathlib import Path
from typing import IO

from journal.embedded.errors import AlreadyRunning


def acquire(path: Path) -> IO[str]:
    """Take the lock until the returned file is closed; AlreadyRunning says who has it."""
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.seek(0)
        holder = file.read().strip()
        file.close()
        raise AlreadyRunning(
            f"Selftrust already runs on {path.parent}"
            + (f" (process {holder})." if holder else ".")
        ) from None
    file.seek(0)
    file.truncate()
    file.write(str(os.getpid()))
    file.flush()
    return file
