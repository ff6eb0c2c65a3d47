"""How log lines are written, and what else sees each request (docs/monitoring.md)."""

from typing import Any

from journal.embedded.monitors import Monitoring


def middleware(chosen: Monitoring) -> list[str]:
    """The outermost, which put a request's id on its lines, count it and trace it."""
    wanted = {
        "middleware.RequestId": chosen.logs_as_json,
        "middleware.CountRequests": chosen.metrics_port,
        "traces.Trace": chosen.traces_to,
    }
    return [f"journal.monitoring.{name}" for name, is_on in wanted.items() if is_on]


def configuration(chosen: Monitoring) -> dict[str, Any]:
    """Logs contain URLs and errors, never a person's words; as JSON, no URLs either."""
    further = ["count"] if chosen.metrics_port else []
    further += ["reports"] if chosen.errors_to else []
    # A task's error is its text, so it is for those who leave the text out.
    of_tasks = ["console"] if chosen.logs_as_json else ["nowhere"]
    of_tasks += ["reports"] if chosen.errors_to else []
    tasks = {"handlers": of_tasks, "propagate": False}
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
                "level": "WARNING",
                "formatter": "json" if chosen.logs_as_json else "line",
                "filters": ["tokens"],
            },
            "count": {"class": "journal.monitoring.json_log.Counting"},
            "reports": {
                "class": "journal.monitoring.error_reports.Reports",
                "dsn": chosen.errors_to,
            },
            "nowhere": {"class": "logging.NullHandler"},
        },
        "root": {"handlers": ["console", *further], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django_tasks": tasks,
            "django_tasks_db": tasks,
        },
    }
