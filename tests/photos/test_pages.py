"""The pages of photos without a script: adding, describing, the offered day, the journal."""

from datetime import date
from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from journal.photos import decoding
from journal.photos.decoding import Decoded
from journal.privacy.rls import acting_as
from tests.factories import make_entry
from tests.markup import forms_of, parse
from tests.photos.factories import make_exif, make_file, make_photo
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db


def sent(name: str = "beach.jpg", **how: object) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_file(**how).getvalue(), "image/jpeg")


@pytest.fixture
def entry(ada):
    return make_entry(ada, title="At the lake", written_on=date(2026, 11, 20))


@pytest.fixture
def quick(monkeypatch):
    """Decoding has its own tests; this one takes no process."""
    data = make_file().getvalue()
    files = dict.fromkeys(decoding.decoder.SIZES, data)
    found = Decoded(64, 48, date(2021, 5, 6), files)
    monkeypatch.setattr(decoding, "decode", lambda _file: found)


def add(client: Client, entry, *files, visit=None, **headers):
    data = {"visit": str(visit or uuid4()), "photos": list(files)}
    return client.post(f"/journal/{entry.pk}/photos/", data, headers=headers)


def adding_form(response):
    return next(form for form in forms_of(parse(text(response))[0]) if "?upload=" in form.action)


def text(response) -> str:
    return unescape(response.content.decode())


def test_several_files_are_added_at_once_and_shown(ada_client, entry):
    moved = add(ada_client, entry, sent("a.jpg"), sent("b.jpg", exif=make_exif()))

    page = text(ada_client.get(moved.url, follow=True))
    assert "2 photos added." in page
    for photo in entry.photos.all():
        assert f'src="{photo.small.url}" width="64" height="48" loading="lazy"' in page
    assert "Taken on 6 May 2021" in page


def test_a_file_that_fails_is_named_and_the_others_are_kept(ada_client, entry, settings):
    settings.PHOTO_MAX_BYTES = 5000
    large = SimpleUploadedFile("large.jpg", b"\xff\xd8" + bytes(6000), "image/jpeg")
    page = text(add(ada_client, entry, sent("a.jpg"), large, SimpleUploadedFile("b.svg", b"<svg>")))

    assert "1 photo added." in page
    assert "large.jpg" in page
    assert "larger than 20 MB" in page
    assert "b.svg" in page
    assert "isn’t a photo we can read" in page
    assert entry.photos.count() == 1


def test_a_page_of_another_app_gets_no_large_file_from_its_field(ada_client):
    """The handler that holds photos works at their address only."""
    answer = ada_client.post("/capture/", {"body": "Words", "photos": sent()})
    assert answer.status_code == 302


def test_nothing_chosen_is_said(ada_client, entry):
    assert "Choose a photo first." in text(add(ada_client, entry))


def test_a_retry_from_the_same_page_makes_one_photo(ada_client, entry, quick):
    visit = uuid4()
    for _time in range(2):
        add(ada_client, entry, sent(), visit=visit)
    assert entry.photos.count() == 1
    add(ada_client, entry, sent(), visit=uuid4())
    assert entry.photos.count() == 2


def test_the_page_opened_again_at_its_address_adds_the_same_file_once(ada_client, entry, quick):
    """The browser's Back after adding leads there, with or without the page in its cache."""
    address = ada_client.get(f"/journal/{entry.pk}/photos/?visit=x").url
    for _time in range(2):
        form = adding_form(ada_client.get(address))
        ada_client.post(form.action, {**form.fields, "photos": sent()})
    photo = entry.photos.get()

    ada_client.post(f"/photos/{photo.pk}/remove/")
    ada_client.post(form.action, {**form.fields, "photos": sent()})
    assert entry.photos.live().get() == photo

    other = make_entry(entry.owner)
    add(ada_client, other, sent(), visit=form.fields["visit"])
    assert other.photos.live().exists()
    new = adding_form(ada_client.get(form.action, follow=True))
    assert new.fields["visit"] != form.fields["visit"]


def test_the_script_gets_the_photo_or_the_reason(ada_client, entry, quick, monkeypatch):
    part = {"HX-Request": "true"}
    added = add(ada_client, entry, sent(), **part)
    assert added.status_code == 201
    assert 'data-day="2021-05-06"' in text(added)
    assert "<html" not in text(added)

    def refuse(_file):
        raise decoding.PhotoRefused("No.")

    monkeypatch.setattr(decoding, "decode", refuse)
    refused = add(ada_client, entry, sent("x.jpg"), **part)
    assert (refused.status_code, "x.jpg" in text(refused)) == (422, True)


def test_while_another_photo_is_decoded_the_script_hears_that_it_may_try_again(
    ada_client, entry, monkeypatch
):
    monkeypatch.setattr(decoding, "MOST_WAITING", 0.0)
    with decoding._turn():
        answer = add(ada_client, entry, sent(), **{"HX-Request": "true"})
        page = text(add(ada_client, entry, sent()))
    assert answer.status_code == 503
    assert "Try again in a moment." in page
    assert not entry.photos.exists()


