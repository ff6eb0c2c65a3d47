"""Django's collectstatic, which also notes what it collected so that `serve` need not repeat it."""

from django.contrib.staticfiles.management.commands import collectstatic

from journal.embedded import static_files


class Command(collectstatic.Command):
    def collect(self) -> dict[str, list[str]]:
        report = super().collect()
        if not self.dry_run:
            static_files.remember()
        return report
