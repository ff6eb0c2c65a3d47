"""What an address answers to ada, to eve, to the operator, and to who is not signed in."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
TO_SIGN_IN = "to sign-in"
SOME_ID = UUID("018f0000-0000-7000-8000-000000000000")

Answers = dict[str, int | str]


@dataclass(frozen=True)
class RouteLine:
    ada: Answers
    eve: Answers | None  # None: by the rule above
    nobody: Answers
    places: dict[str, Any] = field(default_factory=dict)
    operator: Answers | None = None  # None: a stranger like eve

    def expected(self, address: str, actor: str, method: str) -> int | str:
        answers: Answers | None = getattr(self, actor)
        if actor == "operator" and answers is None:
            answers = self.eve
        if answers is None:
            answers = dict.fromkeys(self.ada, 404) if "<uuid:" in address else self.ada
        return answers.get("GET" if method == "HEAD" else method, 405)


def worth_asking(expected: Callable[[str], Any]) -> list[str]:
    """The methods that a view takes and one that it refuses. Where a gate answers any method
    alike, PUT stands for what is neither GET nor POST."""
    taken = [method for method in METHODS if expected(method) != 405]
    if len({expected(method) for method in METHODS}) == 1:
        return ["GET", "HEAD", "POST", "PUT"]
    return taken + [method for method in METHODS if method not in taken][-1:]


def _answers(get: int | None, post: int | None, options: int | None) -> Answers:
    given = {"GET": get, "POST": post, "OPTIONS": options}
    return {method: status for method, status in given.items() if status is not None}


def private(
    *,
    get: int | None = None,
    post: int | None = None,
    options: int | None = None,
    eve: Answers | None = None,
    nobody: Answers | None = None,
    **places: Any,
) -> RouteLine:
    """For who is signed in; `eve` and `nobody` name only what differs from the rule above."""
    ada = _answers(get, post, options)
    away: Answers = dict.fromkeys(ada, TO_SIGN_IN)
    return RouteLine(ada, eve, away | (nobody or {}), places)


def operators(
    *,
    get: int | None = None,
    post: int | None = None,
    others: Answers | None = None,
    **places: Any,
) -> RouteLine:
    """For the operator; to whoever else is signed in it is not there, or answers `others`."""
    operator = _answers(get, post, None)
    others = others or dict.fromkeys(operator, 404)
    return RouteLine(others, others, dict.fromkeys(operator, TO_SIGN_IN), places, operator)


def for_coaches(**places: Any) -> RouteLine:
    """None of these coaches anyone, so it is not there; tests/coaching/test_addresses.py says what
    a coach gets."""
    nothing: Answers = dict.fromkeys(METHODS, 404)
    places = {"pk": SOME_ID, "kind": "entry"} | places
    return RouteLine(nothing, nothing, dict.fromkeys(METHODS, TO_SIGN_IN), places)


def public(
    *,
    get: int | None = None,
    post: int | None = None,
    options: int | None = None,
    signed_in: Answers | None = None,
    **places: Any,
) -> RouteLine:
    """For everyone alike; `signed_in` names what ada and eve get instead."""
    everyone = _answers(get, post, options)
    return RouteLine(everyone | (signed_in or {}), everyone | (signed_in or {}), everyone, places)


def allauth(
    get: int,
    post: int | None = None,
    *,
    put: int | None = None,
    away: int | None = None,
    private: bool = False,
    **places: Any,
) -> RouteLine:
    """A class view of allauth's: it answers OPTIONS, and PUT where it has a form.

    `away`: what whoever is signed in gets, whatever the method, since the page is not for them.
    """
    everyone = _answers(get, post, 200) | ({"PUT": put} if put else {})
    signed_in = dict.fromkeys(METHODS, away) if away else everyone
    nobody = dict.fromkeys(METHODS, TO_SIGN_IN) if private else everyone
    return RouteLine(signed_in, signed_in, nobody, places)


def asked_first(status: int = 302) -> RouteLine:
    """Whoever is signed in is first asked, whatever the method, whether it is them."""
    asked: Answers = dict.fromkeys(METHODS, status)
    return RouteLine(asked, asked, dict.fromkeys(METHODS, TO_SIGN_IN))


def whatever_the_method(status: int, **places: Any) -> RouteLine:
    """Of allauth's views, one that has nothing to show does not look at the method."""
    answers: Answers = dict.fromkeys(METHODS, status)
    return RouteLine(answers, answers, answers, places)


def by_token(*methods: str, **places: Any) -> RouteLine:
    """An operation of the API: no session opens it (tests/api says what a token does)."""
    refused: Answers = dict.fromkeys(methods, 401)
    places = {"pk": SOME_ID, "day": "2026-11-19"} | places
    return RouteLine(refused, refused, refused, places)
