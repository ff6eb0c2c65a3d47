"""No word of a promise lies open in the database."""

from tests.people.making import make_value
from tests.privacy.stored import run
from tests.promises.making import answer, make_promise
from tests.promises.test_check_in import TODAY

CANARY = "zanzibarquokka"
TABLES = ("promise", "promiserevision", "promisepause", "checkin", "weekconfirmation")


def test_every_word_is_sealed_where_it_is_stored(ada):
    words = ("why", "smallest_version", "cue", "action", "obstacle", "coping_response")
    promise = make_promise(
        ada,
        f"{CANARY} statement",
        pause_reason=CANARY,
        **{name: f"{CANARY} {name}" for name in words},
    )
    answer(promise, {TODAY: "missed"}, note=f"{CANARY} note")
    make_value(ada, f"{CANARY} name", meaning=f"{CANARY} meaning")

    tables = [f"promises_{name}" for name in TABLES] + ["people_value"]
    for table in tables:
        rows = "\n".join(row[0] for row in run(f"select t::text from {table} t"))
        assert CANARY not in rows
        assert CANARY.encode().hex() not in rows
    columns = [*words, "statement", "pause_reason"]
    filled = run(f"select {', '.join(columns)} from promises_promise")[0]
    assert all(len(bytes(sealed)) > len(CANARY) for sealed in filled)
