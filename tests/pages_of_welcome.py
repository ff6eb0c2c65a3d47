"""The start, values, the picture; a part of the list in tests/pages.py."""

from django.utils import timezone

from journal.people.models import User
from tests.page import Page
from tests.promises import page_states as promises
from tests.promises.factories import make_draft
from tests.reflections import rating_page_states as ratings


def started(ada: User) -> str:
    return f"/welcome/{make_draft(ada, 'Call Gran', step='rhythm').pk}/"


def example(ada: User) -> str:
    ada.example_since = timezone.now()
    ada.save(update_fields=["example_since"])
    return "/journal/"


WELCOME = [
    Page("values, none yet", "/settings/values/"),
    Page("values", promises.values),
    Page("values refused", promises.values, send="/values/", fill={"name": "calm"}),
    Page("value", promises.value),
    Page("value, two versions", promises.value, fill={"version": "7"}, send="/", status=409),
    Page("value removed", promises.values, send="/delete/"),
    Page("start", "/welcome/"),
    Page("start refused", "/welcome/", send="/welcome/"),
    Page("start, when", started),
    Page("start, when, refused", started, send="/welcome/", fill={"rhythm": ""}),
    Page("start, when, two versions", started, send="/welcome/", fill={"version": "7"}, status=409),
    Page("picture", "/rating/"),
    Page("picture refused", "/rating/", send="/rating/"),
    Page("picture, changed today", ratings.picture_of_today),
    Page(
        "picture, two versions",
        ratings.picture_of_today,
        send="/rating/",
        fill={"version": "7", "q1": "5"},
        status=409,
    ),
    Page("pictures", ratings.pictures),
    Page("picture removed", ratings.pictures, send="/delete/"),
    Page("example person", example),
]
