"""The pages of photos, in each of their states."""

from datetime import date

from journal.people.models import User
from journal.photos.models import MOST_PER_ENTRY
from journal.privacy.ownership import uuid7
from tests.factories import make_entry
from tests.page import Page
from tests.photos.factories import make_photo


def photos(ada: User, number: int) -> str:
    entry = make_entry(ada, title="At the lake")
    for _photo in range(number):
        make_photo(entry, description="Ida on the pier", taken_on=date(2021, 5, 6))
    return f"/journal/{entry.pk}/photos/?visit={uuid7()}"


def one(ada: User) -> str:
    return make_photo(make_entry(ada), taken_on=date(2021, 5, 6)).get_absolute_url()


def entry_with(ada: User, number: int) -> str:
    return photos(ada, number).partition("photos/")[0]


def one_in_the_bin(ada: User) -> str:
    address = photos(ada, 2)
    photo = ada.photos.first()
    assert photo
    photo.trash()
    return address


PHOTOS = [
    Page("photos, none", lambda ada: photos(ada, 0)),
    Page("photos", lambda ada: photos(ada, 2)),
    Page("photos, full", lambda ada: photos(ada, MOST_PER_ENTRY)),
    Page("photos, one in the bin", one_in_the_bin),
    Page("photos, one restored", one_in_the_bin, send="/restore/"),
    Page("photo", one),
    Page("entry with a photo", lambda ada: entry_with(ada, 1)),
    Page("entry with photos", lambda ada: entry_with(ada, 5)),
    Page("entry with photos, edited", lambda ada: entry_with(ada, 5) + "edit/"),
    Page("journal with photos", lambda ada: photos(ada, 6) and "/journal/"),
]
