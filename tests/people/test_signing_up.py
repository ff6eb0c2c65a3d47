"""Who may sign up, what it asks, and what it keeps to itself."""

import re
import threading
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from journal.people.models import Invitation, User
from tests.factories import PASSWORD
from tests.page import form_ending, forms_in
from tests.routes.test_matrix import CSRF_TOKEN

SIGNUP = "/accounts/signup/"
FIRST_PAGE = "/welcome/"
NEW = {"email": "new@example.org", "password1": PASSWORD}
FORGED = ["\0", "a\0b", "\ud800", "x" * 10_000, "%00", "' or 1=1 --", "<script>"]


@pytest.fixture
def with_mail(settings):
    settings.MAIL_WORKS = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


def page(answer) -> str:
    return answer.content.decode()


def posted_raw(browser: Client, form: dict[str, str]):
    """Posts also what no text can hold, such as half a character."""
    raw = urlencode({name: value.encode("utf-8", "surrogatepass") for name, value in form.items()})
    return browser.post(SIGNUP, raw, content_type="application/x-www-form-urlencoded")


def heading_of(answer) -> str:
    return re.search("<h1>(.*)</h1>", page(answer))[1]


def test_signing_up_asks_an_address_and_a_password_and_nothing_more(client, db):
    (form,) = [one for one in forms_in(client.get(SIGNUP)) if one.action == SIGNUP]
    hidden = re.findall(r'<input type="hidden" name="(\w+)"', page(client.get(SIGNUP)))

    assert set(form.fields) - set(hidden) == {"email", "password1"}
    assert set(hidden) & set(form.fields) - {"csrfmiddlewaretoken"} == {"invite", "zone"}


def test_a_new_person_is_signed_in_and_their_password_is_argon2(client, db):
    answer = client.post(SIGNUP, {**NEW, "zone": "Europe/Paris"})

    person = User.objects.get()
    assert (answer.status_code, answer.url) == (302, FIRST_PAGE)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert person.password.startswith("argon2$argon2id$")
    assert (person.email, person.zone, person.is_staff) == (
        "new@example.org",
        "Europe/Paris",
        False,
    )


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "CET", "\0", "x" * 5_000, "../etc/passwd"])
def test_a_zone_nobody_knows_is_left_out(client, db, zone):
    assert client.post(SIGNUP, {**NEW, "zone": zone}).status_code == 302

    assert User.objects.get().zone == ""


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("short", "Use at least 12 characters."),
        ("eleven char", "Use at least 12 characters."),
        ("password1234", "This is a common password that’s easy to guess."),
        ("new@example.org", "This is too similar to your email."),
        ("twelve\0 chars", "Null characters are not allowed."),
        ("", "This field is required."),
    ],
)
def test_a_weak_password_gets_a_sentence_and_the_address_stays(client, db, password, sentence):
    answer = client.post(SIGNUP, {**NEW, "password1": password})

    assert answer.status_code == 200
    assert sentence in page(answer)
    assert 'value="new@example.org"' in page(answer)
    assert not re.search(r'type="password"[^>]* value=', page(answer))
    assert not User.objects.exists()


def test_twelve_characters_are_enough(client, db):
    assert client.post(SIGNUP, {**NEW, "password1": "twelve chars"}).status_code == 302


@pytest.mark.parametrize(
    "email", ["", "no", "a@b", "\0@example.org", "a" * 10_000 + "@example.org"]
)
def test_an_address_that_is_none_gets_a_sentence(client, db, email):
    answer = client.post(SIGNUP, {**NEW, "email": email})

    assert answer.status_code == 200
    assert "field-err" in page(answer)
    assert not User.objects.exists()


def test_an_address_longer_than_mail_allows_gets_a_sentence(client, db):
    email = "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".org"
    assert 254 < len(email) < 320

    answer = client.post(SIGNUP, {**NEW, "email": email})

    assert "This address is too long for email." in page(answer)


def test_without_mail_only_the_first_account_comes_free(client, db):
    assert client.post(SIGNUP, NEW).status_code == 302

    answer = Client().post(SIGNUP, {**NEW, "email": "second@example.org"})

    assert "Sign-up is by invitation" in page(answer)
    assert User.objects.count() == 1


