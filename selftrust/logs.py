"""How log lines are written."""

from typing import Any


def middleware(*, as_json: bool, counted: bool) -> list[str]:
    """The outermost, which put a request's id on its lines, and count it."""
    wanted = {"RequestId": as_json, "CountRequests": counted}
    return [f"journal.monitoring.middleware.{name}" for name, is_on in wanted.items() if is_on]


def configuration(*, as_json: bool, counted: bool) -> dict[str, Any]:
    """Logs contain URLs and errors, never a person's words; as JSON, no URLs either."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
            "json": {"()": "journal.monitoring.json_log.JSONFormatter"},
        },
        "filters": {"tokens": {"()": "journal.access_tokens.log_filter.WithoutTokens"}},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "line",
                "filters": ["tokens"],
            },
            "count": {"class": "journal.monitoring.json_log.Counting"},
        },
        "root": {
            "handlers": ["console", "count"] if counted else ["console"],
            "level": "WARNING",
        },
        "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
    }
