"""What is refused: a sentence in JSON, never a page, and nothing is stored."""

import logging
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import Http404
from ninja.errors import HttpError

from journal.access_tokens.models import AccessToken
from journal.api import api
from journal.api import entries as operations
from journal.people import clock
from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from journal.webserver.environ import REFUSED
from tests.api.factories import EVERYTHING, V1, Program, make_token, program_of
from tests.factories import make_entry
from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db
TODAY = "2026-11-19"
DEEP = "[" * 3000


@pytest.fixture(autouse=True)
def _refusals_are_no_news(caplog):
    caplog.set_level(logging.CRITICAL, "django.request")


def problem_of(answer: Any) -> dict[str, Any]:
    assert answer["Content-Type"] == "application/problem+json"
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert body["status"] == answer.status_code
    assert body["title"]
    assert body["detail"]
    return body


ENTRIES: list[tuple[Any, int]] = [
    *((body, 400) for body in (b"\xff", b"{", "{", DEEP, '{"body": NaN}', '{"body": "\\ud800"}')),
    ('{"body": "x", "intensity": ' + "9" * 5000 + "}", 400),
    *((body, 422) for body in ([], "1", '"x"', "null", {}, {"body": None}, {"body": 1})),
    *(({"body": text}, 422) for text in ("", " \n", "a\0b", "x" * 20_001, "e" + "\u0301" * 40)),
    ({"body": "x", "nothing": 1}, 422),
    ({"body": "x", "owner": str(uuid4())}, 422),
    ({"body": "x", "id": "7"}, 422),
    ({"body": "x", "title": "t" * 500}, 422),
    ({"body": "x", "title": "a\0b"}, 422),
    ({"body": "x", "practice": "none"}, 422),
    ({"body": "x", "mood": "m" * 50}, 422),
    ({"body": "x", "quiet": "yes"}, 422),
    ({"body": "x", "quiet": 1}, 422),
    *(({"body": "x", "intensity": value}, 422) for value in (11, -1, 1.5, "3", True, 10**30)),
    *(({"body": "x", "tags": tags}, 422) for tags in ("a", ["a,b"], ["a", 1], ["a\0"])),
    ({"body": "x", "tags": [str(number) for number in range(21)]}, 422),
    ({"body": "x", "tags": ["t" * 41]}, 422),
    *(
        ({"body": "x", "written_on": day}, 422)
        for day in ("0000-01-01", "1899-12-31", "2999-01-01", "2026-02-30", "20261119", 20261119)
    ),
    ({"body": "x", "written_on": "2026-11-19T02:30"}, 422),
]


def test_a_bad_entry_is_refused_with_a_sentence(ada):
    program = program_of(ada)
    kept = make_entry(ada).pk
    for body, status in ENTRIES:
        answer = program.ask("post", "entries", body)
        assert answer.status_code == status, (str(body)[:99], answer.content)
        problem_of(answer)
        if isinstance(body, dict):
            changed = program.ask("put", f"entries/{kept}", body | {"version": 1})
            assert changed.status_code in (status, 422)
    for version in (None, -1, 1.5, "1", 2**40, True):
        answer = program.ask("put", f"entries/{kept}", {"body": "x", "version": version})
        assert answer.status_code == 422
        problem_of(answer)
    with acting_as(ada):
        assert list(ada.entries.values_list("pk", "version")) == [(kept, 1)]


def test_bad_answers_and_questions_are_refused_with_a_sentence(ada):
    program = program_of(ada)
    answer = f"promises/{make_promise(ada).pk}/answers"
    with_today = f"{answer}/{{day}}"
    tries: list[tuple[str, str, Any]] = [
        *(("put", f"{answer}/{day}", {"status": "kept"}) for day in ("0000-00-00", "20261119")),
        *(("put", f"{answer}/2999-01-01", {"status": one}) for one in ("kept", "missed")),
        ("put", f"{answer}/2020-01-01", {"status": "kept"}),
        *(
            ("put", with_today, body)
            for body in (
                *({"status": status} for status in ("", "clear", "done", None, 1)),
                {"status": "excused", "excuse": "bored"},
                {"status": "kept", "note": "n" * 501},
                {"status": "kept", "note": "a\0b"},
                {"status": "kept", "nothing": 1},
                {},
            )
        ),
        *(("delete", f"{with_today}?version={one}", None) for one in ("", "x", "-1", "1.5")),
        ("delete", with_today, None),
        *(
            ("put", "daily-checks/{day}", body)
            for body in (
                {"trust": 0},
                {"trust": 6},
                {"trust": "3"},
                {"trust": True},
                {"visit": "x"},
            )
        ),
        ("put", "daily-checks/{day}", {"credit": "c" * 201}),
        ("put", "daily-checks/{day}", {"credit": "a\0b"}),
        ("put", "daily-checks/2020-01-01", {"trust": 3}),
        ("put", "daily-checks/2999-01-01", {"trust": 3}),
        ("get", "daily-checks/0000-01-01", None),
        *(
            ("post", "search", body)
            for body in (
                *({"words": words} for words in ("", " ", "a\0b", "w" * 300, None, 7)),
                {"words": "x", "since": TODAY, "until": "2026-11-18"},
                *({"words": "x", "start": start} for start in (-1, 10**30, "1", 1.5)),
                {"words": "x", "kind": "secret"},
                {"words": "x", "area": "moon"},
            )
        ),
        *(("get", f"entries?limit={limit}", None) for limit in ("0", "51", "x", "9" * 5000)),
        *(("get", f"entries?after={one}", None) for one in ("", "x", "2026-11-19.x", "%00", "%ff")),
        *(("get", f"entries?{name}=1", None) for name in ("nothing", "", "%ff", "token")),
        ("put", "daily-checks/{day}?trust=3", {"trust": 3}),
        *(("get", f"entries?since={day}", None) for day in ("0000-01-01", "19", "%00")),
    ]
    day = clock.today(ada).isoformat()
    for method, path, body in tries:
        answered = program.ask(method, path.format(day=day), body)
        assert answered.status_code == 422, (method, path[:99], body, answered.content)
        problem_of(answered)
    with acting_as(ada):
        assert not ada.checkins.exists()
        assert not ada.daily_checks.exists()


