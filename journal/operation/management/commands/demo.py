"""`manage.py demo`: makes the example person, with the twelve weeks up to today."""

from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from journal.audit.events import What
from journal.audit.recording import recorded
from journal.installation import storage_mark
from journal.operation.example.person import Taken, make_example_person

SIGN_IN = """\
The example person is here, with twelve weeks up to today. Sign in as

    {email}
    {password}

and with the same password as their coach, who is first asked to set up a second step:

    {coach_email}

Everything about them is made up. The next `demo` makes them anew, and gives them a new password."""


class Command(BaseCommand):
    help = (
        "Creates an example person with twelve weeks of promises, entries and check-ups, and says "
        "how to sign in. Run it again to recreate the same person up to that day."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--password", help="use this instead of a random password")
        parser.add_argument(
            "--language",
            default="",
            choices=[code for code, _name in settings.LANGUAGES],
            help="write and show the example in this language; without it, it is in English",
        )
        parser.add_argument(
            "--in-production",
            action="store_true",
            help="allow this although SELFTRUST_ENV is production",
        )

    def handle(
        self, *, in_production: bool, password: str | None, language: str, **options: Any
    ) -> None:
        if settings.PRODUCTION and not in_production:
            raise CommandError(
                "This is a production server, and an example person is one more account that "
                "someone "
                "can sign in to. If that's what you want, use demo --in-production."
            )
        call_command("migrate", interactive=False, verbosity=0)
        storage_mark.refuse_other()
        try:
            with recorded(What.EXAMPLE):
                made = make_example_person(password, language)
        except Taken as error:
            raise CommandError(str(error)) from error
        self.stdout.write(SIGN_IN.format(**asdict(made)))
