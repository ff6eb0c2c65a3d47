"""The memory that a worker may take."""

import resource
from contextlib import suppress

MOST_MEMORY = 512 * 1024**2  # bytes; an import or an export takes up to a fifth of it


def bound_memory() -> None:
    """Bounds the memory of this process, so that a file that takes more fails alone: the task then
    meets a MemoryError, instead of the machine running out of memory for everyone. Linux counts
    what the process has allocated; systems that do not know the limit have none."""
    with suppress(ValueError, OSError):
        _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, hard))
