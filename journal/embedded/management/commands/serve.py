from typing import Any

from django.core.management.base import BaseCommand

from journal.embedded.serve import serve


class Command(BaseCommand):
    help = "Run Selftrust: its database, its migrations and the web server, until Ctrl-C."
    requires_system_checks = []  # they would import every module in this process as well

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        serve()