def test_an_entry_with_ten_photos_says_so(ada_client, entry):
    for _photo in range(10):
        make_photo(entry)
    page = text(ada_client.get(f"/journal/{entry.pk}/photos/", follow=True))
    assert "as many as it can have" in page
    assert 'type="file"' not in page


def test_a_description_is_saved_and_read_out(ada_client, entry):
    photo = make_photo(entry)
    data = {"version": photo.version, "description": "Ida on the pier"}
    moved = ada_client.post(f"/photos/{photo.pk}/", data)

    assert moved.url == f"/journal/{entry.pk}/photos/"
    page = text(ada_client.get(f"/journal/{entry.pk}/"))
    assert 'alt="Ida on the pier"' in page


def test_an_old_page_does_not_replace_a_newer_description(ada_client, entry):
    photo = make_photo(entry, description="Then", version=2)
    data = {"version": 1, "description": "Mine"}
    answer = ada_client.post(f"/photos/{photo.pk}/", data)

    assert answer.status_code == 409
    assert "Then" in text(answer)
    photo.refresh_from_db()
    assert photo.description == "Then"


def test_the_day_it_was_taken_becomes_the_entrys_only_when_asked(ada_client, entry):
    photo = make_photo(entry, taken_on=date(2021, 5, 6))
    assert "Use this as the entry’s day" in text(
        ada_client.get(f"/journal/{entry.pk}/photos/", follow=True)
    )

    ada_client.post(f"/photos/{photo.pk}/day/")
    entry.refresh_from_db()
    assert entry.written_on == date(2021, 5, 6)
    assert "Use this as" not in text(ada_client.get(f"/journal/{entry.pk}/photos/", follow=True))


def test_the_button_of_the_writing_page_saves_first(ada_client, entry):
    page = {"body": "More", "written_on": "2026-11-20", "version": entry.version, "do": "photos"}
    moved = ada_client.post(f"/journal/{entry.pk}/edit/", page)

    assert moved.url == f"/journal/{entry.pk}/photos/"
    entry.refresh_from_db()
    assert entry.body == "More"


@pytest.mark.parametrize("path", ["/journal/", "/journal/?favourite=1", "/journal/{entry}/"])
def test_photos_in_lists_take_no_statement_each(ada, ada_client, entry, path):
    entry.mark(favourite=True)
    make_photo(entry, description="Ida on the pier")
    path = path.format(entry=entry.pk)
    one = statements_of(ada_client, path)
    assert 'alt="Ida on the pier"' in text(ada_client.get(path))
    for number in range(8):
        make_photo(entry)
        make_photo(make_entry(ada, f"Day {number}", favourite=True))
    assert len(statements_of(ada_client, path)) == len(one)


def test_the_settings_say_how_much_space_photos_take(ada_client, entry):
    assert "Your photos take" not in text(ada_client.get("/settings/"))
    make_photo(entry)
    assert "Your photos take" in text(ada_client.get("/settings/"))


def test_a_removed_photo_waits_in_the_bin_and_comes_back_to_its_place(ada, ada_client, entry):
    first, second = make_photo(entry), make_photo(entry, description="Waves")
    page = f"/journal/{entry.pk}/photos/"

    answer = ada_client.post(f"/photos/{first.pk}/remove/", follow=True).content.decode()

    assert "Moved to bin." in answer
    assert f'action="/photos/{first.pk}/restore/"' in answer
    assert (
        f"/photos/{first.pk}/medium/"
        not in ada_client.get(f"/journal/{entry.pk}/").content.decode()
    )
    ada_client.post(f"/photos/{first.pk}/restore/")
    ada_client.post(f"/photos/{first.pk}/restore/")  # a second click changes nothing
    assert "In the bin" not in ada_client.get(page, follow=True).content.decode()
    with acting_as(ada):
        assert list(entry.photos.live().in_order()) == [first, second]


def test_a_photo_whose_place_is_taken_comes_back_behind_the_others_or_waits(ada, ada_client, entry):
    first = make_photo(entry)
    ada_client.post(f"/photos/{first.pk}/remove/")
    for place in range(1, 10):
        make_photo(entry, position=place)
    ada_client.post(f"/photos/{first.pk}/restore/")
    with acting_as(ada):
        assert ada.photos.get(pk=first.pk).position == 10
    ada_client.post(f"/photos/{first.pk}/remove/")
    make_photo(entry, position=10)
    said = ada_client.post(f"/photos/{first.pk}/restore/", follow=True).content.decode()
    assert "An entry can have 10 photos." in said
    with acting_as(ada):
        assert ada.photos.get(pk=first.pk).deleted_at


def test_nobody_else_removes_or_restores_a_photo(ada, eve_client, entry):
    photo = make_photo(entry)
    assert eve_client.post(f"/photos/{photo.pk}/remove/").status_code == 404
    assert eve_client.post(f"/photos/{photo.pk}/restore/").status_code == 404
