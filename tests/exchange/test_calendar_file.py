"""The promises of an export as a calendar."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from journal.privacy.rls import acting_as
from tests.exchange.factories import exported, files_of
from tests.exchange.test_book import HOSTILE
from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 6, 1)
DAY = timedelta(days=1)


def events(person, **fields) -> dict[str, list[tuple]]:
    content = files_of(exported(person, **fields))["promises.ics"]
    found: dict[str, list[tuple]] = {}
    for event in Calendar.from_ical(content).walk("VEVENT"):
        rule = event.get("rrule", {})
        days, until = rule.get("byday", []), rule.get("until", [None])[0]
        found.setdefault(str(event["summary"]), []).append((event["dtstart"].dt, days, until))
    return found


def test_each_stretch_comes_again_as_its_terms_say(ada):
    every = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
    make_promise(ada, HOSTILE, starts_on=MONDAY)
    make_promise(ada, "Swim", starts_on=MONDAY, cadence="times_per_week", times_per_week=2)
    fields = {"cadence": "weekdays", "weekdays": [2, 4], "ends_on": date(2027, 6, 30)}
    draw = make_promise(ada, "Draw", starts_on=MONDAY, **fields)
    make_promise(ada, "Dentist", cadence="once", due_on=date(2027, 1, 4), starts_on=MONDAY)
    gone = make_promise(ada, "Gone", starts_on=MONDAY)
    with acting_as(ada):
        draw.pauses.create(owner=ada, from_on=date(2026, 7, 1), until_on=date(2026, 7, 6))
        gone.trash()

    assert events(ada) == {
        HOSTILE: [(MONDAY, every, None)],
        "Swim (2 times this week)": [(MONDAY, ["MO"], None)],
        "Draw": [
            (MONDAY + 2 * DAY, ["WE", "FR"], date(2026, 6, 30)),
            (date(2026, 7, 8), ["WE", "FR"], date(2027, 6, 30)),
        ],
        "Dentist": [(date(2027, 1, 4), [], None)],
    }
    assert set(events(ada, item=draw.pk)) == {"Draw"}


def test_without_a_promise_there_is_no_calendar(ada):
    assert "promises.ics" not in files_of(exported(ada))
