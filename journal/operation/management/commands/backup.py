"""`manage.py backup TARGET`: writes a backup into a new folder while the app runs. Run it daily."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from journal.audit.events import What
from journal.audit.recording import recorded
from journal.installation import storage_mark
from journal.operation.backups import backup, go_past_pooler, in_sentences


class Command(BaseCommand):
    help = "Makes a backup in a new folder. The master key is not in it; keep that elsewhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "target", type=Path, help="the folder to create; its parent has to exist"
        )

        parser.add_argument(
            "--without-photos",
            action="store_true",
            help="leave out the files of photos, if something else backs up their storage",
        )

    def handle(self, *, target: Path, without_photos: bool = False, **options: Any) -> None:
        storage_mark.refuse_other()
        with in_sentences(), recorded(What.BACKUP) as counts:
            go_past_pooler("a backup")
            said = backup.make(target, with_photos=not without_photos)
            rows = said["rows"]
            counts |= {"accounts": rows["people_user"], "rows": sum(rows.values())}
        self.stdout.write(
            f"Backup made in {target}. Accounts: {rows['people_user']}, rows: {sum(rows.values())}."
        )
        if said["photos"] is None:
            self.stdout.write("The files of photos are not in it.")
        elif said["photos"]["missing"]:
            self.stdout.write(f"Files of photos that are missing: {said['photos']['missing']}.")
        if said["masters"]:
            self.stdout.write(
                "To read it, you need the master key whose SHA-256 begins with "
                f"{', '.join(said['masters'])}. Keep the key apart from the backup."
            )
