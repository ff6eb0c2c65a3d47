"""The last good copy of the support page's content.

The page must work without a database, so it never waits for one: it shows a copy from the process's
memory, which is also in a file next to the data. The app refreshes the copy when the operator
changes a resource, and after a response, at most once a minute. If PostgreSQL does not answer, the
copy stays unchanged. Only a process that has no copy yet queries before it responds. The copy
contains the operator's public text, and no person's words. The starter list needs no copy: it is a
file of the program.
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
from journal.support.countries import NAMES
from journal.support.models import ServedCountry, SupportResource

GOOD_FOR = 60  # seconds
PATIENCE = 1  # seconds that a query may take


@dataclass
class Copy:
    rows: list[dict[str, Any]] = field(default_factory=list)  # of resources
    countries: list[str] = field(default_factory=list)  # the codes the operator chose
    stamp: int = 0  # the mtime of its file in nanoseconds; 0 without a file
    asked_at: float | None = None  # the time of the last query, on the monotonic clock


_copy = Copy()


def path() -> Path:
    return settings.DATA_DIR / "support.json"


def content() -> tuple[list[SupportResource], list[str]]:
    """The operator's resources, also those left out, and the countries served. Runs no query if
    there is a copy, however old."""
    _take_what_another_process_wrote()
    if not _copy.stamp:
        refresh_if_old()
    return [_resource(row) for row in _copy.rows], served(_copy.countries)


def served(chosen: list[str]) -> list[str]:
    """The countries on the page: of the environment, otherwise those chosen, otherwise all."""
    return [*(settings.COUNTRIES or chosen or NAMES)]


def refresh() -> None:
    """Refreshes the copy, if the database answers."""
    _copy.asked_at = time.monotonic()
    try:
        with deadlines.limited(PATIENCE), transaction.atomic():
            found = list(SupportResource.objects.in_order().values())
            countries = list(ServedCountry.objects.values_list("code", flat=True).order_by("code"))
    except Error:
        return
    rows = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    if (rows, countries) != (_copy.rows, _copy.countries) or not path().exists():
        _copy.rows, _copy.countries = rows, countries
        _write()


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
            rows, countries = _readable(json.loads(path().read_text("utf-8")))
            _copy.rows, _copy.countries, _copy.stamp = rows, countries, stamp
    except (OSError, ValueError):
        return  # no readable file: the copy in memory is good enough


def _readable(found: Any) -> tuple[list[dict[str, Any]], list[str]]:
    """The content, if it fits this version of the models; otherwise raises ValueError."""
    try:
        for row in found["resources"]:
            _resource(row)
        return found["resources"], [code for code in found["countries"] if code in NAMES]
    except (TypeError, KeyError) as error:
        raise ValueError from error


def _resource(row: dict[str, Any]) -> SupportResource:
    verified_on = date.fromisoformat(row["verified_on"])
    return SupportResource(**{**row, "verified_on": verified_on})


def _write() -> None:
    """Replaces the file atomically, so that a reader never sees half of it."""
    half = path().with_name(f"{path().name}.{os.getpid()}.{threading.get_ident()}")
    try:
        content = {"resources": _copy.rows, "countries": _copy.countries}
        half.write_text(json.dumps(content), "utf-8")
        half.replace(path())
        _copy.stamp = path().stat().st_mtime_ns
    except OSError:
        return  # the folder is read-only; the process has the copy in memory
