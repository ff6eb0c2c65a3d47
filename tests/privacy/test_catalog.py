"""The catalog has nothing to complain about; and it would complain."""

import pytest

from journal.privacy.migration_operations import EnableRowLevelSecurity
from tests.privacy.catalog import OWNERS
from tests.privacy.complaints import complaints
from tests.privacy.stored import run

pytestmark = pytest.mark.django_db

OWNED = (
    "create table leaf (id uuid primary key, owner_id uuid not null references people_user (id))"
)


def test_every_table_is_behind_the_wall_as_listed():
    found = complaints()

    assert not found, "\n".join(["", *found])


def test_a_new_table_of_peoples_that_nobody_protected_is_told_what_to_do():
    run(OWNED)

    found = complaints()

    assert found[0].startswith("The table leaf is new here. Give it `EnableRowLevelSecurity(...)`")
    assert found[1].startswith("leaf belongs to people and has no row level security.")
    assert found[2].startswith("leaf does not have exactly the own-row policy.")
    assert len(found) == 3


def test_a_new_table_without_an_owner_has_to_be_listed():
    run("create table twig (id uuid primary key)")

    assert [text.split(".")[0] for text in complaints()] == ["The table twig is new here"]


def test_protecting_a_table_leaves_only_the_listing():
    run(OWNED)
    for statement in EnableRowLevelSecurity("leaf").statements("leaf"):
        run(statement)

    assert [text.split(".")[0] for text in complaints()] == [
        "The table leaf is new here",
        "selftrust_person may delete, insert, select, update on leaf, where nothing is listed",
    ]


@pytest.mark.parametrize(
    ("mistake", "complaint"),
    [
        (
            "drop policy own_rows on entries_entry",
            "entries_entry does not have exactly the own-row policy",
        ),
        (
            "alter policy own_rows on entries_entry using (true)",
            "entries_entry does not have exactly the own-row policy",
        ),
        (
            "create policy all_rows on entries_entry to selftrust_person using (true)",
            "entries_entry does not have exactly the own-row policy",
        ),
        (
            "alter policy own_rows on people_user to public",
            "people_user does not have exactly the own-row policy",
        ),
        (
            "alter table people_user disable row level security",
            "people_user belongs to people and has no row level security",
        ),
        (
            "create policy all_rows on django_session using (true)",
            "django_session has a policy that nothing here knows",
        ),
        (
            "grant select on django_session to selftrust_person",
            "selftrust_person may select on django_session, where nothing is listed",
        ),
        (
            "grant select on entries_tag to public",
            "selftrust_coach may select on entries_tag, where nothing is listed",
        ),
        (
            "grant update (verified) on account_emailaddress to selftrust_person",
            "selftrust_person may select, update(verified) on account_emailaddress, where select "
            "is listed",
        ),
        (
            "alter policy shared on decisions_decision using (deleted_at is null)",
            f"The policy for coaches on decisions_decision has lost {OWNERS!r}",
        ),
        (
            "create policy more on decisions_decision for select to selftrust_coach using (true)",
            "decisions_decision has another policy for coaches than the one listed",
        ),
        (
            "create policy shared on entries_tag for select to selftrust_coach using (true)",
            "entries_tag has another policy for coaches than the one listed",
        ),
        (
            "grant truncate on entries_entry to selftrust_person",
            "selftrust_person may delete, insert, select, truncate, update on entries_entry, "
            "where delete, insert, select, update is listed",
        ),
        (
            "grant usage on sequence account_emailaddress_id_seq to selftrust_coach",
            "selftrust_coach may usage on account_emailaddress_id_seq, where nothing is listed",
        ),
        (
            "create function sneak() returns int language sql security definer as 'select 1'",
            "selftrust_person calls sneak(), which is not listed",
        ),
        (
            "create index by_day on entries_entry (written_on)",
            "The index by_day of entries_entry does not begin with the owner",
        ),
        (
            "create view everything as select * from entries_entry",
            "The table everything is new here",
        ),
        (
            "alter role selftrust_coach createdb",
            "selftrust_coach may do more than its grants say: "
            "[False, False, False, False, True, False, False, False]",
        ),
        (
            "alter table entries_entry add column about uuid references entries_entry",
            "entries_entry.about may point to another person's row of entries_entry",
        ),
    ],
)
def test_a_mistake_is_noticed(mistake, complaint):
    run(mistake)

    assert complaint in [text.rstrip(".").split(". ")[0] for text in complaints()]
