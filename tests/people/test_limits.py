"""Tries are counted exactly, by who makes them, and the owner always has a way in."""

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail, signing
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from journal.database import deadlines
from journal.people import hashers, rate_limits
from journal.people.models import SharedValue
from journal.people.rate_limits import limited
from tests.conftest import signed_in
from tests.factories import PASSWORD, make_person
from tests.people.second_steps import LOGIN, connect_app, sign_in

CODE, CONFIRM = "/accounts/login/code/", "/accounts/login/code/confirm/"
RESET = "/accounts/password/reset/"
SECOND = "/accounts/2fa/authenticate/"
AT_ONCE = 50  # several times the connections there are
ELSEWHERE = {"REMOTE_ADDR": "203.0.113.9"}
MESSAGES = re.compile("Email or password is wrong|Too many attempts for this email|A little slower")


def page(answer) -> str:
    return answer.content.decode()


def can_read(browser: Client) -> bool:
    return browser.get("/journal/").status_code == 200


def try_to_sign_in(email: str, password: str = "wrong", **at) -> str:
    """What whoever tried was told, or where they were led."""
    answer = Client().post(LOGIN, {"login": email, "password": password}, **at)
    return answer.url if answer.status_code == 302 else MESSAGES.search(page(answer))[0]


def code_in_the_last_letter() -> str:
    return re.search(r"^\w{4}-\w{4}$", mail.outbox[-1].body, re.MULTILINE)[0]


@pytest.fixture
def patient_pool(monkeypatch):
    """So many at once wait longer for the few connections there are than people would, and for
    their passwords."""
    monkeypatch.setattr(hashers, "PLACES", threading.Semaphore(AT_ONCE))
    monkeypatch.setattr(deadlines, "per_request", lambda: 120)
    monkeypatch.setattr(connection.pool, "timeout", 120)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_exactly_five_guesses_and_ada_gets_in(patient_pool):
    ada = make_person("ada@example.org")
    at_home = sign_in(ada)
    at_home.post("/accounts/logout/")
    ready = threading.Barrier(AT_ONCE)

    def guess(_number: int) -> str:
        try:
            ready.wait()
            return try_to_sign_in(ada.email)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as many:
        messages = Counter(many.map(guess, range(AT_ONCE)))

    assert messages == {
        "Email or password is wrong": 5,  # a password was looked at
        "Too many attempts for this email": 24,
        "A little slower": AT_ONCE - 29,  # thirty a minute from one network, of which ada's was one
    }
    assert try_to_sign_in(ada.email, PASSWORD) == "A little slower"
    # The ways in that docs/self-hosting.md names: a browser that she used before,
    at_home.post(LOGIN, {"login": ada.email, "password": PASSWORD})
    assert can_read(at_home)
    # another network,
    assert try_to_sign_in(ada.email, PASSWORD, **ELSEWHERE) == "/today/"
    # and a code by mail.
    anywhere = Client()
    anywhere.post(CODE, {"email": ada.email})
    assert anywhere.post(CONFIRM, {"code": code_in_the_last_letter()}).url == "/today/"
    assert can_read(anywhere)


def test_a_right_password_is_no_wrong_one(ada):
    assert [try_to_sign_in(ada.email, PASSWORD) for _ in range(7)] == ["/today/"] * 7


def test_thirty_right_passwords_a_minute_from_one_network(ada, eve):
    """Each costs as much as a wrong one."""
    people = [ada, eve] * 15
    assert {try_to_sign_in(one.email, PASSWORD) for one in people} == {"/today/"}

    assert try_to_sign_in(ada.email, PASSWORD) == "A little slower"
    assert try_to_sign_in(ada.email, PASSWORD, **ELSEWHERE) == "/today/"


def test_thirty_right_passwords_a_minute_from_all_browsers_that_know_an_account(ada, eve):
    at_home, at_work, hers = sign_in(ada), sign_in(ada), sign_in(eve)
    for number in range(30):
        browser = (at_home, at_work)[number % 2]
        browser.post("/accounts/logout/")
        browser.post(LOGIN, {"login": ada.email, "password": PASSWORD})
        assert can_read(browser)

    for browser in (at_home, hers):
        browser.post("/accounts/logout/")
    refused = at_home.post(LOGIN, {"login": ada.email, "password": PASSWORD})
    hers.post(LOGIN, {"login": eve.email, "password": PASSWORD})

    assert "Too many attempts for this email" in page(refused)
    assert can_read(hers)


