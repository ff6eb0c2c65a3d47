"""Into a journal that has something in it already; pages of Markdown; and being interrupted."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from journal.exchange import importer, jobs
from journal.exchange.models import Import
from journal.people.models import User
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import (
    brought_in,
    exported,
    journal_of,
    packed,
    sent,
    the_import,
    work,
)
from tests.factories import make_entry, make_person
from tests.people.factories import make_value
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db

STUDIO = """---
title: "In the studio"
date: 2019-03-04
tags: [work, "late"]
---

First day alone in the studio.
"""


@pytest.fixture(autouse=True)
def data_folder(tmp_path, settings) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_pages_of_markdown_become_entries_with_their_days_and_topics(ada):
    archive = packed(
        {
            "notes/studio.md": STUDIO,
            "notes/studio again.md": STUDIO,
            "2019/03/09.md": "Said no to the night shift\r\nand slept.",
            "2019-03-10-sea.markdown": "---\ntags:\n- sea\n- work\n---\nCold.",
            "undated.md": "When was this?",
            "empty.md": "---\ndate: 2019-01-01\n---\n\n",
            "latin.md": "---\ndate: 2019-01-01\n---\n\ncaf\xe9".encode("latin-1"),
            "long.md": "---\ndate: 2019-01-01\n---\n\n" + "x" * 20_001,
            "2019-02-31.md": "No such day",
            "2999-01-01.md": "Not yet",
            "evil.md": "---\ndate: 2019-01-01\ntitle: [[1]]\ntags: [[2]]\n---\n\na\0b",
            "photo.jpg": b"\xff\xd8",
        }
    )
    row = sent(ada, archive)

    assert (row.refusal, ada.entries.count()) == ("", 0)
    assert {why["why"]: why["count"] for why in row.preview["skipped"]} == {
        "It has no date, neither in its front matter nor in its name.": 2,
        "It is not UTF-8, or longer than an entry can be.": 2,
        "It is empty.": 1,
        "The same page stands in the file twice.": 1,
        "Its day is before 1900 or has not come yet.": 1,
        "It holds a character that no text holds.": 1,
        "It is no Markdown and stays in your file.": 1,
    }
    assert (row.preview["new"], row.preview["here"]) == (5, 0)  # three entries, two topics
    page = signed_in(ada).get(row.get_absolute_url()).content.decode()
    assert "Import 5 items" in page
    assert "In the studio" in page

    row = brought_in(ada, archive)

    with acting_as(ada):
        found = [
            (one.written_on, one.title, one.body, one.topic.name if one.topic else "")
            for one in ada.entries.order_by("written_on")
        ]
    assert found == [
        (date(2019, 3, 4), "In the studio", "First day alone in the studio.", "work"),
        (date(2019, 3, 9), "", "Said no to the night shift\nand slept.", ""),
        (date(2019, 3, 10), "", "Cold.", "sea"),
    ]
    again = sent(ada, archive)
    assert (again.preview["new"], again.preview["here"]) == (0, 5)


def test_what_is_here_stays_and_what_is_missing_is_added(ada, eve):
    make_daily_check(ada, credit="From the file")
    make_value(ada, "honesty", meaning="From the file")
    make_value(ada, "craft")
    make_entry(ada, "Written on the train", labelled="Sleep")
    archive = exported(ada)
    make_daily_check(eve, credit="Mine")
    make_value(eve, "Rest")
    make_value(eve, "honesty", meaning="Mine")
    make_entry(eve, "At home", labelled="Sleep")

    row = brought_in(eve, archive)

    with acting_as(eve):
        assert eve.daily_checks.get().credit == "Mine"
        assert eve.topics.get().name == "Sleep"
        assert {entry.topic for entry in eve.entries.all()} == {eve.topics.get()}
        values = {value.name: (value.rank, value.meaning) for value in eve.values.all()}
    assert values == {"Rest": (1, ""), "honesty": (2, "Mine"), "craft": (3, "")}
    counts = {one["table"]: (one["new"], one["here"]) for one in row.preview["kinds"]}
    assert counts == {
        "people.Value": (1, 1),
        "reflections.DailyCheck": (0, 1),
        "reflections.Entry": (1, 0),
        "reflections.Topic": (0, 1),
    }


def test_preferences_are_taken_over_where_none_were_chosen(ada, eve):
    with acting_as(ada):
        ada.called, ada.theme, ada.day_starts_at = "Ada", "dark", 3
        ada.save(update_fields=["called", "theme", "day_starts_at"])
    make_entry(ada)
    archive = exported(ada)
    User.objects.filter(pk=eve.pk).update(theme="light")

    brought_in(eve, archive)

    eve = User.objects.get(pk=eve.pk)
    with acting_as(eve):
        assert (eve.called, eve.zone, eve.theme, eve.day_starts_at) == (
            "Ada",
            "Europe/Berlin",
            "light",
            3,
        )


def test_moments_and_counts_of_saves_come_back_exactly(ada):
    entry = make_entry(ada, "One")
    with acting_as(ada):
        entry.body = "Two"
        entry.save()
        entry.trash()
    archive = exported(ada)
    before = ada.entries.values("id", "created_at", "updated_at", "deleted_at", "version").get()
    ada.entries.all().delete()

    brought_in(ada, archive)

    assert (
        ada.entries.values("id", "created_at", "updated_at", "deleted_at", "version").get()
        == before
    )


def test_an_upload_of_any_size_lies_sealed_and_then_not_at_all(ada, data_folder):
    page = f"---\ndate: 2019-03-04\n---\n\nQuokkazebra {'x' * 10_000}"
    archive = packed({f"{number}.md": f"{page}{number}" for number in range(400)})
    assert len(archive) > 2.5 * 1024 * 1024
    row = sent(ada, archive)

    (path,) = files_in(data_folder)
    assert path == row.path
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"Quokkazebra" not in path.read_bytes()
    assert row.preview["new"] == 400

    signed_in(ada).post(f"{row.get_absolute_url()}discard/")

    assert files_in(data_folder) == []
    assert not Import.objects.exists()


def test_a_new_file_takes_the_place_of_one_that_was_not_answered(ada, data_folder):
    sent(ada, packed({"2019-03-04.md": "First"}))
    done = brought_in(ada, packed({"2019-03-04.md": "Second"}))
    last = sent(ada, packed({"2019-03-04.md": "Third"}))

    assert files_in(data_folder) == [last.path]
    assert set(Import.objects.values_list("pk", flat=True)) == {done.pk, last.pk}


def test_a_file_in_another_field_or_at_another_address_is_not_kept(ada, data_folder):
    from django.core.files.uploadedfile import SimpleUploadedFile

    client = signed_in(ada)
    for address, field in (("/settings/import/", "other"), ("/journal/write/", "file")):
        client.post(address, {field: SimpleUploadedFile("a.zip", packed({"a.md": "x"}))})
    assert files_in(data_folder) == []
    assert not Import.objects.exists()


def test_eve_can_neither_see_nor_start_nor_undo_what_ada_brings(ada, eve, eve_client):
    row = sent(ada, packed({"2019-03-04.md": "Mine"}))
    address = row.get_absolute_url()
    assert eve_client.get(address).status_code == 404
    for verb in ("start", "discard", "undo"):
        assert eve_client.post(f"{address}{verb}/").status_code == 404
    with acting_as(eve):
        assert not Import.objects.exists()


def test_a_week_is_reviewed_and_a_decision_decided_after_being_read_in(ada):
    from tests.decisions.page_states import make_full_decision

    decision = make_full_decision(ada, "Fridays")
    archive = exported(ada)
    with acting_as(ada):
        before = ada.decisions.get(pk=decision.pk)
        question, chosen, finished = before.question, before.chosen_option_id, before.finished_at
    ada.delete()
    again = make_person("again@example.org")

    brought_in(again, archive)

    with acting_as(again):
        there = again.decisions.get(pk=decision.pk)
        assert (there.question, there.chosen_option_id, there.finished_at, there.state) == (
            question,
            chosen,
            finished,
            before.state,
        )
        with pytest.raises(Exception, match="What was decided stays as it was"):
            again.decisions.filter(pk=decision.pk).update(confidence=1)


# --- being interrupted


class Killed(BaseException):
    """Nobody catches it, as nobody catches kill -9."""


def while_it_is_looked_through(patched):
    def summary(self):
        raise Killed

    patched.setattr(importer.Bringing, "summary", summary)


def after_some_rows(patched):
    whole = importer.insert

    def insert(model, rows):
        whole(model, rows)
        raise Killed

    patched.setattr(importer, "insert", insert)


def before_it_remembers_what_it_made(patched):
    def remember(row, brought):
        raise Killed

    patched.setattr(jobs, "remember", remember)


def before_the_row_says_so(patched):
    def save(self, *args, **kwargs):
        raise Killed

    patched.setattr(Import, "save", save)


@pytest.mark.parametrize("killed", [while_it_is_looked_through, after_some_rows])
def test_killed_while_looking_the_next_worker_looks(ada, killed, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("tests.exchange.factories.work", lambda: None)
        row = sent(ada, packed({"2019-03-04.md": "Mine"}))
        killed(patched)
        with pytest.raises(Killed):
            jobs.look_through(row.pk, ada.pk)
    DBTaskResult.objects.update(status="RUNNING")

    work()

    assert the_import(ada).preview["new"] == 1
    assert ada.entries.count() == 0


@pytest.mark.parametrize(
    "killed", [after_some_rows, before_it_remembers_what_it_made, before_the_row_says_so]
)
def test_killed_while_bringing_in_nothing_is_there_until_all_of_it_is(ada, killed, monkeypatch):
    row = sent(ada, packed({f"2019-03-0{day}.md": f"Day {day}" for day in range(1, 8)}))
    signed_in(ada).post(f"{row.get_absolute_url()}start/")
    with monkeypatch.context() as patched:
        killed(patched)
        with pytest.raises(Killed):
            jobs.bring_in(row.pk, ada.pk)
    assert ada.entries.count() == 0
    assert the_import(ada).done_at is None
    DBTaskResult.objects.update(status="RUNNING")

    work()

    assert ada.entries.count() == 7
    assert the_import(ada).done_at
    assert files_in(Path(row.path.parent)) == []


def test_brought_in_once_it_is_not_brought_in_again(ada):
    row = brought_in(ada, packed({"2019-03-04.md": "Mine"}))
    with acting_as(ada):
        ada.entries.get().delete()
    signed_in(ada).post(f"{row.get_absolute_url()}start/")
    work()
    jobs.bring_in(row.pk, ada.pk)
    assert ada.entries.count() == 0


def test_undoing_twice_or_after_30_days_takes_nothing(ada):
    row = brought_in(ada, packed({"2019-03-04.md": "Mine"}))
    Import.objects.update(done_at=timezone.now() - timedelta(days=31))
    client = signed_in(ada)
    client.post(f"{row.get_absolute_url()}undo/")
    assert ada.entries.count() == 1
    Import.objects.update(done_at=timezone.now())
    for _time in range(2):
        client.post(f"{row.get_absolute_url()}undo/")
    assert ada.entries.count() == 0


def test_purge_lets_go_of_files_nobody_answered_for_and_of_old_undoing(ada, data_folder):
    brought_in(ada, packed({"2019-03-05.md": "Mine too"}))
    sent(ada, packed({"2019-03-04.md": "Mine"}))
    call_command("purge")
    assert Import.objects.count() == 2
    Import.objects.filter(done_at=None).update(created_at=timezone.now() - timedelta(days=2))
    Import.objects.exclude(done_at=None).update(done_at=timezone.now() - timedelta(days=31))

    call_command("purge")

    assert not Import.objects.exists()
    assert files_in(data_folder) == []
    assert ada.entries.count() == 1


def test_no_word_of_a_file_is_in_a_log_or_a_task(ada, caplog):
    caplog.set_level("DEBUG")
    brought_in(ada, packed({"2019-03-04-Ibexmanatee.md": "Quokkazebra"}))
    sent(ada, packed({"selftrust.json": json.dumps({"format": "Okapilemur", "tables": {}})}))
    said = caplog.text + "".join(
        f"{task.args_kwargs}{task.traceback}" for task in DBTaskResult.objects.all()
    )
    assert not any(word in said for word in ("Ibexmanatee", "Quokkazebra", "Okapilemur"))


def test_the_same_export_of_a_stranger_in_a_second_account_keeps_its_threads(ada, eve):
    from tests.reflections.mistakes_factories import make_full_mistake

    make_full_mistake(ada, "Call")
    archive = exported(ada)
    brought_in(eve, archive)

    found = journal_of(exported(eve))["tables"]
    (thread,) = found["lessons.Thread"]
    assert thread["from_id"] == found["reflections.Mistake"][0]["id"]
    assert thread["to_id"] == found["lessons.Lesson"][0]["id"]
