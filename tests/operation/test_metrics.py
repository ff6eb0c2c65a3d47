"""What is asked of database and data folder for Prometheus, and whether the documents fit to it."""

import json
import logging
import re
import sys
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path

import pytest
import yaml
from django.core.handlers.exception import convert_exception_to_response
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import DatabaseError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from psycopg.errors import ReadOnlySqlTransaction

from journal.database import probe
from journal.mail.models import OutboxMessage
from journal.monitoring import counters, json_log
from journal.monitoring.middleware import CountRequests
from journal.operation import installation_state
from journal.people.hashers import HashingBusy
from journal.people.middleware import Headers
from journal.privacy.storage import StorageAway

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "monitoring.md").read_text()
NAME = re.compile(r"\bselftrust_\w+")


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def printed(capsys) -> dict[tuple[str, ...], float]:
    call_command("metrics")
    families = text_string_to_metric_families(capsys.readouterr().out)
    return {
        (one.name, *one.labels.values()): one.value for family in families for one in family.samples
    }


@pytest.mark.django_db
def test_queues_their_age_and_the_last_backup_are_told(capsys):
    nothing = printed(capsys)
    OutboxMessage.objects.store(EmailMessage("A code", "canarywords", to=["canary@example.org"]))
    OutboxMessage.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    made = timezone.now() - timedelta(days=2)
    installation_state.note("backup", made_at=made.isoformat())
    found = printed(capsys)

    assert nothing["selftrust_last_backup_timestamp_seconds",] == 0
    assert nothing["selftrust_mails_waiting",] == nothing["selftrust_mails_oldest_seconds",] == 0
    assert nothing["selftrust_jobs_waiting", "mail"] == 0
    assert nothing["selftrust_database_up",] == 1
    assert found["selftrust_last_backup_timestamp_seconds",] == made.timestamp()
    assert found["selftrust_mails_waiting",] == 1
    assert 600 <= found["selftrust_mails_oldest_seconds",] < 660
    assert found["selftrust_database_connections_limit",] > 0
    assert not [name for name in found if "canary" in str(name)]


def test_a_database_that_is_away_is_a_number_and_no_error(capsys, monkeypatch):
    def away() -> bool:
        raise DatabaseError

    monkeypatch.setattr(probe, "is_read_only", away)
    found = printed(capsys)

    assert found["selftrust_database_up",] == 0
    assert ("selftrust_mails_waiting",) not in found
    assert ("selftrust_last_backup_timestamp_seconds",) not in found
    assert ("selftrust_data_folder_free_bytes",) in found


@pytest.mark.django_db
def test_alerts_and_dashboard_ask_for_metrics_that_are_there_and_the_guide_names_all(capsys):
    call_command("metrics")
    families = [*text_string_to_metric_families(capsys.readouterr().out)]
    known = {family.name for family in families}
    for metric in vars(counters._counters()).values():
        (family,) = metric.describe()
        ends = ("_bucket", "_count", "_sum") if family.type == "histogram" else ("_total",)
        known |= {family.name} if family.type == "histogram" else set()
        known |= {f"{family.name}{end}" for end in ends}
    blocks = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)]
    (group,) = blocks[1]["groups"]
    dashboard = json.loads((ROOT / "deploy" / "grafana.json").read_text())
    queries = [rule["expr"] for rule in group["rules"]]
    queries += [one["expr"] for panel in dashboard["panels"] for one in panel["targets"]]
    places = [tuple(panel["gridPos"][side] for side in "xy") for panel in dashboard["panels"]]

    assert len(group["rules"]) >= 10
    assert all(rule["annotations"]["summary"] for rule in group["rules"])
    assert len(set(places)) == len(places) >= 10
    for query in queries:
        assert NAME.search(query) or query.startswith("up{"), query
        assert set(NAME.findall(query)) <= known, query
        assert all(query.count(left) == query.count(right) for left, right in ("()", "[]", "{}"))
    told = set(NAME.findall(GUIDE))
    assert told <= known
    assert {name for name in known if not name.endswith(("_bucket", "_count", "_sum"))} <= told


def test_whoever_is_turned_away_is_counted_by_reason_but_no_check_of_health(rf, monkeypatch):
    reasons: list[str] = []
    monkeypatch.setattr(counters, "turned_away", reasons.append)

    def asked(path: str, error: Exception) -> int:
        def view(request: HttpRequest) -> HttpResponse:
            if isinstance(error, HashingBusy):
                request.is_hashing_busy = True  # as the form of signing in, with its sentence
                return HttpResponse()
            raise error

        return CountRequests(Headers(convert_exception_to_response(view)))(rf.get(path)).status_code

    away = OperationalError("the database did not answer in time")
    for path, error, status, reason in (
        ("/today/", away, 503, ["database"]),
        ("/today/", ReadOnlySqlTransaction(), 503, ["read_only"]),
        ("/today/", OSError(ENOSPC, "No space left on device"), 503, ["disk_full"]),
        ("/today/", StorageAway(), 503, ["storage"]),
        ("/accounts/login/", HashingBusy(), 503, ["signing_in"]),
        ("/readyz", away, 503, []),
        ("/today/", RuntimeError(), 500, []),
    ):
        reasons.clear()
        assert (asked(path, error), reasons) == (status, reason), error


def test_a_json_line_holds_what_our_code_says_and_no_value_of_a_library():
    words = "canarywords@example.org"
    lines = [
        line("journal.mail.tasks", "Mail %s waits.", "7"),
        line("django.request", "%s: %s", "Not Found", f"/{words}/"),
        line("library", f"Can't read {words}"),
    ]
    try:
        try:
            int(words)
        except ValueError as cause:
            raise RuntimeError(words) from cause
    except RuntimeError:
        lines.append(line("journal.today.views", "It broke.", exc_info=sys.exc_info()))

    assert [one.get("message", "") for one in lines] == [
        "Mail 7 waits.",
        "%s: %s",
        "",
        "It broke.",
    ]
    assert words not in json.dumps(lines)
    assert lines[3]["error"] == "builtins.RuntimeError"
    assert lines[3]["trace"][0] == "because of builtins.ValueError"
    assert "test_metrics.py" in lines[3]["trace"][-1]


def line(logger: str, text: str, *values: object, exc_info: object = None) -> dict:
    record = logging.LogRecord(logger, logging.ERROR, __file__, 1, text, values, exc_info)
    return json.loads(json_log.JSONFormatter().format(record))


def test_without_a_folder_nothing_is_counted(monkeypatch):
    monkeypatch.delenv(counters.FOLDER, raising=False)
    counters.count(lambda counted: pytest.fail("counted"))
    monkeypatch.setenv(counters.FOLDER, "here")

    def full(_counted: counters.Counters) -> None:
        raise OSError("No space left on device")

    counters.count(full)  # and a full disk raises nothing
