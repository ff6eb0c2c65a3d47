"""A form for something new makes it once, however often its page is opened (guide/new_row.py)."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http.response import HttpResponseBase

from tests.page import forms_on

Open = Callable[[str], HttpResponseBase]


def doubling_forms(open_page: Open, path: str, response: HttpResponseBase) -> list[str]:
    """Complains of forms that name another new row each time their page is opened, while a browser
    that goes back to them may bring back the words that made the first."""
    to = response.headers.get("Location", "")
    if urlsplit(to).path == urlsplit(path).path:
        path, response = to, open_page(to)
    ids = _ids(path, response)
    if not ids or ids == _ids(path, open_page(path)):
        return []
    return [
        "a form for something new has another id each time: begin with `redirect_to_row`, or say "
        'autocomplete="off" where it is a part of another page'
    ]


def _ids(path: str, response: HttpResponseBase) -> list[str]:
    if response.streaming:  # a file
        return []
    forms = forms_on(path, response.content.decode(errors="replace"))
    return [form.fields["id"] for form in forms if "id" in form.fields and not form.forgets]
