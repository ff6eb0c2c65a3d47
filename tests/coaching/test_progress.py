"""Shared figures as the client's own charts, since they connected: in the preview and for mira."""

import re
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest
import time_machine

from journal.insights import drawings
from journal.people.models import User
from journal.privacy.rls import COACH, OWNER, acting_as
from journal.sharing import consent, shared_measures
from journal.sharing.models import CoachLink, SharedMeasure
from journal.sharing.shared_measures import MEASURES
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, sure
from tests.factories import make_person
from tests.insights.recorded_month import WALK, record
from tests.reflections.rating_factories import make_rating

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)
CONNECTED = datetime(2026, 11, 6, 12, tzinfo=UTC)  # two whole weeks before the 20th

FOUR_WEEKS_AGO = datetime(2026, 10, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(scope="module")
def recorded(module_data) -> None:
    with time_machine.travel(NOW, tick=False):
        record(make_person("ada@example.org", zone="Europe/Berlin"))


@pytest.fixture
def ada(db, recorded) -> User:
    return User.objects.get(email="ada@example.org")


@pytest.fixture
def own(ada, mira) -> CoachLink:
    return connected(link(ada, mira), CONNECTED)


def connected(one: CoachLink, moment: datetime) -> CoachLink:
    with acting_as(None, role=OWNER):
        CoachLink.objects.filter(pk=one.pk).update(consented_at=moment)
    one.consented_at = moment
    return one


def drawn(own: CoachLink, *slugs: str) -> dict[str, dict]:
    with acting_as(own.owner_id):
        wishes = [consent.ShareRequest("measure", slug, detail="counts") for slug in slugs]
        consent.share(own, wishes, 30)
        shared_measures.refresh(own)
    with acting_as(own.coach_id, role=COACH):
        return {one.slug: one.content["drawn"] for one in SharedMeasure.objects.all()}


def figures(page: str) -> list[str]:
    found = re.findall(r'<figure class="chart card.*?</figure>', page, re.DOTALL)
    return [" ".join(one.split()) for one in found]


def test_a_chart_counts_whole_weeks_since_they_connected_and_compares_with_nothing_before(own):
    found = drawn(own, "kept", "follow-through")

    kept = found["kept"]
    assert kept["time"] == "7 November to 20 November"
    (table,) = kept["tables"]
    # Walk 6 of 6 and 4 of 5; of Swim, the week of the 9th, 3 of 3, and 1 so far in the next.
    assert [line[:3] for line in table[2]] == [
        ["7\xa0Nov\xa02026", "9", "9"],
        ["14\xa0Nov\xa02026", "5", "6"],
        ["Total", "14", "15"],
    ]
    assert "kept 14 of 15" in kept["said"][0]
    assert any("ikely between" in text for text in kept["said"])
    assert not any("before" in text for one in found.values() for text in one["said"])
    assert found["follow-through"]["strokes"][0] == ["Held", 3, 6]


def test_no_words_of_hers_and_nothing_that_another_figure_opens(own):
    connected(own, FOUR_WEEKS_AGO)
    found = drawn(own, *(slug for slug, _name in MEASURES))

    assert {"kept", "returns", "follow-through", "easing", "trust", "process"} <= set(found)
    everything = str(found)
    for own_words in (WALK, "Swim", "No calls", "unsafe", "safe to act"):
        assert own_words not in everything
    said = str([one["said"] for one in found.values() if one])
    assert not re.search(r"\b[Yy]ou", said.replace("“How sure are you?”", ""))
    (felt,) = found["trust"]["plots"]
    assert not felt["name"]
    assert len(found["trust"]["tables"][0][1]) == 3  # not the promises kept beside it


def test_of_check_ups_there_are_averages_since_they_connected_and_no_answers(own):
    for month, answers in ((6, (1, 1, 1, 1, 1)), (8, (2, 2, 2, 2, 2)), (9, (4, 4, 4, 4, 4))):
        make_rating(own.owner, date(2026, month, 15), answers)
    connected(own, datetime(2026, 7, 1, tzinfo=UTC))
    (_name, columns, averages) = drawn(own, "rating")["rating"]["tables"][0]

    assert columns == ["Date", "Average"]
    averages = [[day.replace("\xa0", " "), score] for day, score in averages]
    assert ["15 Sep 2026", "4"] in averages
    assert ["15 Aug 2026", "2"] in averages
    assert "Jun" not in str(averages)


def test_the_preview_and_the_coachs_page_draw_the_same(own, ada, mira):
    connected(own, FOUR_WEEKS_AGO)
    slugs = [slug for slug, _name in MEASURES]
    query = urlencode({"measure": slugs}, doseq=True)
    preview = sure(ada).get(f"/sharing/grants/{own.pk}/preview/?{query}").content.decode()
    drawn(own, *slugs)
    page = browser_of(mira).get(page_of(own)).content.decode()

    assert len(figures(page)) == len(slugs)
    assert figures(page) == figures(preview)
    assert page.count('<svg class="plot') >= 4


def test_what_is_not_shared_is_not_there_not_even_its_absence(own, mira):
    browser = browser_of(mira)
    assert "Progress" not in text_of(browser.get(page_of(own)))
    drawn(own, "kept")

    page = browser.get(page_of(own)).content.decode()
    (only,) = figures(page)
    assert "Promises kept" in only
    for slug, name in MEASURES:
        assert slug == "kept" or str(name) not in page

    with acting_as(own.owner_id):
        consent.stop(own.owner)
    assert not figures(browser.get(page_of(own)).content.decode())


def test_in_the_first_week_there_are_words_and_after_a_year_the_last_one(own, ada):
    connected(own, datetime(2026, 11, 19, tzinfo=UTC))
    assert drawn(own, "kept") == {"kept": None}

    connected(own, datetime(2025, 1, 1, tzinfo=UTC))
    (plot,) = drawn(own, "kept")["kept"]["plots"]
    assert len([one for one in plot["texts"] if "bold" in one["css"]]) == 0
    assert len(drawn(own, "kept")["kept"]["tables"][0][2]) == 13 + 1


def test_a_stored_chart_that_is_not_only_numbers_is_not_drawn(own):
    data = drawn(own, "kept")["kept"]
    drawings.from_data(data)
    data["plots"][0]["dots"][0]["place"] = 'cx="1" onload="alert(1)"'
    with pytest.raises(ValueError, match="not the place"):
        drawings.from_data(data)
