"""Django's collectstatic, which also stores a fingerprint so that `serve` need not repeat it."""

from typing import Any

from django.contrib.staticfiles.management.commands import collectstatic

from journal.embedded import static_files

# django-htmx ships several versions of htmx, each also unminified. The pages load only one of them;
# hashing and compressing the others would take most of the time of a first start.
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
