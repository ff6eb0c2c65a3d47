from django.http import HttpRequest

from journal.people.models import User


class SignedInRequest(HttpRequest):
    """What a view behind `login_required` gets: someone is there."""

    user: User  # type: ignore[assignment]
