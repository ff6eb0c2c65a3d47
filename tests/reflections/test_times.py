"""No clock time nobody gave; entries of one day keep their order, from wherever they are."""

from datetime import date, timedelta

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry
from tests.exchange.factories import brought_in, packed
from tests.factories import make_entry

TODAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T01:30:00+01:00", tick=False):
        yield


def times(person) -> dict[str, str]:
    with acting_as(person):
        return {one.body: one.written_time for one in person.entries.all()}


def write(client, body, day):
    return client.post("/journal/write/", {"body": body, "written_on": str(day)})


def heading(client, entry) -> str:
    page = client.get(entry.get_absolute_url()).content.decode()
    return " ".join(page.split("<h1")[1].split("</h1>")[0].split())


def test_only_an_entry_of_its_own_day_shows_the_time_of_writing(ada, ada_client):
    for days in range(3):
        write(ada_client, f"{days} days ago", TODAY - timedelta(days=days))

    assert times(ada) == {"0 days ago": "01:30", "1 days ago": "", "2 days ago": ""}
    with acting_as(ada):
        entries = {one.body: one for one in Entry.objects.all()}
    assert ", 01:30" in heading(ada_client, entries["0 days ago"])
    assert ", 01:30" not in heading(ada_client, entries["1 days ago"])
    asked = {"from": "2026-11-17", "to": "2026-11-18"}
    assert "01:30" not in ada_client.get("/journal/print/", asked).content.decode()


def test_a_day_that_goes_on_after_midnight_has_its_time(ada, ada_client):
    ada.day_starts_at = 4
    ada.save(update_fields=["day_starts_at"])
    write(ada_client, "Late", TODAY - timedelta(days=1))
    assert times(ada) == {"Late": "01:30"}


def test_an_entry_that_moves_to_another_day_loses_its_time(ada, ada_client):
    entry = make_entry(ada, "Words")
    sent = {"body": "Words", "written_on": "2026-11-18", "version": entry.version}
    ada_client.post(f"/journal/{entry.pk}/edit/", sent)
    assert times(ada) == {"Words": ""}


def test_a_page_of_a_file_has_the_time_of_its_date_or_none(eve):
    """A moment with an offset is read in the person's own zone, which is UTC here."""
    brought_in(
        eve,
        packed(
            {
                "2026-11-19.md": "Today",
                "2026-01-02.md": "None",
                "a.md": "---\ndate: 2026-01-03 08:15\n---\nMorning",
                "b.md": "---\ndate: 2026-01-04T21:05:09+09:00\n---\nEvening",
                "c.md": "---\ndate: 2026-01-05T25:61\n---\nNonsense",
            }
        ),
    )
    assert times(eve) == {
        "Today": "", "None": "", "Morning": "08:15", "Evening": "12:05", "Nonsense": "",
    }  # fmt: skip


def test_entries_of_one_day_keep_the_order_of_writing(ada, ada_client):
    """The page opened first can be saved last; ids say when it was opened."""
    with time_machine.travel("2026-11-19T10:00:00+01:00") as clock:
        first, second, third = (Entry.new_for(ada) for _n in range(3))
        for body, page in (("A", third), ("B", first), ("C", second)):
            sent = {"body": body, "written_on": "2026-11-18", "id": str(page.pk)}
            ada_client.post("/journal/write/", sent)
            clock.shift(60)
    with acting_as(ada):
        newest = list(ada.entries.newest_first())
        assert [one.body for one in newest] == ["C", "B", "A"]
        assert [one.body for one in ada.entries.oldest_first()] == ["A", "B", "C"]
        before = ada.entries.newest_first().before(newest[0].written_on, newest[0].pk)
        assert [one.body for one in before] == ["B", "A"]


def test_pages_of_one_day_keep_the_order_of_their_times_and_names(eve):
    pages = {f"2026-01-02-{n}.md": f"Page {n}" for n in (10, 2, 1)}
    pages |= {"2026-01-02.md": "Page", "z.md": "---\ndate: 2026-01-02 08:00\n---\nEarly"}
    brought_in(eve, packed(pages))
    with acting_as(eve):
        found = [one.body for one in eve.entries.oldest_first()]
    assert found == ["Early", "Page", "Page 1", "Page 2", "Page 10"]


def test_a_page_of_a_day_that_has_come_somewhere_is_read(eve):
    eve.zone = "Pacific/Pago_Pago"
    eve.save(update_fields=["zone"])
    row = brought_in(eve, packed({"2026-11-19.md": "Written in Kiritimati"}))
    assert (row.refusal, times(eve)) == ("", {"Written in Kiritimati": ""})