def test_what_is_not_there_is_not_a_page(ada):
    program = program_of(ada)
    for method, path, status in (
        ("get", "", 404),
        ("get", "nothing", 404),
        ("get", "entries/", 404),
        ("get", "entries/%00", 404),
        ("get", f"entries/{uuid4()}", 404),
        ("delete", f"entries/{uuid4()}", 404),
        ("put", f"promises/{uuid4()}/answers/{TODAY}", 422),
        ("patch", "entries", 405),
        ("options", "entries", 405),
        ("put", "search", 405),
    ):
        answer = program.ask(method, path)
        assert answer.status_code == status, (method, path)
        problem_of(answer)


def test_a_body_in_another_encoding_is_refused(ada):
    program = program_of(ada)
    answer = program.client.post(
        f"{V1}entries",
        b'{"body": "x"}',
        content_type="application/json; charset=utf-16",
        headers=program.headers,
    )
    assert answer.status_code == 400
    problem_of(answer)


def test_a_body_that_the_web_server_refused_is_no_page(ada):
    answer = program_of(ada).client.post(f"{V1}entries", **{REFUSED: 413})
    assert answer.status_code == 413
    problem_of(answer)


def test_what_is_refused_late_is_rolled_back(ada, monkeypatch):
    """Whoever refuses it: the code of an operation, django-ninja, or an error nobody caught."""
    program = program_of(ada)

    def refused(error: Any) -> int:
        def after_saving(person: User, data: Any) -> Any:
            row = Entry.new_for(person)
            row.body = "Written before it was refused"
            row.insert_once()
            if isinstance(error, Exception):
                raise error
            return error

        monkeypatch.setattr(operations.saving, "save_new", after_saving)
        return program.ask("post", "entries", {"body": "x"}).status_code

    assert refused(HttpError(418, "no")) == 418
    assert refused(Http404()) == 404
    assert refused(RuntimeError("broken")) == 500
    assert refused("not a result") == 500
    monkeypatch.setattr(operations, "_answer", lambda *_all, **_more: api.invalid([("x", "y")]))
    assert program.ask("post", "entries", {"body": "x"}).status_code == 422
    with acting_as(ada):
        assert not ada.entries.exists()
        token = AccessToken.objects.get()
        assert token.used_at is None


def test_a_read_only_database_is_a_503(ada):
    program = program_of(ada)
    entry = make_entry(ada).pk
    for method, path, body in (
        ("post", "entries", {"body": "x"}),
        ("delete", f"entries/{entry}", None),
    ):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("set transaction_read_only = on")
            answer = program.ask(method, path, body)
            transaction.set_rollback(True)
        assert answer.status_code == 503
        assert "read your journal but not change it" in problem_of(answer)["detail"]


def test_a_token_may_ask_so_often_and_guesses_stop_nobody_else(ada, settings):
    settings.ACCOUNT_RATE_LIMITS = {"api": "2/m/key", "token_network": "2/m/ip"}
    one, other, guess = program_of(ada), program_of(ada), Program("selftrust_guessed")
    assert [guess.ask("get", "promises").status_code for _ in range(3)] == [401, 401, 429]
    assert [one.ask("get", "promises").status_code for _ in range(3)] == [200, 200, 429]
    assert other.ask("get", "promises").status_code == 200
    answer = one.ask("get", "promises")
    assert answer["Retry-After"] == "60"
    assert problem_of(answer)["status"] == 429


def test_a_token_that_may_only_write_reads_nothing_from_a_conflict(ada):
    _read, write, _check_in = EVERYTHING
    pk = make_entry(ada, body="Secret", title="Hidden").pk
    program = Program(make_token(ada, write))
    answer = program.ask("put", f"entries/{pk}", {"body": "Mine", "version": 0})
    assert answer.status_code == 409
    assert answer.json()["sent"] == {"body": "Mine", "version": 0}
    assert "Secret" not in answer.content.decode()
    assert "Hidden" not in answer.content.decode()
