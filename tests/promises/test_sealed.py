"""No word of a promise lies open: not in a table, a session or a log."""

from datetime import timedelta

import pytest

from journal.people import clock
from tests.privacy.stored import run
from tests.promises.flow_client import walk

CANARY = "zanzibarquokka"
TABLES = "select tablename from pg_tables where schemaname = 'public'"


def word(where: str) -> str:
    return f"{CANARY} {where}"


@pytest.mark.django_db
def test_every_word_is_sealed_where_it_is_stored(ada, ada_client, caplog):
    caplog.set_level("DEBUG", "journal")
    ada_client.post("/settings/values/", {"name": word("value"), "meaning": word("meaning")})
    ada_client.post("/promises/new/", {"lines": f"{word('a line')}\n{word('another')}"})
    promise = walk(
        ada,
        ada_client,
        promise={"statement": word("statement")},
        why={"why": word("why")},
        smallest={"smallest_version": word("smallest")},
        if_then={"cue": word("cue"), "action": word("action")},
        obstacle={"obstacle": word("obstacle"), "coping_response": word("coping")},
    )
    address, today = promise.get_absolute_url(), clock.today(ada)
    note = {"due_on": today, "status": "missed", "note": word("note")}
    assert ada_client.post(f"{address}check-in/", note).status_code == 302
    ways = {"way_a": word("one way"), "way_b": word("other"), "design": "drawn", "weeks": "8"}
    ways["starts_on"] = today + timedelta(days=(-today.weekday()) % 7 + 7)
    assert ada_client.post(f"{address}two-ways/", ways).status_code == 302
    refused = {"due_on": today + timedelta(days=1), "status": "kept", "note": word("refused")}
    assert ada_client.post(f"{address}check-in/", refused).status_code == 200
    range_ = {"from_on": today, "until_on": today, "excuse": "ill", "note": word("of a range")}
    assert ada_client.post(f"{address}excuse/", range_).status_code == 302
    changed = {"version": promise.version, "reason": word("reason"), "cadence": "daily"}
    changed |= {name: word(name) for name in ("statement", "smallest_version", "cue", "action")}
    assert ada_client.post(f"{address}renegotiate/", changed).status_code == 302
    paused = {"version": promise.version + 1, "pause_reason": word("pause")}
    assert ada_client.post(f"{address}pause/", paused).status_code == 302
    stale = {"version": promise.version, "pause_reason": word("stale")}
    assert ada_client.post(f"{address}pause/", stale).status_code == 409

    assert ada_client.get(address).content.decode().count(CANARY) >= 8
    for (table,) in run(TABLES):
        rows = "\n".join(row[0] for row in run(f'select t::text from "{table}" t'))
        assert CANARY not in rows, table
        assert CANARY.encode().hex() not in rows, table
    assert CANARY not in caplog.text
