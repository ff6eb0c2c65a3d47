"""A connection that dies in the middle of a request: whoever only read does not notice, and what
may have been written is not written again."""

from concurrent.futures import ThreadPoolExecutor
from html import unescape

from journal.database.once_more import only_reads
from journal.privacy.ownership import uuid7
from tests.embedded.conftest import Installation, sign_in, until

# A commit waits for the lock, too.
WAITS_IN_COMMIT = """
create function waits() returns trigger language plpgsql as $$
begin perform pg_advisory_xact_lock(7); return null; end $$;
create constraint trigger waits after insert on entries_entry deferrable initially deferred
    for each row execute function waits()
"""
KILL = """
select pg_terminate_backend(pid) from pg_stat_activity
 where datname = current_database() and wait_event_type = 'Lock'
"""
TYPED = "Once, & not twice"


def test_what_dies_before_it_wrote_runs_once_more_and_nothing_else_does(
    installation: Installation,
):
    ada = installation.ada
    ada.ask("GET", "/settings/")

    def written() -> tuple[int, str, str]:
        key = str(uuid7())
        words = {"id": key, "title": "", "body": TYPED, "written_on": "2026-11-19"}
        return (*ada.ask("POST", "/journal/write/", words), key)

    def rows(key: str) -> int:
        return looking.execute("select from entries_entry where id = %s", [key]).rowcount

    with sign_in(installation.data) as looking, sign_in(installation.data) as holding:

        def dying(do, lock: str):
            """Does something, whose connection is ended where it waits for this lock."""
            with ThreadPoolExecutor() as pool:
                with holding.transaction():
                    holding.execute(lock)
                    answer = pool.submit(do)
                    until(lambda: looking.execute(KILL).fetchall())
                return answer.result()

        looking.execute(WAITS_IN_COMMIT)
        try:
            reading = "lock table entries_entry in access exclusive mode"
            status, page = dying(lambda: ada.ask("GET", "/journal/"), reading)
            assert (status, "Still here" in page) == (200, True)

            before_writing = "lock table privacy_datakey in access exclusive mode"
            status, _page, key = dying(written, before_writing)
            assert (status, rows(key)) == (302, 1)

            inserting, committing = (
                "lock table entries_entry in share mode",
                ("select pg_advisory_xact_lock(7)"),
            )
            for lock in (inserting, committing):
                status, page, key = dying(written, lock)
                assert (status, TYPED in unescape(page), rows(key)) == (503, True, 0)
        finally:
            looking.execute("drop function waits cascade")


def test_what_is_not_known_to_read_may_write():
    for query in ("select 1", " SELECT a\nfrom b where updated_at > now()", "savepoint x", ""):
        assert only_reads(query), query
    for query in (
        *("insert into a values (1)", "update a set b = 1", "delete from a", "call a()"),
        *("with a as (delete from b returning 1) select 1", "select a from b for update"),
        *("do $$ $$", "lock table a", "commit", "copy a to stdout", b"select 1"),
    ):
        assert not only_reads(query), query
