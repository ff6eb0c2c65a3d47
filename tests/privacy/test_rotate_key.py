"""A new master key: while people write, however often it is interrupted, and no word is lost."""

import base64
import io
import os
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from journal.operation.management.commands import rotate_key
from journal.privacy import keys, mfa_secrets
from journal.privacy.keys import SealBroken, parse_master_keys
from journal.privacy.models import DataKey
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from tests.factories import make_entry, make_newcomer, make_person

OLD, NEW, THIRD = (base64.b64encode(bytes([number]) * 32).decode() for number in (1, 2, 3))


def name_of(key: str) -> str:
    return parse_master_keys(key)[0].name


@pytest.fixture
def key_file(settings, tmp_path) -> Path:
    """The installation keeps its master key in a file; it is OLD."""
    settings.SELFTRUST_KEY = ""
    settings.SELFTRUST_KEY_FILE = tmp_path / "selftrust_key"
    settings.SELFTRUST_KEY_FILE.write_text(f"{OLD}\n")
    settings.SELFTRUST_KEY_FILE.chmod(0o600)
    return settings.SELFTRUST_KEY_FILE


@pytest.fixture
def people(key_file, db):
    """Five who have written something, under OLD."""
    people = [make_person(f"person{number}@example.org") for number in range(5)]
    for person in people:
        make_entry(person, f"of {person.email}")
    return people


def all_can_read(people) -> bool:
    for person in people:
        with acting_as(person):
            if [entry.body for entry in Entry.objects.all()] != [f"of {person.email}"]:
                return False
    return True


def rotate(**options) -> str:
    said = io.StringIO()
    call_command("rotate_key", stdout=said, **options)
    return said.getvalue()


def masters() -> set[str]:
    return set(DataKey.objects.values_list("master", flat=True))


def put_first(key_file: Path, *texts: str) -> None:
    """As an operator does it, whose editor may keep the second and the size."""
    before = key_file.stat()
    key_file.with_suffix(".new").write_text(",".join(texts) + "\n")
    os.utime(key_file.with_suffix(".new"), ns=(before.st_atime_ns, before.st_mtime_ns))
    key_file.with_suffix(".new").replace(key_file)


def test_all_is_done_by_one_command(people, key_file):
    said = rotate(new=True)

    (new,) = key_file.read_text().strip().split(",")
    assert new != OLD
    assert masters() == {name_of(new)}
    assert all_can_read(people)
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in key_file.parent.iterdir()] == ["selftrust_key"]
    assert "Rewrapped 5 data keys." in said
    assert new in said  # the recovery key that was kept so far opens nothing new
    assert OLD not in said


def test_words_keep_their_bytes(people):
    before = [row.data for row in Entry.objects.order_by("pk").values_list("body", flat=True)]
    rotate(new=True)

    after = [row.data for row in Entry.objects.order_by("pk").values_list("body", flat=True)]
    assert after == before


def test_a_running_process_takes_up_the_changed_file(people, key_file):
    assert name_of(OLD) == keys.master_keys()[0].name

    put_first(key_file, NEW, OLD)

    assert [key.name for key in keys.master_keys()] == [name_of(NEW), name_of(OLD)]
    assert all_can_read(people)
    newcomer = make_newcomer("newcomer@example.org")
    make_entry(newcomer, "of newcomer@example.org")
    assert masters() == {name_of(NEW), name_of(OLD)}
    assert all_can_read([*people, newcomer])


def test_by_hand_in_three_steps(people, key_file):
    put_first(key_file, NEW, OLD)

    assert rotate() == "Rewrapped 5 data keys.\nYou can remove the old master key now.\n"
    assert key_file.read_text() == f"{NEW},{OLD}\n"
    put_first(key_file, NEW)

    assert masters() == {name_of(NEW)}
    assert all_can_read(people)
    assert rotate().startswith("Rewrapped 0 data keys.")


