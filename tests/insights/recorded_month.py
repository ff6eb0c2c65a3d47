"""What Ada recorded in her four weeks: on Friday 20 November 2026, the 28 days began on Saturday
24 October; the 28 before, on 26 September."""

from datetime import date, timedelta

from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_crossing, make_telling
from tests.decisions.factories import make_decision, make_review
from tests.insights.factories import answer_days, confirm, ease, look_back, reviewed_on
from tests.lessons.factories import make_lesson, make_use
from tests.people.factories import make_value
from tests.promises.factories import make_promise
from tests.reflections.compassion.factories import make_draft, make_moment
from tests.reflections.rating_factories import make_rating
from tests.reflections.week.factories import make_reflection
from tests.today.factories import make_daily_check

TODAY = date(2026, 11, 20)
FIRST, BEFORE = date(2026, 10, 24), date(2026, 9, 26)
WALK = "=Walk, then\trest"


def promises(ada) -> None:
    walk = make_promise(ada, WALK, starts_on=BEFORE)
    answer_days(walk, BEFORE, "kkkkkkm kkkkkkm kkkkkkm kkkkkkm")  # 24 of 28
    # Its last miss began before; in these four weeks there are three runs: 1, 2 and 1 long.
    answer_days(walk, FIRST, "kkmkkxk kmmkskk kkkkk.k kmksk..")
    swim = {"cadence": "times_per_week", "times_per_week": 3, "starts_on": date(2026, 11, 2)}
    swim["sure"] = 8
    swim = make_promise(ada, "Swim", **swim)
    answer_days(
        swim, date(2026, 11, 2), "k.k.... k.k.s.. k......"
    )  # 2 of 3, 3 of 3, and one so far
    confirm(swim, date(2026, 11, 2))


def boundaries(ada) -> None:
    calls = make_boundary(ada, "No calls after 19:00")
    make_telling(calls)
    make_boundary(ada, "Not my phone", communication="private")
    for result in ("held", "held", "held", "held_later", "partly", "not_held", "undecided"):
        make_crossing(calls, result=result, occurred_on=TODAY - timedelta(days=3))
    make_crossing(calls, "", result="unsafe_to_act", occurred_on=FIRST)
    make_crossing(calls, result="held", occurred_on=FIRST - timedelta(days=1))
    with acting_as(ada):
        make_crossing(calls, result="held").trash()


def moments(ada) -> None:
    ease(ada, (8, 5), (7, 4), (9, 7), (6, 3), (7, 6), (4, 5), (6, 4))
    ease(ada, (8, 2), days_ago=28)  # the day before
    make_moment(ada, intensity_after=None)
    make_draft(ada, intensity_before=5, intensity_after=1)


def decisions(ada) -> None:
    look_back(ada, 99, "no", sound=False, outcome="poor")
    reviewed_on(ada, FIRST - timedelta(days=1))
    with acting_as(ada):
        removed = make_decision(ada, "Gone")
        make_review(removed)
        removed.trash()
    for n in range(10):
        look_back(ada, 70, "no" if n < 2 else "yes", sound=n != 9, outcome="good")
    look_back(ada, 40, "unclear", sound=False, outcome="mixed")


def lessons(ada) -> None:
    lesson = make_lesson(ada)
    for result in ("helped", "helped", "partly", "did_not_help", "came_up_but_forgot"):
        make_use(lesson, result)
    make_use(lesson, "helped", used_on=TODAY - timedelta(days=90))
    make_use(lesson, "helped", used_on=TODAY - timedelta(days=91))


def oneself(ada) -> None:
    for days, trust in {0: 3, 1: 4, 2: 4, 7: 2, 8: 2, 14: 5, 15: 4, 16: 3, 17: 4}.items():
        make_daily_check(ada, FIRST + timedelta(days=days), trust=trust)
    make_daily_check(ada, TODAY, credit="Rang")
    make_daily_check(ada, FIRST - timedelta(days=1), trust=1)
    make_rating(ada, date(2026, 8, 20), (2, 2, 2, 2, 2))
    make_rating(ada, date(2026, 9, 20), (2, 3, None, 2, 3))
    make_rating(ada, date(2026, 11, 1), (3, 3, 3, 3, 3))


def weeks(ada) -> None:
    plan = {"easier": "Shoes by the door", "next_choice": "keep"}
    for day, given in {
        (8, 17): plan,  # for a week that began more than twelve weeks ago
        (8, 24): {"plan_helped": "yes", **plan},
        (8, 31): {"plan_helped": "bit", "next_choice": "keep"},  # plans nothing
        (9, 7): plan,  # no reflection a week later
        (10, 12): plan,
        (10, 19): {"plan_helped": "forgot", **plan},
        (10, 26): {"next_choice": "keep"},  # finished without an answer
        (11, 2): plan,  # the next reflection is open
    }.items():
        make_reflection(ada, date(2026, *day), **given)


def values(ada) -> None:
    """Of what is there: Walk and the calls are for calm, Swim is for health."""
    calm, health, _craft = (make_value(ada, name) for name in ("calm", "health", "craft"))
    with acting_as(ada):
        ada.promises.filter(cadence="daily").update(value=calm)
        ada.promises.exclude(cadence="daily").update(value=health)
        ada.boundaries.exclude(communication="private").update(value=calm)
    make_decision(ada, "Mornings?", TODAY, values=[calm, health])
    make_decision(ada, "Evenings?", TODAY - timedelta(days=83), values=[health])
    make_decision(ada, "Too long ago", TODAY - timedelta(days=84), values=[health])
    with acting_as(ada):
        make_decision(ada, "Dropped", TODAY, values=[calm]).drop()


def record(ada) -> None:
    for practice in (promises, boundaries, moments, decisions, lessons, oneself, weeks, values):
        practice(ada)
