"""Traces of requests, for a program that collects them by OpenTelemetry (SELFTRUST_TRACES_URL).

Written here, since the instrumentation that the project offers puts addresses, queries, clients and
statements into them. A span of a request has the view's name, its method and status and the type of
an error; below it is one for each statement of Django's, with its first word and its table. Nothing
that a client sends is taken, neither as a name nor as the trace that it would belong to.
"""

import re
from collections.abc import Callable
from contextvars import ContextVar
from functools import cache, partial
from threading import Lock
from time import monotonic, time_ns
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from journal.monitoring import json_log
from journal.monitoring.middleware import GetResponse, view_name
from journal.webserver.environ import ARRIVED

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
FIRST_WORD = re.compile(r"\s*(select|insert|update|delete|with|savepoint|release|set)\b", re.I)
TABLE = re.compile(r'\b(?:from|into|update) "(\w+)"', re.I)
_made = Lock()
_span: ContextVar[Any] = ContextVar("selftrust_span")  # of the request


class Trace:
    """Outside of everything that answers. A span begins when the whole request was there."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        from opentelemetry.trace import SpanKind, Status, StatusCode

        with _made:
            spans = tracer()  # in this process, since its thread would not live through a fork
        waited = monotonic() - request.META.get(ARRIVED, monotonic())
        span = spans.start_span(
            "request", kind=SpanKind.SERVER, start_time=time_ns() - int(waited * 1e9)
        )
        _span.set(span)
        try:
            with connection.execute_wrapper(partial(_statement, spans, span)):
                response = self.get_response(request)
            span.update_name(view_name(request))
            method = request.method if request.method in METHODS else "_OTHER"
            span.set_attribute("http.request.method", str(method))
            span.set_attribute("http.response.status_code", response.status_code)
            if name := json_log.request_id.get():
                span.set_attribute("selftrust.request", name)
            if response.status_code >= 500:
                span.set_status(Status(StatusCode.ERROR))
            return response
        finally:
            span.end()

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        _span.get().set_attribute("error.type", json_log.name_of(exception))


@cache
def tracer() -> Any:
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    return tracer_to(BatchSpanProcessor(OTLPSpanExporter(settings.MONITORING.traces_to)))


def tracer_to(processor: Any) -> Any:
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider

    provider = TracerProvider(resource=Resource.create({"service.name": "selftrust"}))
    provider.add_span_processor(processor)
    return provider.get_tracer("selftrust")


def _statement(
    spans: Any,
    around: Any,
    execute: Callable[..., Any],
    sql: Any,
    params: Any,
    many: bool,
    context: Any,
) -> Any:
    from opentelemetry.trace import SpanKind, set_span_in_context

    span = spans.start_span(
        name_of_statement(sql), kind=SpanKind.CLIENT, context=set_span_in_context(around)
    )
    span.set_attribute("db.system.name", "postgresql")
    try:
        return execute(sql, params, many, context)
    except Exception as error:
        span.set_attribute("error.type", json_log.name_of(error))
        raise
    finally:
        span.end()


def name_of_statement(sql: object) -> str:
    """Words that stand in our code: a table only if it is one of ours."""
    text = sql if isinstance(sql, str) else ""
    verb, table = FIRST_WORD.match(text), TABLE.search(text)
    named = [verb[1].upper()] if verb else ["statement"]
    if table and table[1] in tables():
        named.append(table[1])
    return " ".join(named)


@cache
def tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
