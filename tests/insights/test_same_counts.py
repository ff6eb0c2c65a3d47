"""Promises and insights count the same four weeks alike, or one of them says why not."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from journal.privacy.rls import acting_as
from tests.insights.factories import answer_days, confirm
from tests.page import compact
from tests.promises.factories import make_promise

SUNDAY = date(2026, 11, 22)
FIRST = date(2026, 10, 26)  # a Monday
BEFORE = date(2026, 9, 28)


def four_weeks(ada) -> None:
    """Every kind: daily, on weekdays, by the week, paused, let go, and over."""
    walk = make_promise(ada, "Walk", starts_on=BEFORE)
    answer_days(walk, FIRST - timedelta(days=7), "kkkkkkk kkmkkxk kmmkskk kkkkk.k kmksk..")
    swim = make_promise(
        ada, "Swim", cadence="times_per_week", times_per_week=3, starts_on=date(2026, 11, 2)
    )
    answer_days(swim, date(2026, 11, 2), "k.k.... k.k.s.. k......")
    confirm(swim, date(2026, 11, 2))
    read = make_promise(ada, "Read", starts_on=BEFORE)
    answer_days(read, FIRST, "kkkkkkk mmmmkkk")
    draw = make_promise(ada, "Draw", starts_on=BEFORE)
    answer_days(draw, FIRST, "ksk")
    call = make_promise(ada, "Call", starts_on=BEFORE)
    answer_days(call, FIRST, "kkkkkkk kk")
    with acting_as(ada):
        read.ends_on = date(2026, 11, 8)
        read.save()
        draw.pause()
        call.retire("outgrown")


def counts(client) -> tuple[str, str]:
    page = compact(client.get("/promises/"))
    together = re.search(r'class="big-number">(\d+ of \d+)<', page)[1]
    page = compact(client.get("/insights/?window=28-days"))
    return together, re.search(r"(\d+ of \d+) kept", page)[1]


def test_the_same_four_weeks_give_the_same_count(ada, ada_client):
    with time_machine.travel(datetime(2026, 11, 22, 20, tzinfo=UTC), tick=False):
        four_weeks(ada)
        together, insights = counts(ada_client)
        page = compact(ada_client.get("/promises/"))
    assert together == insights
    assert "its count can differ" not in page


def test_four_weeks_that_begin_on_another_day_say_so(ada, ada_client):
    with time_machine.travel(datetime(2026, 11, 19, 20, tzinfo=UTC), tick=False):
        four_weeks(ada)
        page = compact(ada_client.get("/promises/"))
    assert "Every promise since 26 October, ended ones too." in page
    assert "begins on 23 October, so its count can differ." in page


@pytest.fixture
def swim(ada):
    return make_promise(
        ada, "Swim", cadence="times_per_week", times_per_week=2, starts_on=date(2026, 11, 16)
    )


def test_a_weekly_target_that_is_met_lists_nothing_as_open(ada, ada_client, swim):
    with time_machine.travel(datetime(2026, 11, 19, 20, tzinfo=UTC), tick=False):
        ada_client.force_login(ada)
        answer_days(swim, date(2026, 11, 16), "k")
        assert ">Not recorded yet</span>" in pills(ada_client, swim)
        answer_days(swim, date(2026, 11, 18), "k")
        assert ">Not recorded yet</span>" not in pills(ada_client, swim)
        assert ada_client.get("/today/").content.decode().count("Swim") == 0
        given = {"from_on": "2026-11-17", "until_on": "2026-11-19", "excuse": "ill"}
        refused = compact(ada_client.post(f"/promises/{swim.pk}/excuse/", given))
        assert "Nothing is due in that time." in refused


def pills(client, promise) -> str:
    page = compact(client.get(f"/promises/{promise.pk}/"))
    return re.sub(r'<span class="pill">\s*', "<span>", page).replace(" </span>", "</span>")
