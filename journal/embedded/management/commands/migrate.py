"""Django's migrate, which refuses a database of the former layout, and waits for another one."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from journal.database import direct
from journal.embedded.former_layout import refuse_former_database
from journal.embedded.migration_lock import migrating


class Command(migrate.Command):
    def handle(self, *arguments: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        direct.use()
        refuse_former_database(connection)
        with migrating(self.stderr.write):
            super().handle(*arguments, **options)
