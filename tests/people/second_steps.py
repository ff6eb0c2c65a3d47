"""Signing in with more than a password, as the tests do it: an app's digits, by RFC 6238."""

import base64
import hmac
import re
import struct
import time

from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from journal.people.models import User
from tests.factories import PASSWORD

LOGIN = "/accounts/login/"
ACTIVATE = "/accounts/2fa/totp/activate/"
REAUTHENTICATE = "/accounts/reauthenticate/"
METHODS = "account_authentication_methods"  # where allauth keeps what a session has shown


def digits(key: str, steps: int = 0) -> str:
    """What an authenticator app that was given this key shows now, or so many half minutes on."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(key), counter, "sha1")
    start = digest[-1] & 15
    (number,) = struct.unpack(">I", digest[start : start + 4])
    return f"{(number & 0x7FFFFFFF) % 1_000_000:06}"


def key_on(page: str) -> str:
    key = r'<b class="tabular" translate="no">([A-Z2-7 ]+)</b>'
    return re.search(key, page)[1].replace(" ", "")


def sign_in(person: User, password: str = PASSWORD) -> Client:
    browser = Client()
    browser.post(LOGIN, {"login": person.email, "password": password})
    return browser


def sure(browser: Client) -> Client:
    """The password said once more a moment ago."""
    browser.post(REAUTHENTICATE, {"password": PASSWORD})
    return browser


def connect_app(browser: Client) -> str:
    """Connects an authenticator app and returns its key."""
    key = key_on(sure(browser).get(ACTIVATE).content.decode())
    answer = browser.post(ACTIVATE, {"code": digits(key)})
    assert answer.url == "/accounts/2fa/recovery-codes/"
    cache.clear()  # as if half a minute had passed: the same digits may be used again
    return key


def recovery_codes(browser: Client) -> list[str]:
    page = browser.get("/accounts/2fa/recovery-codes/").content.decode()
    return re.findall(r'<b class="tabular" translate="no">(\d{8})</b>', page)


def showed(browser: Client, method: str = "mfa", **more: bool) -> Client:
    """A session that has shown a second step."""
    session = browser.session
    shown = {"method": method, "at": time.time(), **more}
    session[METHODS] = [*session.get(METHODS, []), shown]
    session[f"{METHODS}_user"] = session[SESSION_KEY]
    session.save()
    return browser
