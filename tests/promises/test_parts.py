"""A promise without a bad-day version, and a day without a reason."""

import re
from datetime import date

import pytest
import time_machine

from journal.privacy.rls import acting_as
from tests.page import forms_in
from tests.promises.factories import answer, make_promise

TODAY = date(2026, 11, 19)  # a Thursday
LONG_AGO = date(2026, 9, 7)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def test_a_day_without_a_reason_is_never_a_planned_day_off(ada, ada_client):
    walk = make_promise(ada, starts_on=LONG_AGO)
    fields = {"due_on": str(TODAY), "status": "excused"}
    ada_client.post(f"/promises/{walk.pk}/check-in/", fields)

    with acting_as(walk.owner):
        assert [row.reason for row in walk.checkins.all()] == ["other"]
        assert walk.spare_days_left(TODAY) == walk.days_off


def test_kept_small_is_offered_once_there_is_a_bad_day_version(ada, ada_client):
    bare = make_promise(ada, smallest_version="", cue="", action="", starts_on=LONG_AGO)
    address = f"/promises/{bare.pk}/check-in/?due_on={TODAY}"
    assert values(ada_client.get(address)) == ["kept", "missed", "excused"]

    answer(bare, {TODAY: "kept_small"})  # given while there was one: it stays in sight
    assert values(ada_client.get(address)) == ["kept", "kept_small", "missed", "excused"]


def values(response) -> list[str]:
    return re.findall(r'type="radio"[^>]*name="status"\s+value="(\w+)"', response.content.decode())


def test_a_suggestion_of_the_long_flow_is_tapped(ada, ada_client):
    page = ada_client.get("/promises/new/?step=promise", follow=True)
    suggested = re.search(r'form="step" name="statement" value="([^"]+)"', page.content.decode())[1]
    (form,) = (one for one in forms_in(page) if "statement" in one.fields)

    # A browser sends the empty field, and after it the button that was pressed.
    ada_client.post(form.action, {**form.fields, "statement": ["", suggested]})

    with acting_as(ada):
        assert [draft.statement for draft in ada.promises.drafts()] == [suggested]