def test_with_mail_sign_up_stays_open(client, ada, with_mail):
    assert client.post(SIGNUP, NEW).url == "/accounts/confirm-email/"

    assert User.objects.filter(email="new@example.org").exists()


def test_open_is_open_without_mail_too(client, ada, settings):
    settings.SELFTRUST_SIGNUP = "open"

    assert client.post(SIGNUP, NEW).url == FIRST_PAGE


def test_closed_stays_closed_also_for_the_first_and_the_invited(client, ada, settings):
    settings.SELFTRUST_SIGNUP = "closed"
    token = Invitation.make(ada)

    for answer in (client.get(SIGNUP), client.post(SIGNUP, {**NEW, "invite": token})):
        assert "This server isn’t taking new accounts at the moment." in page(answer)
    assert User.objects.get() == ada


def test_invite_asks_for_an_invitation_from_the_first_account_on(client, db, settings):
    settings.SELFTRUST_SIGNUP = "invite"

    assert "Sign-up is by invitation" in page(client.post(SIGNUP, NEW))
    assert not User.objects.exists()


def test_an_invitation_opens_the_door_once(client, ada):
    token = Invitation.make(ada)
    form = form_ending(forms_in(client.get(f"{SIGNUP}?invite={token}")), SIGNUP)
    assert form.fields["invite"] == token

    assert client.post(SIGNUP, {**NEW, "invite": token}).url == FIRST_PAGE

    again = Client().post(SIGNUP, {**NEW, "email": "second@example.org", "invite": token})
    assert "This invitation no longer works" in page(again)
    assert set(User.objects.values_list("email", flat=True)) == {ada.email, "new@example.org"}


def test_an_invitation_survives_a_mistake_in_the_form(client, ada):
    token = Invitation.make(ada)

    answer = client.post(SIGNUP, {**NEW, "password1": "short", "invite": token})

    assert f'name="invite" value="{token}"' in page(answer)
    assert client.post(SIGNUP, {**NEW, "invite": token}).status_code == 302


@pytest.mark.parametrize(
    ("age", "opens"), [(timedelta(days=6, hours=23), True), (timedelta(days=7, seconds=1), False)]
)
def test_an_invitation_lives_seven_days(client, ada, age, opens):
    token = Invitation.make(ada)
    Invitation.objects.update(made_at=timezone.now() - age)

    answer = client.get(f"{SIGNUP}?invite={token}")

    assert ("This invitation no longer works" not in page(answer)) is opens


@pytest.mark.parametrize("token", FORGED)
def test_a_forged_invitation_shows_the_closed_page(client, ada, token):
    for answer in (
        client.get(SIGNUP, {"invite": token.encode("utf-8", "surrogatepass")}),
        posted_raw(client, {**NEW, "invite": token}),
    ):
        assert answer.status_code == 200
        assert "This invitation no longer works" in page(answer)
    assert User.objects.get() == ada


@pytest.mark.parametrize("token", FORGED)
def test_where_everyone_may_come_a_forged_invitation_hinders_nobody(client, ada, settings, token):
    settings.SELFTRUST_SIGNUP = "open"

    answer = posted_raw(client, {**NEW, "invite": token})

    assert answer.url == FIRST_PAGE


def race(*forms: dict[str, str]) -> list[str]:
    """Posts the forms at one moment from as many threads; returns where each was led."""
    start = threading.Barrier(len(forms))
    led_to: list[str] = []

    def sign_up(form: dict[str, str]) -> None:
        browser = Client()
        try:
            start.wait(timeout=20)
            answer = browser.post(SIGNUP, form)
            led_to.append(answer.url if answer.status_code == 302 else heading_of(answer))
        finally:
            connection.close()

    threads = [threading.Thread(target=sign_up, args=[form]) for form in forms]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(led_to)


