"""`manage.py verify_backup`: whether a backup could be restored, without touching what is there."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from journal.operation.backups import manifest, swap
from tests.operation.backup_runs import databases_left_over, refusal, rewritten
from tests.operation.canonical import of_everyone
from tests.operation.test_restore_refused import flip, truncate
from tests.privacy.stored import run

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("data")]


def verify(source) -> str:
    said = StringIO()
    call_command("verify_backup", str(source), stdout=said)
    return said.getvalue()


def test_a_backup_is_tried_beside_the_database_and_what_does_not_open_is_found(monday, ada):
    before = of_everyone()
    with swap.connected_to(connection.settings_dict["NAME"]):  # people go on writing
        said = verify(monday)
    rows = sum(json.loads((monday / "manifest.json").read_text())["rows"].values())
    assert said.startswith(f"The backup in {monday} can be restored. Rows: {rows}, data keys")
    assert "opened: 2, words opened: " in said
    assert not said.endswith("words opened: 0.\n")
    assert of_everyone() == before
    assert databases_left_over() == []

    lines = (monday / manifest.KEYS).read_text().splitlines()
    first, second = map(json.loads, lines)
    first["wrapped"], second["wrapped"] = second["wrapped"], first["wrapped"]
    (monday / manifest.KEYS).write_text(f"{json.dumps(first)}\n{json.dumps(second)}\n")
    rewritten(monday)  # as if it had been made of a database in that state
    assert refusal(verify, monday).startswith("This backup can't be restored: ")

    said = json.loads((monday / "manifest.json").read_text())
    rewritten(monday, rows=said["rows"] | {"people_user": 3})
    assert "people_user has 2 rows instead of 3" in refusal(verify, monday)
    flip(monday / manifest.DUMP)
    assert "has been changed" in refusal(verify, monday)
    truncate(monday / manifest.DUMP)
    assert "is incomplete" in refusal(verify, monday)
    assert of_everyone() == before
    assert databases_left_over() == []
    assert run("select count(*) from entries_entry") == [(2,)]
