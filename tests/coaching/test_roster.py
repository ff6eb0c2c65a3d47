"""The order of the roster: what to do now, for a reason that the row tells."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from journal.people import clock
from journal.privacy.rls import acting_as
from journal.sharing.models import Client
from tests.coaching.coach_client import browser_of, text_of
from tests.coaching.factories import link, make_session, propose, report, share, share_practice
from tests.factories import make_entry, make_person
from tests.promises.factories import make_promise

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


class Clients:
    """Clients of mira's, each with what the row of her own holds."""

    def __init__(self, mira) -> None:
        self.mira, self.number = mira, 0

    def __call__(self, name: str, **row):
        self.number += 1
        one = link(make_person(f"client{self.number}@example.org"), self.mira, name)
        with acting_as(self.mira):
            Client.objects.filter(link_id=one.pk).update(**row)
        return one

    def rows(self, page: str = "/coach/") -> list[str]:
        html = browser_of(self.mira).get(page).content.decode()
        return [
            re.sub(r"Connected \d+ \w+ \d+ ", "", text_of_row(row))
            for row in re.findall(r'<tr role="row">\s*<th scope="row".*?</tr>', html, re.DOTALL)
        ]


def text_of_row(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>|[\u2068\u2069]", " ", html).split())


@pytest.fixture
def client(mira):
    return Clients(mira)


def test_first_what_is_to_do_now_and_everyone_else_by_name(client, mira):
    now, today = timezone.now(), clock.today(mira)
    client("Zoë"), client("anders"), client("Émile", next_session_at=now + 30 * DAY)
    shared = client("New", last_session_on=today - 7 * DAY)
    share(shared, make_entry(shared.owner, "For Mira."))
    fresh = client("Fresh")
    share(fresh, make_entry(fresh.owner, "For Mira."))
    late, later = client("Late"), client("Later")
    for one, days in ((late, 9), (later, 2)):
        propose(one, state="taken", by_on=today - days * DAY)
    client("Soon", next_session_at=now + 6 * DAY)
    client("Tomorrow", next_session_at=now + DAY)
    client("Over", next_session_at=now - 2 * DAY)
    client("Today", next_session_at=now + timedelta(seconds=1))

    assert [row.split(" ")[0] for row in client.rows()] == [
        *("Over", "Today", "Tomorrow", "Soon"),
        *("Late", "Later"),
        *("Fresh", "New"),
        *("anders", "Émile", "Zoë"),
    ]
    told = " ".join(client.rows())
    for reason in (
        *("Over Session to close", "Today Session today", "Tomorrow Session tomorrow"),
        *("Soon Session in 6 days", "Late 1 agreement due", "New Something new"),
    ):
        assert reason in told


def test_an_agreement_is_due_until_an_outcome_is_sent_or_the_next_session_was_held(client, mira):
    today = clock.today(mira)
    kept, sent, held, ahead, waiting, declined = map(client, "KSHAWD")
    report(propose(kept, state="taken", by_on=today), shared=False)  # looks like none
    report(propose(sent, state="taken", by_on=today), shared=True)
    propose(held, state="changed", by_on=today - 3 * DAY)
    with acting_as(mira):
        Client.objects.filter(link_id=held.pk).update(last_session_on=today - 2 * DAY)
    propose(ahead, state="taken", by_on=today + DAY)
    propose(waiting, by_on=today)
    propose(declined, state="declined", by_on=today)

    assert [row[0] for row in client.rows() if "agreement due" in row] == ["K"]


def test_only_what_a_grant_opens_is_new(client, mira):
    """A promise of someone who shares none is not, though another client shares all of theirs."""
    today = clock.today(mira)
    open_one, closed = (client(name, last_session_on=today - DAY) for name in ("Open", "Closed"))
    for one in (open_one, closed):
        make_promise(one.owner, "Walk")
    share_practice(open_one, "promises")

    assert [row.split(" ")[0] for row in client.rows() if "1 new" in row] == ["Open"]
    with acting_as(open_one.owner_id):
        open_one.grants.update(revoked_at=timezone.now())
    assert not [row for row in client.rows() if " new" in row]


def test_a_session_that_was_closed_is_no_reason(client, mira):
    one = client("Ada", last_session_on=clock.today(mira))
    make_session(one, -1, closed=True)

    assert "Session" not in client.rows()[0]


def test_each_page_of_names_goes_on_where_the_last_one_ended(client, monkeypatch):
    monkeypatch.setattr("journal.coaching.roster.PAGE", 2)
    for name in ("C", "A", "B"):
        client(name)

    pages = [[row[0] for row in client.rows(f"/coach/?page={number}")] for number in (1, 2, 3)]
    assert pages == [["A", "B"], ["C"], []]
    assert "Previous clients" in text_of(browser_of(client.mira).get("/coach/?page=2"))
