"""Ways in: which questions stand beside a brief, by kinds, states, days and counts alone."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from journal.coaching import session_openers
from journal.coaching.session_openers import RULES, BriefFacts
from journal.people import clock
from journal.privacy.fields import Sealed, WordsField
from journal.privacy.rls import acting_as
from journal.sharing import consent
from journal.sharing.coach_queries import Item
from journal.sharing.models import AccessLogEntry, Client, ShareGrant
from journal.sharing.shareable import KINDS
from journal.sharing.shared_fields import SHOWN
from tests.boundaries.factories import make_boundary, make_crossing
from tests.coaching.coach_client import browser_of, page_of, text_of
from tests.coaching.factories import link, share, share_practice
from tests.factories import make_entry
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_moment

DAY = date(2026, 11, 24)
DAY_BEFORE, DAY_AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)

NEXT_STEP = "You’d planned a next step. How did it go?"
NEEDS = "What would make this promise fit your days as they are?"
LOOK_BACK = "Which would you like to look at first: how you decided, or how it turned out?"
SOUND = "How would it sound if you said it out loud here?"
EASED = "It eased afterwards. What do you think helped?"
CAME_UP = "Where has this come up since, whether you used it or not?"
SAID = "You’ve told them. What has been different since?"
READY = "What would you like to have ready if this comes up again?"
HELD = "What helped you hold it?"
HELPED = "What helped on the days you kept it?"
KIND = "What would be kind to do with this today, even if that means leaving it alone?"
MENDED = "What happened with the part you wanted to put right?"
PROTECTS = "What does it protect now?"
KEEP = "What would you do the same way in your next decision?"
CARES = "What does it show you care about?"
BROUGHT = "You chose this for today. Where would you like to begin?"
LINE = "Which line would you like to start from?"

TABLE: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("crossing", {"result": "held", "follow_up_on": DAY}, {}, NEXT_STEP),
    ("crossing", {"result": "held", "follow_up_on": DAY_AFTER}, {}, HELD),
    ("crossing", {"result": "held_later"}, {}, HELD),
    ("crossing", {"result": "partly"}, {}, READY),
    ("crossing", {"result": "not_held", "follow_up_on": DAY_BEFORE}, {}, NEXT_STEP),
    ("crossing", {"result": "not_held"}, {}, READY),
    ("crossing", {"result": "undecided"}, {}, ""),
    ("promise", {"state": "active"}, {"kept": 1, "missed": 2}, NEEDS),
    ("promise", {"state": "active"}, {"kept": 1, "kept_small": 1, "missed": 2}, ""),
    ("promise", {"state": "active"}, {"kept": 2, "kept_small": 1, "missed": 2}, HELPED),
    ("promise", {"state": "active"}, {"kept": 3, "missed": 3}, HELPED),
    ("promise", {"state": "active"}, {"excused": 9}, ""),
    ("promise", {"state": "active"}, {}, ""),
    ("promise", {"state": "paused"}, {"missed": 4}, ""),
    ("promise", {"state": "retired"}, {"missed": 4}, ""),
    ("decision", {"state": "decided", "review_on": DAY}, {}, LOOK_BACK),
    ("decision", {"state": "decided", "review_on": DAY_AFTER}, {}, ""),
    ("decision", {"state": "reviewed", "review_on": DAY_BEFORE}, {}, KEEP),
    ("boundary", {"state": "ready", "communication": "planned"}, {}, SOUND),
    ("boundary", {"state": "active", "communication": "told"}, {}, SAID),
    ("boundary", {"state": "active", "communication": "told"}, {"crossed": True}, ""),
    ("boundary", {"state": "active", "communication": "private"}, {}, ""),
    ("boundary", {"state": "under_review", "communication": "told"}, {}, PROTECTS),
    ("boundary", {"state": "retired", "communication": "told"}, {}, ""),
    ("self_compassion", {"intensity_before": 8, "intensity_after": 5}, {}, EASED),
    ("self_compassion", {"intensity_before": 8, "intensity_after": 8}, {}, ""),
    ("self_compassion", {"intensity_before": 8, "intensity_after": 9}, {}, KIND),
    ("self_compassion", {"intensity_before": 8}, {}, ""),
    (
        "self_compassion",
        {"intensity_before": 8, "intensity_after": 5, "felt_worse": True},
        {},
        KIND,
    ),
    ("mistake", {"state": "examined", "repair_on": DAY}, {}, MENDED),
    ("mistake", {"state": "examined", "repair_on": DAY_AFTER}, {}, CARES),
    ("mistake", {"state": "examined"}, {}, CARES),
    ("mistake", {"state": "at_rest", "repair_on": DAY_BEFORE}, {}, ""),
    ("lesson", {"state": "active"}, {}, CAME_UP),
    ("lesson", {"state": "resting"}, {}, ""),
    ("lesson", {"state": "retired"}, {"brought": True}, BROUGHT),
    ("promise", {"state": "active"}, {"brought": True}, BROUGHT),
    ("entry", {}, {}, LINE),
    ("entry", {}, {"brought": True}, BROUGHT),
]


def shown(
    kind: str, row: dict[str, Any], more: dict[str, Any] | None = None
) -> tuple[Item, BriefFacts]:
    """Of nobody, and with words that cannot be opened: whoever reads one meets an error."""
    table = KINDS[kind].table
    words = [one.attname for one in table._meta.concrete_fields if isinstance(one, WordsField)]
    closed = {name: Sealed(b"not to be opened") for name in words}
    counted = dict(more or {})
    is_brought, crossed = counted.pop("brought", False), counted.pop("crossed", False)
    return Item(KINDS[kind], table(**closed, **row)), BriefFacts(
        DAY, Counter(counted), is_brought, crossed
    )


@pytest.mark.parametrize(("kind", "row", "more", "question"), TABLE)
def test_each_state_has_its_question_or_none(kind, row, more, question):
    assert [str(way.question) for way in session_openers.chosen([shown(kind, row, more)])] == [
        question
    ][: bool(question)]


def test_every_rule_has_a_line_in_the_table():
    assert {str(rule.question) for rule in RULES} == {line[-1] for line in TABLE} - {""}


def test_four_at_most_each_about_something_else_and_each_rule_once():
    held = [shown("crossing", {"result": "held"}) for _n in range(3)]
    missed = [shown("promise", {"state": "active"}, {"missed": 2}) for _n in range(2)]
    due = [shown("decision", {"state": "decided", "review_on": DAY})]
    entries = [shown("entry", {}) for _n in range(2)]

    ways = session_openers.chosen([*entries, *held, *missed, *due])

    assert [(str(way.question), way.item) for way in ways] == [
        (NEEDS, missed[0][0]),
        (LOOK_BACK, due[0][0]),
        (HELD, held[0][0]),
        (LINE, entries[0][0]),
    ]
    lesson, boundary = shown("lesson", {"state": "active"}), shown("boundary", {"state": "ready"})
    assert len(session_openers.chosen([*entries, *held, *missed, *due, lesson, boundary])) == 4
    assert session_openers.chosen([]) == []


class Watched:
    """A row that remembers what was asked of it."""

    def __init__(self, row: Any, asked: set[str]) -> None:
        self._row, self._asked = row, asked

    def __getattr__(self, name: str) -> Any:
        self._asked.add(name)
        return getattr(self._row, name)


def test_a_rule_reads_only_what_the_coach_is_shown():
    """`stung` is said on the row of the brief: "Sharper; that happens"."""
    for kind, fields in SHOWN.items():
        asked: set[str] = set()
        for line in TABLE:
            if line[0] == kind:
                item, seen = shown(*line[:3])
                session_openers.chosen([(Item(item.kind, Watched(item.row, asked)), seen)])
        assert asked <= {*fields, "stung"}, kind


def test_no_question_judges():
    for rule in RULES:
        text = str(rule.question).lower()
        assert text.count("?") == 1
        assert text.endswith("?")
        for word in ("why", "should", "must", "fail", "broke", "always", "never", "problem"):
            assert word not in text, text


@pytest.mark.django_db
def test_miras_brief_of_ada_ends_with_ways_in_that_lead_to_what_they_are_about(ada, mira):
    one, today = link(ada, mira, "Ada B."), clock.today(ada)
    promise = make_promise(ada, "Walk after lunch", starts_on=today - timedelta(days=3))
    answer(promise, {today - timedelta(days=n): "missed" for n in (1, 2)})
    crossing = make_crossing(make_boundary(ada), follow_up="Say it", follow_up_on=today)
    make_crossing(make_boundary(ada), "Not for Mira", follow_up="x", follow_up_on=today)
    make_moment(ada, "Only mine", intensity_after=2)
    grant = share_practice(one, "promises")
    share(one, crossing)
    browser = browser_of(mira)

    answered = browser.get(page_of(one, "brief/"))

    html, page = answered.content.decode(), text_of(answered)
    assert (
        f"Questions to start with {NEXT_STEP} Called at 22:10 {NEEDS} Walk after lunch These are"
        in page
    )
    aside = html[html.index('id="wi"') : html.index("</aside>")]
    assert f'href="/coach/shared/crossing/{crossing.pk}/">Called at 22:10' in aside
    assert f'href="/coach/shared/promise/{promise.pk}/">Walk after lunch' in aside
    assert aside.count("href=") == 2
    with acting_as(ada):
        noted = {row.item_id for row in AccessLogEntry.objects.all()}
    assert noted == {promise.pk, crossing.pk}

    with acting_as(ada):
        consent.take_back(one, [grant])
    assert "Walk after lunch" not in text_of(browser.get(page_of(one, "brief/")))


@pytest.mark.django_db
def test_where_nothing_fits_there_are_no_ways_in(ada, mira):
    one = link(ada, mira)
    make_entry(ada, "Only mine.")
    share(one, make_promise(ada, "Walk after lunch"))

    assert "Questions to start with" not in text_of(browser_of(mira).get(page_of(one, "brief/")))


@pytest.mark.django_db
def test_what_is_not_on_the_brief_leads_nowhere(ada, mira):
    """It was shared before the last session, so the brief leaves it out."""
    one, today = link(ada, mira), clock.today(mira)
    grant = share(one, make_boundary(ada, "No calls after 19:00"))
    browser = browser_of(mira)
    assert f"Questions to start with {SOUND} No calls after 19:00" in text_of(
        browser.get(page_of(one, "brief/"))
    )

    with acting_as(ada):
        ShareGrant.objects.filter(pk=grant.pk).update(starts_at=grant.starts_at - timedelta(days=9))
    with acting_as(mira):
        Client.objects.update(last_session_on=today - timedelta(days=2))

    page = text_of(browser.get(page_of(one, "brief/")))
    assert "No calls after 19:00" not in page
    assert "Questions to start with" not in page
