"""allauth's second step and passkeys, with our messages and sealed secrets."""

import struct
from collections.abc import Callable
from typing import Any, ClassVar

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa import adapter
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base import forms as base
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.people.forms import Plain
from journal.people.models import User
from journal.privacy import mfa_secrets
from journal.privacy.fields import WordsInput
from journal.privacy.json_input import BoundedDecoder

LONGEST_NAME = 40


class Adapter(adapter.DefaultMFAAdapter):
    error_messages = {
        **adapter.DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That code isn’t right. Try again."),
        "unverified_email": _("Confirm your current address first."),
        "add_email_blocked": _("Confirm your current address first."),
    }

    def encrypt(self, text: str) -> str:
        return mfa_secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return mfa_secrets.unseal(encrypted_text)

    def build_totp_svg(self, url: str) -> str:
        """On white, also in the dark theme, since scanners look for dark on light."""
        import qrcode  # slow to import, and each person needs it once
        from qrcode.image.svg import SvgPathFillImage

        return qrcode.make(url, image_factory=SvgPathFillImage).to_string().decode()

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}


def is_set(person: User) -> bool:
    """Whether this person has a second step for signing in."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return adapter.get_adapter().is_mfa_enabled(person, kinds)


def was_shown(request: HttpRequest) -> bool:
    """Whether this session has passed the second step."""
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "mfa" for record in records)


def was_set_up(request: HttpRequest, authenticator: Authenticator, **_sent: Any) -> None:
    """Records that setting up a second step also passes it, so that no page asks for it again."""
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        kind = {"id": authenticator.pk, "type": authenticator.type}
        record_authentication(request, authenticator.user, "mfa", **kind)


def page_that_asks(person: User) -> str:
    methods = get_adapter().get_reauthentication_methods(person)
    return next(method["url"] for method in methods if method["id"].startswith("mfa"))


CODE_LABELS = {"code": _("Six digits or a recovery code")}
CODE_HINTS = {"code": _("Your app shows new digits every 30 seconds. A recovery code works once.")}


# How long digits are valid: their own half minute, the one before and the one after.
DIGITS_LIVE = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)


class _TakenOnce(Plain, base.BaseAuthenticateForm):
    labels, hints = CODE_LABELS, CODE_HINTS

    def clean_code(self) -> str:
        """Extends allauth's record of used digits, which lasts half a minute, to their validity."""
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP:
            used = self.authenticator.wrap()._get_used_cache_key(code)
            cache.set(used, "y", timeout=DIGITS_LIVE)
        return code


class AuthenticateForm(_TakenOnce, base.AuthenticateForm):
    pass


class ReauthenticateForm(_TakenOnce, base.ReauthenticateForm):
    pass


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    """Seals the new secret while it is in the session."""

    labels = {"code": _("Six digits")}
    hints = {"code": _("They change every 30 seconds.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        if sealed := session.pop(SECRET_SESSION_KEY, ""):
            session[SECRET_SESSION_KEY] = mfa_secrets.unseal(sealed)
        super().__init__(*args, **kwargs)
        session[SECRET_SESSION_KEY] = mfa_secrets.seal(self.secret)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class _FromTheDevice(forms.Form):
    """The JSON response of a device. allauth refuses it, whatever the reason, as a wrong code."""

    refused: ClassVar[Any] = _(
        "That passkey didn’t work. If it was removed from your account, use another one or your "
        "password."
    )
    fields: dict[str, Any]
    # fido2 does not catch the errors of parsing invalid data: CBOR and JSON inside the response.
    NO_ANSWER = (TypeError, ValueError, LookupError, AttributeError, RecursionError, struct.error)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].decoder = BoundedDecoder

    def _understood(self, clean: Callable[[], Any]) -> Any:
        try:
            return clean()
        except forms.ValidationError as error:
            if error.code != "incorrect_code":
                raise
            raise forms.ValidationError(self.refused, code="refused") from error
        except self.NO_ANSWER as error:
            raise forms.ValidationError(self.refused, code="refused") from error


class AuthenticateWebAuthnForm(_FromTheDevice, webauthn.AuthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._understood(super().clean_credential)


class LoginWebAuthnForm(_FromTheDevice, webauthn.LoginWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._understood(super().clean_credential)


class ReauthenticateWebAuthnForm(_FromTheDevice, webauthn.ReauthenticateWebAuthnForm):
    def clean_credential(self) -> Authenticator:
        return self._understood(super().clean_credential)


NAME = {"name": _("Name for this passkey")}
NAME_HINT = {"name": _("Something you’ll recognise, such as “my phone” or “key in the drawer”.")}


class AddWebAuthnForm(Plain, _FromTheDevice, webauthn.AddWebAuthnForm):
    refused = _("Your device didn’t finish making the passkey. Try again.")
    labels = {**NAME, "passwordless": _("Sign in with this passkey alone")}
    hints = {
        **NAME_HINT,
        "passwordless": _(
            "You won’t need your password; your device asks for your fingerprint, face or "
            "PIN instead. If you leave this off, you use the passkey after your password."
        ),
    }
    name = WordsInput(required=False, max_length=LONGEST_NAME)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        return mfa_secrets.seal(super().clean_name())

    def clean(self) -> dict[str, Any]:
        return self._understood(super().clean)


class EditWebAuthnForm(Plain, webauthn.EditWebAuthnForm):
    labels, hints = NAME, NAME_HINT
    name = WordsInput(max_length=LONGEST_NAME)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["name"] = mfa_secrets.unseal(self.instance.data["name"])
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self) -> str:
        return mfa_secrets.seal(self.cleaned_data["name"])
