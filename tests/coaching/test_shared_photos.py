"""A coach sees a photo only with its entry, and only if it was ticked in the preview."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from journal.privacy.rls import acting_as
from journal.sharing import consent
from journal.sharing.models import AccessLogEntry, ConsentEvent, ShareGrant
from tests.coaching.coach_client import browser_of
from tests.coaching.factories import link, share, share_practice, sure
from tests.conftest import signed_in
from tests.factories import make_entry
from tests.photos.factories import make_photo
from tests.privacy.stored import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(ada):
    return make_entry(ada, "By the sea.")


@pytest.fixture
def photos(entry):
    return [make_photo(entry, description=words) for words in ("Waves", "Gulls")]


@pytest.fixture
def made(ada, mira):
    return link(ada, mira)


def address(photo, size="medium") -> str:
    return f"/coach/photos/{photo.pk}/{size}/"


def seen_by(browser, entry) -> list[str]:
    """The photos on the page of the entry."""
    html = browser.get(f"/coach/shared/entry/{entry.pk}/").content.decode()
    return re.findall(r'src="/coach/photos/([0-9a-f-]+)/medium/"', html)


def preview_of(made, entry) -> str:
    return f"/sharing/grants/{made.pk}/preview/?item=entry.{entry.pk}"


def ticked_on(page: str) -> dict[str, bool]:
    boxes = re.findall(r'name="photo" value="([0-9a-f-]+)" form="share"( checked)?', page)
    return {pk: bool(checked) for pk, checked in boxes}


def test_the_preview_ticks_no_photo_and_without_a_tick_none_is_shared(
    ada, mira, made, entry, photos
):
    client, coach = sure(ada), browser_of(mira)
    page = client.get(preview_of(made, entry)).content.decode()
    assert ticked_on(page) == {str(photo.pk): False for photo in photos}

    client.post(preview_of(made, entry))

    assert coach.get(f"/coach/shared/entry/{entry.pk}/").status_code == 200
    assert seen_by(coach, entry) == []
    assert [coach.get(address(photo)).status_code for photo in photos] == [404, 404]


def test_only_the_ticked_one_is_shared_until_it_is_not(ada, mira, eve, made, entry, photos):
    client, coach = sure(ada), browser_of(mira)
    one, other = photos
    client.post(preview_of(made, entry), {"photo": [one.pk]})

    assert seen_by(coach, entry) == [str(one.pk)]
    answer = coach.get(address(one))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.startswith(b"\xff\xd8")
    assert coach.get(address(one, "huge")).status_code == 404
    assert coach.get(address(other)).status_code == 404
    assert coach.get(f"/photos/{one.pk}/medium/").status_code == 404
    assert signed_in(eve).get(address(one)).status_code == 404
    page = client.get(preview_of(made, entry)).content.decode()
    assert ticked_on(page) == {str(one.pk): True, str(other.pk): False}

    client.post(preview_of(made, entry), {"photo_before": [one.pk]})

    assert coach.get(address(one)).status_code == 404
    assert coach.get(f"/coach/shared/entry/{entry.pk}/").status_code == 200


@pytest.mark.parametrize("end", ["taken back", "expired", "link", "entry", "photo"])
def test_it_ends_with_the_grant(end, ada, mira, made, entry, photos):
    coach, photo = browser_of(mira), photos[0]
    grant = share(made, entry, photos=[photo.pk])
    assert coach.get(address(photo)).status_code == 200
    with acting_as(ada):
        if end == "taken back":
            consent.take_back(made, [grant])
        elif end == "link":
            made.end()
        elif end in ("entry", "photo"):
            row = entry if end == "entry" else photo
            row.trash()
            row.restore()
    if end == "expired":
        gone = timezone.now() - timedelta(days=1)
        start = gone - timedelta(days=30)
        run("update sharing_sharegrant set starts_at=%s, expires_at=%s", start, gone)
    assert coach.get(address(photo)).status_code == 404
    with acting_as(ada):
        assert ada.photos.live().count() == 2


def test_a_photo_that_was_added_later_is_not_shared(ada, mira, made, entry, photos):
    share(made, entry, photos=[photo.pk for photo in photos])
    later = make_photo(entry)
    coach = browser_of(mira)
    assert len(seen_by(coach, entry)) == 2
    assert coach.get(address(later)).status_code == 404


def test_bringing_an_entry_to_a_session_asks_for_its_photos_too(ada, mira, made, entry, photos):
    path, client = f"/sharing/items/entry/{entry.pk}/bring/{made.pk}/", sure(ada)
    page = client.get(path).content.decode()
    assert ticked_on(page) == {str(photo.pk): False for photo in photos}
    client.post(path, {"photo": [photos[1].pk]})
    assert seen_by(browser_of(mira), entry) == [str(photos[1].pk)]


def test_a_page_that_was_open_meanwhile_shares_nothing_again(ada, mira, made, entry, photos):
    """Unticked in one tab, a photo stays private when the other tab, where it is ticked, saves."""
    share(made, entry, photos=[photos[0].pk])
    client = sure(ada)
    client.post(preview_of(made, entry), {"photo_before": [photos[0].pk]})
    client.post(
        preview_of(made, entry),
        {"photo": [photos[0].pk, photos[1].pk], "photo_before": [photos[0].pk]},
    )
    assert seen_by(browser_of(mira), entry) == [str(photos[1].pk)]


def test_a_photo_of_another_entry_or_person_cannot_be_ticked(ada, mira, eve, made, entry):
    others = [make_photo(make_entry(person)) for person in (ada, eve)]
    sent = {"photo": [*(photo.pk for photo in others), "no id"]}
    sure(ada).post(preview_of(made, entry), sent)
    with acting_as(ada):
        assert ShareGrant.objects.get(revoked_at=None).photos == []
    # And a grant that named one all the same would open nothing.
    run("update sharing_sharegrant set photos = %s", [photo.pk for photo in others])
    coach = browser_of(mira)
    assert [coach.get(address(photo)).status_code for photo in others] == [404, 404]


def test_the_database_knows_photos_of_entries_only(ada, made, photos):
    grant = share_practice(made, "promises")
    with pytest.raises(IntegrityError, match="grant_of_photos"), transaction.atomic():
        run("update sharing_sharegrant set photos = %s where id = %s", [photos[0].pk], grant.pk)


def test_looking_at_a_photo_alone_is_in_the_access_log_and_sharing_in_the_consent_log(
    ada, mira, made, entry, photos
):
    sure(ada).post(preview_of(made, entry), {"photo": [photos[0].pk]})
    browser_of(mira).get(address(photos[0], "large"))
    with acting_as(ada):
        (opened,) = AccessLogEntry.objects.all()
        assert (opened.kind, opened.item_id) == ("entry", entry.pk)
        assert ConsentEvent.objects.get(what="granted").detail == "photos"
    assert "Entry, with photos" in signed_in(ada).get("/sharing/log/").content.decode()
    assert "Entry, with 1 photo" in signed_in(ada).get("/sharing/").content.decode()
