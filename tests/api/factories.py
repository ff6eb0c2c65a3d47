"""Tokens, and requests as a program makes them: without a session or a cookie."""

import json
from typing import Any
from uuid import UUID

from django.test import Client

from journal.access_tokens.models import AccessToken
from journal.api import tokens
from journal.people.models import User
from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as

V1 = "/api/v1/"
EVERYTHING = tuple(AccessToken.Allows.values)


def make_token(person: User, *allows: str, days: int = 30, pk: UUID | None = None) -> str:
    with acting_as(person):
        token = tokens.make(person, pk or uuid7(), "Phone", allows or EVERYTHING, days)
    assert token
    return token


class Program:
    """Asks with a token, or with none."""

    def __init__(self, token: str | None) -> None:
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}
        self.client = Client(raise_request_exception=False)

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        raw = body if isinstance(body, (bytes, str)) else json.dumps(body)
        return self.client.generic(
            method.upper(),
            V1 + path,
            "" if body is None else raw,
            content_type="application/json",
            headers=self.headers,
        )


def program_of(person: User, *allows: str) -> Program:
    return Program(make_token(person, *allows))
