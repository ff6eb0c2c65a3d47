"""What an export can be besides a ZIP of everything; and locked with a passphrase."""

import io
from datetime import date

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult
from pyzipper import AESZipFile

from journal.exchange import exporting
from journal.exchange.csv_files import BOM, CSV_FILES
from journal.exchange.models import Export, Import
from journal.privacy.rls import acting_as
from tests.exchange.factories import (
    asked,
    brought_in,
    exported,
    files_of,
    journal_of,
    just_signed_in,
    path_of,
    sent,
    work,
)
from tests.exchange.test_round_trip import same_but_for_its_date
from tests.factories import make_entry
from tests.lessons.factories import make_lesson
from tests.page import undirected
from tests.promises.factories import answer, make_promise
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db
PASSPHRASE = "Fünf Möwen über Emden"


def unlocked(archive: bytes, passphrase: str = PASSPHRASE) -> dict[str, bytes]:
    with AESZipFile(io.BytesIO(archive)) as opened:
        opened.setpassword(passphrase.encode())
        return {name: opened.read(name) for name in opened.namelist()}


def test_one_document_tells_everything_in_the_order_of_days(ada):
    make_entry(ada, "**Second**", written_on=date(2026, 3, 9), tagged=["Sleep"])
    make_promise(ada, "Fourth", starts_on=date(2026, 3, 11))
    make_daily_check(ada, date(2026, 3, 10), credit="Third")
    make_entry(ada, "First", title="At sea", written_on=date(2019, 3, 4))
    make_entry(ada, "Gone", written_on=date(2019, 3, 4)).trash()

    page = undirected(exported(ada, format="document").decode())

    places = [page.rindex(words) for words in ("First", "<strong>Second", "Third", "Fourth")]
    assert places == sorted(places)
    assert page.lstrip().startswith("<!doctype html>")
    assert page.count("Monday 4 March</h4>") == 1
    assert "At sea</h5>" in page
    assert "Gone" not in page
    assert "<script" not in page
    row = Export.objects.get()
    assert (row.name[-5:], row.items) == (".html", 4)
    assert (
        f'"{row.name}"'
        in just_signed_in(ada).get(f"/settings/export/{row.pk}/")["Content-Disposition"]
    )


def test_figures_only_hold_no_word(ada):
    promise = make_promise(ada, "Quokkazebra", starts_on=date(2026, 11, 1))
    answer(promise, {date(2026, 11, 2): "missed"}, note="Quokkazebra")
    answer(promise, {date(2026, 11, 3): "excused"}, excuse="", note="Quokkazebra")
    make_daily_check(ada, date(2026, 11, 2), credit="Quokkazebra", trust=4)
    make_entry(
        ada,
        "Quokkazebra twice",
        title="Quokkazebra",
        written_on=date(2026, 11, 3),
        tagged=["Zebra"],
    )

    files = files_of(exported(ada, format="figures"))

    found = {name: content.decode().removeprefix(BOM) for name, content in files.items()}
    assert {name: text for name, text in found.items() if text.count("\r\n") > 1} == {
        "check-ins.csv": '"due_on","promise","status","times","excuse"\r\n'
        f'"2026-11-02","{promise.pk}","missed","1",""\r\n'
        f'"2026-11-03","{promise.pk}","excused","1","other"\r\n',
        "daily-checks.csv": '"date","trust","visit"\r\n"2026-11-02","4",""\r\n',
        "entries.csv": '"written_on","practice","intensity","words"\r\n"2026-11-03","","","2"\r\n',
        "promises.csv": '"day","promise","state","cadence","weekdays","times_per_week","due_on",'
        f'"ends_on","ended_on","sure"\r\n"2026-11-01","{promise.pk}","active","daily","","","","","",'
        '""\r\n',
    }
    assert Export.objects.get().items == 5


def test_with_a_passphrase_nothing_in_it_is_read_without(ada, eve):
    make_entry(ada, "Quokkazebra", title="Narwhalgecko", written_on=date(2026, 11, 3))
    make_lesson(ada, "Ibexmanatee")
    bare = exported(ada)
    locked = exported(ada, passphrase=PASSPHRASE)

    assert not any(word in locked for word in (b"Quokka", b"Narwhal", b"2026/11", b"Ibex"))
    assert sorted(unlocked(locked)) == [
        *(f"figures/{name}.csv" for name in sorted(CSV_FILES)),
        *("index.html", "journal/00001.md", "selftrust.json"),
    ]
    with pytest.raises(RuntimeError):
        unlocked(locked, "another one, as long")
    without_date = same_but_for_its_date(bare)["selftrust.json"].splitlines()
    assert [
        line
        for line in unlocked(locked)["selftrust.json"].splitlines()
        if b"exported_at" not in line
    ] == without_date
    page = just_signed_in(ada).get("/settings/export/").content.decode()
    assert page.count("Encrypted with your passphrase") == 1


