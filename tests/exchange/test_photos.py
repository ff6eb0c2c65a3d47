"""Photos leave with an export and come back with an import, through the limits of an upload."""

import io
import shutil
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.test import override_settings
from PIL import Image

from journal.exchange.photos_in import PhotosIn
from journal.exchange.progress import Progress, Stopped
from journal.people.models import User
from journal.photos import files
from journal.photos.adding import add_photo
from journal.privacy.rls import acting_as
from tests.conftest import signed_in
from tests.exchange.factories import (
    brought_in,
    exported,
    files_of,
    journal_of,
    packed,
    sent,
    the_import,
    work,
)
from tests.factories import make_entry, make_person
from tests.photos.factories import make_file, make_image, make_photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("photos_folder")]
DAY = date(2026, 11, 20)
PASSPHRASE = "quiet seas and slow boats"


def names_in(folder) -> set[str]:
    return {path.name for path in folder.glob("*")}


@pytest.fixture(scope="module")
def made(module_data, tmp_path_factory) -> tuple[bytes, Path]:
    """Ada's archive, and the files of her photos: an entry with two of them, the second without
    words, and one in the bin."""
    ada = make_person("ada@example.org", zone="Europe/Berlin")
    folder = tmp_path_factory.mktemp("made")
    photos = settings.STORAGES["photos"]
    photos = {**photos, "OPTIONS": {**photos["OPTIONS"], "location": folder / "photos"}}
    with override_settings(DATA_DIR=folder, STORAGES={**settings.STORAGES, "photos": photos}):
        entry = make_entry(ada, "By the sea.", title="Sea", written_on=DAY)
        with acting_as(ada):
            add_photo(entry, make_file(make_image(2700, 180)), description="Waves & <foam>")
        make_photo(entry, taken_on=date(2019, 3, 4))
        gone = make_entry(ada, "Thrown away.", written_on=DAY)
        make_photo(gone)
        with acting_as(ada):
            gone.trash()
        return exported(ada), folder / "photos"


@pytest.fixture
def ada(made, photos_folder, db) -> User:
    shutil.copytree(made[1], photos_folder)
    return User.objects.get(email="ada@example.org")


@pytest.fixture
def archive(made, ada) -> bytes:
    return made[0]


def test_a_photo_stands_beside_its_entry_and_is_named_in_every_part(archive):
    found = files_of(archive)
    one, two = ("journal/2026/11/20-photo-1.jpg", "journal/2026/11/20-photo-2.jpg")
    (binned,) = (name for name in found if name.startswith("bin/"))

    assert Image.open(io.BytesIO(found[one])).size == (2400, 160)
    rows = journal_of(archive)["tables"]["photos.Photo"]
    assert {row["file"] for row in rows} == {one, two, binned}
    assert {name for row in rows for name in row}.isdisjoint({"stored_as", "stored_bytes"})
    page = found["journal/2026/11/20-sea.md"].decode()
    assert 'photos: ["20-photo-1.jpg", "20-photo-2.jpg"]\n' in page
    assert 'photo_descriptions: ["Waves & <foam>", ""]\n' in page
    html = found["index.html"].decode()
    assert f'<img src="{one}" alt="Waves &amp; &lt;foam&gt;"' in html
    assert binned not in html
    with ZipFile(io.BytesIO(archive)) as opened:
        assert opened.getinfo(one).compress_type == 0  # a photo is compressed already


def test_they_come_back_whole_and_a_second_time_changes_nothing(archive, ada, eve, photos_folder):
    before = names_in(photos_folder)
    row = brought_in(eve, archive)
    assert row.done_at, row.refusal
    with acting_as(eve):
        photos = list(eve.photos.order_by("entry__created_at", "position"))
        assert [photo.entry.body for photo in photos] == [*["By the sea."] * 2, "Thrown away."]
        assert [photo.description for photo in photos] == ["Waves & <foam>", "", ""]
        assert [photo.taken_on for photo in photos] == [None, date(2019, 3, 4), None]
        assert (photos[0].width, photos[0].height) == (2400, 160)
        with files.opened(photos[0], "small") as file:
            assert Image.open(file).size == (320, 21)
    assert len(names_in(photos_folder) - before) == 9
    there = names_in(photos_folder)

    assert brought_in(eve, archive).preview["new"] == 0
    assert (names_in(photos_folder), eve.photos.count()) == (there, 3)


