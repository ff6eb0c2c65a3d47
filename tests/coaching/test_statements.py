"""What the coach area asks of the database does not grow with the roster."""

import pytest
from django.utils import timezone

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.sharing.models import Client
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import browser_of, page_of
from tests.coaching.factories import link, made_coach, share, share_practice
from tests.decisions.factories import make_decision
from tests.factories import make_entry, make_person
from tests.lessons.factories import make_lesson
from tests.promises.factories import answer, make_promise
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db

PRACTICES = ("promises", "boundaries", "self_compassion", "decisions", "mistakes")


@pytest.fixture
def shared(ada, mira):
    """Ada shares all that can be shared, and mira has written down when they met."""
    one = link(ada, made_coach(mira))
    today = clock.today(ada)
    for number in range(3):
        promise = make_promise(ada, f"Walk {number}", starts_on=today)
        answer(promise, {today: "kept"})
        make_crossing(make_boundary(ada), f"Called, {number}")
        make_decision(ada)
        make_lesson(ada)
        share(one, make_entry(ada, f"For Mira, {number}"))
    for practice in PRACTICES:
        share_practice(one, practice)
    browser_of(mira).post(page_of(one, "notes/"), {"body": "A note."})
    with acting_as(mira):
        Client.objects.update(last_session_on=today)
    return one


def with_many_clients(coach) -> None:
    now = timezone.now()
    for number in range(199):
        person = make_person(f"client{number}@example.org")
        one = link(person, coach, f"Client {number}")
        if number % 4 == 0:
            make_promise(person, "Walk")
            share_practice(one, "promises")
        else:
            share(one, make_entry(person, "For Mira."))
    with acting_as(coach):
        Client.objects.update(last_session_on=clock.today(coach), next_session_at=now)


COUNTS = {
    "/coach/": 8,
    "client": 10,
    "brief": 10,
    "suggest": 8,
    "/coach/suggest/": 5,
    "/coach/library/": 4,
    "/coach/search/": 3,
    "/coach/shared/promise/": 9,
    "/coach/shared/entry/": 9,
    "item": 9,
}


def test_the_same_statements_with_one_client_and_with_200(shared, mira):
    def counted() -> dict[str, int]:
        found = {}
        for name in COUNTS:
            path = name
            if name in ("client", "brief", "suggest"):
                path = page_of(shared, "" if name == "client" else f"{name}/")
            if name == "item":
                path = f"/coach/shared/entry/{shared.grants_of_entries}/"
            found[name] = len(statements_of(browser_of(mira), path))
        return found

    with acting_as(shared.owner_id):
        shared.grants_of_entries = shared.grants.filter(about="entry").first().item_id
    assert counted() == COUNTS
    with_many_clients(mira)
    assert counted() == COUNTS
    assert max(COUNTS.values()) <= 12


def test_a_search_through_200_clients_opens_each_key_once(shared, mira):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with_many_clients(mira)
    browser = browser_of(mira)
    with CaptureQueriesContext(connection) as captured:
        page = browser.post("/coach/search/", {"q": "Mira"}).content.decode()

    asked = [one["sql"] for one in captured if "privacy_datakey" in one["sql"]]
    assert page.count('class="entryish p-journal"') == 20
    assert len(asked) <= 2  # mira's, with the switch of roles, and all the others
