"""Moves every data key, and all else that the master key seals, to a new master key. Safe to stop
at any point and to start again.

If the master key is in its file, `rotate_key --new` does everything while the app runs. If the key
is in the environment, the command prints what to do, since only the operator can change that.
"""

import base64
import os
import secrets
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from journal.audit.events import What
from journal.audit.recording import recorded
from journal.database import direct
from journal.database.locks import try_lock
from journal.embedded import keyfiles
from journal.mail.models import OutboxMessage
from journal.privacy import keys, mfa_secrets
from journal.privacy.models import DataKey

BATCH = 200
SEALED = ("privacy_datakey", "mfa_authenticator", "mail_outboxmessage")
LOCK = 0x53656C66_4B657973  # an advisory lock that only this command takes

IN_THE_ENVIRONMENT = """\
The master key is in the environment, which this command cannot change. A new one:

    {new}

1. Set SELFTRUST_KEY={new},(the present value) and restart Selftrust.
2. Run rotate_key.
3. Set SELFTRUST_KEY={new} and restart Selftrust."""

KEEP = """\
The new recovery key, shown once; keep it away from this machine:

    {new}

Backups made before today open with the old one: keep that as long as you keep them."""


class Command(BaseCommand):
    help = (
        "Rewrap all data keys under the first master key. Put the new key before the old one, "
        "separated by a comma, run this, then remove the old one. Or let --new do all of it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--new",
            action="store_true",
            help="make a new key, put it first in the key file, rewrap, and remove the old one",
        )

    def handle(self, *args: Any, new: bool = False, **options: Any) -> None:
        if new and settings.SELFTRUST_KEY:
            self.stdout.write(IN_THE_ENVIRONMENT.format(new=_random_key()))
            return
        direct.use()
        try:
            with recorded(What.ROTATE_KEY) as counts, _alone():
                counts["keys"] = self._rotate(new=new)
        except (keys.SealBroken, ImproperlyConfigured) as error:
            raise CommandError(str(error)) from error

    def _rotate(self, *, new: bool) -> int:
        """Returns the number of data keys moved."""
        file = Path(settings.SELFTRUST_KEY_FILE)
        keys.master_keys()  # raises for an invalid file before anything changes
        if new and len(_texts(file)) == 1:  # more than one: an earlier run was stopped half-way
            _replace(file, [_random_key(), *_texts(file)])
        current = keys.master_keys()[0].name
        done = self._rewrap_all(current)
        while new and not _taken_out(file, current):
            done += self._rewrap_all(current)
        self.stdout.write(f"Rewrapped {done} data keys.")
        if new:
            self.stdout.write(KEEP.format(new=_texts(file)[0]))
        else:
            self.stdout.write("You can remove the old master key now.")
        return done

    def _rewrap_all(self, current: str) -> int:
        """Rewraps in small transactions, so that a killed command keeps its progress."""
        done, last = 0, UUID(int=0)
        broken: list[UUID] = []
        while rows := self._rewrap_some(current, last, broken):
            done, last = done + len(rows), rows[-1].owner_id
        unknown = (
            DataKey.objects.exclude(master__in=[key.name for key in keys.master_keys()])
            .order_by("master")
            .values_list("master", flat=True)
            .distinct()
        )
        if unknown:
            raise CommandError(
                "Some data keys need a master key that is missing. Put it back after the current "
                "one, separated by a comma, and run this again. The SHA-256 of the missing key "
                f"begins with {', '.join(unknown)}."
            )
        if broken:
            people = ", ".join(map(str, broken))
            raise CommandError(f"The data keys of these people can't be decrypted: {people}.")
        mfa_secrets.reseal(current)
        OutboxMessage.objects.reseal(current)
        return done - len(broken)

    def _rewrap_some(self, current: str, last: UUID, broken: list[UUID]) -> list[DataKey]:
        """The next batch, ordered by owner; a damaged key does not stop the others."""
        known = [key.name for key in keys.master_keys()]
        with transaction.atomic():
            rows = list(
                DataKey.objects.select_for_update()
                .filter(master__in=known, owner_id__gt=last)
                .exclude(master=current)
                .order_by("owner_id")[:BATCH]
            )
            for row in rows:
                try:
                    raw = keys.unwrap(bytes(row.wrapped), row.master, row.owner_id)
                except keys.SealBroken:
                    broken.append(row.owner_id)
                    continue
                row.wrapped, row.master = keys.wrap(raw, row.owner_id)
                row.save(update_fields=["wrapped", "master"])
        return rows


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(keys.KEY_BYTES)).decode()


def _texts(file: Path) -> list[str]:
    return [part.strip() for part in keyfiles.read(file).split(",") if part.strip()]


def _taken_out(file: Path, current: str) -> bool:
    """Leaves only the first key in the file, unless a data key still needs another.

    The lock waits for transactions that are storing a first data key. A request that wrapped its
    data key before and stores it afterwards finds the master key gone and fails, so it loses no
    words.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"lock table {', '.join(SEALED)} in share row exclusive mode")
        older = (model.objects.exclude(master=current) for model in (DataKey, OutboxMessage))
        if any(rows.exists() for rows in older) or not mfa_secrets.all_hang_on(current):
            return False
        _replace(file, _texts(file)[:1])
        return True


def _replace(file: Path, texts: list[str]) -> None:
    """Replaces the file atomically and keeps it private: a reader sees the old or the new one."""
    draft, found = file.with_name(f".{file.name}.{secrets.token_hex(8)}"), file.stat()
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as draft_file:
            if os.geteuid() == 0:
                os.fchown(descriptor, found.st_uid, found.st_gid)
            draft_file.write(",".join(texts) + "\n")
            draft_file.flush()
            os.fsync(descriptor)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone() -> Iterator[None]:
    """An advisory lock: of two concurrent rotations, each could remove the other's new key."""
    with try_lock(LOCK) as nobody_else:
        if not nobody_else:
            raise CommandError("Another key rotation is already running.")
        yield
