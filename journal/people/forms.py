from typing import Any

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed
from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from journal.people import clock, regions
from journal.people.adapter import invitation_of, is_let_in, signup_mode, turn_away
from journal.people.hashers import HashingBusy
from journal.people.models import User
from journal.privacy import mfa_secrets
from journal.privacy.keys import SealBroken

PASSWORD_HINT = _(
    "At least 12 characters. Three or four unrelated words work well. You can paste it in."
)
ADDRESS = {
    "inputmode": "email",
    "autocomplete": "username",
    "autocapitalize": "none",
    "spellcheck": "false",
}
FIRST_ACCOUNT = 0x5E1F  # the advisory lock under which the first account is created


class Plain(forms.Form):
    """An allauth form with our labels and hints, without placeholders, which vanish on typing."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if isinstance(field, forms.EmailField):
                # HTML does not allow autocomplete="username" on an input of type email.
                field.widget.input_type = "text"
                field.widget.attrs.pop("type", None)
                field.widget.attrs |= ADDRESS


class LoginForm(Plain, allauth_forms.LoginForm):
    labels = {"login": _("Email"), "password": _("Password")}


def old_enough(age: int) -> forms.BooleanField:
    """A tick that is required. Nothing of it is stored, nor is a birthday."""
    said = {"age": age}
    refusal = _("Only people who are %(age)s or older can sign up here. Tick this if you are.")
    return forms.BooleanField(
        label=_("I’m %(age)s or older.") % said, error_messages={"required": refusal % said}
    )


class SignupForm(Plain, allauth_forms.SignupForm):
    """Address and password, with hidden fields for the browser's time zone and the invitation.

    The two hidden fields never cause an error: the form drops an unknown zone, and the adapter
    checks the invitation before it shows this form.
    """

    account_already_exists: bool  # set by allauth
    labels = {"email": _("Email"), "password1": _("Password")}
    hints = {
        "email": _("Only for signing in and resetting your password."),
        "password1": PASSWORD_HINT,
    }
    invite = forms.Field(widget=forms.HiddenInput, required=False)
    zone = forms.Field(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["invite"].initial = context.request.GET.get("invite", "")
        if settings.MINIMUM_AGE:
            self.fields["old_enough"] = old_enough(settings.MINIMUM_AGE)

    def clean_zone(self) -> str:
        zone = self.cleaned_data["zone"]
        return zone if zone in clock.zone_names() else ""

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Signs up, or returns a page with the error. Two concurrent requests may use the same link
        or address."""
        try:
            with transaction.atomic():
                self._check_sign_up(request)
                # Takes as long as for a new address, so that the time does not reveal an account.
                if self.account_already_exists:
                    User().set_password(self.cleaned_data["password1"])
                return super().try_save(request)
        except HashingBusy:
            self.add_error(None, get_adapter().busy(request))
            return None, render(request, "account/signup.html", {"form": self})
        except IntegrityError:
            address = self.cleaned_data["email"]
        try:
            self.account_already_exists = email_already_exists(address)[1]
        except ValidationError as taken:
            self.add_error("email", taken)
            return None, render(request, "account/signup.html", {"form": self})
        return self.try_save(request)

    def _check_sign_up(self, request: HttpRequest) -> None:
        """Checks again, under a lock, whether this person may sign up, and uses the invitation.

        An address that has an account uses the invitation too: a link that still worked afterwards
        would reveal the account.
        """
        if not settings.SELFTRUST_SIGNUP and not settings.MAIL_WORKS:
            with connection.cursor() as cursor:
                cursor.execute("select pg_advisory_xact_lock(%s)", [FIRST_ACCOUNT])
        mode = signup_mode()
        invitation = invitation_of(request)
        used = invitation is not None and invitation.use()
        used = used or is_let_in(request, self.cleaned_data["email"])
        if mode == "closed" or (mode == "invite" and not used):
            turn_away(request)

    def custom_signup(self, request: HttpRequest, user: User) -> None:
        user.zone = self.cleaned_data["zone"]
        user.start_due_since = timezone.now()
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        user.language = chosen if chosen in dict(settings.LANGUAGES) else ""
        user.week_starts_on = regions.first_weekday(request.headers.get("Accept-Language", ""))
        user.save(update_fields=["zone", "start_due_since", "language", "week_starts_on"])


class AddressForm(Plain, allauth_forms.AddEmailForm):
    """A new address. It counts once its owner opens the mailed link; without mail, at once."""

    labels = {"email": _("New email")}

    def clean_email(self) -> str:
        email = super().clean_email()
        if settings.MAIL_WORKS:
            if not EmailAddress.objects.get_verified(self.user):
                raise ValidationError(_("Confirm your current address first."))
        elif filter_users_by_email(email):
            raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        if settings.MAIL_WORKS:
            return super().save(request)
        before = EmailAddress.objects.get_primary(self.user)
        EmailAddress.objects.filter(user=self.user).delete()
        address = EmailAddress.objects.create(user=self.user, email=self.cleaned_data["email"])
        address.set_as_primary()
        email_changed.send(
            sender=type(self.user),
            request=request,
            user=self.user,
            from_email_address=before,
            to_email_address=address,
        )
        return address


class ChangePasswordForm(Plain, allauth_forms.ChangePasswordForm):
    """Needs no old password, since allauth has just re-authenticated the person."""

    oldpassword = None
    labels = {
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {"password1": PASSWORD_HINT}


class ResetPasswordForm(Plain, allauth_forms.ResetPasswordForm):
    labels = {"email": _("Email")}


class ResetPasswordKeyForm(Plain, allauth_forms.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": PASSWORD_HINT}


class ReauthenticateForm(Plain, allauth_forms.ReauthenticateForm):
    labels = {"password": _("Password")}


class RequestCodeForm(Plain, allauth_forms.RequestLoginCodeForm):
    labels = {"email": _("Email")}


class ConfirmCodeForm(Plain, allauth_forms.ConfirmLoginCodeForm):
    labels = {"code": _("Code from the email")}
    hints = {"code": _("Capital or small letters, with or without the hyphen.")}

    def __init__(self, *args: Any, code: str | None = None, **kwargs: Any) -> None:
        """`code` is sealed (adapter.py). If its master key is gone, no code matches."""
        try:
            expected = mfa_secrets.unseal(code) if code else ""
        except SealBroken:
            expected = ""
        super().__init__(*args, code=expected, **kwargs)


class OperatorForm(forms.Form):
    token = forms.CharField(label=_("Operator token"), max_length=200, strip=True)
