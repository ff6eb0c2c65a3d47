"""Getting started, values, reminders, the picture; a part of the list in tests/pages.py."""

from django.utils import timezone

from journal.people.models import User
from tests.page import Page
from tests.promises import page_states as promises
from tests.reflections import rating_page_states as ratings


def started(ada: User) -> str:
    promises.values(ada)
    return "/welcome/values/"


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
    *[
        Page(f"getting started, {slug}", f"/welcome/{slug}/")
        for slug in ("welcome", "values", "picture", "reminders", "begin")
    ],
    Page("getting started, values chosen", started, send="/values/"),
    Page("getting started, values refused", started, send="/values/", fill={"own": "calm" * 11}),
    Page(
        "getting started, reminders refused",
        "/welcome/reminders/",
        send="/reminders/",
        fill={"often": "daily", "remind_at": "late"},
    ),
    Page("getting started, picture taken before", ratings.picture("/welcome/picture/")),
    Page("getting started, all told", ratings.picture("/welcome/begin/")),
    Page("getting started, left", "/welcome/values/", send="/values/", fill={"do": "stop"}),
    Page("reminders", "/settings/reminders/"),
    Page(
        "reminders refused",
        "/settings/reminders/",
        send="/reminders/",
        fill={"often": "daily", "remind_at": ""},
    ),
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
