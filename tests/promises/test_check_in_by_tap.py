"""The answer of a day by one tap, which HTMX puts in the place of its row."""

from datetime import date

import pytest
import time_machine

from journal.privacy.rls import acting_as
from journal.promises.models import Promise
from tests.markup import forms_of, parse
from tests.page import compact
from tests.promises.factories import make_promise

NOW = "2026-11-19T20:00:00+01:00"  # a Thursday evening, where ada lives
DAY = "2026-11-19"


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def walk(ada) -> Promise:
    return make_promise(ada, starts_on=date(2026, 9, 7))


def address(promise: Promise) -> str:
    return f"/promises/{promise.pk}/check-in/"


def row_of(promise: Promise) -> str:
    return f"due-{promise.pk}-{DAY}"


def tap(client, promise: Promise, **fields: str):
    headers = {"HX-Request": "true", "HX-Target": row_of(promise)}
    response = client.post(address(promise), {"due_on": DAY, **fields}, headers=headers)
    assert response.status_code == 200
    return response


def stored(promise: Promise) -> tuple[str, str, str]:
    with acting_as(promise.owner):
        row = promise.checkins.get()
        return row.status, row.excuse, row.note


def test_after_a_miss_the_row_says_that_happened_and_the_next_chance(walk, ada_client):
    page = compact(tap(ada_client, walk, status="missed"))

    assert page.strip().startswith(f'<li class="promise" id="{row_of(walk)}">')
    assert "That happened." in page
    assert "Next chance: Tomorrow, Friday 20 November." in page
    assert "Make it smaller or pause it?" in page
    assert "Saved" in page


def test_a_tap_leaves_the_form_what_it_was(walk, ada_client):
    """Its note and button, the link of a pause that names it, and the page it leads to."""
    page = ada_client.get(f"{address(walk)}?due_on={DAY}&next=/weeks/").content.decode()
    before = next(one for one in forms_of(parse(page)[0]) if "note" in one.fields)

    row = tap(ada_client, walk, status="kept", next="/weeks/").content.decode()

    (after,) = forms_of(parse(row)[0])
    assert after.fields.keys() == before.fields.keys() | {"status"}
    assert after.fields["next"] == "/weeks/"
    for markup in ('id="check-in"', '<button class="btn">'):
        assert markup in page
        assert markup in row


def test_life_happened_is_saved_and_may_get_a_reason(walk, ada_client):
    page = compact(tap(ada_client, walk, status="excused", note="Fever"))

    assert "Saved" in page
    assert 'value="excused" checked' in page
    assert stored(walk) == ("excused", "", "Fever")

    tap(ada_client, walk, status="excused", excuse="ill")
    assert stored(walk)[:2] == ("excused", "ill")
