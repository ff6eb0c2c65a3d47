"""One offer a day at most, where it helps; every answer puts the next one off."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.promises.models import Part, Promise
from journal.today import offers
from journal.today.offers import offer_of_day
from tests.people.factories import make_value
from tests.promises.factories import answer, make_promise
from tests.reflections.rating_factories import make_rating

TODAY = date(2026, 11, 19)  # a Thursday
BARE = {"smallest_version": "", "cue": "", "action": ""}


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel("2026-11-19T20:00:00+01:00", tick=False):
        yield


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def joined(person: User, days: int) -> User:
    person.date_joined = timezone.now() - timedelta(days=days)
    person.save(update_fields=["date_joined"])
    return person


@pytest.fixture
def settled(ada) -> User:
    """Joined long ago, with nothing left to offer about herself."""
    ada.declined_offers = list(User.Offer)
    ada.save(update_fields=["declined_offers"])
    return joined(ada, 60)


@pytest.fixture
def walk(settled) -> Promise:
    return make_promise(settled, starts_on=ago(9), cue="I finish lunch", smallest_version="")


def offered(person: User, day: date = TODAY) -> str:
    """The address of the offer, without where it leads back to."""
    person = User.objects.get(pk=person.pk)
    with acting_as(person):
        offer = offer_of_day(person, day)
    return offer.address.partition("?")[0] if offer else ""


def about(promise: Promise, part: str) -> str:
    return f"/promises/{promise.pk}/add/{part}/"


# --- what is offered, and when


def test_the_bad_day_version_on_the_day_after_the_first_miss(walk, settled):
    answer(walk, {ago(3): "kept", TODAY: "missed"})
    assert offered(settled) == ""

    answer(walk, {ago(1): "missed"})
    assert offered(settled) == about(walk, "smallest")


def test_a_miss_of_long_ago_offers_nothing(settled):
    walk = make_promise(settled, starts_on=ago(90), smallest_version="")
    answer(walk, {ago(29): "missed", **{ago(n): "kept" for n in range(1, 9)}})
    assert offered(settled) == ""

    answer(walk, {ago(28): "missed"})
    assert offered(settled) == about(walk, "smallest")


def test_a_plan_for_the_obstacle_from_the_second_miss_on(settled):
    walk = make_promise(settled, starts_on=ago(9))
    answer(walk, {ago(2): "missed"})
    assert offered(settled) == ""

    answer(walk, {ago(1): "missed"})
    assert offered(settled) == about(walk, "obstacle")


def test_days_off_once_life_happened(settled):
    walk = make_promise(settled, starts_on=ago(9))
    answer(walk, {ago(1): "excused"})

    assert offered(settled) == about(walk, "days-off")


def test_a_moment_from_the_second_day_on(settled):
    walk = make_promise(settled, **BARE)

    assert offered(settled) == ""
    with time_machine.travel("2026-11-20T08:00:00+01:00", tick=False):
        assert offered(settled, TODAY + timedelta(days=1)) == about(walk, "moment")


@pytest.mark.parametrize(
    ("days", "address"),
    [
        (0, ""), (1, ""), (2, "/today/offers/check-up/"), (3, "/today/offers/check-up/"),
    ],
)  # fmt: skip
def test_nothing_on_the_first_day(ada, days, address):
    assert offered(joined(ada, days)) == address


def test_what_is_about_the_person_comes_in_turn(ada):
    joined(ada, 30)
    make_rating(ada, ago(20))
    with acting_as(ada):
        ada.ratings.update(created_at=ada.date_joined)
    assert offered(ada) == "/today/offers/values/"

    make_value(ada, "calm", created_at=ada.date_joined)
    assert offered(ada) == "/today/offers/coach/"


def test_what_was_taken_elsewhere_today_was_todays(ada):
    make_value(joined(ada, 30), "calm")

    assert offered(ada) == ""


def test_only_active_promises_are_asked_about(walk, settled):
    answer(walk, {ago(1): "missed"})
    with acting_as(settled):
        walk.pause()

    assert offered(settled) == ""


def test_one_statement_for_many_promises_and_none_once_answered(settled, django_assert_num_queries):
    for _each in range(6):
        make_promise(settled, starts_on=ago(3), **BARE)
    with acting_as(settled):
        with django_assert_num_queries(1):
            assert offer_of_day(settled, TODAY)
        settled.next_offer_on = TODAY + timedelta(days=1)
        with django_assert_num_queries(0):
            assert offer_of_day(settled, TODAY) is None


def test_the_one_that_needs_it_is_found_among_many(settled):
    for _each in range(offers.FEW + 1):
        make_promise(settled, starts_on=ago(9), cue="I finish lunch")
    late = make_promise(settled, starts_on=ago(9), cue="", action="")
    assert offered(settled) == about(late, "moment")

    later = make_promise(settled, starts_on=ago(9), cue="I finish lunch", smallest_version="")
    answer(later, {ago(1): "missed"})
    assert offered(settled) == about(later, "smallest")  # the parts have an order


# --- once a quarter

GROWN = "/today/offers/grown/"


def new_quarter(person: User, *kept: date) -> list[date]:
    """The days of October on which what has grown is offered."""
    walk = make_promise(joined(person, 300), starts_on=date(2026, 6, 1))
    answer(walk, dict.fromkeys(kept, "kept"))
    days = [date(2026, 9, 30) + timedelta(days=n) for n in range(20)]
    return [day for day in days if offered(person, day) == GROWN]


@pytest.mark.parametrize("kept", [date(2026, 7, 9), date(2026, 9, 22)])
def test_what_has_grown_in_the_first_week_of_a_quarter_with_a_record(ada, kept):
    found = new_quarter(ada, kept)
    assert found == [date(2026, 10, n) for n in range(1, 8)]


def test_what_has_grown_is_not_offered_without_a_record_of_that_quarter(ada):
    assert new_quarter(ada, date(2026, 6, 30), date(2026, 10, 1)) == []


@pytest.mark.parametrize(
    ("do", "leads_to"),
    [("open", "/insights/grown/"), ("later", "/today/"), ("never", "/today/")],
)
def test_what_has_grown_is_answered_once_a_quarter(ada, ada_client, do, leads_to):
    new_quarter(ada, date(2026, 8, 1))
    with time_machine.travel("2026-10-01T20:00:00+02:00", tick=False):
        ada_client.force_login(ada)
        page = ada_client.get(GROWN).content.decode()
        assert f'name="do" value="{do}"' in page
        assert ada_client.post(f"{GROWN}decline/", {"do": do}).url == leads_to

    days = [date(2026, 10, 1) + timedelta(days=n) for n in range(20)]
    assert GROWN not in [offered(ada, day) for day in days]
    answer(make_promise(ada, starts_on=ago(30)), {ago(9): "kept"})
    assert (offered(ada, date(2027, 1, 1)) == GROWN) == (do != "never")


# --- what an answer does


def test_looking_stores_nothing(walk, settled, ada_client):
    answer(walk, {ago(1): "missed"})

    for _look in range(2):
        assert ada_client.get(offered(settled)).status_code == 200
    assert User.objects.get(pk=settled.pk).next_offer_on is None


def test_saving_answers_it_and_nothing_else_comes_today(walk, settled, ada_client):
    answer(walk, {ago(2): "missed", ago(1): "missed"})
    page = {"smallest_version": "One lap", "version": walk.version, "next": "/today/"}

    assert ada_client.post(about(walk, "smallest"), page).url == "/today/"

    assert offered(settled) == ""
    assert offered(settled, TODAY + timedelta(days=1)) == about(walk, "obstacle")
    with acting_as(settled):
        assert walk.revisions.latest("effective_on").smallest_version == "One lap"


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("moment", {"cue": "lunch", "action": "put my shoes on"}),
        ("obstacle", {"obstacle": "it rains", "coping_response": "climb stairs"}),
        ("days-off", {"reserve_per_month": 4}),
    ],
)
def test_each_part_is_saved(walk, settled, ada_client, part, fields):
    page = {**fields, "version": walk.version}

    assert ada_client.post(about(walk, part), page).url == f"/promises/{walk.pk}/"

    with acting_as(settled):
        stored = Promise.objects.get(pk=walk.pk)
    assert {name: getattr(stored, name) for name in fields} == fields
    assert Part(part) not in stored.missing_parts


def test_not_now_is_a_week_without_offers(walk, settled, ada_client):
    answer(walk, {ago(1): "missed"})

    assert ada_client.post(f"{offered(settled)}decline/", {"next": "/today/"}).url == "/today/"

    assert [offered(settled, TODAY + timedelta(days=n)) for n in (0, 6)] == ["", ""]
    assert offered(settled, TODAY + timedelta(days=7)) == about(walk, "smallest")


def test_dont_ask_again_holds_for_this_promise_alone(walk, settled, ada_client):
    answer(walk, {ago(1): "missed"})
    for _tap in range(2):
        ada_client.post(f"{about(walk, 'smallest')}decline/", {"do": "never"})

    assert offered(settled) == offered(settled, TODAY + timedelta(days=1)) == ""
    run = make_promise(settled, "Run", starts_on=ago(3), smallest_version="")
    answer(run, {ago(1): "missed"})
    assert offered(settled, TODAY + timedelta(days=1)) == about(run, "smallest")
    page = ada_client.get(f"/promises/{walk.pk}/").content.decode()
    assert about(walk, "smallest") in page  # it can still be added by hand


def test_an_offer_about_the_person_is_declined_for_now_or_for_good(ada, ada_client):
    joined(ada, 30)
    ada_client.post("/today/offers/check-up/decline/", {"do": "later"})
    assert [offered(ada, TODAY + timedelta(days=n)) for n in (0, 6)] == ["", ""]
    assert offered(ada, TODAY + timedelta(days=7)) == "/today/offers/check-up/"

    ada_client.post("/today/offers/check-up/decline/", {"do": "never"})
    assert offered(ada) == ""
    assert offered(ada, TODAY + timedelta(days=1)) == "/today/offers/values/"


@pytest.mark.parametrize("address", ["/today/offers/dragon/", "/promises/{}/add/dragon/"])
def test_an_unknown_one_is_not_there(walk, ada_client, address):
    address = address.format(walk.pk)
    assert ada_client.get(address).status_code == 404
    assert ada_client.post(f"{address}decline/").status_code == 404