def test_undoing_an_import_takes_its_files_along(
    archive, eve, photos_folder, django_capture_on_commit_callbacks
):
    before = names_in(photos_folder)
    row = brought_in(eve, archive)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(eve).post(f"{row.get_absolute_url()}undo/")
    assert (eve.photos.count(), names_in(photos_folder)) == (0, before)


def test_with_a_passphrase_no_name_says_a_day(ada, archive):
    with ZipFile(io.BytesIO(exported(ada, passphrase=PASSPHRASE))) as opened:
        names = [name for name in opened.namelist() if name.endswith(".jpg")]
    assert names == ["journal/photo-00001.jpg", "journal/photo-00002.jpg", "bin/photo-00003.jpg"]


def test_a_locked_export_comes_back_too(ada, eve, archive):
    locked = exported(ada, passphrase=PASSPHRASE)
    assert brought_in(eve, locked, passphrase=PASSPHRASE).done_at
    assert eve.photos.count() == 3


def test_a_file_that_is_lost_costs_the_export_nothing_else(ada, archive):
    with acting_as(ada):
        lost = ada.photos.get(width=2400)
        files.storage().delete(lost.names()[0])
    again = exported(ada)
    rows = {row["id"]: row["file"] for row in journal_of(again)["tables"]["photos.Photo"]}
    assert rows[str(lost.pk)] is None
    assert len([name for name in files_of(again) if name.endswith(".jpg")]) == 2


def test_one_document_holds_small_photos_itself(ada, archive):
    page = exported(ada, format="document").decode()
    assert page.count('src="data:image/jpeg;base64,') == 2


def test_photos_can_be_left_out(ada, archive):
    found = exported(ada, left_out=["photos"])
    assert journal_of(found)["tables"]["photos.Photo"] == []
    assert not [name for name in files_of(found) if name.endswith(".jpg")]
    assert "<img" not in files_of(found)["index.html"].decode()


def changed(archive: bytes, name: str, data: bytes | None) -> bytes:
    found = files_of(archive)
    if data is None:
        del found[name]
    else:
        found[name] = data
    return packed(found)


@pytest.mark.parametrize("data", [None, b"<svg onload=alert(1)>", make_file().getvalue()[:300]])
def test_a_photo_that_cannot_be_read_stays_in_the_file_and_is_named(
    archive, eve, photos_folder, data
):
    before = names_in(photos_folder)
    name = "journal/2026/11/20-photo-1.jpg"
    row = brought_in(eve, changed(archive, name, data))
    assert row.done_at, row.refusal
    (why,) = row.preview["skipped"]
    assert why["names"] == [name]
    assert (eve.entries.count(), eve.photos.count()) == (2, 2)
    assert len(names_in(photos_folder) - before) == 6


def test_what_has_no_room_stays_in_the_file(archive, eve, settings):
    settings.PHOTOS_QUOTA = 8_000  # the two small ones
    row = brought_in(eve, archive)
    assert row.preview["skipped"][0]["count"] == 1
    assert eve.photos.count() == 2
    settings.PHOTOS_QUOTA = 10**9
    assert brought_in(eve, archive).preview["new"] == 1
    assert eve.photos.count() == 3


def test_an_entry_has_ten_photos_after_an_import_too(archive, ada):
    with acting_as(ada):
        entry = ada.entries.get(deleted_at=None)
        ada.photos.filter(entry=entry).delete()
    for _photo in range(9):
        make_photo(entry)
    row = brought_in(ada, archive)
    assert [why["count"] for why in row.preview["skipped"]] == [1]
    with acting_as(ada):
        positions = ada.photos.filter(entry=entry).values_list("position", flat=True)
        assert sorted(positions) == list(range(1, 11))


def test_a_preview_opens_no_photo_and_stores_none(archive, eve, photos_folder, monkeypatch):
    before = names_in(photos_folder)
    monkeypatch.setattr(PhotosIn, "_decode", None)
    row = sent(eve, archive)
    assert {"table": "photos.Photo", "new": 3, "here": 0, "skipped": 0}.items() <= next(
        kind.items() for kind in row.preview["kinds"] if kind["table"] == "photos.Photo"
    )
    assert (names_in(photos_folder), eve.photos.count()) == (before, 0)


def test_an_import_that_is_stopped_leaves_no_file(archive, eve, photos_folder, monkeypatch):
    before, asked = names_in(photos_folder), []

    def stop_after_the_second_photo(progress):
        asked.append(len(names_in(photos_folder) - before))
        if asked[-1] == 6:
            raise Stopped

    row = sent(eve, archive)
    monkeypatch.setattr(Progress, "stop_if_asked", stop_after_the_second_photo)
    signed_in(eve).post(f"{row.get_absolute_url()}start/", {"differing": ""})
    work()
    row = the_import(eve)
    assert (max(asked), row.done_at, eve.photos.count()) == (6, None, 0)
    assert names_in(photos_folder) == before


