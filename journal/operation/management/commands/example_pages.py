"""`manage.py example_pages`: renders /example/ where templates or code have changed."""

from typing import Any

from django.core.management.base import BaseCommand

from journal.operation.example.pages import render_where_changed


class Command(BaseCommand):
    help = "Render the example pages where the code has changed. `serve` does so when it starts."

    def handle(self, **options: Any) -> None:
        is_new = render_where_changed()
        if options["verbosity"]:
            self.stdout.write("Rendered the example." if is_new else "The example is up to date.")
