"""Rubbish in every field of every form: never a 5xx, and nothing that was typed is lost.

A form that is on many pages, or in many rows of one, is swept once in a run.
"""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qsl, quote_plus, urlsplit

from django.core.cache import cache
from django.db import transaction
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import resolve

from journal.privacy.form_account import FIELD
from tests.factories import PASSWORD
from tests.markup import Form, parse

# What is typed, as text or as the bytes that arrive. Begins and ends in plain letters, so that
# a value that was cut is told from one that is shown whole.
RUBBISH: dict[str, str | bytes] = {
    "nothing": "",
    "spaces": "   ",
    "a NUL": "before\0after",
    "a lone surrogate": b"before\xed\xa0\x80after",
    "a megabyte": "m" * (1 << 20),
    "ten thousand letters": "before" + "w" * 10_000 + "after",
    "everything odd": "before \u202eשלום\u202c \"'; <b src=x> {{ x }} %s \u1e92\u0301\u0488 after",
    "the year 0": "0000-01-01",
    "the last day": "9999-12-31",
    "the first day": "0001-01-01",
    "a huge number": "9" * 30,
    "a negative number": "-1",
    "not a number": "NaN",
    "an id of nobody's": "01a20810-4259-7056-8781-d275d1310c40",
}
# Each field answers to these for itself, whatever stands in the others: all of a form get them at
# once. What is left out, or stands at the edge of what a number or a day can be, may meet a rule
# about several fields, or the database's own: it is put into one field at a time.
TYPED_AT_ONCE = ("a NUL", "a lone surrogate", "everything odd", "ten thousand letters")
TYPED_AT_ONCE += ("spaces", "nothing")
NUMBERS = ("nothing", "a huge number", "a negative number", "not a number")
DAYS = ("nothing", "the first day", "the last day", "the year 0")
BY_KIND = {"number": NUMBERS, "date": DAYS, "time": DAYS, "datetime-local": DAYS}
# What was chosen from a list is looked up in it; what is hidden, a view may read for itself, and
# refuse before it comes to the next.
CHOSEN_AT_ONCE = ("a NUL", "nothing", "a huge number", "an id of nobody's")
FORGED = ("a NUL", "the last day", "a huge number", "a negative number", "an id of nobody's")
BEHIND_QUESTION_MARK = ("a NUL", "a lone surrogate", "the last day", "a huge number")
# Saved where they are taken, so the page that follows shows them.
SHOWN_AFTERWARDS = ("everything odd", *NUMBERS, *DAYS)
SAMPLES = {"email": "someone@example.org", "login": "someone@example.org"}
WHICH_ONE = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+")
UNSEEABLE = dict.fromkeys(map(ord, "\0\ufffd\r"))

Try = tuple[str, dict[str, str | bytes], list[tuple[str, str | bytes]]]


claimed: list[Path] = []  # by the test that runs; tests/sweeps/conftest.py


def first_time(*what: str) -> bool:
    """In all processes of this run: a file for each thing that was swept."""
    folder = Path(os.environ["SELFTRUST_DATA_DIR"]).parent / "swept"
    folder.mkdir(exist_ok=True)
    file = folder / sha256(repr(what).encode()).hexdigest()
    try:
        file.touch(exist_ok=False)
    except FileExistsError:
        return False
    claimed.append(file)
    return True


def first_of_its_kind(what: str, path: str, *more: str) -> bool:
    """Pages whose addresses differ only in a number or an id are of one kind."""
    return first_time(what, WHICH_ONE.sub("N", path), *more)


def new(form: Form) -> bool:
    """Sign-out, search and undo are on many pages; once is enough."""
    return first_of_its_kind("form", form.action, *sorted(one_of_each(form)))


def new_to_leave(form: Form) -> bool:
    """A form with fields of kinds that nobody has filled in, left and come back to so far, of those
    that one view takes."""
    chosen = {name for name in form.fields if name not in form.hidden | {*form.typed}}
    kinds = sorted({*form.typed.values()} | ({"choice"} if chosen else set()))
    return bool(kinds) and first_time("left", resolve(urlsplit(form.action).path).route, *kinds)


def already_forged(form: Form) -> set[str]:
    """What is hidden in all forms that one view takes, such as the version in every step of a
    practice, is forged thoroughly in the first of them."""
    route = resolve(urlsplit(form.action).path).route
    hidden = {kind: name for kind, name in one_of_each(form).items() if name in form.hidden}
    return {name for kind, name in hidden.items() if not first_time(route, kind)}


def one_of_each(form: Form) -> dict[str, str]:
    """Its fields by name; of those that differ only in a number or an id, as the rows of a list
    do, the last."""
    return {WHICH_ONE.sub("N", name): name for name in form.fields}


def filled_in(form: Form) -> dict[str, str | bytes]:
    """The form with something sensible in each of its fields."""
    values: dict[str, str | bytes] = {}
    for name, value in form.fields.items():
        sample = PASSWORD if "password" in name else SAMPLES.get(name, "Plain words")
        values[name] = value or (sample if name in form.typed or "password" in name else "")
    return values