def test_ten_operator_tokens_a_minute(ada_client):
    address, wrong = "/accounts/operator/", {"token": "wrong"}
    statuses = [ada_client.post(address, wrong).status_code for _ in range(11)]

    assert statuses == [200] * 10 + [429]


def test_who_tries_from_everywhere_is_stopped_and_ada_is_not(ada):
    at_home = sign_in(ada)
    at_home.post("/accounts/logout/")

    messages = Counter(
        try_to_sign_in(ada.email, REMOTE_ADDR=f"198.51.{number // 250}.{number % 250}")
        for number in range(103)
    )

    assert messages == {"Email or password is wrong": 100, "Too many attempts for this email": 3}
    assert try_to_sign_in(ada.email, PASSWORD, **ELSEWHERE) == "Too many attempts for this email"
    at_home.post(LOGIN, {"login": ada.email, "password": PASSWORD}, **ELSEWHERE)
    assert can_read(at_home)


def test_a_known_browser_has_ten_tries_for_the_address_it_knows(ada, eve):
    at_home = sign_in(ada)
    at_home.post("/accounts/logout/")

    messages = [
        MESSAGES.search(page(at_home.post(LOGIN, {"login": ada.email, "password": "wrong"})))[0]
        for _ in range(11)
    ]

    assert messages == ["Email or password is wrong"] * 10 + ["Too many attempts for this email"]
    known = signing.loads(at_home.cookies["known"].value, salt=rate_limits.SALT)
    assert "example.org" not in str(known)
    messages = [
        MESSAGES.search(page(at_home.post(LOGIN, {"login": eve.email, "password": "wrong"})))[0]
        for _ in range(6)
    ]
    assert messages == ["Email or password is wrong"] * 5 + ["Too many attempts for this email"]


def test_a_forged_cookie_makes_no_browser_known(ada):
    messages = []
    for number in range(6):
        browser = Client()
        browser.cookies["known"] = f"x{number}:forged:cookie"
        answer = browser.post(LOGIN, {"login": ada.email, "password": "wrong"})
        messages.append(MESSAGES.search(page(answer))[0])

    assert messages[-1] == "Too many attempts for this email"