@pytest.mark.parametrize("stopped_after", range(6))
def test_stopped_anywhere_it_goes_on_from_there(people, key_file, monkeypatch, stopped_after):
    """Five keys in batches of two; what a finished batch did stays done."""
    monkeypatch.setattr(rotate_key, "BATCH", 2)
    wrap, wrapped = keys.wrap, []

    def killed(raw: bytes, owner_id: UUID) -> tuple[bytes, str]:
        if len(wrapped) == stopped_after:
            raise KeyboardInterrupt
        wrapped.append(owner_id)
        return wrap(raw, owner_id)

    def killed_at_the_end(file: Path, current: str) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(keys, "wrap", killed)
        patched.setattr(rotate_key, "_taken_out", killed_at_the_end)
        with pytest.raises(KeyboardInterrupt):
            rotate(new=True)

    new, old = key_file.read_text().strip().split(",")
    done = DataKey.objects.filter(master=name_of(new)).count()
    assert old == OLD
    assert done == {0: 0, 1: 0, 2: 2, 3: 2, 4: 4, 5: 5}[stopped_after]
    assert all_can_read(people)

    assert f"Rewrapped {5 - done} data keys." in rotate(new=True)
    assert key_file.read_text() == f"{new}\n"
    assert masters() == {name_of(new)}
    assert all_can_read(people)


def test_first_words_sealed_under_the_old_key_meanwhile_are_not_lost(people, key_file, monkeypatch):
    """Someone's first data key is stored between the last batch and taking the old key out."""
    rewrap_all, late = rotate_key.Command._rewrap_all, people[0]

    def and_then_a_late_one(command: rotate_key.Command, current: str) -> int:
        done = rewrap_all(command, current)
        if done == 5:
            row = DataKey.objects.get(owner=late)
            raw = keys.unwrap(bytes(row.wrapped), row.master, late.pk)
            old = keys.master_keys()[1]
            nonce = os.urandom(keys.NONCE_BYTES)
            row.wrapped = nonce + old.cipher.encrypt(nonce, raw, b"data key" + late.pk.bytes)
            row.master = old.name
            row.save()
        return done

    monkeypatch.setattr(rotate_key.Command, "_rewrap_all", and_then_a_late_one)

    assert "Rewrapped 6 data keys." in rotate(new=True)
    assert masters() == {name_of(key_file.read_text())}
    assert all_can_read(people)


def test_a_first_data_key_under_a_key_taken_out_is_refused(key_file, newcomer, monkeypatch):
    """Whoever wrapped before and stores after gets an error, and no words that never open."""
    wrap = keys.wrap

    def slow(raw: bytes, owner_id: UUID) -> tuple[bytes, str]:
        done = wrap(raw, owner_id)
        put_first(key_file, NEW)
        return done

    monkeypatch.setattr(keys, "wrap", slow)
    with pytest.raises(SealBroken):
        make_entry(newcomer, "first words")

    assert DataKey.objects.count() == 0


def test_a_missing_old_key_is_said_clearly(people, key_file):
    put_first(key_file, NEW)

    with pytest.raises(CommandError) as refusal:
        rotate()
    assert "a master key that is missing" in str(refusal.value)
    assert name_of(OLD) in str(refusal.value)
    assert masters() == {name_of(OLD)}

    put_first(key_file, NEW, OLD)
    rotate()
    assert all_can_read(people)


def test_a_damaged_data_key_stops_no_other_and_keeps_the_old_key(people, key_file):
    damaged = people[2]
    DataKey.objects.filter(owner=damaged).update(wrapped=b"damaged" * 8)

    with pytest.raises(CommandError, match=f"can't be decrypted: {damaged.pk}"):
        rotate(new=True)

    new, old = key_file.read_text().strip().split(",")
    assert old == OLD
    assert DataKey.objects.filter(master=name_of(new)).count() == 4
    assert all_can_read(people[:2] + people[3:])


