"""granian, with the application loaded before it forks its workers.

Run as a script, with granian's own arguments; the last names the application. On Linux granian
forks its workers, so they share the memory of modules loaded before; elsewhere each worker loads
the application itself, as it would without this script.
"""

import gc
import multiprocessing
import sys
from importlib import import_module
from pathlib import Path


def load(application: str) -> None:
    """Imports the application and every view, and excludes them from garbage collection, which
    writes into objects and so ends the sharing of their memory."""
    gc.disable()
    import_module(application.partition(":")[0])
    from django.urls import get_resolver

    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.enable()


if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    if multiprocessing.get_start_method() == "fork":
        load(sys.argv[-1])
    from granian.cli import entrypoint

    entrypoint()
