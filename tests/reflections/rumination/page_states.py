"""Makes what the pages show where something keeps coming back, and returns their addresses."""

from django.utils import timezone

from journal.people.models import User
from tests.factories import make_entry
from tests.reflections.rumination.factories import keep_blaming, keep_writing, set_aside


def tag(ada: User) -> str:
    keep_writing(ada, "Work", 5, 6, 6)
    return "/practices/"


def entry(ada: User) -> str:
    tag(ada)
    again = make_entry(ada, "The same call again", tagged=["Work"], intensity=6)
    return again.get_absolute_url()


def mistake(ada: User) -> str:
    keep_blaming(ada, (7, 7), (7, 8))
    return "/practices/"


def back(ada: User) -> str:
    set_aside(ada, keep_writing(ada, "Work", 5), back_in=0)
    set_aside(ada, keep_blaming(ada), back_in=-1)
    return "/practices/"


def turned_off(ada: User) -> str:
    ada.no_offers_since = timezone.now()
    ada.save(update_fields=["no_offers_since"])
    return "/settings/"


def observer(ada: User) -> str:
    ada.called = "Ada"
    ada.save(update_fields=["called"])
    label = keep_writing(ada, "Work", 5, 6, 6)
    return f"/journal/write/?prompt=observer&tag={label.pk}"
