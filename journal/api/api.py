"""The API under /api/v1/, by django-ninja: what programs may do with a token (auth.py).

A request runs behind the wall as the person, in one transaction, which privacy/middleware.py rolls
back at any answer of 400 or more. So what ninja turns into an answer by itself commits nothing
either. An error without a handler here goes on to Django, which answers it like that of a page; for
an address of the API, people/error_views.py says the same in JSON.
"""

import json
from typing import Any, NoReturn

from django.conf import settings
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.parser import Parser

from journal.people import error_views
from journal.people.error_views import problem
from journal.privacy import json_input


class BoundedParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Raises ValueError also for text that could not be stored: half of a character."""
        text = request.body.decode()
        value = json_input.parse(text, longest=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        json.dumps(value, ensure_ascii=False).encode()
        return value


api = NinjaAPI(
    title="Selftrust",
    version="1",
    description=gettext_noop(
        "Your own journal, for your own programs. Each request carries an access token, which you "
        "make in Settings, Security: Authorization: Bearer TOKEN."
    ),
    openapi_url=None,  # views.py; ninja's page loads scripts from elsewhere
    docs_url=None,
    urls_namespace="api-v1",
    parser=BoundedParser(),
)


@api.exception_handler(Exception)
@api.exception_handler(Http404)
def _left_to_django(request: HttpRequest, error: Exception) -> NoReturn:
    raise error


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: HttpError) -> JsonResponse:
    heading, text = error_views.TEXTS.get(error.status_code, error_views.TEXTS[400])
    is_ours = error.status_code == 403  # ninja's own sentences are not for a person
    return problem(error.status_code, heading, error if is_ours else text)


@api.exception_handler(AuthenticationError)
def _unknown(request: HttpRequest, error: AuthenticationError) -> JsonResponse:
    response = problem(
        401,
        _("This needs an access token"),
        _("There was none, or it has ended. Make one in Settings, Security."),
    )
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> JsonResponse:
    """Says where and why, and repeats nothing of what was sent."""
    found = [
        (".".join(str(one) for one in each["loc"][1:] if one != "given"), each["msg"])
        for each in error.errors
    ]
    return invalid((name, str(text).removeprefix("Value error, ")) for name, text in found)


def invalid(found: Any) -> JsonResponse:
    """422 for pairs of a field's name and a sentence."""
    fields = [{"field": name, "problem": str(text)} for name, text in found]
    detail = " ".join(dict.fromkeys(one["problem"] for one in fields))
    return problem(422, _("Something in it isn’t right"), detail, fields=fields)


def errors_of(form: Any) -> JsonResponse:
    """422 for what a form says."""
    pairs = ((name, text) for name, texts in form.errors.items() for text in texts)
    return invalid(("" if name == "__all__" else name, text) for name, text in pairs)
