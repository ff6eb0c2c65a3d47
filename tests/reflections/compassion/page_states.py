"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from collections.abc import Callable

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.compassion.models import SelfCompassion
from tests.promises.factories import make_promise
from tests.reflections.compassion.factories import make_draft, make_mark, make_moment
from tests.today.factories import make_daily_check

Show = Callable[[User], str]
LONG = {
    "evidence_for": "I said nothing for ten seconds.",
    "evidence_against": "I found the figure. Two people thanked me.",
    "friend_words": "Maren, ten seconds is what it takes to look for the true answer.",
    "common_humanity": "Anyone who was ever asked for a number",
    "kinder_thought": "Freezing for ten seconds is not the same as not knowing.",
    "kind_action": "Walk round the block",
}


def full(ada: User) -> str:
    return make_moment(
        ada,
        "I froze when he asked about the margin.",
        critical_thought="You always freeze. Everyone could see you are not cut out for this.",
        intensity_after=5,
        **LONG,
    ).get_absolute_url()


def a_break(ada: User) -> str:
    return make_moment(
        ada,
        "The pan left on the stove",
        mode="break",
        critical_thought="",
        feeling="other",
        feeling_other="hollow",
        days_ago=3,
    ).get_absolute_url()


def a_letter(ada: User) -> str:
    return make_moment(
        ada,
        "The sketch that was passed over",
        mode="letter",
        critical_thought="",
        feeling="disappointed",
        letter_body="Dear Maren,\n\none sketch was not chosen.\nTwo were, in October.",
        intensity_after=8,
        days_ago=9,
    ).get_absolute_url()


def sharper(ada: User) -> str:
    return make_moment(
        ada,
        "Nobody answered my message",
        critical_thought="They are all relieved when you are not there.",
        feeling="lonely",
        intensity_before=4,
        intensity_after=5,
        kinder_thought="It was Monday. I do not answer on Mondays either.",
        days_ago=20,
    ).get_absolute_url()


def every_kind(ada: User) -> str:
    for make in (full, a_break, a_letter, sharper):
        make(ada)
    make_draft(ada, "A letter I did not open")
    make_daily_check(ada, visit="critic")
    for starter, mark in ((3, "fits"), (17, "fits"), (4, "little"), (9, "no")):
        make_mark(ada, starter, mark)
    return "/self-compassion/"


def kind_words(ada: User) -> str:
    """Counted, with which more eased, stepped back, hidden; in several lines."""
    every_kind(ada)
    for days_ago in range(30, 36):
        make_moment(ada, kinder_thought="I was tired.", intensity_after=1, days_ago=days_ago)
        both = "It was late.\nI can learn slowly."
        make_moment(ada, kinder_thought=both, intensity_after=9, days_ago=days_ago)
    return "/self-compassion/words/"


def removed(ada: User) -> str:
    moment = make_moment(ada)
    with acting_as(ada):
        moment.trash()
    return "/self-compassion/trash/"


def from_a_promise(ada: User) -> str:
    promise = make_promise(ada, "Walk after lunch")
    return f"/self-compassion/new/?from_kind=promise&from_id={promise.pk}"


def draft(ada: User) -> SelfCompassion:
    """Everything is answered, and there is something to look back on."""
    every_kind(ada)
    return make_draft(
        ada,
        "I froze when he asked about the margin.",
        step="check",
        critical_thought="You always freeze.",
        feeling="ashamed",
        intensity_before=8,
        **LONG,
    )


def step(slug: str) -> Show:
    return lambda ada: f"/self-compassion/{draft(ada).pk}/step/{slug}/"


def letter_step(ada: User) -> str:
    moment = make_draft(ada, step="letter", mode="letter", feeling="sad", intensity_before=6)
    return f"/self-compassion/{moment.pk}/step/letter/"


def answer(slug: str) -> Show:
    return lambda ada: f"{full(ada)}step/{slug}/?from=check"
