"""Returns the text of a form that failed, and posts the form again.

Only pages and forms hold the text, neither the session nor a log. After the session has ended, the
page with the text is also a sign-in page; it carries the whole form in fields that begin with
`held-`, and the response to signing in is a page that posts it, if the same person signed in
(form_account.py). Anyone else gets the words to look at, and nothing is saved.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from urllib.parse import parse_qsl, urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse, reverse_lazy

from journal.people.http import is_local
from journal.privacy import form_account

# On these pages people type passwords, tokens and addresses, and no text of their journal.
NOTHING_UNDER = ("/accounts/", "/admin/")
UNSEEN = r"csrfmiddlewaretoken|.*(password|token|key).*"
NOT_CARRIED = re.compile(UNSEEN, re.I)
NOT_WORDS = re.compile(
    rf"id|version|next|zone|kept|unheard|aside|sitting|prompt|practice|do|keep|account|on-page|{UNSEEN}",
    re.I,
)
# Values of a form that nobody types: ids, dates, and the values of choices. Other short values are
# text, since two characters may be a whole sentence.
NOT_TYPED = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\d|\d{0,2}|on|no", re.I | re.A
)
TOO_BIG_TO_GIVE_BACK = 4 * 1024 * 1024
ASKING = (reverse_lazy("account_reauthenticate"), reverse_lazy("mfa_reauthenticate"))
HELD, HELD_TO = "held-", "held-to"

View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Form:
    """A posted form: its address, the text a person typed, and its other fields."""

    to: str
    words: list[tuple[str, str]]  # longest first
    rest: list[tuple[str, str]]

    @property
    def account(self) -> str:
        """The hash of the account whose page it was; empty if the form names none."""
        return dict(self.rest).get(form_account.FIELD, "")

    @property
    def text(self) -> str:
        return "\n\n".join(value for _name, value in self.words)


def form(request: HttpRequest) -> Form:
    """The posted form, or the form that the sign-in page holds."""
    fields, to = _posted(request), request.get_full_path()
    if HELD_TO in fields:
        to = str(fields[HELD_TO])
        held = QueryDict(mutable=True)
        for name, values in fields.lists():
            if name.startswith(HELD) and name != HELD_TO:
                held.setlist(name.removeprefix(HELD), values)
        if form_account.FIELD not in held:  # the page that asked knew who was signed in
            held.setlist(form_account.FIELD, fields.getlist(form_account.FIELD))
        fields = held
    elif request.path_info.startswith(NOTHING_UNDER):
        fields = QueryDict()
    account = fields.getlist(form_account.FIELD)
    if len(account) > 1:
        # A page that posts a form again adds its own; the form's own comes after it.
        fields = fields.copy()
        fields.setlist(form_account.FIELD, account[-1:])
    carried = [
        (name, value)
        for name, values in fields.lists()
        for value in values
        if not NOT_CARRIED.fullmatch(name)
    ]
    own = sorted(filter(_is_typed, carried), key=lambda pair: len(pair[1]), reverse=True)
    return Form(to, own, [pair for pair in carried if pair not in own])


def _is_typed(field: tuple[str, str]) -> bool:
    name, value = field[0], field[1].strip()
    if name == "body":
        return bool(value)
    return not (NOT_WORDS.fullmatch(name) or NOT_TYPED.fullmatch(value) or _is_chosen(name, value))


def _is_chosen(name: str, value: str) -> bool:
    """Whether a radio button or a box of that name has this value; rows put their id before it."""
    return any(value in _choices().get(part, ()) for part in {name, name.rpartition("-")[2]})


@cache
def _choices() -> dict[str, set[str]]:
    """Field name -> the values one can choose for it, in any table."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            choices = getattr(getattr(field, "base_field", field), "choices", None)
            found.setdefault(field.name, set()).update(str(key) for key, _label in choices or ())
    return found


def words(request: HttpRequest) -> list[str]:
    if request.method != "POST":
        return []
    return [value for _name, value in form(request).words]


def is_worth_holding(request: HttpRequest) -> bool:
    """Whether the form holds words, or says of what another app shares that photos came along."""
    shared = request.method == "POST" and _stores_nothing(request.path) and request.FILES
    return bool(words(request) or shared)


def to_send_again(request: HttpRequest, status: int) -> Form | None:
    """The form, if posting it again may help: after a server error, or an expired CSRF token.

    Only for a form from one of our own pages: no other site may write into someone's journal by
    making them press a button.
    """
    if status < 500 and not (status == 403 and _is_from_here(request)):
        return None
    return form(request) if words(request) and _is_ours(form(request).to) else None


