"""Backups: one folder each, made whole or not at all, and checked before a restore.

A backup holds `database.dump` (pg_dump, custom format, without data keys, sessions and rate limit
counts), `data-keys.jsonl` (the wrapped data keys, which the operator can delete sooner than the
rest), the files of photos in `photos` with their list `photos.txt`, and `manifest.json`, which
lists the content and is sealed with the master key. The master key itself is in none of them.

    backup.py      reads everything from one snapshot, while the app runs
    photos.py      copies the files of photos out of the storage, and back
    manifest.py    writes and checks the manifest
    restore.py     fills a second database and swaps it with the current one
    verify.py      fills a second database, reads it and drops it
    scheduled.py   has the worker make them, and deletes old ones
    places.py      where these are: in a folder, or in a bucket

With SELFTRUST_WAL_ARCHIVE the embedded database archives its log as well:

    base.py        makes base backups there
    recover.py     brings a moment back from one and the log since
    after_recovery.py  makes what is from an earlier moment ready to be used
    taken_back.py  ends again what clients have ended since that moment
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import CommandError
from django.db import DatabaseError

from journal.database import direct
from journal.privacy.keys import SealBroken
from journal.privacy.storage import StorageAway


class Refused(Exception):
    """The command changed nothing. The message is a whole sentence."""


def go_past_pooler(what: str) -> None:
    """pg_dump leaves its session without a search path, in which a pooler's next client would find
    no table, and a restore makes databases. Raises Refused where the way leads through a pooler."""
    direct.use()
    if not direct.is_reached():
        raise Refused(direct.STILL_A_POOLER.format(what=what))


@contextmanager
def in_sentences() -> Iterator[None]:
    """For the two commands: prints an error that the operator can fix without a traceback."""
    try:
        yield
    except (Refused, SealBroken) as error:
        raise CommandError(str(error)) from error
    except StorageAway as error:
        raise CommandError(f"The storage of photos doesn't answer: {error}.") from error
    except (DatabaseError, psycopg.Error) as error:
        reason = (str(error).strip() or type(error).__name__).split("\n", 1)[0].rstrip(".")
        raise CommandError(f"The database doesn't work: {reason}.") from error
