"""Backups: one folder each, made whole or not at all, and checked before anything is put back.

A backup holds `database.dump` (pg_dump, custom format, without the data keys, without sessions and
counts of tries), `data-keys.jsonl` (the wrapped data keys, which can be let go sooner than the
rest) and `manifest.json`, which says what is there and is sealed with the master key. The master
key itself is in none of them.

    backup.py     takes all of it from one snapshot, while people go on writing
    manifest.py    writes and checks what a backup says of itself
    restore.py    fills a database beside the present one and swaps the two
"""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.core.management import CommandError
from django.db import DatabaseError

from journal.privacy.keys import SealBroken


class Refused(Exception):
    """Nothing was made and nothing was changed. Its message is a whole sentence."""


@contextmanager
def in_sentences() -> Iterator[None]:
    """For the two commands: what an operator can put right is a sentence and no traceback."""
    try:
        yield
    except (Refused, SealBroken) as error:
        raise CommandError(str(error)) from error
    except (DatabaseError, psycopg.Error) as error:
        reason = (str(error).strip() or type(error).__name__).split("\n", 1)[0].rstrip(".")
        raise CommandError(f"The database does not work: {reason}.") from error