def _is_from_here(request: HttpRequest) -> bool:
    origin = urlsplit(request.headers.get("Origin", ""))
    return origin.netloc == request.get_host() if origin.netloc else False


def _is_ours(address: str) -> bool:
    return is_local(address) and not address.startswith(NOTHING_UNDER)


# --- after the session has ended --------------------------------------------------------------


def page_to_sign_in(request: HttpRequest) -> HttpResponse:
    template = "account/held.html"
    if request.headers.get("HX-Request") == "true":
        template += "#words"
    return render(request, template, {"held": form(request)}, status=403)


def page_to_ask(request: HttpRequest) -> HttpResponse:
    """The page that asks to re-authenticate. It holds the text in hidden fields, since another
    person may be reading the page."""
    return render(request, "account/again.html", {"held": form(request)}, status=403)


def page_of_words(request: HttpRequest, status: int = 403, next_step: str = "") -> HttpResponse:
    """The page after a form of another account, or of none: its words, none of them saved."""
    context = {"held": form(request), "next_step": next_step}
    return render(request, "account/other_account.html", context, status=status)


def is_held(request: HttpRequest) -> bool:
    """Whether this is a sign-in or re-authentication form that holds another form."""
    return (
        request.method == "POST"
        and request.path_info in (reverse(settings.LOGIN_URL), *ASKING)
        and _is_ours(_posted(request).get(HELD_TO, ""))
    )


def page_after_sign_in(request: HttpRequest, response: HttpResponseBase) -> HttpResponse:
    """The page that posts the held form. After a wrong password, or before a second step, the page
    keeps holding it."""
    if response.status_code == 200:
        template = "account/again.html" if request.path_info in ASKING else "account/held.html"
        signing_in = (getattr(response, "context_data", None) or {}).get("form")
        page = render(request, template, {"held": form(request), "form": signing_in})
    else:
        page = _page_that_sends(request, response["Location"])
    page.cookies = response.cookies
    return page


def _page_that_sends(request: HttpRequest, next_step: str) -> HttpResponse:
    held, is_in = form(request), request.user.is_authenticated
    is_shared = not held.account and _stores_nothing(held.to)
    if not (held.account or is_shared) or (
        held.account and is_in and not form_account.is_of(request.user, held.account)
    ):
        return page_of_words(request, 200, "" if is_in else next_step)
    context = {
        "held": held,
        "is_shared": is_shared,
        "asked": request.path_info in ASKING,
        "goes_on": is_in,
    }
    return render(request, "account/send_on.html", context | {"next_step": next_step})


def fills_form(view: View) -> View:
    """Marks a view that stores nothing of what is posted, and only shows it in a form. So words
    that no page of ours sent may be posted to it after signing in."""
    vars(view)["fills_form"] = True
    return view


def _stores_nothing(address: str) -> bool:
    with suppress(Resolver404):
        return getattr(resolve(urlsplit(address).path).func, "fills_form", False)
    return False


# --- the posted data --------------------------------------------------------------------------


def _posted(request: HttpRequest) -> QueryDict:
    """The form, also if Django did not read it because it was too big. Files are not carried; in
    place of each stands that there was one."""
    try:
        posted = request.POST or _unread(request)
        if request.FILES:
            posted = posted.copy()
            posted.update(dict.fromkeys(request.FILES, "1"))
        return posted
    except RequestDataTooBig:
        return _unread(request)
    except (BadRequest, TooManyFieldsSent, TooManyFilesSent, OSError, ValueError, DatabaseError):
        return QueryDict()  # an upload asks whose it is, so it needs the database too


def _unread(request: HttpRequest) -> QueryDict:
    form = QueryDict(mutable=True)
    size = request.META.get("CONTENT_LENGTH") or "0"
    if (
        request.content_type != "application/x-www-form-urlencoded"
        or not size.isdecimal()
        or not settings.DATA_UPLOAD_MAX_MEMORY_SIZE < int(size) <= TOO_BIG_TO_GIVE_BACK
    ):
        return form
    try:
        raw = request.read(int(size)).decode("utf-8", "replace")
        pairs = parse_qsl(raw, max_num_fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS)
    except (OSError, ValueError):
        return form
    for name, value in pairs:
        form.appendlist(name, value)
    return form