# --- pages of Markdown, whose photos stand beside them


def said_by(person):
    """What the entries of a person say, as far as a page of Markdown can hold it."""
    with acting_as(person):
        return [
            (
                *(entry.title, entry.body.rstrip("\n"), entry.written_on, entry.written_time),
                *(entry.practice, entry.intensity, entry.mood, entry.quiet, entry.favourite),
                *(entry.tag_names, entry.asked and entry.asked.question),
                [photo.description for photo in entry.photos.live().in_order()],
            )
            for entry in person.entries.live().with_labels().oldest_first()
        ]


def pages_of(archive: bytes) -> bytes:
    """What somebody keeps who wants only the pages."""
    found = files_of(archive)
    return packed({name: found[name] for name in found if name.startswith("journal/")})


def test_the_pages_of_an_export_come_back_whole(ada, eve, archive):
    with acting_as(ada):
        own = ada.own_prompts.create(text="What did the sea say?")
    made = {"title": "Waves: “high”", "written_on": DAY, "intensity": 0, "quiet": True}
    labels = {"practice": "promises", "mood": "Calm, almost", "favourite": True}
    make_entry(ada, "Cold.\n\n- a\n- b", **made, **labels, tagged=["Sea", "A: b"], own_prompt=own)
    make_entry(ada, "Dry.", written_on=date(2026, 3, 4), prompt_id=13, written_zone="UTC")
    pages = pages_of(exported(ada))

    row = brought_in(eve, pages)

    assert (row.done_at is None, row.preview["skipped"], row.preview["shortened"]) == (
        False,
        [],
        [],
    )
    assert said_by(eve) == said_by(ada)
    assert [prompt.text for prompt in eve.own_prompts.all()] == ["What did the sea say?"]
    assert eve.own_prompts.offered().count() == 0
    assert brought_in(eve, pages).preview["new"] == 0


def test_a_page_of_a_stranger_brings_only_photos_that_are_in_its_zip(eve):
    cover = make_file().getvalue()
    front = {
        "one": 'photos: ["../pictures/sea.jpg", "gone.jpg", "../../../etc/passwd", "\\ud800.jpg"]',
        "two": "photos:\n- ../pictures/sea.jpg\n- ../pictures/sea.jpg\n- two.txt",
        "three": "photos: ../pictures/caf\u00e9.jpg\nphoto_descriptions: [A, B]",
    }
    files = {
        f"notes/2026-01-0{number}.md": f"---\n{photos}\n---\n{name}"
        for number, (name, photos) in enumerate(front.items(), start=1)
    }
    files |= {"pictures/sea.jpg": cover, "pictures/cafe\u0301.jpg": cover, "notes/two.txt": b"x"}
    row = brought_in(eve, packed(files))

    assert row.done_at, row.refusal
    with acting_as(eve):
        found = {one.body: one.photos.count() for one in eve.entries.all()}
        assert found == {"one": 1, "two": 1, "three\n\nB": 1}
        assert eve.photos.get(entry__written_on="2026-01-03").description == "A"
    assert {why["why"]: why["names"] for why in row.preview["skipped"]} == {
        "Its file is missing.": ["notes/gone.jpg", "../../etc/passwd", "notes/?.jpg"],
        "This isn’t a photo we can read. JPEG, PNG, WebP and HEIC files work.": ["notes/two.txt"],
        "It has no date, either in its front matter or in its name.": ["notes/two.txt"],
    }


def test_labels_that_no_entry_has_are_asked_for_and_kept(eve):
    front = "location: Lund\nmap:\n  lat: 55\npractice: yoga\ndate: yesterday\nempty:"
    front += "\ntitle: >\n  Long\n  one\naliases: [a]"
    row = brought_in(eve, packed({"2026-01-01.md": f"---\n{front}\n---\nWords."}))
    asked = [(one["kind"], one["name"]) for one in row.preview["questions"]]
    assert asked == [("extra", "place"), ("extra", "map"), ("extra", "practice")]
    assert {one["why"] for one in row.preview["notes"]} == {
        "A date that can’t be read: yesterday",
        "A setting of the other app was left out: aliases",
    }
    with acting_as(eve):
        entry = eve.entries.get()
        assert (entry.title, entry.practice) == ("Long one", "")
        assert entry.body == "Words.\n\nMap: lat: 55\nPractice: yoga"
