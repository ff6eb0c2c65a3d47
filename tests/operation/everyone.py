"""Prints what tests/operation/canonical.py says of everyone in the database manage.py would use."""

import json
import os
import sys

import django

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "selftrust.settings"
    django.setup()

    from journal.embedded.temporary_server import database_for
    from tests.operation.canonical import of_everyone

    with database_for(["manage.py", "everyone"]):
        json.dump(of_everyone(), sys.stdout)
