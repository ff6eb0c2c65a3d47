"""Django's collectstatic, which also notes what it collected so that `serve` need not repeat it."""

from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic

from journal.embedded import static_files

# django-htmx brings several generations of htmx, readable copies included. The page asks for the
# one below; hashing and compressing the others is most of the time that a first start takes.
LEFT_OUT = [
    "django_htmx/ext/*",
    "django_htmx/htmax-*",
    "django_htmx/htmx-4*",
    "django_htmx/htmx-2.js",
]


class Command(collectstatic.Command):
    def set_options(self, **options: Any) -> None:
        super().set_options(**options)
        self.ignore_patterns += LEFT_OUT

    def collect(self) -> dict[str, list[str]]:
        report = super().collect()
        if not self.dry_run:
            static_files.remember()
        return report
