"""How allauth signs people up here: who may, and where they land."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from journal.people.models import Invitation, User


def signup_mode() -> str:
    """open | invite | closed. Without mail, open only until the first account exists."""
    if settings.SELFTRUST_SIGNUP:
        return settings.SELFTRUST_SIGNUP
    return "open" if settings.MAIL_WORKS or not User.objects.exists() else "invite"


def invitation_of(request: HttpRequest) -> Invitation | None:
    token = request.POST.get("invite") or request.GET.get("invite") or ""
    return Invitation.open_for(token) if token else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        mode = signup_mode()
        return mode == "open" or (mode == "invite" and invitation_of(request) is not None)

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name here."""
