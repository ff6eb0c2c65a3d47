"""Log lines as JSON, one object each, for programs that collect them (SELFTRUST_LOG=json).

Our own log lines hold ids and names of errors only, so they are written whole. Those of libraries
may quote an address, a header or a value: of them only the text in the code is written, without
what was filled in. An exception is its type and the places it came through, never its message, in
which PostgreSQL quotes rows and Python quotes values.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from journal.monitoring import counters

OURS = ("journal.", "selftrust.")
request_id: ContextVar[str] = ContextVar("selftrust_request_id", default="")


class JSONFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            "place": f"{record.module}:{record.lineno}",
            "process": record.process,
            "request": request_id.get(),
            "view": view_of(getattr(record, "request", None)),
            "status": getattr(record, "status_code", None),
        }
        if error := error_of(record):
            line |= {"error": name_of(error), "trace": _trace(error)}
        return json.dumps({name: value for name, value in line.items() if value})


class Counting(logging.Handler):
    """Counts the lines, by where they come from and how bad they are."""

    def emit(self, record: logging.LogRecord) -> None:
        name, level = record.name, record.levelname.lower()
        counters.count(lambda counted: counted.log_records.labels(name, level).inc())


def view_of(request: Any) -> str:
    """The view's name, once Django has found it."""
    match = getattr(request, "resolver_match", None)
    return match.view_name if match else ""


def error_of(record: logging.LogRecord) -> BaseException | None:
    """The exception; our own lines give it as `extra`, since as text it would be in the log."""
    return record.exc_info[1] if record.exc_info else getattr(record, "error", None)


def text_of(record: logging.LogRecord) -> str:
    """The text in the code, without what was filled in. A library's text without arguments may
    have been put together before."""
    return str(record.msg) if record.args or record.name.startswith(OURS) else ""


def causes_of(error: BaseException) -> list[BaseException]:
    """What an exception was raised from, the nearest first."""
    found: list[BaseException] = []
    seen, cause = {id(error)}, error.__cause__ or error.__context__
    while cause and id(cause) not in seen:  # by identity: some exceptions can't be hashed
        found.append(cause)
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
    return found


def _message(record: logging.LogRecord) -> str:
    return record.getMessage() if record.name.startswith(OURS) else text_of(record)


def name_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _trace(error: BaseException) -> list[str]:
    """Innermost last; of what caused it, the types."""
    frames = traceback.extract_tb(error.__traceback__, limit=-30)
    trace = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return [*(f"because of {name_of(cause)}" for cause in causes_of(error)[::-1]), *trace]
