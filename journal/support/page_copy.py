"""The last good copy of the support page's content.

The page must work without a database, so it never waits for one: it shows a copy from the process's
memory, which is also in a file next to the data. The app refreshes the copy when the operator
changes a resource, and after a response, at most once a minute. If PostgreSQL does not answer, the
copy stays unchanged. Only a process that has no copy yet queries before it responds. The copy
contains the operator's public text, and no person's words.
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

from journal.database import deadlines
from journal.support.models import SupportResource

GOOD_FOR = 60  # seconds
PATIENCE = 1  # seconds that a query may take


@dataclass
class Copy:
    rows: list[dict[str, Any]] = field(default_factory=list)
    stamp: int = 0  # the mtime of its file in nanoseconds; 0 without a file
    asked_at: float | None = None  # the time of the last query, on the monotonic clock


_copy = Copy()


def path() -> Path:
    return settings.DATA_DIR / "support.json"


def resources() -> list[SupportResource]:
    """The resources for the page. Runs no query if there is a copy, however old."""
    _take_what_another_process_wrote()
    if not _copy.stamp:
        refresh_if_old()
    return [_resource(row) for row in _copy.rows]


def refresh() -> None:
    """Refreshes the copy, if the database answers."""
    _copy.asked_at = time.monotonic()
    try:
        with deadlines.limited(PATIENCE), transaction.atomic():
            found = list(SupportResource.objects.in_order().values())
    except Error:
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
        connection.close()  # Django does not close it after the response has been sent


def _take_what_another_process_wrote() -> None:
    try:
        stamp = path().stat().st_mtime_ns
        if stamp != _copy.stamp:
            _copy.rows, _copy.stamp = _readable(json.loads(path().read_text("utf-8"))), stamp
    except (OSError, ValueError):
        return  # no readable file: the copy in memory is good enough


def _readable(rows: Any) -> list[dict[str, Any]]:
    """The rows, if they fit this version of the model; otherwise raises ValueError."""
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
    """Replaces the file atomically, so that a reader never sees half of it."""
    half = path().with_name(f"{path().name}.{os.getpid()}.{threading.get_ident()}")
    try:
        half.write_text(json.dumps(rows), "utf-8")
        half.replace(path())
        _copy.stamp = path().stat().st_mtime_ns
    except OSError:
        return  # the folder is read-only; the process has the copy in memory
