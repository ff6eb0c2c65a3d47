"""The log: what she agreed to and what was opened, newest first, in plain sentences."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent
from journal.sharing.models import AccessLogEntry, ConsentEvent
from tests.boundaries.factories import make_boundary
from tests.coaching.factories import link, share, share_practice, suggest
from tests.conftest import signed_in
from tests.decisions.factories import make_decision
from tests.factories import make_entry
from tests.page import compact
from tests.query_counts import statements_of

pytestmark = pytest.mark.django_db


def lines(page: str) -> list[str]:
    main = page.partition("<main")[2].partition("</main>")[0]
    return re.findall(r"stack-xs\"><span>([^<]+)</span>", main)


def log(person, address: str = "/sharing/log/") -> str:
    return compact(signed_in(person).get(address))


def test_it_tells_what_was_agreed_to_and_what_was_opened(ada, mira):
    made = link(ada, mira)
    entry = make_entry(ada)
    grant = share(made, entry)
    share_practice(made, "boundaries")
    with acting_as(mira, role=COACH):
        AccessLogEntry.log([(made.owner_id, "entry", entry.pk)])
    browser = signed_in(ada)
    browser.post(f"/sharing/shares/{grant.pk}/take-back/")
    browser.post(f"/sharing/grants/{made.pk}/comments/", {"do": "off"})
    browser.post(f"/sharing/grants/{made.pk}/comments/", {"do": "off"})
    browser.post(f"/sharing/grants/{made.pk}/comments/", {"do": "on"})
    browser.post("/sharing/stop/")
    signed_in(mira).post(f"/sharing/grants/{made.pk}/end/")

    day = timezone.localtime(grant.expires_at, timezone.get_fixed_timezone(60))
    until = f"{day:%-d %B %Y}"
    assert sorted(lines(log(ada))) == sorted(
        [
            f"You shared with Mira until {until}: Entry",
            f"You shared with Mira until {until}: Boundaries",
            "Mira opened: Entry",
            "You stopped sharing with Mira: Entry",
            "You turned off comments from Mira.",
            "You turned on comments from Mira.",
            "You stopped all sharing with Mira.",
            "Mira ended the link.",
        ]
    )


def test_it_comes_a_page_at_a_time_and_loses_nothing(ada, mira):
    made = link(ada, mira)
    now = timezone.now()
    with acting_as(ada):
        for n in range(95):
            ConsentEvent.log(
                made,
                "granted",
                scope="practice",
                about="promises",
                at=now - timedelta(minutes=n // 3),
                until=now,
            )
    seen, address = [], "/sharing/log/"
    while address:
        page = log(ada, address)
        found = re.search(r'href="(\?at=[^"]+)"', page)
        seen += re.findall(r'datetime="([^"]+)"', page.partition("<ol")[2])
        address = f"/sharing/log/{found[1].replace('&amp;', '&')}" if found else ""
    assert len(seen) == 95
    assert seen == sorted(seen, reverse=True)


LINE = "line=019a0000-0000-7000-8000-000000000000"
FAR = f"?at=9999-12-31T00:00:00%2B00:00&{LINE}"
ODD = f"?at=2999-01-01T00:00:00%2B23:59&{LINE}"


@pytest.mark.parametrize("query", ["?at=nonsense&line=x", "?at=2026-01-01&line=", FAR, ODD])
def test_a_broken_place_is_the_beginning(ada, mira, query):
    share_practice(link(ada, mira), "boundaries")
    assert len(lines(log(ada, f"/sharing/log/{query}"))) == 1


def test_as_many_statements_with_one_line_as_with_thirty(ada, mira):
    made = link(ada, mira)
    share(made, make_decision(ada))
    before = len(statements_of(signed_in(ada), "/sharing/log/"))
    for _n in range(30):
        share(made, make_entry(ada))
    assert len(statements_of(signed_in(ada), "/sharing/log/")) == before == 5


def test_a_line_names_the_thing_in_her_words_until_it_is_removed(ada, mira):
    entry = make_entry(ada, "A quiet day by the lake.")
    made = link(ada, mira)
    share(made, entry)
    with acting_as(mira, role=COACH):
        AccessLogEntry.log([(made.owner_id, "entry", entry.pk)])

    page = log(ada)
    assert page.count("A quiet day by the lake.") == 2
    assert page.count(f'href="/journal/{entry.pk}/"') == 2

    with acting_as(ada):
        entry.trash()
    assert "A quiet day by the lake." not in log(ada)
    assert "Mira opened: Entry" in log(ada)


def test_eve_reads_nothing_of_it(ada, mira, eve):
    share_practice(link(ada, mira), "boundaries")
    assert "Nothing yet." in log(eve)


def test_the_page_of_one_coach_and_of_none(ada, mira, eve):
    browser = signed_in(ada)
    assert browser.get("/sharing/grants/").url == "/sharing/"
    made = link(ada, mira)
    assert browser.get("/sharing/grants/").url == f"/sharing/grants/{made.pk}/"
    link(ada, eve)
    assert browser.get("/sharing/grants/").url == "/sharing/"


def test_the_overview_says_what_each_can_see_and_what_waits(ada, mira):
    assert "You don’t have a coach here" in compact(signed_in(ada).get("/sharing/"))
    made = link(ada, mira)
    assert "Mira can’t see anything of yours" in compact(signed_in(ada).get("/sharing/"))
    share(made, make_boundary(ada, limit="No calls after seven"))
    with acting_as(ada):
        consent.share(made, [consent.ShareRequest("measure", "returns", detail="counts")], 7)
        consent.share(made, [consent.ShareRequest("week", detail="counts")], 7)
    row = suggest(made)

    page = compact(signed_in(ada).get("/sharing/"))

    for text in ("No calls after seven", "Weekly summary", "Counts only", row.pk.hex[:8]):
        assert text in page