def test_a_document_with_a_passphrase_is_a_locked_zip(ada):
    make_entry(ada, "Quokkazebra")
    files = unlocked(exported(ada, format="document", passphrase=PASSPHRASE))
    assert list(files) == ["journal.html"]
    assert b"Quokkazebra" in files["journal.html"]
    assert Export.objects.get().name.endswith(".zip")


def test_the_passphrase_is_sealed_while_it_waits_and_gone_once_the_file_is_made(ada, caplog):
    caplog.set_level("DEBUG")
    asked(just_signed_in(ada), passphrase=PASSPHRASE)
    with connection.cursor() as cursor:
        cursor.execute("select passphrase from exchange_export")
        (kept,) = cursor.fetchone()
    assert PASSPHRASE.encode() not in bytes(kept)
    with acting_as(ada):
        assert Export.objects.get().passphrase == PASSPHRASE

    work()

    assert Export.objects.filter(passphrase__isnull=True, locked_at__isnull=False).count() == 1
    said = caplog.text + "".join(f"{task.args_kwargs}" for task in DBTaskResult.objects.all())
    assert PASSPHRASE not in said


def test_the_passphrase_is_gone_too_where_it_could_not_be_made(ada, monkeypatch):
    def rows(self):
        raise ValueError

    monkeypatch.setattr(exporting.Writing, "rows", rows)
    asked(just_signed_in(ada), passphrase=PASSPHRASE)
    work()
    assert Export.objects.filter(passphrase__isnull=True, failed_at__isnull=False).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"passphrase": "short"}, "Use at least 12 characters. A few words are best."),
        ({"passphrase": "x" * 201}, "Use at most 200 characters."),
        ({"format": "docx"}, "Choose from the list."),
        ({"left_out": ["everyone else"]}, "Choose from the list."),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_made(ada, fields, sentence):
    answered = asked(just_signed_in(ada), **fields)
    assert answered.status_code == 200
    assert sentence in answered.content.decode()
    assert f'value="{fields.get("passphrase")}"' not in answered.content.decode()
    assert not Export.objects.exists()


# --- and in again


def test_a_locked_export_is_read_in_with_its_passphrase(ada, eve):
    make_entry(ada, "A quiet day.", title="Sea")
    locked = exported(ada, passphrase=PASSPHRASE)

    row = brought_in(eve, locked, passphrase=PASSPHRASE)

    assert row.done_at
    assert not Import.objects.filter(passphrase__isnull=False).exists()
    (entry,) = journal_of(exported(eve))["tables"]["reflections.Entry"]
    assert (entry["title"], entry["body"]) == ("Sea", "A quiet day.")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("", "This file is encrypted. Send it again with its passphrase."),
        ("another one, as long", "The passphrase is wrong."),
    ],
)
def test_without_the_right_one_it_is_refused_and_nothing_is_kept(ada, eve, given, sentence):
    make_entry(ada, "A quiet day.")
    row = sent(eve, exported(ada, passphrase=PASSPHRASE), passphrase=given)
    assert (row.refusal, path_of(row).exists()) == (sentence, False)
    assert not Import.objects.filter(passphrase__isnull=False).exists()
    assert eve.entries.count() == 0


def test_a_locked_file_that_was_changed_is_refused(ada, eve):
    make_entry(ada, "A quiet day.")
    archive = bytearray(exported(ada, passphrase=PASSPHRASE))
    archive[400] ^= 1
    row = sent(eve, bytes(archive), passphrase=PASSPHRASE)
    assert row.failed_at
    assert eve.entries.count() == 0


def test_pages_of_markdown_that_someone_else_locked_are_read(ada):
    held = io.BytesIO()
    with AESZipFile(held, "w", encryption="WZ_AES") as archive:
        archive.setpassword(PASSPHRASE.encode())
        archive.writestr("2019-03-04.md", "At sea")
    brought_in(ada, held.getvalue(), passphrase=PASSPHRASE)
    with acting_as(ada):
        assert [entry.body for entry in ada.entries.all()] == ["At sea"]
