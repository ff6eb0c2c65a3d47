"""Django's migrate, which refuses a database of the former layout."""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from journal.embedded.former_layout import refuse_former_database


class Command(migrate.Command):
    def handle(self, *arguments: Any, **options: Any) -> None:
        refuse_former_database(connections[options["database"]])
        super().handle(*arguments, **options)