def four_people(**extra: str) -> list[dict[str, str]]:
    return [{**NEW, "email": f"p{n}@example.org", **extra} for n in range(4)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", ["", "invite"])
def test_of_four_with_one_invitation_one_comes_in(ada, settings, mode):
    settings.SELFTRUST_SIGNUP = mode
    token = Invitation.make(ada)

    led_to = race(*four_people(invite=token))

    assert led_to == [FIRST_PAGE] + ["This invitation no longer works"] * 3
    assert User.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_four_who_would_be_first_one_is():
    led_to = race(*four_people())

    assert led_to == [FIRST_PAGE] + ["Sign-up is by invitation"] * 3
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_four_with_one_address_one_gets_it(settings):
    settings.SELFTRUST_SIGNUP = "open"

    led_to = race(*[NEW] * 4)

    assert led_to == [FIRST_PAGE] + ["Create an account"] * 3
    assert User.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_with_mail_four_with_one_address_are_told_the_same(with_mail):
    led_to = race(*[NEW] * 4)

    assert led_to == ["/accounts/confirm-email/"] * 4
    assert User.objects.count() == 1


def test_with_mail_nothing_opens_before_the_link_in_it(client, db, with_mail):
    client.post(SIGNUP, NEW)
    assert "_auth_user_id" not in client.session
    signed_in = client.post("/accounts/login/", {"login": NEW["email"], "password": PASSWORD})
    assert signed_in.url == "/accounts/confirm-email/"

    (letter,) = mail.outbox
    link = next(line for line in letter.body.splitlines() if line.startswith("http"))
    assert letter.subject == "Confirm your email address"
    assert client.get(link).status_code == 200
    assert not EmailAddress.objects.get().verified
    client.post(link)

    assert EmailAddress.objects.get().verified
    signed_in = client.post("/accounts/login/", {"login": NEW["email"], "password": PASSWORD})
    assert signed_in.url == FIRST_PAGE


def everything_said(browser: Client, address: str, data: dict[str, str]) -> list[object]:
    """Status, headers, cookie names and every byte up to the page it ends on."""
    answer = browser.post(address, data)
    headers = [(name, value) for name, value in answer.headers.items() if name != "Expires"]
    said: list[object] = [answer.status_code, sorted(headers), sorted(answer.cookies)]
    if answer.status_code == 302:
        answer = browser.get(answer.url)
    email = data.get("email") or data["login"]
    return [*said, answer.status_code, CSRF_TOKEN.sub("", page(answer)).replace(email, "")]


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (SIGNUP, {"email": "", "password1": PASSWORD}),
        ("/accounts/password/reset/", {"email": ""}),
        ("/accounts/login/", {"login": "", "password": "not the password"}),
    ],
)
def test_with_mail_nobody_learns_whether_an_address_has_an_account(ada, with_mail, address, form):
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    field = next(iter(form))
    known, unknown = ada.email, "bob@example.org"

    assert everything_said(Client(), address, {**form, field: known}) == everything_said(
        Client(), address, {**form, field: unknown}
    )


def test_with_mail_an_invitation_does_not_tell_either(ada, with_mail, settings):
    """A link that still worked afterwards would tell that the address has an account."""
    settings.SELFTRUST_SIGNUP = "invite"
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    token = Invitation.make(ada)

    first = Client().post(SIGNUP, {"email": ada.email, "password1": PASSWORD, "invite": token})

    assert first.url == "/accounts/confirm-email/"
    assert "This invitation no longer works" in page(Client().get(f"{SIGNUP}?invite={token}"))


def test_letters_hold_a_link_and_no_content(client, ada, with_mail):
    EmailAddress.objects.create(user=ada, email=ada.email, primary=True, verified=True)
    client.post(SIGNUP, NEW)
    client.post(SIGNUP, {**NEW, "email": ada.email})
    for email in (ada.email, "nobody@example.org"):
        client.post("/accounts/password/reset/", {"email": email})

    assert [letter.subject for letter in mail.outbox] == [
        "Confirm your email address",
        "You already have an account",
        "Choose a new password",
        "No account for this address",
    ]
    for letter in mail.outbox:
        assert letter.body.count("http://testserver/accounts/") == 1
        assert letter.body.endswith("\n\nSelftrust")
        assert len(letter.body) < 420
        assert not letter.alternatives
