"""Who gets what: every operation by every token that should not open it, and what none opens."""

import json
import logging
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from journal.access_tokens.models import AccessToken
from journal.account_deletion import deletion
from journal.api.description import openapi
from journal.operation.purge import purge
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.api.factories import EVERYTHING, V1, Program, make_token, program_of
from tests.coaching.factories import link, made_coach, share_practice
from tests.conftest import signed_in
from tests.factories import make_entry, make_person
from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db
READ, WRITE, CHECK_IN = EVERYTHING
WORDS = "Quincunx"
SOME = UUID("018f0000-0000-7000-8000-000000000001")


def operations(person: User) -> list[tuple[str, str, Any, set[str]]]:
    """Every operation about something of this person's, and which scopes let it happen."""
    today = timezone.localdate().isoformat()
    entry = f"entries/{make_entry(person, body=WORDS).pk}"
    answer = f"promises/{make_promise(person, WORDS).pk}/answers/{today}"
    return [
        ("get", "entries", None, {READ}),
        ("post", "entries", {"body": "x"}, {WRITE}),
        ("get", entry, None, {READ}),
        ("put", entry, {"version": 1, "body": "x"}, {WRITE}),
        ("delete", entry, None, {WRITE}),
        ("get", "promises", None, {READ, CHECK_IN}),
        ("get", answer, None, {READ, CHECK_IN}),
        ("put", answer, {"status": "kept"}, {CHECK_IN}),
        ("delete", f"{answer}?version=1", None, {CHECK_IN}),
        ("get", f"daily-checks/{today}", None, {READ, CHECK_IN}),
        ("put", f"daily-checks/{today}", {"trust": 3}, {CHECK_IN}),
        ("post", "search", {"words": WORDS}, {READ}),
    ]


def rows_of(person: User) -> tuple[Any, ...]:
    with acting_as(person):
        return tuple(
            list(rows.order_by("pk").values_list("pk", "version", "deleted_at"))
            for rows in (person.entries, person.checkins, person.daily_checks)
        )


def test_the_table_holds_every_operation(ada):
    described = {
        (method, path.replace("{pk}", "*").replace("{day}", "*"))
        for path, methods in openapi()["paths"].items()
        for method in methods
    }
    pattern = r"[0-9a-f-]{36}|\d{4}-\d\d-\d\d"
    asked = {
        (method, V1 + re.sub(pattern, "*", path.partition("?")[0]))
        for method, path, _body, _scopes in operations(ada)
    }
    assert asked == described


def test_a_token_does_what_it_allows_and_nothing_else(ada):
    programs = {scope: program_of(ada, scope) for scope in EVERYTHING}
    for method, path, body, scopes in operations(ada):
        for scope in EVERYTHING:
            before = rows_of(ada)
            answer = programs[scope].ask(method, path, body)
            if scope in scopes:
                assert answer.status_code < 300, (method, path, scope, answer.content)
            else:
                assert answer.status_code == 403, (method, path, scope)
                assert WORDS not in answer.content.decode()
                assert rows_of(ada) == before


def test_another_persons_token_finds_nothing_of_adas(ada, eve):
    mira = made_coach(make_person("mira@example.org"))
    share_practice(link(ada, mira), "promises")  # which the coach's pages show, and no token
    for stranger in (eve, mira):
        program = program_of(stranger)
        for method, path, body, _scopes in operations(ada):
            before = rows_of(ada)
            answer = program.ask(method, path, body)
            about_a_row = "/" in path and "daily" not in path
            assert (answer.status_code == 404) is about_a_row, (stranger, method, path)
            assert WORDS not in answer.content.decode()
            assert rows_of(ada) == before


