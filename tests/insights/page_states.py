"""Makes what the pages in tests/pages.py show, as ada, and returns the address of the page."""

from datetime import timedelta

from django.utils import timezone

from journal.insights.quarters import Quarter
from journal.people import clock
from journal.people.models import User
from journal.people.quarters import quarter_of
from tests.boundaries.factories import make_boundary, make_crossing
from tests.decisions.factories import make_forecast
from tests.factories import make_entry
from tests.insights.factories import answer_days, ease, look_back
from tests.lessons.factories import make_lesson, make_use
from tests.people.factories import make_value
from tests.promises.factories import make_promise
from tests.reflections.rating_factories import make_rating
from tests.today.factories import make_daily_check

INSIGHTS = "/insights/"


def nothing(ada: User) -> str:
    return INSIGHTS


def one_point(ada: User) -> str:
    """One of everything."""
    today = clock.today(ada)
    answer_days(make_promise(ada, starts_on=today), today, "k")
    make_crossing(make_boundary(ada))
    ease(ada, (7, 5), days_ago=0)
    look_back(ada, 70, "yes", sound=True)
    make_use(make_lesson(ada))
    make_daily_check(ada, today, trust=3)
    make_rating(ada, today)
    return INSIGHTS


def _month(ada: User, letters: str, before: str) -> None:
    first = clock.today(ada) - timedelta(days=27)
    promise = make_promise(ada, "Walk after lunch", starts_on=first - timedelta(days=28))
    answer_days(promise, first - timedelta(days=28), before * 4)
    answer_days(promise, first, letters * 4)


def _rest(ada: User, results: list[str], pairs: list[tuple[int, int]], trust: int) -> None:
    today = clock.today(ada)
    boundary = make_boundary(ada)
    for result in results:
        make_crossing(boundary, result=result)
    ease(ada, *pairs)
    for days in range(28):
        make_daily_check(ada, today - timedelta(days=days), trust=trust)
    for days in (80, 46, 12):
        value = trust if days == 12 else 3
        make_rating(ada, today - timedelta(days=days), (value,) * 5)


def bad_month(ada: User) -> str:
    """Little kept, nothing held, everything harder afterwards; and it was better before."""
    _month(ada, "mmmkmmm", "kkkkkkk")
    pairs = [(3, 5), (4, 6), (5, 5), (2, 6), (6, 8)]
    _rest(ada, ["not_held"] * 9 + ["held"] * 2, pairs, trust=1)
    for n in range(6):
        look_back(ada, 90, "no", sound=n == 0, outcome="poor")
    use = make_lesson(ada)
    for _time in range(4):
        make_use(use, "came_up_but_forgot")
    return INSIGHTS


def perfect_month(ada: User) -> str:
    _month(ada, "kkkkkkk", "kkkkkkk")
    pairs = [(8, 2), (7, 1), (9, 3), (6, 0), (5, 1), (8, 4)]
    _rest(ada, ["held"] * 12, pairs, trust=5)
    for _time in range(22):
        look_back(ada, 95, "yes", sound=True)
    use = make_lesson(ada)
    for _time in range(25):
        make_use(use, "helped")
    return INSIGHTS


def how_sure(ada: User) -> str:
    """Six promises, kept less often than she expected, and one of everything."""
    one_point(ada)
    first = clock.today(ada) - timedelta(days=6)
    for n in range(6):
        answer_days(make_promise(ada, f"Walk {n}", starts_on=first, sure=9), first, "kmmmm")
    make_promise(ada, "Swim", sure=0)
    make_forecast(ada)
    return f"{INSIGHTS}how-sure/"


def how_sure_in_words(ada: User) -> str:
    ada.numbers_hidden_since = timezone.now()
    ada.save(update_fields=["numbers_hidden_since"])
    return how_sure(ada)


def grown(ada: User) -> str:
    """This quarter or the one before, whichever the month says, with all that yesterday holds."""
    perfect_month(ada)
    today = clock.today(ada)
    calm = make_value(ada, "calm", meaning="A quiet quarter of an hour")
    make_boundary(ada, value=calm)
    make_entry(ada, "A line of mine", written_on=today, favourite=True)
    quarter = Quarter.since(quarter_of(today), today)
    return f"{INSIGHTS}grown/?quarter={quarter.key}"


def a_year(ada: User) -> str:
    """Thirteen spans of four weeks, and more misses than dots can show."""
    first = clock.today(ada) - timedelta(days=363)
    for name in ("Walk after lunch", "Ten minutes of Portuguese"):
        answer_days(make_promise(ada, name, starts_on=first), first, "kmkksmmkxkkk" * 30)
    return f"{INSIGHTS}?window=year"


def in_words(ada: User) -> str:
    ada.numbers_hidden_since = timezone.now()
    ada.save(update_fields=["numbers_hidden_since"])
    return bad_month(ada)


def shown_once(ada: User) -> str:
    return in_words(ada) + "?numbers=show"
