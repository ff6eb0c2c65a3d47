"""A collector of traces is told which view answered how, by which statements, and nothing else."""

import pytest
from django.test import Client

from journal.monitoring import traces
from journal.monitoring.middleware import view_name
from tests.factories import make_entry, make_person
from tests.monitoring import broken

pytest.importorskip("opentelemetry.exporter.otlp.proto.http", reason="its package is missing")
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import (
    InMemorySpanExporter,
)


@pytest.fixture
def exporter(monkeypatch, settings):
    kept = InMemorySpanExporter()
    made = traces.tracer_to(SimpleSpanProcessor(kept))
    monkeypatch.setattr(traces, "tracer", lambda: made)
    settings.MIDDLEWARE = ["journal.monitoring.traces.Trace", *settings.MIDDLEWARE]
    return kept


@pytest.mark.django_db
@pytest.mark.urls("tests.monitoring.broken")
def test_no_canary_is_in_the_bytes_of_any_span(exporter):
    ada = make_person(broken.ADDRESS, called="Ferdinand")
    entry = make_entry(ada, body=broken.WORDS)
    visitor = Client(raise_request_exception=False, REMOTE_ADDR=broken.NETWORK)
    visitor.force_login(ada)
    visitor.cookies["theme"] = broken.WORDS
    asked = [f"/journal/{entry.pk}/?q={broken.WORDS}", f"/search/?q={broken.WORDS}"]
    asked += ["/today/", f"/{broken.WORDS}/{broken.ROW}/"]
    for address in asked:
        visitor.get(address, headers=broken.HEADERS)
    for address in broken.REQUESTS:
        visitor.post(address, {"body": broken.WORDS}, headers=broken.HEADERS)

    spans = exporter.get_finished_spans()
    requests = [span for span in spans if span.parent is None]
    told = [
        (span.name, *(span.attributes.get(f"http.{name}") for name in ("request.method", STATUS)))
        for span in requests
    ]
    assert told[:4] == [
        ("entries:detail", "GET", 200),
        ("search:search", "GET", 200),
        ("today:today", "GET", 200),
        ("none", "GET", 404),
    ]
    assert [one[2] for one in told[4:]] == [500] * 6 + [200]
    assert requests[4].attributes["error.type"] == "builtins.RuntimeError"
    assert requests[8].attributes["error.type"] == "django.db.utils.DataError"
    sent = encode_spans(spans).SerializeToString()
    for canary in (*broken.CANARIES, str(entry.pk), str(ada.pk)):
        assert canary.encode() not in sent
    assert "ca9a4ca9a4ca9a4" not in f"{requests[0].context.trace_id:x}"  # a client's own trace


STATUS = "response.status_code"


@pytest.mark.django_db
def test_below_a_request_are_its_statements_by_verb_and_table(exporter):
    ada = make_person(broken.ADDRESS)
    visitor = Client()
    visitor.force_login(ada)
    visitor.get("/journal/")

    *statements, request = exporter.get_finished_spans()
    names = {span.name for span in statements}
    assert request.name == "entries:list"
    assert {span.parent.span_id for span in statements} == {request.context.span_id}
    assert "SELECT entries_entry" in names
    assert all(name.split()[-1] in traces.tables() | {name} for name in names)
    assert {tuple(span.attributes) for span in statements} == {("db.system.name",)}


def test_a_statement_is_named_by_what_stands_in_our_code():
    named = {
        'SELECT "entries_entry"."id" FROM "entries_entry" WHERE x = \'canary\'': (
            "SELECT entries_entry"
        ),
        'insert into "canary" (a) values (1)': "INSERT",
        'UPDATE "people_user" SET "email" = %s': "UPDATE people_user",
        "canary": "statement",
    }
    assert {sql: traces.name_of_statement(sql) for sql in named} == named


def test_a_view_is_never_named_by_its_address(rf):
    assert view_name(rf.get("/canary/")) == "none"
