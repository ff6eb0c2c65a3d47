"""Every address that sends mail answers the same without asking the mail server; the mail waits."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from journal.mail.models import OutboxMessage
from journal.people.models import User
from tests.coaching.test_invitations_once import by_ada, by_coach
from tests.exchange.factories import work
from tests.factories import PASSWORD
from tests.mail import smtp_servers
from tests.people.second_steps import connect_app, sign_in, sure

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("outbox", "confirmed")]

KNOWN, NEW = "ada@example.org", "new@example.org"
TO_CONFIRM, RESET = "/accounts/confirm-email/", "/accounts/password/reset/"
CODE, SECOND_STEP = "/accounts/login/code/", "/accounts/2fa/"
EMAIL, CHANGE = "/accounts/email/", "/accounts/password/change/"


def sign_up(email: str) -> Callable[[User], HttpResponse]:
    form = {"email": email, "password1": PASSWORD}
    return lambda ada: Client().post("/accounts/signup/", form)


def asked(address: str, email: str) -> Callable[[User], HttpResponse]:
    return lambda ada: Client().post(address, {"email": email})


def new_address(ada: User) -> HttpResponse:
    return sure(sign_in(ada)).post(EMAIL, {"email": NEW, "action_add": "1"})


def new_password(ada: User) -> HttpResponse:
    form = {"password1": "another horse entirely", "password2": "another horse entirely"}
    return sure(sign_in(ada)).post(CHANGE, form)


def no_app(ada: User) -> HttpResponse:
    browser = sign_in(ada)
    connect_app(browser)
    return browser.post(f"{SECOND_STEP}totp/deactivate/")


def invited(begun: Callable) -> Callable[[User], HttpResponse]:
    def invite(person: User) -> HttpResponse:
        browser, address, form = begun(person)
        return browser.post(address, form)

    return invite


# What sends a mail, and where its answer leads.
WAYS = {
    "sign-up": (sign_up(NEW), 302, TO_CONFIRM),
    "sign-up with a known address": (sign_up(KNOWN), 302, TO_CONFIRM),
    "reset": (asked(RESET, KNOWN), 302, f"{RESET}done/"),
    "reset of an unknown address": (asked(RESET, NEW), 302, f"{RESET}done/"),
    "code": (asked(CODE, KNOWN), 302, f"{CODE}confirm/"),
    "code to an unknown address": (asked(CODE, NEW), 302, f"{CODE}confirm/"),
    "change of address": (new_address, 302, EMAIL),
    "notice of a new password": (new_password, 302, "/settings/"),
    "notice of a second step": (no_app, 302, SECOND_STEP),
    "invitation of a coach": (invited(by_ada), 201, None),
    "invitation of a client": (invited(by_coach), 302, "/coach/"),
}


@pytest.mark.parametrize("server", [smtp_servers.silent, smtp_servers.away])
@pytest.mark.parametrize(("way", "status", "leads_to"), WAYS.values(), ids=WAYS)
def test_no_request_asks_the_mail_server(ada, settings, server, way, status, leads_to):
    settings.OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.05
    with server() as called:
        settings.EMAIL_PORT = called.port
        answer = way(ada)

        assert (answer.status_code, answer.headers.get("Location")) == (status, leads_to)
        (row,) = OutboxMessage.objects.all()
        assert (row.attempts, called.times()) == (0, 0)

        work("mail")

        row.refresh_from_db()
        assert (row.attempts, called.times()) == (1, int(server is smtp_servers.silent))
