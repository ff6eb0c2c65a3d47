"""What an entry said before: kept once per sitting, read, brought back, gone after 30 days."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from journal.privacy.ownership import uuid7
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import EarlierVersion, Entry
from tests.factories import make_entry
from tests.page import compact
from tests.privacy.stored import run
from tests.reflections.factories import make_changed_entry

NOON = "2026-11-20 12:00:00+00:00"


def save(client, entry, body, sitting=None):
    entry = Entry.objects.get(pk=entry.pk)
    fields = {"title": "", "body": body, "written_on": entry.written_on.isoformat()}
    fields |= {"version": entry.version, "sitting": str(sitting or uuid7())}
    assert client.post(f"/journal/{entry.pk}/edit/", fields).status_code == 302


def kept(ada, entry):
    with acting_as(ada):
        return [one.body for one in entry.earlier.newest_first()]


def test_a_page_that_saves_every_few_seconds_keeps_one_version(ada, ada_client):
    with time_machine.travel(NOON, tick=False) as clock:
        entry, sitting = make_entry(ada, "One"), uuid7()
        for body in ("One t", "One tw", "One two", "One two three"):
            clock.shift(timedelta(seconds=5))
            save(ada_client, entry, body, sitting)

    assert kept(ada, entry) == ["One"]


def test_writing_on_for_long_keeps_one_every_ten_minutes(ada, ada_client):
    with time_machine.travel(NOON, tick=False) as clock:
        entry, sitting = make_entry(ada, "0"), uuid7()
        for minute in range(1, 26):
            clock.shift(timedelta(minutes=1))
            save(ada_client, entry, str(minute), sitting)

    assert kept(ada, entry) == ["20", "10", "0"]


def test_another_window_keeps_what_the_first_wrote(ada, ada_client):
    entry, laptop, phone = make_entry(ada, "a"), uuid7(), uuid7()
    for body, sitting in (("b", laptop), ("c", laptop), ("d", phone), ("e", laptop)):
        save(ada_client, entry, body, sitting)

    assert kept(ada, entry) == ["d", "c", "a"]


def test_the_page_that_made_the_entry_goes_on_without_a_version(ada, ada_client):
    posted = {"id": str(uuid7()), "body": "On", "written_on": "2026-11-19", "sitting": str(uuid7())}
    ada_client.post("/journal/write/", posted)
    entry = Entry.objects.get(pk=posted["id"])

    save(ada_client, entry, "Once", posted["sitting"])

    assert kept(ada, entry) == []


def test_what_changes_no_word_keeps_no_version(ada, ada_client):
    entry = make_entry(ada, "The same")
    save(ada_client, entry, "The same")
    with acting_as(ada):
        entry = ada.entries.get(pk=entry.pk)
        entry.trash()
        entry.restore()

    assert kept(ada, entry) == []


def test_a_version_is_read_and_brought_back(ada, ada_client):
    entry = make_changed_entry(ada, "It was *late*", "It was early", title="Before")

    listed = ada_client.get(f"/journal/{entry.pk}/earlier/").content.decode()
    assert "It was late" in listed
    page = ada_client.get(f"/journal/{entry.pk}/earlier/1/").content.decode()
    assert "<ins> *late*</ins>" in page
    answer = ada_client.post(f"/journal/{entry.pk}/earlier/1/bring-back/")

    assert answer.url == f"/journal/{entry.pk}/"
    with acting_as(ada):
        now = ada.entries.get(pk=entry.pk)
        assert (now.body, now.title, now.version) == ("It was *late*", "Before", 3)
    assert kept(ada, entry) == ["It was early", "It was *late*"]


def test_after_thirty_days_it_is_not_shown_any_more(ada, ada_client):
    entry = make_changed_entry(ada, "Old words", "New words")
    run(
        "update entries_earlierversion set created_at = %s",
        timezone.now() - timedelta(days=30, seconds=1),
    )

    assert "Old words" not in ada_client.get(f"/journal/{entry.pk}/earlier/").content.decode()
    assert ada_client.get(f"/journal/{entry.pk}/earlier/1/").status_code == 404
    assert ada_client.post(f"/journal/{entry.pk}/earlier/1/bring-back/").status_code == 404


@pytest.mark.parametrize("number", [0, 2, 2**31, 2**63])
def test_a_number_that_is_not_there_is_not_found(ada, ada_client, number):
    entry = make_changed_entry(ada, "Old words", "New words")

    assert ada_client.get(f"/journal/{entry.pk}/earlier/{number}/").status_code == 404


def test_the_entry_says_how_many_versions_there_are(ada, ada_client):
    entry = make_changed_entry(ada, "It was early", "It was late")
    link = f'href="/journal/{entry.pk}/earlier/"'

    page = compact(ada_client.get(f"/journal/{entry.pk}/"))
    assert "1 earlier version<" in page
    assert page.count(link) == 1
    starred = make_entry(ada, "sea")
    ada_client.post(f"/journal/{starred.pk}/favourite/", {"favourite": "1"})
    assert "earlier version" not in compact(ada_client.get(f"/journal/{starred.pk}/"))


def test_eve_reads_no_version_of_adas(ada, eve_client):
    entry = make_changed_entry(ada, "Old words", "New words")

    for path in ("earlier/", "earlier/1/"):
        assert eve_client.get(f"/journal/{entry.pk}/{path}").status_code == 404
    assert eve_client.post(f"/journal/{entry.pk}/earlier/1/bring-back/").status_code == 404


def test_a_list_of_a_hundred_says_where_older_ones_are(ada, ada_client):
    entry = make_changed_entry(ada, "Before", "After")
    address, said = f"/journal/{entry.pk}/earlier/", "Older ones are in your export"
    with acting_as(ada):
        rows = [
            EarlierVersion(
                owner=ada, entry=entry, number=number, saved_at=timezone.now(), body="Before"
            )
            for number in range(2, 102)
        ]
        EarlierVersion.objects.bulk_create(rows[:99])
    assert said not in ada_client.get(address).text
    with acting_as(ada):
        rows[99].save(force_insert=True)
    assert said in ada_client.get(address).text
