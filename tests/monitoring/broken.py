"""Requests and a task that end by an error, whose texts, frames and rows hold a person's words."""

import logging
from typing import NoReturn

from django import forms
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path
from django_tasks import task

from journal.people import error_views

WORDS = "canarywords"
ADDRESS = "canary.ada@example.org"
NETWORK = "203.0.113.77"
ROW = "0197a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b"
CANARIES = ("canary", ADDRESS, NETWORK, ROW, "Ferdinand")
# Sent with each request.
HEADERS = {"user-agent": f"{WORDS}/1", "referer": f"http://testserver/{WORDS}/", "x-name": WORDS}
HEADERS |= {"traceparent": "00-ca9a4ca9a4ca9a4ca9a4ca9a4ca9a4ca-ca9a4ca9a4ca9a4c-01"}


class Refusing(forms.Form):
    body = forms.CharField()

    def clean_body(self) -> NoReturn:
        raise LookupError(f"can't take {self.cleaned_data['body']}")


def in_view(request: HttpRequest, **_parts: str) -> NoReturn:
    typed = request.POST.get("body", WORDS)
    raise RuntimeError(f"{typed} of {request.user} at {request.META['REMOTE_ADDR']}")


def in_form(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Refusing(request.POST).is_valid()))


def in_template(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string("{% load i18n %}{{ said|add:1 }}{{ raise_it }}")

    def raise_it() -> NoReturn:
        raise KeyError(WORDS)

    return HttpResponse(template.render({"said": WORDS, "raise_it": raise_it}))


def in_database(request: HttpRequest) -> HttpResponse:
    """PostgreSQL says: invalid input syntax for type date: "canarywords"."""
    with connection.cursor() as cursor:
        cursor.execute("select %s::date", [WORDS])
    return HttpResponse("never")


def in_constraint(request: HttpRequest) -> HttpResponse:
    insert = "insert into auth_group (name) values (%s)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute(insert, [WORDS])
        try:
            cursor.execute(insert, [WORDS])
        except IntegrityError as error:
            raise ArithmeticError(str(error)) from error
    return HttpResponse("never")


def in_log(request: HttpRequest) -> HttpResponse:
    logging.getLogger("library").error(f"Can't read {WORDS}")
    logging.getLogger("library").error("Can't read %s", WORDS, extra={"typed": WORDS})
    logging.getLogger("journal.lines").error("Wrote %s.", WORDS)
    return HttpResponse("logged")


@task()
def in_task(words: str) -> NoReturn:
    raise EOFError(f"{words} of {ADDRESS}")


urlpatterns = [
    path("view/<str:word>/", in_view, name="in-view"),
    path("view/", in_view, name="in-view"),
    path("form/", in_form, name="in-form"),
    path("template/", in_template, name="in-template"),
    path("database/", in_database, name="in-database"),
    path("constraint/", in_constraint, name="in-constraint"),
    path("log/", in_log, name="in-log"),
    path("", include("selftrust.urls")),
]
handler400 = error_views.bad_request
handler403 = error_views.forbidden
handler404 = error_views.not_found
handler429 = error_views.too_many
handler500 = error_views.server_error
REQUESTS = [
    f"/view/?q={WORDS}",
    f"/view/{ROW}-{WORDS}/",
    "/form/",
    "/template/",
    "/database/",
    "/constraint/",
    "/log/",
]
