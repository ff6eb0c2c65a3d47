"""Who may ask the API: a token that the middleware has found, if it allows what is asked."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.errors import AuthorizationError, ValidationError
from ninja.security import HttpBearer

from journal.access_tokens.middleware import TokenRequest
from journal.access_tokens.models import AccessToken
from journal.people.models import User

Allows = AccessToken.Allows
UNKNOWN = _("There is no such field.")


class ApiRequest(TokenRequest):
    """The request of an operation: there is a token, and its owner is the user."""

    access_token: AccessToken
    user: User


def allowed(*allows: str, query: type[Schema] = Schema) -> dict[str, Any]:
    """What an operation is made with: who may ask, in the code and in its description, and what
    may stand in the query of its address."""
    extra = {"x-allows": [str(one) for one in allows]}
    return {"auth": Bearer(*allows, query=query.model_fields), "openapi_extra": extra}


def may_read(request: ApiRequest) -> bool:
    return Allows.READ in request.access_token.allows


class Bearer(HttpBearer):
    """Lets a request in if its token allows one of these. What opens nothing is a 401, whether it
    never existed, has ended, or its account waits for its deletion."""

    def __init__(self, *allows: str, query: Iterable[str]) -> None:
        super().__init__()
        self.allows, self.query = allows, frozenset(query)

    def __call__(self, request: HttpRequest) -> AccessToken | None:
        token: AccessToken | None = getattr(request, "access_token", None)
        if token is None or token.owner.deletion_due_at:
            return None
        if not set(self.allows) & set(token.allows):
            raise AuthorizationError(403, gettext("This token may not do that. Make one that may."))
        if unknown := set(request.GET) - self.query:  # which ninja would ignore
            raise ValidationError([{"loc": ("query", name), "msg": UNKNOWN} for name in unknown])
        token.note_use()
        return token

    def authenticate(self, request: HttpRequest, token: str) -> None:
        """Never called: the middleware has read the header."""
