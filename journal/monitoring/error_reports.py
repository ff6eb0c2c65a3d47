"""Errors, for a program that collects them and speaks Sentry's protocol (SELFTRUST_SENTRY_DSN).

Every error is logged, so a handler of the log is the one place that tells them. What it tells is
put together here, out of names in our code: the type of the error and the places it came through,
the view, the status, the request's random id. The text of an error may quote a row, and a line what
was filled into it, so neither is told; nothing is taken from requests, frames or rows. The library
looks at nothing by itself: it has no integrations here, and what it adds is taken off again.
"""

import logging
import traceback
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from journal.monitoring import json_log

# Left out: names of machines, versions of packages, and whatever a later version of it adds.
TOLD = {"event_id", "timestamp", "platform", "level", "logger", "logentry", "exception", "tags"}
TOLD |= {"transaction", "sdk"}
LEVELS = {logging.CRITICAL: "fatal"}
ITS_OWN = ("sentry_sdk", "urllib3")  # that the collector is away is no news for the collector
LONGEST_WAIT = 2  # seconds, at the end of a process
FRAMES = 30


class Reports(logging.Handler):
    """Sends from a thread of each process, which takes at most a hundred at once, so no request
    waits. `transport` is for tests."""

    def __init__(self, dsn: str, transport: Any = None) -> None:
        super().__init__(logging.ERROR)
        self._dsn, self._transport = dsn, transport

    @cached_property
    def _client(self) -> Any:
        import sentry_sdk

        return sentry_sdk.Client(
            dsn=self._dsn,
            transport=self._transport,
            before_send=_only_told,
            default_integrations=False,
            auto_enabling_integrations=False,
            auto_session_tracking=False,
            enable_backpressure_handling=False,
            include_local_variables=False,
            include_source_context=False,
            max_breadcrumbs=0,
            max_request_body_size="never",
            release="",
            send_client_reports=False,
            spotlight=False,
        )

    def emit(self, record: logging.LogRecord) -> None:
        is_ours = getattr(record, "status_code", 500) >= 500  # and no mistake of a client
        if is_ours and not record.name.startswith(ITS_OWN):
            with suppress(Exception):  # logging would print the line, and what is filled in
                self._client.capture_event(event_of(record))

    def flush(self) -> None:
        if "_client" in vars(self):
            self._client.flush(timeout=LONGEST_WAIT)


def event_of(record: logging.LogRecord) -> dict[str, Any]:
    request = getattr(record, "request", None)
    tags = {
        "view": json_log.view_of(request),
        "status": getattr(record, "status_code", ""),
        "request": json_log.request_id.get(),
        "place": f"{record.module}:{record.lineno}",
    }
    event: dict[str, Any] = {
        "platform": "python",
        "level": LEVELS.get(record.levelno, "error"),
        "logger": record.name,
        "transaction": json_log.view_of(request),
        "tags": {name: str(value) for name, value in tags.items() if value},
    }
    if text := json_log.text_of(record):
        event["logentry"] = {"message": text}
    if error := json_log.error_of(record):
        told = [_exception(one) for one in (error, *json_log.causes_of(error))]
        event["exception"] = {"values": told[::-1]}
    return event


def _exception(error: BaseException) -> dict[str, Any]:
    kind = type(error)
    frames = [*traceback.walk_tb(error.__traceback__)][-FRAMES:]
    return {
        "type": kind.__qualname__,
        "module": kind.__module__,
        "value": "",
        "stacktrace": {"frames": [_frame(frame, line) for frame, line in frames]},
    }


def _frame(frame: Any, line: int) -> dict[str, Any]:
    module = str(frame.f_globals.get("__name__", ""))
    return {
        "filename": Path(frame.f_code.co_filename).name,
        "function": frame.f_code.co_name,
        "module": module,
        "lineno": line,
        "in_app": module.startswith(json_log.OURS),
    }


def _only_told(event: Any, _hint: Any) -> Any:
    return {name: value for name, value in event.items() if name in TOLD}