def test_what_opens_nothing_is_answered_alike_and_notes_nothing(ada):
    token, revoked = make_token(ada), make_token(ada, pk=SOME)
    program = Program(token)
    assert program.ask("get", "entries").status_code == 200
    signed_in(ada).post(f"/settings/tokens/{SOME}/end/")
    made_up = ("selftrust_" + "x" * 32, "x" * 500, "ü", "", token + "x")
    opens_nothing = [Program(one) for one in (revoked, *made_up)]
    opens_nothing += [Program(None), in_the_address(token), as_cookie(token), basic(token)]
    seen = {seen_in(one.ask("get", "entries")) for one in opens_nothing}

    deletion.ask(ada, at_once=False)
    seen.add(seen_in(program.ask("get", "entries")))
    User.objects.filter(pk=ada.pk).update(deletion_due_at=None)
    assert program.ask("get", "entries").status_code == 200  # they thought better of it
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1), tick=False):
        seen.add(seen_in(program.ask("get", "entries")))
    ada.switch_off()
    seen.add(seen_in(program.ask("get", "entries")))
    assert len(seen) == 1
    (status, challenge, *_), *_ = seen
    assert (status, challenge) == (401, "Bearer")


def seen_in(answer: Any) -> tuple[Any, ...]:
    assert not answer.cookies
    return answer.status_code, answer["WWW-Authenticate"], answer.content


def in_the_address(token: str) -> Program:
    class InTheAddress(Program):
        def ask(self, method: str, path: str, body: Any = None) -> Any:
            return super().ask(method, f"{path}?token={token}", body)

    return InTheAddress(None)


def as_cookie(token: str) -> Program:
    program = Program(None)
    program.client.cookies.load({"token": token, "Authorization": f"Bearer {token}"})
    return program


def basic(token: str) -> Program:
    program = Program(None)
    program.headers = {"Authorization": f"Basic {token}"}
    return program


def test_a_session_opens_nothing_here_and_a_token_nothing_elsewhere(ada, eve):
    token = make_token(ada)
    for method, path, body, _scopes in operations(ada):
        client = signed_in(ada)
        answer = client.generic(method.upper(), V1 + path, json.dumps(body))
        assert (answer.status_code, answer.cookies) == (401, {})
        assert client.get("/today/").status_code == 200  # and the session is as it was
    assert_opens_no_page(token)
    assert_opens_no_page(make_token(made_coach(make_person("mira@example.org"))))
    both = signed_in(eve)
    make_entry(eve, body="Eve's")
    answer = both.get(f"{V1}entries", headers={"Authorization": f"Bearer {token}"})
    assert WORDS in answer.content.decode()
    assert "Eve's" not in answer.content.decode()


def assert_opens_no_page(token: str) -> None:
    stranger = Client(headers={"Authorization": f"Bearer {token}"})
    for path in ("/today/", "/journal/", "/settings/tokens/", "/coach/", "/offline/outbox/"):
        assert stranger.get(path)["Location"].startswith("/accounts/login/")
    for path in (f"/t/api/{token}/", f"/t/feed/{token}.ics"):
        assert stranger.get(path).status_code == 404


def test_no_page_of_another_site_can_ask(ada):
    headers = {"Origin": "https://evil.example", "Access-Control-Request-Method": "GET"}
    for method in ("OPTIONS", "GET"):
        answer = Client().generic(method, f"{V1}entries", headers=headers)
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


def test_deleting_the_account_deletes_its_tokens(ada):
    make_token(ada)
    deletion.ask(ada, at_once=True)
    deletion.delete_due()
    assert not AccessToken.objects.exists()


def test_a_token_that_ended_is_purged(ada):
    make_token(ada)
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        purge()
    assert not AccessToken.objects.exists()


def test_a_use_is_noted_once_an_hour_and_never_makes_it_last_longer(ada):
    program = program_of(ada)

    def noted():
        with acting_as(ada):
            return AccessToken.objects.values_list("used_at", "expires_at").get()

    _never, ends = noted()
    start = timezone.now()
    uses = []
    for minutes in (0, 59, 60):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            program.ask("get", "promises")
        uses.append(noted())
    assert [used - start for used, _ends in uses] == [timedelta(minutes=n) for n in (0, 0, 60)]
    assert {ends for _used, ends in uses} == {ends}


def test_no_log_has_a_token_or_a_word(ada, caplog):
    caplog.set_level(logging.DEBUG)
    token = make_token(ada, READ)
    for method, path, body, _scopes in operations(ada):
        Program(token).ask(method, path, body)
        Program(token).ask(method, path, f'{{"body": "{WORDS}", "nothing": 1}}')
        Program(token).ask(method, path, f"{WORDS} {{")
    assert caplog.records
    assert token not in caplog.text
    assert WORDS not in caplog.text
