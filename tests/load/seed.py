"""python -m tests.load.seed 200 person{}@example.org PASSWORD: so many people who have written for
some weeks, with three promises and sixty entries each. They have one password, hashed once."""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selftrust.settings")
ENTRIES, DAYS = 60, 21
PROMISES = ("Walk after lunch", "Lights out at eleven", "Call Gran")
WORDS = (
    "Today I said what I would do, and then did the small version of it, because the evening was "
    "long and the rain came early. Saying no cost less than I thought it would. "
)


def main(count: str, email: str, password: str) -> None:
    django.setup()
    from django.contrib.auth.hashers import make_password
    from django.core.management import call_command
    from django.db import connection

    from journal.people.models import User

    call_command("migrate", verbosity=0)
    hashed = make_password(password)
    for number in range(int(count)):
        fill(User.objects.create(email=email.format(number), password=hashed))
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def fill(person) -> None:
    from journal.people import clock
    from journal.privacy.keys import data_key
    from journal.privacy.rls import acting_as
    from journal.promises.models import CheckIn
    from journal.reflections.daily.models import DailyCheck
    from journal.reflections.entries.models import Entry
    from tests.promises.factories import make_promise

    days = [clock.today(person) - timedelta(days=n) for n in range(1, DAYS + 1)]
    with acting_as(person):
        data_key(person.pk, make=True)  # until it is committed, each sealed word asks for it anew
    promises = [make_promise(person, name, starts_on=days[-1]) for name in PROMISES]
    with acting_as(person):
        entries = [Entry.new_for(person) for _entry in range(ENTRIES)]
        for number, entry in enumerate(entries):
            entry.title, entry.body = f"Evening {number}", WORDS * 4
            entry.written_on = days[number % DAYS]
        Entry.objects.bulk_create(entries)
        CheckIn.objects.bulk_create(
            CheckIn(owner=person, promise=promise, due_on=day, status="kept")
            for promise in promises
            for day in days
        )
        DailyCheck.objects.bulk_create(
            DailyCheck(owner=person, date=day, trust=4, written_zone=person.zone) for day in days
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
