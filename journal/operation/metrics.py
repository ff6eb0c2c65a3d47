"""What Prometheus reads: the counts of all processes (journal/monitoring/counters.py), and what the
database and the data folder say at that moment.

They are answered on a port of their own, by a process of their own: an address of the app could be
reached through the proxy from everywhere, and a token for it would be one more secret to keep.
"""

import os
import shutil
import socket
from collections.abc import Iterator
from typing import Any

import waitress
from django.conf import settings
from django.db import Error, close_old_connections
from prometheus_client import CollectorRegistry, make_wsgi_app
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from journal.database import deadlines, probe
from journal.monitoring import counters
from journal.operation import installation_state
from journal.operation.health.archive import Archiver, last_base_backup
from journal.operation.health.database import JOBS, OUTBOX, REMINDERS
from journal.operation.health.rls import ask

# Each gives the number of those that wait, and the seconds that the oldest has waited.
MAILS = f"""
select count(*), coalesce(extract(epoch from now() - min(created_at)), 0) from {OUTBOX}
"""  # noqa: S608
DUE_REMINDERS = f"""
select count(*), coalesce(extract(epoch from now() - min(next_at)), 0)
  from {REMINDERS} where next_at <= now()
"""  # noqa: S608
# A job without a time of its own has one in the far future.
DUE_JOBS = f"""
select queue_name, count(*), extract(epoch from now() - min(
         case when run_after > now() then enqueued_at else run_after end))
  from {JOBS}
 where status = 'READY' and (run_after <= now() or run_after > now() + interval '1000 years')
 group by queue_name
"""  # noqa: S608
FAILED_JOBS = f"""
select queue_name, count(*) from {JOBS}
 where status = 'FAILED' and finished_at > now() - interval '1 day' group by queue_name
"""  # noqa: S608
CONNECTIONS = """
select coalesce(state, 'other'), count(*) from pg_stat_activity
 where datname = current_database() and backend_type = 'client backend' group by 1
"""
LIMIT = "select current_setting('max_connections')::int"


class InstallationCollector(Collector):
    """Asks at each scrape, so that nothing is asked while nobody looks."""

    def collect(self) -> Iterator[Metric]:
        yield from _of_the_host()
        try:
            with deadlines.limited(deadlines.per_request()):
                metrics = [*_of_the_database()]
        except Error:
            yield _one("selftrust_database_up", "Whether the database answers", 0)
        else:
            yield _one("selftrust_database_up", "Whether the database answers", 1)
            yield from metrics


def registry() -> CollectorRegistry:
    found = CollectorRegistry()
    found.register(InstallationCollector())
    if folder := os.environ.get(counters.FOLDER):
        MultiProcessCollector(found, folder)
    return found


def serve(listening: socket.socket) -> None:
    collect = make_wsgi_app(registry())

    def application(*request: Any) -> Any:
        try:
            return collect(*request)
        finally:
            close_old_connections()

    waitress.serve(application, sockets=[listening], threads=1, ident=None, _quiet=True)


def _of_the_host() -> Iterator[Metric]:
    base = last_base_backup()
    yield _one(
        "selftrust_last_base_backup_timestamp_seconds",
        "When the last base backup was whole; 0 without one",
        base.timestamp() if base else 0,
    )
    free = shutil.disk_usage(settings.DATA_DIR).free
    yield _one("selftrust_data_folder_free_bytes", "Free space on the data folder's disk", free)
    yield _one(
        "selftrust_data_folder_floor_bytes",
        "Free space below which uploads and exports are refused",
        settings.DISK_FLOOR,
    )


def _of_the_database() -> Iterator[Metric]:
    yield _one(
        "selftrust_database_read_only",
        "Whether the database takes no writes",
        int(probe.is_read_only()),
    )
    last = installation_state.last_backup()
    yield _one(
        "selftrust_last_backup_timestamp_seconds",
        "When the last backup was made; 0 without one",
        last.timestamp() if last else 0,
    )
    yield from _of_the_archiver(Archiver.ask())
    ((mails, age),) = ask(MAILS)
    yield _one("selftrust_mails_waiting", "Mails in the outbox", mails)
    yield _one("selftrust_mails_oldest_seconds", "How long the oldest has waited", age)
    ((reminders, age),) = ask(DUE_REMINDERS)
    yield _one("selftrust_reminders_waiting", "Reminders that are due", reminders)
    yield _one("selftrust_reminders_oldest_seconds", "How long the oldest is due", age)
    jobs = {queue: (count, age) for queue, count, age in ask(DUE_JOBS)}
    failed = dict(ask(FAILED_JOBS))
    for name, text, values in (
        (
            "selftrust_jobs_waiting",
            "Tasks that could run now",
            {q: n for q, (n, _age) in jobs.items()},
        ),
        (
            "selftrust_jobs_oldest_seconds",
            "How long the oldest of them has waited",
            {q: age for q, (_n, age) in jobs.items()},
        ),
        ("selftrust_jobs_failed_last_day", "Tasks that failed within a day", failed),
    ):
        yield _each(name, text, "queue", {queue: values.get(queue, 0) for queue in settings.QUEUES})
    by_state = dict(ask(CONNECTIONS))
    yield _each("selftrust_database_connections", "Sessions of this database", "state", by_state)
    ((limit,),) = ask(LIMIT)
    yield _one("selftrust_database_connections_limit", "Sessions that the server allows", limit)


def _of_the_archiver(found: Archiver) -> Iterator[Metric]:
    last = found.last.timestamp() if found.last else 0
    for name, text, value in (
        ("selftrust_wal_archiving", "Whether the database archives its log", found.is_on),
        ("selftrust_wal_last_archived_timestamp_seconds", "When it last archived a piece", last),
        ("selftrust_wal_archive_failures", "Tries that failed", found.failures),
        ("selftrust_wal_waiting_pieces", "Finished pieces that are not archived", found.waiting),
    ):
        yield _one(name, text, value)


def _one(name: str, text: str, value: float) -> Metric:
    return GaugeMetricFamily(name, text, value=float(value))


def _each(name: str, text: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for value, number in values.items():
        family.add_metric([value], float(number))
    return family