def test_a_header_does_not_make_another_network(ada):
    messages = [
        try_to_sign_in(ada.email, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
        for number in range(6)
    ]

    assert messages == ["Email or password is wrong"] * 5 + ["Too many attempts for this email"]


def test_behind_a_proxy_that_was_told_of_the_header_counts_from_the_end(ada, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    messages = [
        try_to_sign_in(ada.email, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}, 203.0.113.9")
        for number in range(6)
    ]

    assert messages == ["Email or password is wrong"] * 5 + ["Too many attempts for this email"]
    assert (
        try_to_sign_in(ada.email, HTTP_X_FORWARDED_FOR="198.51.100.1")
        == "Email or password is wrong"
    )


def test_who_comes_by_fewer_proxies_than_there_are_has_their_own_address(ada, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2

    messages = [
        try_to_sign_in(ada.email, HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
        for number in range(6)
    ]

    assert messages[-1] == "Too many attempts for this email"


def test_five_codes_a_minute_from_one_network_and_ada_has_her_own(ada):
    answers = [Client().post(CODE, {"email": ada.email}) for _ in range(6)]

    assert len(mail.outbox) == 5
    assert "Too many attempts for this email." in page(answers[-1])
    assert Client().post(CODE, {"email": ada.email}, **ELSEWHERE).url == CONFIRM
    assert len(mail.outbox) == 6


def test_a_code_has_three_tries(ada):
    browser = Client()
    browser.post(CODE, {"email": ada.email})
    code = code_in_the_last_letter()

    wrong = [browser.post(CONFIRM, {"code": "BBBB-BBBB"}) for _ in range(3)]

    assert [answer.status_code for answer in wrong] == [200, 200, 302]
    browser.post(CONFIRM, {"code": code})
    assert not can_read(browser)


def test_a_code_does_not_tell_who_has_an_account(ada):
    messages = []
    for email in (ada.email, "nobody@example.org"):
        answer = Client().post(CODE, {"email": email}, follow=True)
        messages.append(page(answer).replace(email, "").split("<main")[1].split("csrf")[0])

    assert messages[0] == messages[1]


def test_a_code_does_not_stand_in_for_the_second_step(ada):
    connect_app(sign_in(ada))
    browser = Client()
    browser.post(CODE, {"email": ada.email})

    answer = browser.post(CONFIRM, {"code": code_in_the_last_letter()})

    assert (answer.url, can_read(browser)) == (SECOND, False)


def test_five_wrong_digits_and_then_a_pause(ada):
    connect_app(sign_in(ada))
    browser = sign_in(ada)

    messages = [page(browser.post(SECOND, {"code": "12345678"})) for _ in range(6)]

    assert ["That code isn’t right" in one for one in messages] == [True] * 5 + [False]
    assert "Too many attempts for this email." in messages[-1]


def test_five_resets_a_minute_from_one_network(ada):
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)

    statuses = [Client().post(RESET, {"email": ada.email}).status_code for _ in range(6)]

    assert statuses == [302] * 5 + [429]
    assert Client().post(RESET, {"email": ada.email}, **ELSEWHERE).status_code == 302


def test_searching_has_a_limit_of_its_own_for_each_person(ada, eve, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "search": "2/m/user"}
    hers = signed_in(ada)

    statuses = [hers.post("/search/", {"q": "sea"}).status_code for _ in range(3)]

    assert statuses == [302, 302, 429]
    assert hers.get("/search/").status_code == 200
    assert signed_in(eve).post("/search/", {"q": "sea"}).status_code == 302


def test_a_limit_that_nobody_set_is_an_error_and_not_no_limit():
    with pytest.raises(ImproperlyConfigured, match="how often dancing may be"):
        limited("dancing")


@pytest.mark.parametrize(
    ("production", "proxies", "warned"), [(True, 0, True), (True, 1, False), (False, 0, False)]
)
def test_the_operator_is_told_where_everyone_seems_to_come_from_one_network(
    operator_client, settings, production, proxies, warned
):
    settings.PRODUCTION, settings.ALLAUTH_TRUSTED_PROXY_COUNT = production, proxies

    html = page(operator_client.get("/accounts/operator/"))

    assert ("Set TRUSTED_PROXIES" in html) == warned


# --- what all processes count in --------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_many_who_take_the_same_place_one_gets_it():
    with ThreadPoolExecutor(50) as many:
        got = list(many.map(lambda number: cache.add("place", number, 60), range(50)))

    assert got.count(True) == 1
    assert cache.get("place") == got.index(True)


def test_a_value_is_there_until_its_time_is_over(db):
    cache.set("one", [1.5, 2], 60)
    cache.set("gone", "y", 0)
    cache.set("always", "z", None)

    assert (cache.get("one"), cache.get("gone"), cache.get("always")) == ([1.5, 2], None, "z")
    assert (cache.add("one", 3, 60), cache.add("gone", 3, 60)) == (False, True)
    assert (cache.delete("one"), cache.delete("one"), cache.get("one", 7)) == (True, False, 7)


def test_what_is_counted_does_not_say_who_or_where(db):
    try_to_sign_in("ada@example.org", **ELSEWHERE)

    for row in SharedValue.objects.values_list("key", "value"):
        assert not re.search(r"ada@|example|203\.0", str(row))
    assert SharedValue.objects.count() > 0


@pytest.mark.django_db(transaction=True)
def test_purge_takes_counts_that_are_over():
    try_to_sign_in("ada@example.org")
    cache.set("now", 1, 60)
    SharedValue.objects.exclude(value="1").update(expires_at=timezone.now() - timedelta(days=1))

    call_command("purge", verbosity=0)

    assert list(SharedValue.objects.values_list("value", flat=True)) == ["1"]