def tries(form: Form, forged: set[str]) -> Iterator[Try]:
    """What is wrong, the fields, and fields that come beside them."""
    usual = filled_in(form)
    names = {*one_of_each(form).values()} - {"csrfmiddlewaretoken", FIELD}
    typed, hidden = names & {*form.typed}, names & form.hidden
    chosen = names - typed - hidden

    def arrays(some: set[str]) -> Try:
        rest = {name: value for name, value in usual.items() if name not in some}
        beside = [(f"{name}{index}", "a") for name in sorted(some) for index in ("[]", "[0]")]
        return f"{sorted(some)} are arrays", rest, beside

    yield "nothing", usual, []
    for kind in TYPED_AT_ONCE if form.typed else ():
        yield f"everything is {kind}", usual | dict.fromkeys(form.typed, RUBBISH[kind]), []
    for area in form.areas[:1]:
        if first_time("a megabyte", resolve(urlsplit(form.action).path).route):
            yield f"{area} is a megabyte", {**usual, area: RUBBISH["a megabyte"]}, []
    for kind in CHOSEN_AT_ONCE if chosen else ():
        yield f"all that is chosen is {kind}", usual | dict.fromkeys(chosen, RUBBISH[kind]), []
    if hidden & forged:
        yield "all that is hidden is a NUL", usual | dict.fromkeys(hidden, RUBBISH["a NUL"]), []
    yield "everything is twice there", usual, [(name, "again") for name in names]
    if typed | chosen:
        yield arrays(typed | chosen)
    for name in sorted(typed):
        for kind in BY_KIND.get(form.typed[name], ("nothing",) if len(typed) > 1 else ()):
            yield f"{name} is {kind}", {**usual, name: RUBBISH[kind]}, []
    for name in sorted(hidden - forged):
        for kind in FORGED:
            yield f"{name} is {kind}", {**usual, name: RUBBISH[kind]}, []
        yield arrays({name})


def encoded(values: list[tuple[str, str | bytes]]) -> bytes:
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in values).encode()


def send(
    cookies: SimpleCookie, method: str, path: str, body: bytes = b"", *, follow: bool = False
) -> HttpResponseBase:
    """One request, and the page it leads to, and then as if it had not been."""
    cache.clear()
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    with transaction.atomic():
        response = client.generic(method, path, body, "application/x-www-form-urlencoded")
        redirected = response.status_code in {301, 302, 303}
        if redirected and follow:
            response = client.get(response.headers["Location"], follow=True)
        transaction.set_rollback(True)
    response.redirected = redirected
    return response


def readable(value: str | bytes) -> str:
    text = value.decode(errors="replace") if isinstance(value, bytes) else value
    return text.translate(UNSEEABLE).strip()


def text_of(response: HttpResponseBase) -> str:
    """All that a person could copy out of a page."""
    document, _errors = parse(response.content.decode())
    values = [element["value"] for element in document.walk() if "value" in element.attrs]
    return "\n".join([document.text, *values]).translate(UNSEEABLE)


def lost(form: Form, sent: dict[str, str | bytes], response: HttpResponseBase) -> list[str]:
    if response.redirected:
        return []  # it was taken
    source = unescape(response.content.decode()).translate(UNSEEABLE)
    if all(readable(sent[name]) in source for name in form.typed):
        return []
    page = text_of(response)
    return [name for name in form.typed if readable(sent[name]) not in page]


def sent_to_forms(cookies: SimpleCookie, forms: list[Form]) -> list[str]:
    complaints = []
    for form in (form for form in forms if form.method == "post" and new(form)):
        for case, values, more in tries(form, already_forged(form)):
            body = encoded([*values.items(), *more])
            follow = case.endswith(SHOWN_AFTERWARDS)
            response = send(cookies, "POST", form.action, body, follow=follow)
            if response.status_code >= 500:
                complaints.append(f"{form.action}: {case}: {response.status_code}")
            elif not more and len(values) == len(form.fields):
                complaints += [
                    f"{form.action}: {case}: {response.status_code} without what was in {name}"
                    for name in lost(form, values, response)
                ]
    return complaints


def sent_behind_question_mark(cookies: SimpleCookie, path: str, html: str) -> list[str]:
    document, _errors = parse(html)
    queries = [urlsplit(link["href"]).query for link in document.all("a") if "?" in link["href"]]
    names = {name for query in queries for name, _value in parse_qsl(query)}
    names |= {"next", "invite", "day", "mode"}
    if not first_of_its_kind("?", path, *sorted(names)):
        return []
    complaints = []
    for kind in BEHIND_QUESTION_MARK:
        query = encoded([(name, RUBBISH[kind]) for name in sorted(names)]).decode()
        status = send(cookies, "GET", f"{path}?{query}", follow=True).status_code
        if status >= 500:
            complaints.append(f"{path}, {sorted(names)}: {kind}: {status}")
    return complaints
