"""For developers and translators: collects the strings of the source into locale/.

manage.py messages          every catalogue there is
manage.py messages pt-br    starts one, or looks at this one only
"""

from typing import Any

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.core.management.base import BaseCommand, CommandError, CommandParser

from journal.languages import extraction, po_files


class Command(BaseCommand):
    help = "Collects strings into the catalogues and lists what is wrong with each."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("languages", nargs="*", metavar="language")

    def handle(self, *args: Any, **options: Any) -> None:
        if not extraction.can_extract():
            raise CommandError("Collecting strings needs GNU gettext: apt install gettext.")
        folder = settings.BASE_DIR / "locale"
        source = extraction.source_catalog()
        for code in options["languages"] or po_files.found_in(folder):
            path = po_files.path_of(folder, code)
            text = path.read_text() if path.exists() else self.begun(code)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(po_files.merged(text, source))

    def begun(self, code: str) -> str:
        if code not in LANG_INFO:
            raise CommandError(f"Django doesn't know {code!r}.")
        return po_files.HEADER.format(
            code=code, name=LANG_INFO[code]["name"], plurals=po_files.plurals_of(code)
        )
