"""granian, with the application loaded before its workers part from it.

Run as a script, with granian's own arguments; the last says where the application is. Workers are
forked on Linux, so that what is loaded by then lies in memory once and not once for each; where
they are not, each of them loads it for itself, as it would without this.
"""

import gc
import multiprocessing
import sys
from importlib import import_module
from pathlib import Path


def load(application: str) -> None:
    """With every view. The collector is told to leave all of it alone: looking through it would
    write into it, and what is written to is no longer shared."""
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
