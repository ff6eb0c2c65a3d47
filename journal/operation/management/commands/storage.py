"""`manage.py storage`: says where files are, and whether the storages are those of the database."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journal.account_deletion import register
from journal.installation import push_key, storage_mark
from journal.privacy.storage import NAMES, StorageAway


class Command(BaseCommand):
    help = "Says where files are. With --adopt, the storages become those of this database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--adopt",
            action="store_true",
            help="after files were copied to another storage: let it be that of this database",
        )
        parser.add_argument("--check", action="store_true", help="what each start does")

    def handle(self, *, adopt: bool, check: bool, **options: Any) -> None:
        if check:
            storage_mark.check()
            push_key.check()
            return
        try:
            if adopt:
                storage_mark.adopt()
                push_key.adopt()
                register.settle()
        except StorageAway as error:
            raise CommandError(f"A storage can't be used: {error}.") from error
        for name in NAMES:
            self.stdout.write(f"{storage_mark.WHAT[name]}: {storage_mark.place_of(name)}")
        storage_mark.refuse_other()
