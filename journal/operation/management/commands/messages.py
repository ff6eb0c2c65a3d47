"""For developers and translators: collects the strings of the source into locale/.

    manage.py messages          every catalogue there is
    manage.py messages pt-br    starts one, or looks at this one only

Then it lists what each lacks. What it lists are the same findings that the tests know.
"""

from itertools import groupby
from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management.base import BaseCommand, CommandError, CommandParser

from journal.languages import checks, extraction, po_files
from journal.languages.paths import found_in, path_of


class Command(BaseCommand):
    help = "Collects strings into the catalogues and lists what is wrong with each."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="language")
        parser.add_argument("--all", action="store_true", help="list every string, not only some")
        parser.add_argument("--list", action="store_true", help="list only, collect nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "locale"
        codes = options["languages"] or [*found_in(folder)]
        if not options["list"]:
            self._collect(codes)
        for code in codes:
            catalog = po_files.read(path_of(folder, code).read_text())
            self.stdout.write(f"\n{code}: {len(catalog)} strings")
            for kind, found in groupby(sorted(checks.findings(catalog)), lambda one: one[0]):
                strings = [string for _kind, string in found]
                self.stdout.write(f"  {kind}: {len(strings)}")
                for string in strings if options["all"] else strings[:SHOWN]:
                    self.stdout.write(f"    {string}")

    def _collect(self, codes: list[str]) -> None:
        if not extraction.can_extract():
            raise CommandError("Collecting strings needs GNU gettext: apt install gettext.")
        source = extraction.source_catalog()
        for code in codes:
            path = path_of(settings.BASE_DIR / "locale", code)
            text = path.read_text() if path.exists() else self._begun(code)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(po_files.merged(text, source))

    def _begun(self, code: str) -> str:
        if code not in LANG_INFO:
            raise CommandError(f"Django knows no language {code!r}.")
        return po_files.HEADER.format(
            code=code, name=LANG_INFO[code]["name"], plurals=po_files.plurals_of(code)
        )


SHOWN = 10  # of each kind