def test_with_the_key_in_the_environment_it_says_what_to_do(people, key_file, settings):
    settings.SELFTRUST_KEY = OLD

    said = rotate(new=True)

    (suggested,) = {line.strip() for line in said.splitlines() if line.startswith("    ")}
    assert len(base64.b64decode(suggested)) == 32
    assert f"1. Set SELFTRUST_KEY={suggested},(the present value) and restart" in said
    assert OLD not in said
    assert masters() == {name_of(OLD)}

    settings.SELFTRUST_KEY = f"{suggested},{OLD}"
    assert "Rewrapped 5 data keys." in rotate()
    settings.SELFTRUST_KEY = suggested
    assert all_can_read(people)


def test_two_rotations_at_once_are_refused(people, key_file):
    with psycopg.connect(**connection.get_connection_params()) as other:
        other.execute("select pg_advisory_lock(%s)", [rotate_key.LOCK])

        with pytest.raises(CommandError, match="already running"):
            rotate(new=True)
    assert key_file.read_text() == f"{OLD}\n"


@pytest.mark.parametrize("content", ["", "short", "not base64!", f"{OLD},x", "\udcff"])
def test_a_key_file_that_makes_no_sense_is_left_alone(db, key_file, content):
    key_file.write_bytes(content.encode(errors="surrogateescape"))

    with pytest.raises(CommandError, match=r"32 random bytes|is empty|aren't text"):
        rotate(new=True)
    assert key_file.read_bytes() == content.encode(errors="surrogateescape")


def test_without_a_key_file_nothing_opens_and_the_command_says_so(people, key_file):
    key_file.unlink()

    with acting_as(people[0]), pytest.raises(SealBroken, match="key file can't be read"):
        Entry.objects.get().body  # noqa: B018
    with pytest.raises(CommandError, match="key file can't be read"):
        rotate(new=True)


@pytest.mark.parametrize("text", ["", " , ", "AAAA", "x" * 44, OLD[:-1], f"{OLD} {NEW}"])
def test_master_keys_are_32_bytes_in_base64(text):
    with pytest.raises(ImproperlyConfigured):
        parse_master_keys(text)


def test_several_master_keys_keep_their_order():
    names = [key.name for key in parse_master_keys(f" {THIRD}, {OLD} ,\n{NEW},")]

    assert names == [name_of(THIRD), name_of(OLD), name_of(NEW)]


# --- what a second step keeps secret ----------------------------------------------------------


def app_of(person, secret: str, name: str = "secret") -> Authenticator:
    kind = "totp" if name == "secret" else "webauthn"
    data = {name: mfa_secrets.seal(secret), "used_mask": 0}
    return Authenticator.objects.create(user=person, type=kind, data=data)


def test_what_a_second_step_keeps_secret_moves_along(people, key_file):
    apps = [app_of(person, f"key of {person.email}") for person in people]
    passkey = app_of(people[0], "The drawer", "name")

    rotate(new=True)

    assert OLD not in key_file.read_text()
    for app, person in zip(apps, people, strict=True):
        app.refresh_from_db()
        assert mfa_secrets.unseal(app.data["secret"]) == f"key of {person.email}"
        assert app.data["used_mask"] == 0
    passkey.refresh_from_db()
    assert mfa_secrets.unseal(passkey.data["name"]) == "The drawer"


def test_a_second_step_that_does_not_open_keeps_the_old_key_in_its_place(people, key_file):
    app = app_of(people[0], "key")
    name, _dot, _sealed = app.data["secret"].partition(".")
    Authenticator.objects.update(data={"secret": f"{name}.AAAA"})

    with pytest.raises(CommandError, match="can't be decrypted"):
        rotate(new=True)

    assert OLD in key_file.read_text()
    assert all_can_read(people)


@pytest.mark.parametrize("change", [lambda text: text[:-8] + "AAAAAAA=", lambda _text: "no.thing"])
def test_a_secret_that_was_changed_is_an_error_and_never_rubbish(key_file, change):
    with pytest.raises(SealBroken):
        mfa_secrets.unseal(change(mfa_secrets.seal("JBSWY3DPEHPK3PXP")))


def test_the_same_secret_is_never_sealed_alike(key_file):
    assert mfa_secrets.seal("key") != mfa_secrets.seal("key")
