"""What Prometheus is told by a running `serve`, and the log beside it: of all processes, and of no
person."""

import json
import socket
from http.client import HTTPConnection

from prometheus_client.parser import text_string_to_metric_families

from tests.embedded.conftest import until
from tests.embedded.running import Visitor, free_port, served, start, written_before
from tests.embedded.test_serve import sentence_of

REQUESTS = 24
ADDRESS, WORDS = "canary@example.org", "canarywords"
ROW = "0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"


def scraped(port: int) -> tuple[str, dict[tuple[str, ...], float]]:
    """The text, and each sample by its name and the values of its labels, by their names."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", "/metrics")
    text = connection.getresponse().read().decode()
    connection.close()
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return text, {
        (one.name, *dict(sorted(one.labels.items())).values()): one.value for one in samples
    }


def test_two_web_processes_and_the_worker_add_up_and_no_label_or_line_names_a_person(folder):
    ada, metrics = written_before(folder / "var"), free_port()
    settings = {"SELFTRUST_METRICS_PORT": str(metrics), "SELFTRUST_LOG": "json"}
    mail = {"EMAIL_URL": f"filemail:///{folder / 'mails'}"}
    with served(folder / "var", **settings, **mail) as (server, ada.port, _data):
        for _request in range(REQUESTS):
            assert ada.ask("GET", "/help/")[0] == 200
        ada.write(WORDS)
        assert ada.ask("GET", f"/search/?q={WORDS}")[0] == 200
        assert ada.ask("GET", f"/journal/{ROW}/")[0] == 404
        assert ada.ask("GET", f"/{WORDS}/{ADDRESS}/")[0] == 404
        assert ada.ask("GET", f"/static/{WORDS}.css")[0] == 404
        stranger = Visitor(ada.port)
        stranger.sign_up(ADDRESS, "correct horse battery staple")
        sent = ("selftrust_mails_total", "sent")
        text, found = until(lambda: (seen := scraped(metrics))[1].get(sent) and seen)
        server.complaints.seek(0)
        log = server.complaints.read()

    assert found["selftrust_requests_total", "200", "help:overview"] == REQUESTS
    assert found["selftrust_request_seconds_count", "help:overview"] == REQUESTS
    assert found["selftrust_requests_total", "404", "entries:detail"] == 1
    assert found["selftrust_requests_total", "404", "none"] == 1
    assert found["selftrust_requests_total", "404", "static"] == 1
    assert found["selftrust_log_records_total", "warning", "django.request"] == 3
    assert found["selftrust_database_up",] == 1
    assert found["selftrust_jobs_waiting", "mail"] == 0
    lines = [json.loads(line) for line in log.splitlines()]
    refusals = [line for line in lines if line["logger"] == "django.request"]
    assert [line["status"] for line in refusals] == [404, 404, 404]
    assert refusals[0]["view"] == "entries:detail"
    assert len({line["request"] for line in refusals}) == 3
    for canary in (ADDRESS, "canary", "ada@", ROW, "127.0.0.1"):
        assert canary not in text
        assert canary not in log


def test_a_port_for_it_that_is_taken_is_refused_in_a_sentence(folder):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = start(folder / "var", free_port(), SELFTRUST_METRICS_PORT=port)
        said = (
            f"Port {port} is in use. Choose another, as in `SELFTRUST_METRICS_PORT=8001 make run`."
        )
        assert sentence_of(refused) == said
