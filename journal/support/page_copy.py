"""The last good copy of what the support page shows.

The page is there whether or not there is a database, so it never waits for one: it shows a copy,
kept in the process and in a file beside the data. The copy is made anew when the operator changes
something, and after the page was sent, at most once a minute. Where PostgreSQL does not answer,
the copy stays as it is. Only a process that has never had one asks before it answers. The copy
holds what the operator wrote for everyone, and not a word of a person's.
"""

import json
import os
import threading
import time
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import Error, connection, transaction
from psycopg_pool import PoolClosed, PoolTimeout

from journal.support.models import SupportResource

GOOD_FOR = 60  # seconds


@dataclass
class Copy:
    rows: list[dict[str, Any]] = field(default_factory=list)
    stamp: int = 0  # when the file it stands in was written, in nanoseconds; 0: in none
    asked_at: float | None = None  # on the monotonic clock: when the database was last asked


_copy = Copy()


def path() -> Path:
    return settings.DATA_DIR / "support.json"


def resources() -> list[SupportResource]:
    """What the page shows. Asks no database where there is a copy, however old."""
    _take_what_another_process_wrote()
    if not _copy.stamp:
        refresh_if_old()
    return [_resource(row) for row in _copy.rows]


def refresh() -> None:
    """Make the copy anew, where the database answers."""
    _copy.asked_at = time.monotonic()
    try:
        with transaction.atomic():
            found = list(SupportResource.objects.in_order().values())
    except (Error, PoolTimeout, PoolClosed):
        return
    rows = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    if rows != _copy.rows or not path().exists():
        _copy.rows = rows
        _write(rows)


def refresh_if_old() -> None:
    if _copy.asked_at is not None and time.monotonic() - _copy.asked_at < GOOD_FOR:
        return
    refresh()
    if not connection.in_atomic_block:
        connection.close()  # nobody else gives it back once the answer has been sent


def _take_what_another_process_wrote() -> None:
    try:
        stamp = path().stat().st_mtime_ns
        if stamp != _copy.stamp:
            _copy.rows, _copy.stamp = _readable(json.loads(path().read_text("utf-8"))), stamp
    except (OSError, ValueError):
        return  # no file, or none that can be read: what the process knows is good enough


def _readable(rows: Any) -> list[dict[str, Any]]:
    """Rows as this version of the program makes them; ValueError for anything else."""
    try:
        for row in rows:
            _resource(row)
    except (TypeError, KeyError) as error:
        raise ValueError from error
    return rows


def _resource(row: dict[str, Any]) -> SupportResource:
    verified_on = date.fromisoformat(row["verified_on"])
    return SupportResource(**{**row, "verified_on": verified_on})


def _write(rows: list[dict[str, Any]]) -> None:
    """All of it or nothing: a reader never sees half a file."""
    half = path().with_name(f"{path().name}.{os.getpid()}.{threading.get_ident()}")
    try:
        half.write_text(json.dumps(rows), "utf-8")
        half.replace(path())
        _copy.stamp = path().stat().st_mtime_ns
    except OSError:
        return  # a folder that may not be written to; the process has its own copy
