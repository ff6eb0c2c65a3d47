"""How whoever runs it sees it run (docs/monitoring.md); CannotStart on what would tell nobody."""

import importlib.util
from dataclasses import dataclass
from urllib.parse import urlsplit

from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart

SENTRY, OPEN_TELEMETRY = "sentry-sdk", "opentelemetry-exporter-otlp-proto-http"
MODULES = {SENTRY: "sentry_sdk", OPEN_TELEMETRY: "opentelemetry.exporter.otlp.proto.http"}


@dataclass(frozen=True)
class Monitoring:
    metrics_port: int | None
    metrics_host: str
    logs_as_json: bool
    errors_to: str
    traces_to: str


def monitoring(env: Environment) -> Monitoring:
    errors, traces = env("SELFTRUST_SENTRY_DSN"), env("SELFTRUST_TRACES_URL")
    parts = urlsplit(errors)
    is_whole = parts.username and parts.hostname and parts.path.rpartition("/")[2].isdecimal()
    if errors and not (parts.scheme in ("http", "https") and is_whole):
        raise CannotStart("SELFTRUST_SENTRY_DSN has to look like https://key@host/1.")
    parts = urlsplit(traces)
    if traces and not (parts.scheme in ("http", "https") and parts.hostname):
        raise CannotStart("SELFTRUST_TRACES_URL has to look like http://host:4318/v1/traces.")
    for name, value, package in (
        ("SELFTRUST_SENTRY_DSN", errors, SENTRY),
        ("SELFTRUST_TRACES_URL", traces, OPEN_TELEMETRY),
    ):
        if value and not is_installed(MODULES[package]):
            raise CannotStart(f"{name} needs a package: pip install {package}.")
    return Monitoring(
        metrics_port=env.between("SELFTRUST_METRICS_PORT", 1, 65535),
        metrics_host=env("SELFTRUST_METRICS_HOST", "127.0.0.1"),
        logs_as_json=env.choice("SELFTRUST_LOG", "text", "json") == "json",
        errors_to=errors,
        traces_to=traces,
    )


def is_installed(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # a package around it is missing
        return False
