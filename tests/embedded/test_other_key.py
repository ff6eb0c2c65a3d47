"""A database beside a master key that did not seal it: refused before anything is changed."""

import base64
from pathlib import Path

import pytest

from journal.embedded import keyfiles
from tests.embedded.running import Visitor, free_port, new_folder, served, start
from tests.embedded.test_serve import sentence_of

OTHER = base64.b64encode(b"another key of 32 bytes, really.").decode()


@pytest.fixture(scope="module")
def written() -> tuple[Path, str]:
    """A data folder in which someone wrote, and its recovery key."""
    data = new_folder() / "var"
    with served(data) as (_server, port, _data):
        ada = Visitor(port)
        ada.sign_up("ada@example.org", "a long enough password")
        words = {"title": "", "body": "Still here", "written_on": "2026-11-19"}
        assert ada.ask("POST", "/journal/write/", words)[0] == 302
    return data, keyfiles.master_key(data)


def refusal(written: tuple[Path, str], *command: str, **changes: str) -> str:
    return sentence_of(start(written[0], free_port(), *command, **changes))


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "serve"),
        ("manage.py", "worker", "--once"),
        ("manage.py", "demo"),
        ("manage.py", "purge"),
        ("manage.py", "backup", "/tmp/never"),
    ],
)
def test_another_key_is_refused(written, command):
    said = refusal(written, *command, SELFTRUST_KEY=OTHER)

    name = keyfiles.fingerprint(base64.b64decode(written[1]))
    assert said == (
        "What is written in this database is sealed with a master key that is not here, whose "
        f"SHA-256 begins with {name}: put that recovery key into SELFTRUST_KEY. Nothing was "
        "changed."
    )


def test_another_key_in_the_file_is_refused_and_the_file_named(written):
    file = written[0] / "keys" / "selftrust_key"
    file.write_text(f"{OTHER}\n")
    try:
        assert f"put that recovery key into {file}." in refusal(written, "manage.py", "serve")
    finally:
        file.write_text(f"{written[1]}\n")


def test_both_keys_are_accepted(written):
    with served(written[0], SELFTRUST_KEY=f"{OTHER},{written[1]}") as (_server, port, _data):
        assert Visitor(port).ask("GET", "/readyz") == (200, "ready")


def test_the_start_says_what_doctor_calls_bad(written):
    """A key file that others may read, for one."""
    file = written[0] / "keys" / "secret_key"
    file.chmod(0o644)
    try:
        with served(written[0]) as (server, _port, _data):
            said = until_line(server, "bad ")
    finally:
        file.chmod(0o600)

    assert (
        said == f"bad   Others on this machine may open {file}: chmod it to 600, a folder to 700.\n"
    )


def until_line(server, beginning: str) -> str:
    """Of what it prints; the client of the test run gives up where it never comes."""
    return next(line for line in server.stdout if line.startswith(beginning))
