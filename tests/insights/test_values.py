"""What was done for each value, counted a second time day by day, and what a coach reads of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from journal.insights import queries
from journal.insights.measures.arithmetic import ValueInAction
from journal.insights.periods import LENGTHS, Period
from journal.privacy.rls import COACH, acting_as
from journal.promises.tallies import Tally
from journal.sharing import consent, shared_measures
from journal.sharing.models import SharedMeasure
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.factories import link
from tests.decisions.factories import make_decision
from tests.insights.factories import answer_days
from tests.people.factories import make_value
from tests.promises.factories import answer, make_promise
from tests.reflections.rating_factories import make_rating

TODAY = date(2026, 11, 20)
FIRST = date(2026, 8, 29)  # of the twelve weeks
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _frozen_clock():
    with time_machine.travel(datetime(2026, 11, 20, 20, tzinfo=UTC), tick=False):
        yield


def recorded(ada) -> None:
    """A bad month among better ones, a promise that rests, one over; and days before that."""
    calm, craft, rests = (make_value(ada, name) for name in ("calm", "craft", "nature"))
    make_value(ada, "Marmosetkeep")
    walk = make_promise(ada, "Walk", value=calm, starts_on=FIRST - 7 * DAY)
    answer_days(walk, FIRST - 7 * DAY, "mmmmmmm" + "kkksmkk" * 4 + "mmmmmmm" * 4 + "kk")
    draw = make_promise(ada, "Draw", value=calm, starts_on=FIRST + 70 * DAY)
    answer(draw, {FIRST + 71 * DAY: "excused", FIRST + 72 * DAY: "excused"}, excuse="spare_day")
    answer(draw, {FIRST + 73 * DAY: "excused"}, excuse="ill")
    make_promise(ada, "No value", starts_on=FIRST)
    ended = make_promise(ada, "Over", value=craft, starts_on=FIRST - 20 * DAY)
    with acting_as(ada):
        draw.pause()
        ada.promisepauses.update(from_on=TODAY - 4 * DAY)
        ended.ends_on = FIRST - DAY
        ended.save()
    calls = make_boundary(ada, "No calls", value=craft)
    make_boundary(ada, "Kept to myself", value=craft, communication="private")
    gone = make_boundary(ada, "Gone", value=craft)
    for result in ("held", "held_later", "partly", "not_held", "unsafe_to_act", "undecided"):
        make_crossing(calls, result=result, occurred_on=FIRST)
    make_crossing(calls, result="held", occurred_on=FIRST - DAY)
    make_crossing(gone, result="held", occurred_on=TODAY)
    make_decision(ada, "Both?", FIRST, values=[calm, craft, rests])
    make_decision(ada, "Before?", FIRST - DAY, values=[calm])
    with acting_as(ada):
        gone.trash()
        rests.rest()
    make_rating(ada, FIRST - DAY, (1, 1, 1, 1, 1))
    make_rating(ada, TODAY, (1, 1, 4, 1, 5))


def counted(ada, length=LENGTHS[0]) -> dict[str, ValueInAction]:
    with acting_as(ada):
        found = queries.ask(ada, Period(length, TODAY)).values
        return dict(zip([one.name for one in found.values], found.actions, strict=True))


def test_the_counts_of_twelve_weeks_whatever_the_period(ada):
    recorded(ada)

    # Walk: 4 weeks of 6 kept, one of them small; 28 missed; 2 kept. Draw: 5 days of a pause.
    found = counted(ada)
    assert list(found) == ["calm", "craft", "Marmosetkeep", "nature"]
    calm = found["calm"]
    assert (calm.promises, calm.kept.kept, calm.kept.small, calm.kept.missed) == (2, 26, 4, 32)
    assert (calm.paused, calm.days_off, calm.decisions, calm.boundaries) == (5, 2, 1, 0)
    assert found["craft"] == ValueInAction(decisions=1, boundaries=2, held=2, tested=4)
    assert found["nature"] == ValueInAction(decisions=1)
    assert not found["Marmosetkeep"]
    assert found == counted(ada, LENGTHS[1]) == counted(ada, LENGTHS[2])


def test_the_ranges_have_the_minimum_of_their_own_measures():
    assert ValueInAction(kept=Tally(full=9)).kept_range is None
    assert ValueInAction(kept=Tally(full=10, unrecorded=5)).kept_range is None
    assert ValueInAction(kept=Tally(full=10)).kept_range is not None
    assert ValueInAction(held=9, tested=9).held_range is None
    assert ValueInAction(held=10, tested=10).held_range is not None


def test_with_a_grant_a_coach_reads_totals_and_no_word_and_before_it_nothing(ada, mira, eve_client):
    recorded(ada)
    own = link(ada, mira)

    def seen() -> dict[str, dict]:
        with acting_as(mira, role=COACH):
            return {one.slug: one.content for one in SharedMeasure.objects.all()}

    assert seen() == {}
    with acting_as(ada):
        consent.share(own, [consent.ShareRequest("measure", "values", detail="counts")], 30)
        shared_measures.refresh(own)
    assert seen()["values"]["said"] == [
        "{client}’s records name 3 of 4 values in the last 12 weeks.",
        "2 promises, kept 26 of 58. 1 decision. Limits held 2 of 4 times. 7 days of rest.",
    ]
    assert seen()["values"]["own"] == []
    with acting_as(ada):
        consent.stop(ada)
    assert seen() == {}
    assert "Calm" not in eve_client.get("/insights/").content.decode()
