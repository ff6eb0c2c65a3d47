"""`manage.py recover --to TIME`: the database as it was at that moment."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from journal.operation.backups import in_sentences, recover


class Command(BaseCommand):
    help = (
        "Recovers the embedded database from SELFTRUST_WAL_ARCHIVE, as it was at a moment or, "
        "without one, at the end of the archive. The current one is set aside. Stop Selftrust "
        "first."
    )
    requires_system_checks: list[str] = []  # no database runs

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to",
            metavar="TIME",
            help='such as "2026-11-30 18:00", by SELFTRUST_TIME_ZONE unless it names an offset',
        )
        parser.add_argument(
            "--timeline",
            type=int,
            help="what was written before an earlier recovery: its number, which that printed",
        )
        parser.add_argument(
            "--yes", action="store_true", help="set aside the database that is there"
        )

    def handle(self, *, to: str | None, timeline: int | None, yes: bool, **options: Any) -> None:
        with in_sentences():
            recover.recover(
                _moment(to) if to else None, timeline=timeline, sure=yes, say=self.stdout.write
            )


def _moment(text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f'--to needs a time such as "2026-11-30 18:00", not "{text}".')
    return found if found.tzinfo else timezone.make_aware(found)
