"""Installing is offered once, on the third day on which a browser opens Today."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.today.test_offers import joined

OFFER = "/today/offers/install/"
FIRST = datetime(2026, 11, 19, 12, tzinfo=UTC)


def is_offered(client, days: int, address: str = "/today/") -> bool:
    with time_machine.travel(FIRST + timedelta(days=days), tick=False):
        return f'href="{OFFER}"' in client.get(address).content.decode()


@pytest.fixture
def here(ada, client):
    """ada's browser, in which nobody has opened Today; she joined the day before."""
    with time_machine.travel(FIRST, tick=False):
        joined(ada, 1)
        client.force_login(ada)
    return client


def test_it_is_offered_on_the_third_day_and_on_no_other(here):
    # Twice on each day, and with days between: what counts is the days of visits.
    days = [0, 0, 3, 3, 4, 4, 5, 9, 9]

    assert [day for day in days if is_offered(here, day)] == [4, 4]


def test_declined_it_is_over_everywhere(here, ada):
    assert [is_offered(here, day) for day in (0, 1, 2)] == [False, False, True]
    with time_machine.travel(FIRST + timedelta(days=2), tick=False):
        here.post(f"{OFFER}decline/", {"do": "never"})
    assert not is_offered(here, 2)

    del here.cookies["visits"]
    assert not any(is_offered(here, day) for day in (10, 11, 12, 13))


def test_where_another_offer_was_answered_that_day_it_waits_for_the_next_visit(here, ada):
    assert [is_offered(here, day) for day in (0, 1)] == [False, False]
    ada.put_off_offers((FIRST + timedelta(days=3)).date())

    assert [is_offered(here, day) for day in (2, 3, 4)] == [False, True, False]


def test_it_is_never_beside_another_offer(here):
    """From the second day on, a person without a check-up is offered one."""
    with time_machine.travel(FIRST + timedelta(days=2), tick=False):
        for day in ("2026-11-19.1", "2026-11-20.2"):
            here.cookies["visits"] = day
            html = here.get("/today/").content.decode()
            assert html.count('href="/today/offers/') == 1


def test_the_installed_app_offers_nothing(here):
    assert not any(is_offered(here, day, "/today/?app=1") for day in (0, 1, 2, 3))
    assert not any(is_offered(here, day) for day in (4, 5, 6))


def test_another_browser_counts_its_own_days(here, ada):
    assert [is_offered(here, day) for day in (0, 1)] == [False, False]
    del here.cookies["visits"]

    assert [is_offered(here, day) for day in (2, 3, 4)] == [False, False, True]


@pytest.mark.parametrize("cookie", ["x", "2026-11-18.", "2026-11-18.0", "2026-11-18.2x", "é.2"])
def test_a_cookie_that_says_nothing_counts_anew(here, cookie):
    here.cookies["visits"] = cookie
    assert not is_offered(here, 0)


def test_after_installing_nothing_is_offered_that_day(here):
    assert [is_offered(here, day) for day in (0, 1, 2)] == [False, False, True]
    with time_machine.travel(FIRST + timedelta(days=2), tick=False):
        here.post("/settings/install/", {"app_name": "notes", "do": "installed"})

    assert not is_offered(here, 2)
