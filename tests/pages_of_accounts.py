"""Pages of signing in, of security, and of the operator's accounts; part of tests/pages.py."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.sessions.models import Session
from django.db.models import F

from journal.people.models import User
from journal.privacy import mfa_secrets
from journal.reflections.entries.prompts.models import Prompt
from tests.api.factories import make_token
from tests.factories import PASSWORD, make_person
from tests.page import Page
from tests.people.factories import make_passkey

SECOND, TOKENS = "/accounts/2fa/", "/settings/tokens/"
PASSKEYS = f"{SECOND}webauthn/"
ACCOUNTS, PROMPTS = "/admin/people/user/", "/admin/entries/prompt/"


def with_app(ada: User) -> str:
    data = {"secret": mfa_secrets.seal("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")}
    Authenticator.objects.create(user=ada, type="totp", data=data)
    RecoveryCodes.activate(ada)
    return SECOND


def with_all_of_it(ada: User) -> str:
    with_app(ada)
    make_passkey(ada, "iPhone")
    make_passkey(ada, "Blue key, drawer")
    return SECOND


def with_tokens(ada: User) -> str:
    make_token(ada)
    make_token(ada, "check_in", days=365)
    return TOKENS


def passkey(which: str):
    return lambda ada: f"{PASSKEYS}keys/{make_passkey(ada, 'Blue key, drawer').pk}/{which}/"


def second_step(ada: User) -> str:
    with_all_of_it(ada)
    return "/accounts/login/"


def locked(ada: User) -> str:
    ada.lock_after = 5
    ada.save(update_fields=["lock_after"])
    Session.objects.update(expire_date=F("expire_date") - timedelta(minutes=6))
    return "/today/"


def looked_after(path: str):
    def open_as(ada: User) -> str:
        ada.is_staff = True
        ada.save(update_fields=["is_staff"])
        if not User.objects.filter(email="someone@example.org").exists():
            make_person("someone@example.org", is_active=False)
        someone, prompt = User.objects.get(email="someone@example.org"), Prompt.objects.first()
        return path.format(person=someone.pk, prompt=prompt.pk if prompt else "")

    return open_as


PAGES_OF_ACCOUNTS = [
    Page("sign in", "/accounts/login/", visitor=True),
    Page(
        "sign in refused",
        "/accounts/login/",
        visitor=True,
        send="/login/",
        fill={"login": "ada@example.org", "password": "wrong"},
    ),
    Page("sign up", "/accounts/signup/", visitor=True),
    Page("sign out", "/accounts/logout/"),
    Page("email address", "/accounts/email/"),
    Page("confirm your address", "/accounts/confirm-email/", visitor=True),
    Page("address link unknown", "/accounts/confirm-email/no-such-key/", visitor=True),
    Page("reset password", "/accounts/password/reset/", visitor=True),
    Page("reset password sent", "/accounts/password/reset/done/", visitor=True),
    Page("reset link unknown", "/accounts/password/reset/key/1-x-y/", visitor=True),
    Page("password is reset", "/accounts/password/reset/key/done/", visitor=True),
    Page("account closed", "/accounts/inactive/", visitor=True),
    Page("security, nothing yet", SECOND, sure=True),
    Page("security", with_all_of_it, sure=True),
    Page("connect an app", f"{SECOND}totp/activate/", sure=True),
    Page("connect an app refused", f"{SECOND}totp/activate/", sure=True, send="/activate/"),
    Page("switch the app off", lambda ada: with_app(ada) + "totp/deactivate/", sure=True),
    Page(
        "app switched off",
        lambda ada: with_app(ada) + "totp/deactivate/",
        sure=True,
        send="/deactivate/",
    ),
    Page("recovery codes", lambda ada: with_app(ada) + "recovery-codes/", sure=True),
    Page("new recovery codes", lambda ada: with_app(ada) + "recovery-codes/generate/", sure=True),
    Page("recovery codes, nothing to recover", f"{SECOND}recovery-codes/generate/", sure=True),
    Page("passkeys, none", PASSKEYS),
    Page("passkeys", lambda ada: with_all_of_it(ada) and PASSKEYS),
    Page("add a passkey", f"{PASSKEYS}add/", sure=True),
    Page("add a passkey refused", f"{PASSKEYS}add/", sure=True, send="/add/"),
    Page("rename a passkey", passkey("edit"), sure=True),
    Page("rename a passkey refused", passkey("edit"), sure=True, send="/edit/", fill={"name": ""}),
    Page("remove a passkey", passkey("remove"), sure=True),
    Page("passkey removed", passkey("remove"), sure=True, send="/remove/"),
    Page("change password", "/accounts/password/change/", sure=True),
    Page(
        "change password refused", "/accounts/password/change/", sure=True, send="/password/change/"
    ),
    Page("confirm it is you", "/accounts/reauthenticate/"),
    Page(
        "confirm it is you, in three ways",
        lambda ada: with_all_of_it(ada) and "/accounts/reauthenticate/",
    ),
    Page("confirm it is you, by code", lambda ada: with_app(ada) + "reauthenticate/"),
    Page(
        "confirm it is you, by passkey",
        lambda ada: with_all_of_it(ada) and f"{PASSKEYS}reauthenticate/",
    ),
    Page("locked", locked),
    Page("access tokens, none", TOKENS, sure=True),
    Page("access tokens", with_tokens, sure=True),
    Page(
        "access token made",
        with_tokens,
        sure=True,
        send=TOKENS,
        fill={"name": "Laptop"},
        status=201,
    ),
    Page("access token refused", with_tokens, sure=True, send=TOKENS, fill={"name": ""}),
    Page("access token ended", with_tokens, sure=True, send="/end/"),
    Page("what programs can ask for", "/api/"),
    Page(
        "second step",
        second_step,
        visitor=True,
        send="/accounts/login/",
        fill={"login": "ada@example.org", "password": PASSWORD},
    ),
    Page("sign in with a code", "/accounts/login/code/", visitor=True),
    Page(
        "code sent",
        "/accounts/login/code/",
        visitor=True,
        send="/login/code/",
        fill={"email": "ada@example.org"},
    ),
    Page("admin accounts", looked_after(ACCOUNTS)),
    Page("admin accounts, nothing chosen", looked_after(ACCOUNTS), send=ACCOUNTS),
    Page("admin account", looked_after(f"{ACCOUNTS}{{person}}/change/")),
    Page("admin account history", looked_after(f"{ACCOUNTS}{{person}}/history/")),
    Page("admin prompts", looked_after(PROMPTS)),
    Page("admin prompt add", looked_after(f"{PROMPTS}add/")),
    Page("admin prompt", looked_after(f"{PROMPTS}{{prompt}}/change/")),
    Page("admin prompt history", looked_after(f"{PROMPTS}{{prompt}}/history/")),
]
