"""A page left open past the start of a new day, and days that are not open: nothing is lost."""

from datetime import date

import pytest
import time_machine

from tests.conftest import signed_in
from tests.page import compact
from tests.promises.factories import make_promise
from tests.today.test_check import answers, stored

THURSDAY, FRIDAY = date(2026, 11, 19), date(2026, 11, 20)
LONG_AGO = date(2026, 9, 7)
OPEN_SINCE_THURSDAY = {"date": "2026-11-19", "seen": "2026-11-19"}


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-20T00:20:00+01:00", tick=False):
        yield


def test_a_page_left_open_asks_which_day_and_keeps_what_was_said(ada, ada_client):
    sent = {**OPEN_SINCE_THURSDAY, "trust": "4", "credit": "Rang", "was-credit": ""}

    response = ada_client.post("/today/check/", sent)

    page = compact(response)
    assert response.status_code == 409
    assert "opened on Thursday 19 November. Which day do you mean?" in page
    assert 'name="which" value="2026-11-19">Thursday 19 November</button>' in page
    assert 'name="which" value="2026-11-20">Today, Friday 20 November</button>' in page
    assert page.count('name="which"') == 2
    for name, value in sent.items():
        assert f'name="{name}" value="{value}"' in page
    assert stored(ada) == []


@pytest.mark.parametrize(
    ("which", "day", "leads"),
    [("2026-11-19", THURSDAY, "/today/?day=2026-11-19"), ("2026-11-20", FRIDAY, "/today/")],
)
def test_either_day_takes_the_answers(ada, ada_client, which, day, leads):
    walk = make_promise(ada, starts_on=LONG_AGO)
    sent = {**OPEN_SINCE_THURSDAY, "trust": "4", "credit": "Rang", "was-credit": ""}
    sent |= {f"{walk.pk}-status": "kept", f"{walk.pk}-was": "", "which": which}

    response = ada_client.post("/today/check/", sent)

    assert response.url == leads
    assert stored(ada) == [(day, 4, "", "Rang")]
    assert answers(walk) == [(day, "kept", "", "")]


def test_what_was_saved_before_midnight_stays_on_its_day(ada, ada_client):
    """The page says what it has saved already; only what was touched since is meant."""
    sent = {**OPEN_SINCE_THURSDAY, "trust": "4", "was-trust": "4", "visit": "none", "was-visit": ""}

    ada_client.post("/today/check/", {**sent, "which": "2026-11-20"})

    assert stored(ada) == [(FRIDAY, None, "none", "")]


def test_a_tap_asks_in_a_place_that_is_in_view(ada, ada_client):
    headers = {"HX-Request": "true", "HX-Target": "said-trust"}

    response = ada_client.post(
        "/today/check/", {**OPEN_SINCE_THURSDAY, "trust": "4"}, headers=headers
    )

    page = compact(response)
    assert response.status_code == 409
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#which-day", "innerHTML")
    assert page.startswith('<div class="toast which" role="alert">')
    assert page.count('name="which"') == 2
    assert stored(ada) == []


def test_after_four_days_only_today_is_left(ada, ada_client):
    sent = {"date": "2026-11-15", "seen": "2026-11-15", "trust": "4"}

    page = compact(ada_client.post("/today/check/", sent))

    assert page.count('name="which"') == 1
    assert 'name="which" value="2026-11-20"' in page


def test_a_past_day_chosen_today_is_not_asked_about(ada, ada_client):
    sent = {"date": "2026-11-19", "seen": "2026-11-20", "trust": "4"}

    assert ada_client.post("/today/check/", sent).url == "/today/?day=2026-11-19"
    assert stored(ada) == [(THURSDAY, 4, "", "")]


def test_without_a_day_it_is_today(ada, ada_client):
    ada_client.post("/today/check/", {"trust": "4"})

    assert stored(ada) == [(FRIDAY, 4, "", "")]


def test_the_persons_own_day_start_decides_what_is_over(ada):
    ada.day_starts_at = 3
    ada.save(update_fields=["day_starts_at"])

    response = signed_in(ada).post("/today/check/", {**OPEN_SINCE_THURSDAY, "trust": "4"})

    assert response.url == "/today/"
    assert stored(ada) == [(THURSDAY, 4, "", "")]


@pytest.mark.parametrize(
    "day",
    ["2026-11-16", "2026-11-21", "0000-01-01", "0001-01-01", "9999-12-31", "2026-02-30", "x\x00"],
)
@pytest.mark.parametrize("field", ["date", "which"])
def test_a_day_that_is_not_open_is_asked_about_with_everything_typed(ada, ada_client, field, day):
    sent = {"date": "2026-11-20", "seen": "2026-11-20", "credit": "I said no", field: day}

    response = ada_client.post("/today/check/", sent)

    page = compact(response)
    assert response.status_code == 200
    assert "That day is not open. Which day do you mean?" in page
    assert 'name="credit" value="I said no"' in page
    assert page.count('name="which"') == 4
    assert stored(ada) == []
