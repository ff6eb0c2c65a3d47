"""A database beside a master key that did not seal it: refused before anything is changed."""

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal.embedded import keyfiles
from journal.embedded.temporary_server import WITH_ANY_KEY, WITHOUT_DATABASE
from tests.embedded.running import Visitor, free_port, new_folder, served, start, written_before
from tests.embedded.test_serve import sentence_of

OTHER = base64.b64encode(b"another key of 32 bytes, really.").decode()


@pytest.fixture(scope="module")
def written() -> Iterator[tuple[Path, str]]:
    """A data folder in which someone wrote, and its recovery key."""
    data = new_folder() / "var"
    written_before(data)
    yield data, keyfiles.master_key(data)
    shutil.rmtree(data.parent)


def refusal(written: tuple[Path, str], *command: str, **changes: str) -> str:
    return sentence_of(start(written[0], free_port(), *command, **changes))


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "serve"),
        ("manage.py", "worker", "--once"),
        ("manage.py", "backup", "/tmp/never"),
    ],
)
def test_another_key_is_refused(written, command):
    said = refusal(written, *command, SELFTRUST_KEY=OTHER)

    name = keyfiles.fingerprint(base64.b64decode(written[1]))
    assert said == (
        "This database is encrypted with a master key that is missing, whose "
        f"SHA-256 begins with {name}. Put that recovery key into SELFTRUST_KEY. Nothing was "
        "changed."
    )


def test_another_key_in_the_file_is_refused_and_the_file_named(written):
    file = written[0] / "keys" / "selftrust_key"
    file.write_text(f"{OTHER}\n")
    try:
        assert f"Put that recovery key into {file}." in refusal(written, "manage.py", "serve")
    finally:
        file.write_text(f"{written[1]}\n")


def test_what_reads_or_seals_words_is_refused_too():
    commands = {"worker", "demo", "purge", "backup"}
    assert not commands & (WITH_ANY_KEY | WITHOUT_DATABASE)


def test_both_keys_are_accepted_and_the_start_says_what_doctor_calls_bad(written):
    """A key file that others may read, for one."""
    file = written[0] / "keys" / "secret_key"
    file.chmod(0o644)
    both = f"{OTHER},{written[1]}"
    try:
        with served(written[0], SELFTRUST_KEY=both) as (server, port, _data):
            assert Visitor(port).ask("GET", "/readyz") == (200, "ready")
            said = until_line(server, "bad ")
    finally:
        file.chmod(0o600)

    assert (
        said == f"bad   Other users of this machine can open {file}. chmod it to 600, or 700 "
        f"for a folder.\n"
    )


def until_line(server, beginning: str) -> str:
    """Of what it prints; the client of the test run gives up where it never comes."""
    return next(line for line in server.stdout if line.startswith(beginning))
