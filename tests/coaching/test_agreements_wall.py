"""Sessions, agreements and how they went, in plain SQL: what a coach's role reads and writes."""

import pytest
from django.db import ProgrammingError, transaction

from journal.coaching.models import CoachNote, NoteTemplate
from journal.privacy.rls import acting_as
from tests.coaching.factories import link, made_coach, propose, report
from tests.coaching.sql_queries import seen_by
from tests.conftest import signed_in
from tests.factories import make_entry

pytestmark = pytest.mark.django_db

TABLES = ("sharing_coachsession", "sharing_agreement", "sharing_outcome")
OWN = ("coaching_coachnote", "coaching_notetemplate", "lessons_thread")


def test_in_plain_sql_a_coach_meets_the_rows_of_their_open_link_and_no_others(ada, mira, eve):
    """Without a link, with one, beside another's, and after it."""

    def counts(coach) -> list[int]:
        return [seen_by(coach, f"select count(*) from {table}")[0][0] for table in TABLES]

    made_coach(eve)
    own = link(ada, mira)
    row = propose(own, "Call Dad", state="taken")
    report(row, shared=True)
    with acting_as(mira):
        client = mira.clients.get()
        CoachNote.objects.create(owner=mira, client=client, body="Mine")
        NoteTemplate.objects.create(owner=mira, name="Mine", lines="Mine")
    signed_in(ada).post(f"/sharing/agreements/{row.pk}/", {"do": "promise", "version": row.version})
    assert (counts(mira), counts(eve)) == ([1, 1, 1], [0, 0, 0])

    beside = link(ada, eve, "Ada", "Eve")
    report(propose(beside, "With Eve", state="taken"), shared=False)
    assert (counts(mira), counts(eve)) == ([1, 1, 1], [1, 1, 0])
    for table, sees in zip(OWN, (1, 1, None), strict=True):
        if sees:
            assert seen_by(mira, f"select count(*) from {table}") == [(sees,)]
            assert seen_by(eve, f"select count(*) from {table}") == [(0,)]
        else:  # what it led to is the client's alone
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                seen_by(mira, f"select id from {table}")

    note = "insert into coaching_notetemplate (id, owner_id, created_at, updated_at, version)"
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        seen_by(eve, f"{note} values (gen_random_uuid(), '{mira.pk}', now(), now(), 1)")
    for sql in (
        f"update sharing_coachlink set zone_shown = 'UTC' where id = '{own.pk}'",
        "insert into sharing_agreement (id) values (gen_random_uuid())",
        "insert into sharing_outcome (id) values (gen_random_uuid())",
        "insert into sharing_coachsession (id) values (gen_random_uuid())",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            seen_by(mira, sql)

    with acting_as(ada):
        own.end()
    assert (counts(mira), counts(eve)) == ([0, 0, 0], [1, 1, 0])


def test_a_key_that_an_agreement_opens_opens_no_row(ada, mira, linked):
    propose(linked)
    make_entry(ada, "The zanzibar")
    assert (ada.pk,) in seen_by(mira, "select owner_id from privacy_datakey")
    assert seen_by(mira, "select id from entries_entry") == []
    assert seen_by(mira, "select coaching_readable_owners()") == [([],)]


def test_the_coachs_role_writes_none_of_it(mira, linked):
    row = propose(linked)
    for sql in (
        f"update sharing_agreement set state = 'taken' where id = '{row.pk}'",
        "update sharing_coachsession set at = now()",
        "delete from sharing_outcome",
    ):
        with pytest.raises(Exception, match="permission denied"), transaction.atomic():
            seen_by(mira, sql)
