import base64
import stat
import subprocess
import sys

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from journal.embedded import keyfiles
from journal.embedded.errors import CannotStart
from tests.embedded.running import ROOT


def test_a_secret_is_made_once_and_read_from_then_on(folder):
    made = keyfiles.secret_key(folder / "var")

    assert len(made) > 50
    assert keyfiles.secret_key(folder / "var") == made
    assert (folder / "var" / "keys" / "secret_key").read_text().strip() == made


def test_the_master_key_has_32_bytes(folder):
    assert len(base64.b64decode(keyfiles.master_key(folder), validate=True)) == 32


def test_the_key_for_notifications_is_a_private_key_of_its_curve(folder):
    made = keyfiles.vapid_key(folder)
    keyfiles.check_vapid_key(made)
    number = int.from_bytes(base64.urlsafe_b64decode(made + "="))
    assert ec.derive_private_key(number, ec.SECP256R1()).curve.key_size == 256


@pytest.mark.parametrize("text", ["", "short", "A" * 43, "_" * 43, "!" * 43, "☃"])
def test_anything_else_is_no_key_for_notifications(text):
    with pytest.raises(CannotStart, match="SELFTRUST_VAPID_KEY"):
        keyfiles.check_vapid_key(text)


def test_keys_are_closed_to_others(folder):
    makers = (keyfiles.secret_key, keyfiles.master_key, keyfiles.operator_token)
    for make in (*makers, keyfiles.vapid_key):
        make(folder / "var")

    keys = folder / "var" / "keys"
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in keys.iterdir()} == {
        "secret_key": "0o600",
        "selftrust_key": "0o600",
        "operator_token": "0o600",
        "vapid_key": "0o600",
    }


def test_processes_that_start_together_agree_on_the_key(folder):
    code = (
        "import sys, pathlib; from journal.embedded import keyfiles; sys.stdin.readline();"
        "print(keyfiles.master_key(pathlib.Path(sys.argv[1])))"
    )
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(folder / "var")],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(8)
    ]
    for racer in racers:
        racer.stdin.write("go\n")
        racer.stdin.flush()
    keys = [racer.communicate()[0].strip() for racer in racers]

    assert keys == [keyfiles.master_key(folder / "var")] * 8
    assert [path.name for path in (folder / "var" / "keys").iterdir()] == ["selftrust_key"]


def test_an_empty_key_file_is_refused_and_left_alone(folder):
    keyfiles.master_key(folder)
    (folder / "keys" / "selftrust_key").write_text("\n")

    with pytest.raises(CannotStart, match="is empty"):
        keyfiles.master_key(folder)
    assert (folder / "keys" / "selftrust_key").read_text() == "\n"


def test_no_new_master_key_is_made_beside_an_existing_database(folder):
    (folder / "postgres").mkdir()

    with pytest.raises(CannotStart, match="Put the recovery key back"):
        keyfiles.master_key(folder)
    assert not (folder / "keys").exists()


def test_a_data_folder_that_cannot_be_made_is_one_sentence(folder):
    (folder / "file").touch()

    with pytest.raises(CannotStart) as refusal:
        keyfiles.secret_key(folder / "file" / "var")
    assert str(refusal.value) == f"The data folder can't be used: {folder / 'file'} is a file."


@pytest.mark.parametrize("content", [b"\xff\xfe\x00a", b"\x80binary", "key".encode("utf-16")])
def test_bytes_in_a_key_file_are_one_sentence(folder, content):
    keyfiles.secret_key(folder)
    path = folder / "keys" / "secret_key"
    path.write_bytes(content)

    with pytest.raises(CannotStart) as refusal:
        keyfiles.secret_key(folder)
    assert str(refusal.value) == f"{path} contains bytes that aren't text. Put its content back."


@pytest.mark.parametrize("around", [("", "\r\n"), ("\ufeff", "\n"), ("\n  ", "  ")])
def test_what_an_editor_adds_to_a_key_file_does_no_harm(folder, around):
    made = keyfiles.secret_key(folder)
    (folder / "keys" / "secret_key").write_text(around[0] + made + around[1], newline="")

    assert keyfiles.secret_key(folder) == made


def test_a_folder_in_the_place_of_a_key_file_is_one_sentence(folder):
    (folder / "keys" / "secret_key").mkdir(parents=True)

    with pytest.raises(CannotStart, match="The data folder can't be used: Is a directory"):
        keyfiles.secret_key(folder)
