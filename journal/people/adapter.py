"""allauth's adapter: who may sign up, where people land, and the messages they read."""

from collections.abc import Callable
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from journal.people import rate_limits, sessions
from journal.people.hashers import HashingBusy
from journal.people.http import CONTROL
from journal.people.models import Invitation, User
from journal.privacy import mfa_secrets

LONGEST_ADDRESS = 254  # the limit of mail servers and of the column

PASSWORD_SENTENCES = {
    "password_too_short": _("Use at least %(min_length)d characters."),
    "password_too_common": _("This is a common password that’s easy to guess. Choose another."),
    "password_too_similar": _("This is too similar to your email. Choose something different."),
}


WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use your app or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}


def signup_mode() -> str:
    """open | invite | closed. Without mail, open only until the first account exists."""
    if settings.SELFTRUST_SIGNUP:
        return settings.SELFTRUST_SIGNUP
    someone = User.objects.filter(example_since=None).exists()
    return "open" if settings.MAIL_WORKS or not someone else "invite"


def token_given(request: HttpRequest) -> str:
    return request.POST.get("invite") or request.GET.get("invite") or ""


def invitation_of(request: HttpRequest) -> Invitation | None:
    token = token_given(request)
    return Invitation.open_for(token) if token else None


# Other ways to be invited, by token and address; an app in a higher layer registers them here. The
# address is empty if nobody has given one yet.
SIGN_UP_CHECKS: list[Callable[[str, str], bool]] = []


def is_let_in(request: HttpRequest, address: str = "") -> bool:
    token = token_given(request)
    return bool(token) and any(opens(token, address) for opens in SIGN_UP_CHECKS)


def turn_away(request: HttpRequest) -> NoReturn:
    """Shows a page that explains why sign-up is closed."""
    found = {"mode": signup_mode(), "invited": bool(token_given(request))}
    raise ImmediateHttpResponse(render(request, "account/signup_closed.html", found))


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Email or password is wrong."),
        "too_many_login_attempts": _(
            "Too many attempts for this email. Wait a few minutes, or sign in with an "
            "emailed code or a passkey."
        ),
        "hashing_busy": _(
            "Several people are signing in right now. There’s nothing wrong with what you "
            "typed. Wait a few seconds and try again."
        ),
        "enter_current_password": _("This isn’t your current password."),
        "incorrect_password": _("This isn’t your password."),
        "duplicate_email": _("This is already your email address."),
        "email_taken": _("This address already has an account. Sign in instead."),
        "invalid_password_reset": _("This link has been used already or has expired."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """Reads X-Forwarded-For only as far as the trusted proxies have written it; a request that
        came through fewer proxies gets REMOTE_ADDR."""
        try:
            return super().get_client_ip(request)
        except ImproperlyConfigured:
            return request.META["REMOTE_ADDR"]

    def logout(self, request: HttpRequest) -> None:
        sessions.note_end(dict(request.session.items()))
        super().logout(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the attempt before allauth checks the password (see rate_limits.py)."""
        self._wrong: list[ratelimit.RateLimitUsage] = []
        address = credentials.get("email", "").lower()
        browser = rate_limits.known_as(request, address)
        anywhere = [
            ("login_network", None),
            ("login_failed", f"{address} {ratelimit.get_ip(request)}"),
            ("login_address", address),
        ]
        known = [("login_browsers", address), ("login_known", f"{address} {browser}")]
        for number, (action, key) in enumerate(known if browser else anywhere):
            usage = ratelimit.consume(request, app="allauth.account", action=action, key=key)
            if usage is None and key is None:
                raise ImmediateHttpResponse(ratelimit.respond_429(request))
            if usage is None:
                raise self.validation_error("too_many_login_attempts")
            if number > 0:  # the first counts right passwords too
                self._wrong.append(usage)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A password that nobody looked at was not wrong."""
        try:
            return super().authenticate(request, **credentials)
        except HashingBusy as busy:
            self._rollback_login_failed_rl_usage()
            raise self.busy(request) from busy

    def busy(self, request: Any) -> ValidationError:
        """The error for the form; the page that shows it answers 503 (middleware.py)."""
        request.is_hashing_busy = True
        return self.validation_error("hashing_busy")

    def _rollback_login_failed_rl_usage(self) -> None:
        """The password was right, so the attempt does not count among the wrong ones."""
        for usage in self._wrong:
            usage.rollback()

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Signing in cancels a scheduled deletion of the account."""
        if user.deletion_due_at:
            user.deletion_due_at = None
            user.save(update_fields=["deletion_due_at"])
            messages.success(
                request,
                _("Welcome back. Your account won’t be deleted, and everything is still here."),
            )
        user.note_browser_language(get_language() or settings.LANGUAGE_CODE)
        response = super().post_login(request, user, **kwargs)
        rate_limits.know(request, response, user.email)
        return response

    def generate_login_code(self) -> str:
        """The code is sealed, since the session stores it; `send_mail` and the form open it."""
        return mfa_secrets.seal(super().generate_login_code())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        if template_prefix == "account/email/login_code":
            context = {**context, "code": mfa_secrets.unseal(context["code"])}
        # Whoever asks for it may be somebody else, who reads another language.
        person = User.objects.filter(email__iexact=email).first()
        with override(person.reads_in if person else get_language()):
            super().send_mail(template_prefix, email, context)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        mode = signup_mode()
        if mode == "open" or (mode == "invite" and (invitation_of(request) or is_let_in(request))):
            return True
        turn_away(request)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Does nothing, since people have no user name."""

    def clean_email(self, email: str) -> str:
        if len(email) > LONGEST_ADDRESS:
            raise ValidationError(_("This address is too long for email."))
        return email

    def clean_password(self, password: str, user: Any = None) -> str:
        """Django's validators, with our messages."""
        try:
            return super().clean_password(password, user)
        except ValidationError as refusal:
            raise ValidationError(
                [
                    ValidationError(
                        PASSWORD_SENTENCES.get(error.code or "") or error.message,
                        error.code,
                        error.params,
                    )
                    for error in refusal.error_list
                ]
            ) from refusal

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuses an address with which someone else has started an account."""
        others = User.objects.filter(email__iexact=email_address.email)
        if others.exclude(pk=email_address.user_id).exists():
            self.add_message(
                request, messages.ERROR, "account/messages/email_confirmation_failed.txt"
            )
            return False
        return super().confirm_email(request, email_address)

    def is_safe_url(self, url: str) -> bool:
        """After signing in or out people stay on this host."""
        request = context.request
        return not CONTROL.search(url or "") and url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self._first_page(request) or super().get_signup_redirect_url(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """If people must confirm their mail first, signing in is a new person's first page."""
        return self._first_page(request) or super().get_login_redirect_url(request)

    def _first_page(self, request: HttpRequest) -> str:
        """The address of the start for a new person, once; otherwise empty."""
        person = request.user
        if not isinstance(person, User) or person.start_due_since is None:
            return ""
        person.start_due_since = None
        person.save(update_fields=["start_due_since"])
        return resolve_url("onboarding:start")

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods = super().get_reauthentication_methods(user)
        return [{**method, "description": WAYS[method["id"]]} for method in methods]

    def is_ajax(self, request: HttpRequest) -> bool:
        """A script fetches only the passkey challenge; all other responses are pages."""
        match = request.resolver_match
        asks = bool(match and match.url_name == "mfa_login_webauthn")
        return asks and request.headers.get("Accept") == "application/json"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("people:preferences")
