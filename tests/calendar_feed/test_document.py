"""The bytes of the file, by the rules of RFC 5545 that programs insist on."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from journal.calendar_feed.document import render
from journal.calendar_feed.events import Event

CHANGED = datetime(2026, 11, 1, 10, 20, 30, 999, tzinfo=UTC)
UID = UUID("0197a1b2-0000-7000-8000-000000000001")
HARD = [
    'Comma, semi; back\\slash: and "quotes"',
    "one\ntwo\r\nthree",
    "שלום, לבד עם עצמי? " * 8,
    "👩‍👩‍👧 family " * 12,
    "é" * 200,
    "BEGIN:VEVENT\r\nSUMMARY:not mine",
]


def event(title="Fridays?", start=date(2026, 12, 19), **fields) -> Event:
    given = {"text": "Ready to look back.", "address": "/decisions/1/", "changed_at": CHANGED}
    return Event(uid=UID, title=title, start=start, **{**given, **fields})


def made(*events: Event, zone="Europe/Berlin", name="Notes", origin="https://example.org") -> bytes:
    year = date(2026, 11, 19)
    return render(events, name=name, zone=ZoneInfo(zone), today=year, origin=origin)


def only(raw: bytes):
    (entry,) = Calendar.from_ical(raw).walk("VEVENT")
    return entry


def check_lines(raw: bytes) -> None:
    assert raw.endswith(b"\r\n")
    for line in raw[:-2].split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode()  # folded between characters, not inside of one


@pytest.mark.parametrize("title", HARD)
def test_hard_titles_come_through_whole_in_folded_lines(title):
    raw = made(event(title, text=title))
    check_lines(raw)
    assert len(Calendar.from_ical(raw).walk("VEVENT")) == 1
    plain = title.replace("\r\n", "\n")
    assert (str(only(raw)["summary"]), str(only(raw)["description"])) == (plain, plain)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200))
def test_any_title_comes_through(title):
    raw = made(event(title))
    check_lines(raw)
    assert str(only(raw)["summary"]) == title


def test_a_day_is_all_day_and_does_not_make_anyone_busy():
    text = made(event()).decode()
    for line in ("DTSTART;VALUE=DATE:20261219", "DTEND;VALUE=DATE:20261220", "TRANSP:TRANSPARENT"):
        assert f"\r\n{line}\r\n" in text
    assert "\r\nDTSTAMP:20261101T102030Z\r\n" in text
    assert "VALARM" not in text
    assert "METHOD" not in text


def test_a_moment_has_the_persons_zone_and_the_zone_is_explained():
    start = datetime(2026, 12, 19, 7, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    raw = made(event(start=start))
    assert b"\r\nDTSTART;TZID=Europe/Berlin:20261219T073000\r\n" in raw
    (zone,) = Calendar.from_ical(raw).walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Berlin"


ZONES = ["Europe/Berlin", "Europe/Dublin", "America/New_York", "Australia/Lord_Howe"]
ZONES += ["Africa/Casablanca", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns"]


@pytest.mark.parametrize("name", ZONES)
def test_each_change_of_the_clock_begins_by_the_clock_before_it(name):
    """Read as RFC 5545 has it: the latest observance that began, by the offset before it."""
    (zone,) = Calendar.from_ical(made(zone=name)).walk("VTIMEZONE")
    began = sorted(
        (one["dtstart"].dt - one["tzoffsetfrom"].td, one["tzoffsetto"].td)
        for one in zone.subcomponents
    )
    at = datetime(2025, 1, 2)
    while at < datetime(2029, 1, 1):
        offset = [to for start, to in began if start <= at][-1]
        assert offset == at.replace(tzinfo=UTC).astimezone(ZoneInfo(name)).utcoffset()
        at += timedelta(minutes=30)


def test_without_a_zone_there_is_nothing_to_explain():
    raw = made(event(start=datetime(2026, 12, 19, 7, 30, tzinfo=ZoneInfo("UTC"))), zone="UTC")
    assert b"VTIMEZONE" not in raw
    assert b"\r\nDTSTART:20261219T073000Z\r\n" in raw


def test_discreet_says_when_and_never_what():
    raw = made(event(), name="Post", origin=None)
    assert re.findall(rb"SUMMARY:(.*)\r", raw) == [b"Post"]
    for hidden in (b"Fridays", b"look back", b"decisions", b"example.org", b"Selftrust"):
        assert hidden not in raw


def test_a_calendar_has_what_programs_ask_for():
    calendar = Calendar.from_ical(made(event()))
    assert not calendar.errors
    names = ("version", "prodid", "calscale", "x-wr-calname", "x-wr-timezone", "x-published-ttl")
    assert [str(calendar[name]) for name in names] == [
        "2.0",
        "-//Notes//Calendar//EN",
        "GREGORIAN",
        "Notes",
        "Europe/Berlin",
        "PT4H",
    ]
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT4H\r\n" in made(event())


def test_a_name_with_a_line_break_makes_no_line_of_its_own():
    assert b"\r\nATTENDEE" not in made(event(), name="Post\r\nATTENDEE:mailto:eve@example.org")
