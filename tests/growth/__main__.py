"""`make grow PEOPLE=5000`: fills the database of this folder with that many made-up people."""

import os
import sys
from time import monotonic

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "selftrust.settings")


def main(people: int) -> None:
    django.setup()
    from django.db import connection

    from journal.people.models import User
    from tests.growth.load import load

    if User.objects.filter(example_since=None).exists():
        sys.exit("Someone real has an account here, so nothing was loaded.")
    start = monotonic()
    load(people, "a practice of many people")
    with connection.cursor() as cursor:
        cursor.execute("select sum(n_live_tup) from pg_stat_user_tables")
        (rows,) = cursor.fetchone()
    print(f"{people} people, {rows:,} rows, {monotonic() - start:.0f} seconds.")  # noqa: T201


if __name__ == "__main__":
    from journal.embedded.temporary_server import database_for

    with database_for(["manage.py", "grow"]):
        main(int(sys.argv[1]))
