"""Reminders, the calendar and what opens without a network; part of the list in tests/pages.py."""

from journal.people.models import User
from tests.calendar_feed.factories import make_address
from tests.page import Page
from tests.promises.factories import make_promise
from tests.push.push_service import Device
from tests.reminders.factories import make_preference, make_reminder

SETTINGS, CALENDAR = "/settings/reminders/", "/settings/calendar/"


def with_lines_and_devices(ada: User) -> str:
    make_preference(ada, sender_name="Between us")
    make_reminder(ada, by_push=True)
    make_promise(ada, "Walk round the block after lunch, whatever the weather says")
    for name in ("phone", "laptop"):
        Device("fcm.googleapis.com", name).store(ada)
    return SETTINGS


def of_promise(ada: User) -> str:
    return f"{SETTINGS}promise/{make_promise(ada).pk}/"


def calendar_with_address(ada: User) -> str:
    make_address(ada, titles=True)
    return CALENDAR


REMINDERS = [
    Page("reminders, all off", SETTINGS),
    Page("reminders", with_lines_and_devices),
    Page("reminders saved", with_lines_and_devices, send=SETTINGS),
    Page("reminders refused", SETTINGS, send=SETTINGS, fill={"quiet_from": ""}),
    Page(
        "reminders, a pause refused", SETTINGS, send="/pause/", fill={"paused_until": "2020-01-01"}
    ),
    Page(
        "reminders, changed elsewhere",
        with_lines_and_devices,
        send=SETTINGS,
        fill={"shown": "x", "most_a_day": "3"},
        status=409,
    ),
    Page("reminder of a promise", of_promise),
    Page("reminder, the email", f"{SETTINGS}email/"),
    Page("calendar", CALENDAR),
    Page("calendar with an address", calendar_with_address),
    Page(
        "calendar of a page left open", calendar_with_address, send="/change/", fill={"shown": "x"}
    ),
    Page("without a connection", "/offline/", visitor=True),
    Page("a minute for you", "/offline/grounding/", visitor=True),
]
