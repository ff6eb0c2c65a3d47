"""`manage.py purge`: what was removed 30 days ago goes, the rest stays, and no word shows."""

from datetime import timedelta
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from journal.operation import purge as purging
from journal.privacy.ownership import OwnedModel
from tests.factories import PASSWORD, make_entry
from tests.people.factories import make_value
from tests.privacy.stored import run
from tests.reflections.factories import make_changed_entry, make_own_prompt

CANARY = "zanzibarquokka"


def purge() -> str:
    said = StringIO()
    call_command("purge", stdout=said)
    return said.getvalue()


def removed(row, days):
    table = row._meta.db_table
    gone_at = timezone.now() - timedelta(days=days, seconds=1)
    run(f"update {table} set deleted_at = %s where id = %s", gone_at, row.pk)


def signed_in_somewhere(person) -> str:
    visit = Client()
    form = {"login": person.email, "password": PASSWORD}
    assert visit.post("/accounts/login/", form).status_code == 302
    return visit.session.session_key


def stored(table):
    return run(f"select count(*) from {table}")[0][0]


def test_the_trash_of_everyone_goes_after_thirty_days(ada, eve):
    old, young = make_entry(ada, CANARY), make_entry(ada, CANARY)
    eves, kept = make_entry(eve, CANARY), make_entry(eve, CANARY)
    value = make_value(ada, CANARY)
    run("update people_value set is_active = false, rank = null")
    for row, days in ((old, 30), (young, 29), (eves, 400), (value, 31)):
        removed(row, days)

    said = purge()

    assert said == "entry: 2\nvalue: 1\n"
    left = {row[0] for row in run("select id from entries_entry")}
    assert left == {young.pk, kept.pk}
    assert stored("people_value") == 0


def test_doing_it_again_changes_nothing(ada):
    removed(make_entry(ada), 31)

    assert purge() == "entry: 1\n"
    assert purge() == "There is nothing to delete.\n"


def test_an_entry_goes_with_its_earlier_versions(ada):
    entry = make_changed_entry(ada, CANARY, "Now", tagged=[CANARY])
    removed(entry, 31)
    run("update entries_tag set updated_at = updated_at - interval '31 days'")

    assert purge() == "entry: 1\ntag: 1\n"
    assert stored("entries_earlierversion") == 0


def test_earlier_versions_go_by_themselves(ada):
    make_changed_entry(ada, "Before", "Now")
    young = make_changed_entry(ada, "Before", "Now")
    run(
        "update entries_earlierversion set created_at = now() - interval '30 days 1 second'"
        " where entry_id <> %s",
        young.pk,
    )

    assert purge() == "earlierversion: 1\n"
    assert run("select entry_id from entries_earlierversion") == [(young.pk,)]
    assert stored("entries_entry") == 2


def test_an_entry_outlives_the_prompt_it_was_written_to(ada):
    prompt = make_own_prompt(ada, CANARY)
    entry = make_entry(ada, own_prompt=prompt)
    removed(prompt, 31)

    assert purge() == "ownprompt: 1\n"
    assert run("select id, own_prompt_id from entries_entry") == [(entry.pk, None)]


def test_sessions_that_are_over_go_with_what_was_noted_of_them(ada):
    """From where ada signed in is nobody's business any more once she is not signed in there."""
    over, signed_out, begins, here = (signed_in_somewhere(ada) for _place in range(4))
    run("update django_session set expire_date = now() where session_key = %s", over)
    run(
        "delete from django_session where session_key in (%s, %s)", signed_out, begins
    )  # the last one is stored at the end of the request that signs in
    run(
        "update usersessions_usersession set created_at = now() - interval '25 hours'"
        " where session_key <> %s",
        begins,
    )

    assert purge() == "session: 1\nusersession: 2\n"
    assert run("select session_key from django_session") == [(here,)]
    assert set(run("select session_key from usersessions_usersession")) == {(here,), (begins,)}


@pytest.mark.parametrize("size", [1, 2, 500])
def test_many_go_in_batches(ada, monkeypatch, size):
    monkeypatch.setattr(purging, "BATCH", size)
    for _number in range(5):
        removed(make_entry(ada), 31)

    assert purge() == "entry: 5\n"
    assert stored("entries_entry") == 0


@pytest.mark.django_db
def test_every_owned_table_takes_part():
    owned = {model for model in apps.get_models() if issubclass(model, OwnedModel)}

    assert owned <= {rows.model for rows in purging.outdated()}
