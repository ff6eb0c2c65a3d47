"""The WSGI application that the server runs."""

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from journal.database import deadlines

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selftrust.settings")


def responding(application: "WSGIApplication") -> "WSGIApplication":
    """Sends no body after HEAD, and frees the thread's database connection before a file is sent:
    the server sends it without a thread, and Django would close the connection at its end."""

    def respond(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        deadlines.answer_requests()  # here, as the worker forks from a process that imports this
        response = application(environ, start_response)
        if environ["REQUEST_METHOD"] == "HEAD":
            if close := getattr(response, "close", None):
                close()
            return [b""]
        if isinstance(response, environ.get("wsgi.file_wrapper", ())):
            close_old_connections()
        return response

    return respond


django_application = get_wsgi_application()

from journal.people import middleware  # noqa: E402  # imports models, so Django comes first

application = responding(middleware.only_utf8(django_application))
