"""No word that anyone wrote lies open anywhere: not in a dump, a session, a log or a file.

One made-up word, the canary, is written in every place a person can write in, with something
added that says where. Then it is looked for in all that is left behind, also in disguise.
"""

import base64
import json
import logging
import os
import pickle
import subprocess
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from django.conf import settings as django_settings
from django.core.cache import caches
from django.db import connection
from django.test import Client

from journal.embedded.place import program
from journal.people.models import User
from journal.reflections.models import Entry
from tests.makers import make_entry
from tests.privacy.stored import bytes_of, put_bytes, run

CANARY = "Quäkvögelchen"
AROUND = 40  # bytes shown beside a find


def disguises(word: str) -> dict[str, list[bytes]]:
    """How a word may look in files and dumps. Base64 has three forms, by where the word begins."""
    raw = word.encode()
    base64s = []
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + raw)
        base64s.append(whole[(0, 2, 3)[shift] : len(whole) // 4 * 4 - 4])
    return {
        "utf-8": [raw, word.lower().encode(), word.upper().encode()],
        "latin-1": [word.encode("latin-1")],
        "utf-16": [word.encode("utf-16-le"), word.encode("utf-16-be")],
        "hex": [raw.hex().encode(), raw.hex().upper().encode()],
        "base64": [*base64s, *(text.translate(URL_SAFE) for text in base64s)],
        "url": [quote(word).encode(), quote_plus(word).lower().encode()],
        "json": [ascii(word)[1:-1].encode(), ascii(word).replace("\\x", "\\u00")[1:-1].encode()],
        "html": ["".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in word).encode()],
        "python": [repr(raw)[2:-1].encode()],
    }


URL_SAFE = bytes.maketrans(b"+/", b"-_")


def sightings(content: bytes, name: str) -> list[str]:
    found = []
    for disguise, forms in disguises(CANARY).items():
        for form in forms:
            at = content.find(form)
            if at >= 0:
                around = content[max(0, at - AROUND) : at + len(form) + AROUND]
                found.append(f"{name} ({disguise}): {around!r}")
    return found


def in_files(folder: Path) -> list[str]:
    paths = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return [find for path in paths for find in sightings(path.read_bytes(), str(path))]


def dump() -> bytes:
    """The whole database as SQL, by the pg_dump that comes with the server."""
    place = connection.get_connection_params()
    options = [f"--{name}={place[key]}" for name, key in WHERE.items() if place.get(key)]
    done = subprocess.run(
        [str(program("pg_dump")), "--no-password", *options],
        env={**os.environ, "PGPASSWORD": place.get("password") or ""},
        capture_output=True,
        check=True,
    )
    return done.stdout


WHERE = {"host": "host", "port": "port", "username": "user", "dbname": "dbname"}


@pytest.fixture
def temporary(tmp_path, monkeypatch) -> Path:
    """Whatever wants a temporary file gets it here."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


class Writer:
    """A person at a browser. Everything they write holds the canary, and where it was written."""

    def __init__(self) -> None:
        self.browser = Client(raise_request_exception=False)
        self.written: list[str] = []

    def word(self, where: str) -> str:
        self.written.append(f"{CANARY} {where}")
        return self.written[-1]

    def post(self, path: str, expected: int, **data: Any) -> Any:
        answer = self.browser.post(path, data, headers={"referer": "http://testserver/"})
        assert answer.status_code == expected, (path, answer.status_code, answer.content[:2000])
        return answer


def sign_up(writer: Writer) -> User:
    password = writer.word("as a password")
    writer.post("/accounts/signup/", 200, email="not an address", password1=writer.word("refused"))
    writer.post("/accounts/signup/", 302, email="ada@example.org", password1=password)
    writer.browser.logout()
    wrong = writer.word("as a wrong password")
    writer.post("/accounts/login/", 200, login="ada@example.org", password=wrong)
    writer.post("/accounts/login/", 302, login="ada@example.org", password=password)
    writer.post(
        "/accounts/password/change/",
        200,
        oldpassword=writer.word("as a wrong old password"),
        password1=writer.word("as a new password"),
        password2=writer.word("as another new password"),
    )
    writer.post("/accounts/operator/", 200, token=writer.word("as a token"))
    return User.objects.get()


def write(writer: Writer) -> None:
    words = {"title": writer.word("title"), "body": writer.word("body"), "written_on": "2026-11-19"}
    writer.post("/journal/write/", 302, **words)
    writer.post("/journal/write/", 302, **{**words, "body": writer.word("long") + " and on" * 900})
    entry = Entry.objects.order_by("created_at")[0]
    edit = f"/journal/{entry.pk}/edit/"
    writer.post(edit, 302, **{**words, "body": writer.word("edited"), "version": 1})
    writer.post(edit, 409, **{**words, "body": writer.word("conflict"), "version": 1})
    writer.post(f"/journal/{entry.pk}/delete/", 302)
    writer.post(f"/journal/{entry.pk}/restore/", 302)
    for path in ("/today/", "/journal/", f"/journal/{entry.pk}/", edit, "/journal/trash/"):
        assert CANARY in writer.browser.get(path).content.decode() or "trash" in path


def search_and_set(writer: Writer) -> None:
    found = writer.post("/search/", 200, q=CANARY, note=writer.word("beside a search"))
    assert f"<mark>{CANARY}</mark>" in found.content.decode()
    writer.post("/search/", 200, q=writer.word("sought in vain"))
    writer.post("/search/", 200, q=CANARY, since=writer.word("as a date"))
    settings = {"zone": "UTC", "day_starts_at": 0, "week_starts_on": 0, "theme": "dark"}
    writer.post("/settings/", 302, called=writer.word("as a name"), **settings)
    writer.post(
        "/settings/",
        200,
        called=writer.word("as a name too long for us to call her by"),
        **settings,
    )
    writer.post("/settings/zone/", 302, zone=writer.word("as a zone"))


def fail(writer: Writer) -> None:
    """Forms that are refused, pages that are not there, and errors on our side."""
    on = {"written_on": "2026-11-19"}
    writer.post("/journal/write/", 200, title=writer.word("without a body"), **on)
    writer.post("/journal/write/", 200, body=writer.word("without a date"))
    writer.post("/journal/write/", 200, body=writer.word("in the future"), written_on="2999-01-01")
    writer.post("/journal/write/", 200, body=writer.word("too long") * 2000, **on)
    writer.post("/journal/write/", 200, body=writer.word("nul \0"), **on)
    writer.post("/journal/write/", 413, body=writer.word("far too long") * 100_000)
    writer.post("/no/such/page/", 404, body=writer.word("where nothing is"))
    writer.post("/journal/", 405, body=writer.word("by the wrong method"))
    writer.browser.get("/journal/", {"entry": writer.word("in an address of ours")})
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = writer.browser.cookies
    answer = strict.post("/journal/write/", {"body": writer.word("without a token"), **on})
    assert answer.status_code == 403


def break_things(writer: Writer, person: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The errors that write long reports: a bug, a broken seal, a refusal by the database."""

    def bug(entry: Entry) -> None:
        raise RuntimeError("a bug")

    entry = make_entry(person, writer.word("to be broken"), title=writer.word("unharmed"))
    sealed = bytes_of(entry, "body")
    put_bytes(entry, "body", sealed[:-1])
    assert writer.browser.get(f"/journal/{entry.pk}/").status_code == 500
    put_bytes(entry, "body", sealed)
    words = {"body": writer.word("before a bug"), "written_on": "2026-11-19"}
    with monkeypatch.context() as patched:
        patched.setattr(Entry, "insert_once", bug)
        writer.post("/journal/write/", 500, **words)
    run(
        "alter table reflections_entry add constraint none_more check (written_on < '1999-01-01')"
        " not valid"
    )
    writer.post("/journal/write/", 500, **words)
    run("alter table reflections_entry drop constraint none_more")
    run("alter table reflections_entry rename to reflections_elsewhere")
    writer.post("/journal/write/", 500, **words)
    run("alter table reflections_elsewhere rename to reflections_entry")


@pytest.mark.django_db(transaction=True)
def test_no_word_lies_open_anywhere(temporary, capfd, caplog, mailoutbox, monkeypatch):
    caplog.set_level(logging.DEBUG)
    writer = Writer()

    person = sign_up(writer)
    write(writer)
    search_and_set(writer)
    fail(writer)
    break_things(writer, person, monkeypatch)
    sessions = run("select session_data from django_session")
    writer.browser.post("/accounts/logout/")

    said = capfd.readouterr()
    places = {
        "the dump": dump(),
        "standard output": said.out.encode(errors="surrogatepass"),
        "standard error": said.err.encode(errors="surrogatepass"),
        "the log": caplog.text.encode(errors="surrogatepass"),
        "log arguments": repr([record.__dict__ for record in caplog.records]).encode(),
        "a session": repr([_decoded(data) for (data,) in sessions]).encode(),
        "a mail": repr([mail.__dict__ for mail in mailoutbox]).encode(),
        "the cache": pickle.dumps(vars(caches["default"]).get("_cache")),
        "the cookies": writer.browser.cookies.output().encode(),
    }
    found = [find for name, content in places.items() for find in sightings(content, name)]
    found += [*in_files(temporary), *in_files(Path(django_settings.DATA_DIR))]

    assert not found, "\n".join(["", *found])
    assert len(writer.written) >= 30
    assert b"COPY public.reflections_entry" in places["the dump"]
    assert b"ada@example.org" in places["the dump"]
    assert "a bug" in caplog.text  # the errors were reported


def _decoded(session_data: str) -> dict[str, Any]:
    from django.contrib.sessions.backends.db import SessionStore

    return SessionStore().decode(session_data)


@pytest.mark.parametrize(
    "hidden",
    [
        CANARY.encode(),
        f"…{CANARY.upper()}…".encode(),
        CANARY.encode("utf-16"),
        CANARY.encode("utf-16-be"),
        *(base64.b64encode(b"." * shift + CANARY.encode() + b"..") for shift in range(3)),
        *(base64.urlsafe_b64encode(b"??" * shift + CANARY.encode()) for shift in range(3)),
        b"\\x" + CANARY.encode().hex().encode(),
        f"q={quote_plus(CANARY)}&".encode(),
        base64.b64encode(pickle.dumps([CANARY])),
        repr({"body": CANARY.encode()}).encode(),
        ascii({"body": CANARY}).encode(),
        json.dumps({"body": CANARY}).encode(),
        CANARY.encode("ascii", "xmlcharrefreplace"),
    ],
)
def test_the_canary_is_seen_in_disguise(hidden, tmp_path):
    (tmp_path / "file").write_bytes(b"before " + hidden + b" after")

    assert in_files(tmp_path)


def test_a_dump_shows_what_is_not_sealed(db_with_a_plain_word):
    """Otherwise an empty dump would pass for a clean one."""
    assert [find.split(":")[0] for find in sightings(dump(), "the dump")] == ["the dump (utf-8)"]


@pytest.fixture
def db_with_a_plain_word(transactional_db):
    run("insert into django_session values ('k', %s, now())", CANARY)
