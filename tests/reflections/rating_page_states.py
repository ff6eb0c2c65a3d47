"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from collections.abc import Callable
from datetime import timedelta

from journal.people import clock
from journal.people.models import User
from tests.reflections.rating_factories import make_rating

Show = Callable[[User], str]


def pictures(ada: User) -> str:
    today = clock.today(ada)
    for days, answers in (
        (90, (2, 2, 3, 2, 3)),
        (50, (3, None, 3, 2, None)),
        (20, (3, 3, 4, 3, 4)),
    ):
        make_rating(ada, today - timedelta(days=days), answers)
    make_rating(ada, today - timedelta(days=130))
    return "/rating/"


def picture_of_today(ada: User) -> str:
    make_rating(ada, clock.today(ada), (2, None, 4, 1, 5))
    return "/rating/?change"


def picture(path: str) -> Show:
    """A page that shows a picture of a week ago."""

    def show(ada: User) -> str:
        make_rating(ada, clock.today(ada) - timedelta(days=7), (2, None, 4, 1, 5))
        return path

    return show
