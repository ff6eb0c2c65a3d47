"""Django's migrate, which refuses a database of the former layout, waits for another one, and makes
the tables of an empty database at once (journal/database/structure.py)."""

from pathlib import Path
from typing import Any

import psycopg
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections

from journal.database import direct, structure
from journal.embedded.former_layout import refuse_former_database
from journal.embedded.migration_lock import migrating

# With any of these Django does less than all, or something else.
OTHERWISE = ("app_label", "check_unapplied", "fake", "fake_initial", "plan", "prune")


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--write-structure",
            metavar="FILE",
            type=Path,
            help="Run the migrations one by one, and write down what they send.",
        )

    def handle(self, *arguments: Any, **options: Any) -> None:
        direct.use()
        refuse_former_database(connections[options["database"]])
        with migrating(self.stderr.write):
            if file := options["write_structure"]:
                with psycopg.connect(**direct.parameters()) as opened:
                    if not structure.is_empty(opened):
                        raise CommandError("Only of an empty database, as `make structure` does.")
                with structure.written_to(file):
                    super().handle(*arguments, **options)
            elif any(options[name] for name in OTHERWISE) or not structure.load():
                super().handle(*arguments, **options)
            elif options["verbosity"]:
                self.stdout.write("The database was empty. Made all tables at once.")
