"""Nonsense in an address, a form or a cookie is refused with a page; it is never a fault."""

from itertools import product

import pytest
from django.test import Client, RequestFactory

from selftrust.wsgi import application
from tests.people.test_error_pages import (
    URLENCODED,
    has_safe_headers,
    is_our_page,
    page,
)


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/%FF%FE",
        "/journal/%00/",
        "/journal/%ED%A0%80/",
        "/journal/?before=%00",
        "/journal/?before=%FF&x=%",
        "/journal/?" + "a=1&" * 1001,
        "/journal/?x=" + "x" * 100_000,
        "/" + "x" * 100_000,
        "/accounts/login/?next=%00%FF",
        "/accounts/login/?next=" + "x" * 100_000,
        "/accounts/signup/?email=%00&invite=%00",
        "/accounts/confirm-email/%FF/",
        "/accounts/password/reset/key/%FF-%00/",
        "//evil.example/%2e%2e",
    ],
)
def test_a_malformed_address_is_refused(adas_visit, db, address):
    for visitor in (adas_visit, Client(raise_request_exception=False)):
        for answer in (visitor.get(address), visitor.post(address)):
            assert answer.status_code < 500
            has_safe_headers(answer)


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "nonsense",
        "text/plain; charset=utf-7",
        "application/json",
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 10_000,
        "multipart/form-data; boundary=é",
        f"{URLENCODED}; charset=utf-16",
        f"{URLENCODED}; charset=utf-7",
        f"{URLENCODED}; charset=no-such",
    ],
)
@pytest.mark.parametrize("address", ["/journal/write/?x=%2B2AA-", "/accounts/login/?next=%2B2AA-"])
def test_a_malformed_body_is_refused(adas_visit, content_type, address):
    visitors = (adas_visit, Client(raise_request_exception=False))
    sent = [("POST", b"body=+2AA-&email=x"), ("POST", b"--x\r\nnonsense"), ("POST", b"\xff\xfe\0")]
    sent += [("GET", b"body=+2AA-"), ("PUT", b"body=+2AA-")]  # whose bodies nobody reads
    for visitor, (method, body) in product(visitors, sent):
        answer = visitor.generic(method, address, body, content_type=content_type)
        assert answer.status_code < 500
        has_safe_headers(answer)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("charset", ["hex", "zlib", "undefined", "idna", "utf-16", "*=utf-8''%00"])
def test_codecs_that_django_stumbles_over_are_refused_before_it(charset):
    """It asks for the form's codec while it makes the request, where no middleware can help."""
    environ = RequestFactory().post("/?x=%2B2AA-", b"a", content_type=URLENCODED).environ
    environ["CONTENT_TYPE"] = f"{URLENCODED}; charset={charset}".replace("=*", "*")
    answered: list[str] = []

    body = b"".join(application(environ, lambda status, headers: answered.append(status)))

    assert answered == ["400 Bad Request"]
    assert "<h1>We couldn’t read that</h1>".encode() in body


def test_another_alphabet_of_bytes_is_refused(adas_visit):
    answer = adas_visit.generic(
        "POST", "/journal/write/", b"body=x", content_type=f"{URLENCODED}; charset=utf-7"
    )

    is_our_page(answer, 400, "We couldn’t read that")


def test_an_unreadable_form_is_refused(adas_visit):
    answer = adas_visit.generic(
        "POST", "/journal/write/", b"--x\r\n", content_type="multipart/form-data"
    )

    is_our_page(answer, 400, "We couldn’t read that")


@pytest.mark.parametrize(
    "cookie",
    [
        'sessionid="\\000\\000\\000\\000\\000\\000\\000\\000"',
        "sessionid=" + "x" * 5000,
        "sessionid=é; csrftoken=\xff",
        'csrftoken="\\000"; theme="\\000"; messages="\\000"',
        "messages=x:y:z; theme=<script>",
        "=;;;==",
    ],
)
def test_a_malformed_cookie_is_refused(db, cookie):
    visitor = Client(raise_request_exception=False)
    for address in ("/", "/journal/", "/accounts/login/"):
        answer = visitor.get(address, headers={"cookie": cookie})
        assert answer.status_code < 500
        assert "<script>" not in page(answer)
        has_safe_headers(answer)
