"""Figures for a coach: worked out as the client, without a word and without what was unsafe."""

import re
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine

from journal.insights import page
from journal.insights.coach_sentences import SENTENCES
from journal.insights.periods import LENGTHS, Period
from journal.people import clock
from journal.privacy.rls import COACH, acting_as
from journal.sharing import consent, shared_measures
from journal.sharing.models import CoachLink, SharedMeasure
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, sure
from tests.insights.factories import answer_days
from tests.insights.recorded_month import record
from tests.promises.factories import make_promise
from tests.reflections.week.factories import make_reflection

pytestmark = pytest.mark.django_db
FIRST = date(2026, 10, 24)  # of the 28 days that end on Friday 20 November 2026


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def own(ada, mira) -> CoachLink:
    walk = make_promise(ada, "Narwhalgecko", starts_on=FIRST)
    answer_days(walk, FIRST, "kkmkkxk kmmkskk kkkkk.k kmksk..")
    return link(ada, mira)


def share(own: CoachLink, *wishes: consent.ShareRequest) -> None:
    with acting_as(own.owner_id):
        consent.share(own, wishes, 30)
        shared_measures.refresh(own)


def seen_by(coach) -> dict[str, dict]:
    with acting_as(coach, role=COACH):
        return {measure.slug: measure.content for measure in SharedMeasure.objects.all()}


def test_a_measure_in_sentences_of_its_own_and_without_words(ada, mira, own):
    share(own, consent.ShareRequest("measure", "kept", detail="counts"))

    measure = seen_by(mira)["kept"]
    assert list(seen_by(mira)) == ["kept"]
    assert measure["name"] == "Promises kept"
    assert any(
        text.startswith("{client} kept 20 of 24, 2 of them small.") for text in measure["said"]
    )
    assert "Narwhalgecko" not in str(measure)
    assert measure["own"] == []


def test_counts_of_a_practice_are_its_measures(mira, own):
    share(own, consent.ShareRequest("practice", "promises", detail="counts"))

    assert set(seen_by(mira)) == {"kept", "returns"}


def test_each_measure_has_sentences_about_the_client(ada, mira):
    """In the third person, without a chart that is not there, and with the name on both sides."""
    record(ada)
    own = link(ada, mira, "Ada B.")
    slugs = [slug for slug, _name in shared_measures.MEASURES]
    share(own, *(consent.ShareRequest("measure", slug, detail="counts") for slug in slugs))

    seen = seen_by(mira)
    assert set(seen) == set(slugs) == set(SENTENCES)
    for slug, one in seen.items():
        said = " ".join(one["said"])
        assert "{client}" in said, slug
        assert not re.search(r"\byour?\b|%\(|chart|dotted|square|\bbar\b", said, re.I), said
    page = text_of(browser_of(mira).get(page_of(own)))
    assert "Ada B. kept " in page
    assert "{client}" not in page
    with acting_as(ada):
        grants = [str(pk) for pk in own.grants.values_list("pk", flat=True)]
    query = urlencode({"measure": slugs, "seen": grants, "renew": "on"}, doseq=True)
    preview = text_of(sure(ada).get(f"/sharing/grants/{own.pk}/preview/?{query}"))
    for one in seen.values():
        for sentence in one["said"]:
            shown = " ".join(sentence.replace("{client}", "Ada B.").split())
            assert shown in page
            assert shown in preview


def test_what_was_not_safe_to_act_on_is_not_counted(ada, mira, own):
    calls = make_boundary(ada)
    for result in ("held", "held", "held_later", "partly", "not_held"):
        make_crossing(calls, result=result, occurred_on=date(2026, 11, 18))
    share(own, consent.ShareRequest("practice", "boundaries", detail="counts"))
    before = seen_by(mira)

    for result in ("unsafe_to_act", "unsafe_to_act"):
        make_crossing(calls, "", result=result, occurred_on=date(2026, 11, 18))
    with acting_as(ada):
        shared_measures.refresh(own)

    assert seen_by(mira) == before
    assert "safe" not in str(before)


def test_weeks_say_what_was_kept_and_in_full_what_was_written(ada, mira, own):
    make_reflection(ada, date(2026, 11, 9), sentence_of_week="Crowded, decent", next_choice="keep")
    share(own, consent.ShareRequest("week", detail="counts"))
    counted = seen_by(mira)
    weeks = ["week-2026-10-19", "week-2026-10-26", "week-2026-11-02", "week-2026-11-09"]
    assert sorted(counted) == weeks
    assert counted["week-2026-10-26"]["name"] == "26 October to 1 November 2026"
    assert "Crowded, decent" not in str(counted)

    share(own, consent.ShareRequest("week", detail="full"))
    full = seen_by(mira)
    assert full["week-2026-11-09"]["own"] == [["The week in a sentence", "Crowded, decent"]]
    assert "Narwhalgecko" not in str(full)


def test_the_misses_of_a_week_are_not_told_to_the_coach_as_their_own(mira, own):
    share(own, consent.ShareRequest("week", detail="counts"))

    said = [text for one in seen_by(mira).values() for text in one["said"]]
    assert any("{client} kept the very next chance after" in one for one in said)
    assert not any(" you" in one.lower() for one in said)


def test_from_now_on_begins_with_the_week_in_which_it_was_said(ada, mira, own):
    with acting_as(ada):
        consent.share(own, [consent.ShareRequest("week", detail="counts", past="from_now")], 90)
        shared_measures.refresh(own)
    assert seen_by(mira) == {}

    with time_machine.travel(datetime(2026, 11, 29, 20, tzinfo=UTC), tick=False), acting_as(ada):
        shared_measures.refresh(own)
        stored = {measure.slug for measure in SharedMeasure.objects.all()}
    assert stored == {"week-2026-11-16", "week-2026-11-23"}


def test_the_measures_to_choose_from_are_those_of_the_page(ada):
    with acting_as(ada):
        found = page.build_page(ada, Period(LENGTHS[0], clock.today(ada)))

    assert [(slug, str(name)) for slug, name in shared_measures.MEASURES] == sorted(
        ((one.slug, str(one.name)) for one in found.measures),
        key=lambda one: [slug for slug, _name in shared_measures.MEASURES].index(one[0]),
    )
    known = {slug for slug, _name in shared_measures.MEASURES}
    assert {slug for slugs in shared_measures.OF_PRACTICE.values() for slug in slugs} <= known


def test_taken_back_and_shared_again_the_old_figures_stay_gone(ada, mira, own):
    share(own, consent.ShareRequest("measure", "kept", detail="counts"))
    with acting_as(ada):
        consent.stop(ada)
    assert seen_by(mira) == {}

    with time_machine.travel(datetime(2026, 11, 27, 20, tzinfo=UTC), tick=False):
        share(own, consent.ShareRequest("measure", "kept", detail="counts"))
        with acting_as(mira, role=COACH):
            assert [measure.as_of for measure in SharedMeasure.objects.all()] == [
                date(2026, 11, 20) + timedelta(days=7)
            ]
