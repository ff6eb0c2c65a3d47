"""Ada's four weeks, with every figure worked out by hand, on the page and in the file.

It is Friday 20 November 2026. Her 28 days began on Saturday 24 October; the 28 before, on
26 September.
"""

import csv
import io
from datetime import UTC, date, datetime

import pytest
import time_machine

from journal.people.models import User
from tests.factories import make_person
from tests.insights.recorded_month import WALK, record
from tests.markup import Element, parse

NOW = datetime(2026, 11, 20, 20, tzinfo=UTC)


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


def figure(document: Element, slug: str) -> Element:
    return next(one for one in document.all("figure") if one["id"] == slug)


def said(document: Element, slug: str) -> list[str]:
    (caption,) = figure(document, slug).all("figcaption")
    return [" ".join(one.text.split()) for one in caption.all("h2", "p")]


def tables(document: Element) -> list[list[str]]:
    """Each value with the measure, the table, its row and its column."""
    found = []
    for one in document.all("figure"):
        for table in one.all("table"):
            columns = [head.text for head in table.all("thead")[0].all("th")]
            for row in table.all("tbody")[0].all("tr"):
                head, *cells = [cell.text for cell in row.all("th", "td")]
                for column, cell in zip(columns[1:], cells, strict=True):
                    if cell != "–":
                        found.append([table.all("caption")[0].text, head, column, cell])
    return found


def rows_of(client, address: str = "/insights/figures.csv") -> list[list[str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode(), newline="")))


KEPT = ("Kept", "Of", "Likely range", "Kept small", "Life happened", "Not recorded")
TRUST = ("Typical answer", "Days recorded", "Kept", "Of", "Likely range")
ITEMS = ("Decision-making", "Resilience", "Authenticity", "Emotional well-being", "Empowerment")


def worked_out() -> list[list[str]]:
    """By hand, from what is told above. Ranges: Wilson at 1.96, see the docstring of each."""
    found: list[list[str]] = []

    def put(measure: str, table: str, columns: tuple[str, ...], **lines: tuple) -> None:
        for head, values in lines.items():
            for column, value in zip(columns, values, strict=True):
                if value is not None:
                    found.append([measure, table, head, column, str(value)])

    kept = "Promises kept"
    put(
        kept,
        "Kept, by week",
        KEPT,
        **{
            "2026-10-24": (5, 6, None, 0, 1, 0),
            "2026-10-31": (7, 10, "40–89%", 1, 0, 0),  # with the week of swimming from 2 November
            "2026-11-07": (9, 9, None, 1, 0, 1),
            "2026-11-14": (5, 6, None, 1, 0, 0),
            "Total": (26, 31, "67–93%", 3, 1, 1),
        },
    )
    put(
        kept,
        "Kept, by promise",
        KEPT,
        **{"'" + WALK: (20, 24, "64–93%", 2, 1, 1), "Swim": (6, 7, None, 1, 0, 0)},
    )
    back = {"1 chance": (3,), "2": (1,), "3": (0,), "4 or more": (0,), "Not yet": (0,)}
    back |= {
        "Had a next chance": (4,),
        "Typical number of chances, for runs that have ended": ("1.0",),
    }
    share = {"Kept at the next chance": (3, "30–95%")}
    runs = "Back after a miss", "Chances until you kept it again"
    put(*runs, ("Times",), **dict([*back.items()][:5]))
    put(*runs, ("Times", "Likely range"), **share)
    put(*runs, ("Times",), **dict([*back.items()][5:]))
    # Of swimming: the weeks of 2 and 9 November, since that of the 16th is not over.
    sure = {"0 to 6": (None, 0, 0, 0, None), "7 to 8": ("8.0", 5, 6, 1, None)}
    sure |= {"9 to 10": (None, 0, 0, 0, None), "Total": (None, 5, 6, 1, None)}
    columns = ("Average, of 10", "Kept", "Of", "Promises", "Likely range")
    put("How sure, and how often kept", "Promises, by how sure you were", columns, **sure)
    tested = {"Held": (3,), "Held later": (1,), "Partly": (1,), "Not this time": (1,)}
    tested |= {"Undecided, or not safe to act on": (2,), "Followed through": (4,), "Tested": (6,)}
    put("Boundaries followed through", "When a limit was tested", ("Times",), **tested)
    moments = "Before and after a hard moment", "Strength, 0 to 10"
    for before, after, change in (
        (9, 7, "eased by 2 points"),
        (8, 5, "eased by 3 points"),
        (7, 6, "eased by 1 point"),
        (7, 4, "eased by 3 points"),
        (6, 4, "eased by 2 points"),
        (6, 3, "eased by 3 points"),
        (4, 5, "got stronger by 1 point"),
    ):
        put(*moments, ("After", "Change", "Moments"), **{str(before): (after, change, 1)})
    put(*moments, ("Change", "Moments"), **{"Typical change": ("eased by 2 points", 7)})
    helped = {"Helped, fully or partly": (4,), "Remembered too late": (1,)}
    put("Lessons applied", "Lessons in the last 90 days", ("Times",), **helped)
    sure = "Confidence and what happened", "Predictions, by how sure you were"
    columns = ("Average, in per cent", "Came true", "Predictions", "Likely range")
    bins = {"1–49%": (None, 0, 0, None), "50–69%": (None, 0, 0, None)}
    bins |= {"70–89%": ("70.0", 8, 10, "49–94%"), "90–99%": (None, 0, 0, None)}
    bins |= {"Total": (None, 8, 10, None), "Unclear, left out": (None, None, 1, None)}
    put(*sure, columns, **bins, **{"Brier figure": (None, None, 10, None)})
    put(
        "Decisions, however they turned out",
        "Process and outcome",
        ("Turned out well", "Turned out badly", "Mixed outcome", "Total"),
        **{"Sound process": (9, 0, 0, 9), "Shaky process": (1, 0, 1, 2)},
    )
    put(
        "Self-trust, beside promises kept",
        "Self-trust and promises kept",
        TRUST,
        **{
            "2026-10-24": (4, 3, 5, 6, None),
            "2026-10-31": (None, 2, 7, 10, "40–89%"),
            "2026-11-07": ("4.0", 4, 9, 9, None),
            "2026-11-14": (None, 0, 5, 6, None),
        },
    )
    plans = "Weekly plans", "Plans of the last 12 weeks"
    said = {"Yes": (0,), "A bit": (1,), "Not really": (0,), "I forgot about it": (1,)}
    put(*plans, ("Plans",), **said, **{"Not looked back on": (2,)})
    put(*plans, ("Plans", "Likely range"), **{"Looked back on": (2, "15–85%")})
    put(*plans, ("Plans",), **{"Plans": (4,), "Still open": (1,)})
    kept = "Values in action", "Promised, kept and rested, by value"
    columns = ("Promises", "Kept", "Of", "Likely range", "Days of rest")
    by_value = {"Calm": (1, 44, 52, "72–92%", 0), "Health": (1, 6, 7, None, 0)}
    by_value |= {"Craft": (0, 0, 0, None, 0), "Total": (2, 50, 59, "73–92%", 0)}
    put(*kept, columns, **by_value)
    protected = "Values in action", "Decided and protected, by value"
    columns = ("Decisions", "Boundaries", "Held", "Tested", "Likely range")
    by_value = {"Calm": (1, 1, 5, 7, None), "Health": (2, 0, 0, 0, None)}
    by_value |= {"Craft": (0, 0, 0, 0, None), "Total": (2, 1, 5, 7, None)}
    put(*protected, columns, **by_value)
    beside = "Values in action", "Your check-ups in this time, 1 to 5"
    answers = {"2026-11-01": (3, 3), "2026-09-20": (None, 3)}
    put(*beside, ("Authenticity", "Empowerment"), **answers)
    put(
        "Check-up",
        "The five answers, 1 to 5, latest first",
        (*ITEMS, "Average"),
        **{
            "2026-11-01": (3, 3, 3, 3, 3, "3.0"),
            "2026-09-20": (2, 3, None, 2, 3, "2.5"),
            "2026-08-20": (2, 2, 2, 2, 2, "2.0"),
        },
    )
    return found


def test_the_file_holds_what_was_worked_out_by_hand(ada_client):
    heads, first, last, *rows = rows_of(ada_client)

    assert heads == ["Measure", "Table", "Row", "Figure", "Value"]
    assert (first, last) == (
        ["Time", "", "From", "", "2026-10-24"],
        ["Time", "", "Until", "", "2026-11-20"],
    )
    assert rows == worked_out()


def on_the_page(value: str) -> str:
    """As the page writes what the file holds."""
    if value[:1] == "'":
        return value[1:]
    if value[4:5] == value[7:8] == "-":
        on = date.fromisoformat(value)
        return f"{on.day}\xa0{on:%b}\xa0{on.year}"
    return value.removesuffix(".0")


def test_the_page_shows_the_same(ada_client):
    document, errors = parse(ada_client.get("/insights/").content.decode())

    assert not errors
    expected = [[table, *map(on_the_page, rest)] for _m, table, *rest in worked_out()]
    order = sorted(tables(document))
    assert order == sorted(expected)
    (own,) = {one.text for one in document.all("th") if "own-words" in one.classes} - {
        "Swim",
        "Calm",
        "Health",
        "Craft",
    }
    assert own == WALK


def test_what_is_said_of_it(ada_client):
    document, _errors = parse(ada_client.get("/insights/").content.decode())

    assert [
        [part.text for part in one.children if isinstance(part, Element)] for one in facts(document)
    ] == [
        ["Promises kept", "26 of 31", "Likely between 67% and 93%"],
        ["Boundaries followed through", "4 of 6", "Not enough yet for a range"],
        ["A typical hard moment", "eased by 2 points", "7 moments"],
    ]
    assert said(document, "kept") == [
        "About as many kept as in the 28 days before",
        "26 of 31 kept, 3 kept small. Likely between 67% and 93%. Life happened once. "
        "1 not recorded.",
        "In the 28 days before: 24 of 28, 69–94%. The ranges overlap, so the difference could be "
        "chance.",
        "Each dot is a week, each bar its likely range; the band is that of the whole "
        "time. Every bar overlaps the band, so the ups and downs could be chance.",
    ]
    assert said(document, "returns") == [
        "After a miss, usually back within 2 chances",
        "4 runs of misses. Kept at the next chance: 3 of 4. Likely between 30% and 95%. "
        "A typical run that ended took 1 chance.",
    ]
    assert said(document, "sureness") == [
        "Too early to compare how sure with how often kept",
        "1 promise with an answer to “How sure are you?”: kept 5 of 6 times.",
        "Comparing them takes 5 promises and 20 recorded times.",
    ]
    assert said(document, "easing") == [
        "A typical hard moment eased by 2 points",
        "7 moments: 6 eased, 0 stayed the same, 1 got stronger. The dotted lines are moments that "
        "got stronger. That happens.",
        "Feelings also settle with time.",
    ]
    assert said(document, "follow-through") == [
        "Held 4 of 6 times",
        "Held 4 of 6 times. 2 times aren’t counted, because they’re undecided or weren’t safe "
        "to act on.",
        "2 active boundaries. Told the people concerned: 1 of 1.",
    ]
    assert said(document, "lessons") == [
        "A lesson helped 4 times",
        "In the last 90 days. Remembered too late once. Noticing is part of learning it.",
    ]
    assert said(document, "calibration") == [
        "Too early to see how well confidence matches what happens",
        "10 predictions looked back on: 8 came true. 1 is unclear.",
        "10 more predictions needed for the chart.",
    ]
    assert said(document, "process") == [
        "Sound process: 9 of 11",
        "As judged when looking back. 1 had a mixed outcome and isn’t in any of the four.",
    ]
    assert said(document, "trust") == [
        "Your typical day: 4 of 5",
        "9 days recorded.",
        "They’re shown side by side; one doesn’t have to cause the other.",
    ]
    assert said(document, "plans") == [
        "You looked back on 2 of 4 plans",
        "In the last 12 weeks. Likely between 15% and 85%. 1 is still open.",
    ]
    assert said(document, "values") == [
        "2 of 3 values in your records",
        "In the last 12 weeks: 2 promises, kept 50 of 59. 2 decisions. 1 boundary. "
        "Limits held 5 of 7 times.",
        "Nothing recorded that names: \u2068Craft\u2069. In your check-up of 1 Nov 2026: “What I "
        "did mostly matched what matters to me.” – Partly; “I acted on something that was mine to "
        "change.” – Partly. They’re shown side by side; one doesn’t have to cause the other.",
    ]
    assert said(document, "rating") == [
        "Up since the first check-up",
        "The latest is 3.0. 1.0 higher than on 20 August 2026 (2.0).",
    ]


def facts(document: Element) -> list[Element]:
    (holder,) = [one for one in document.all("div") if "facts" in one.classes]
    return [one for one in holder.children if isinstance(one, Element)]


def test_eve_sees_nothing_of_it(ada, eve_client):
    assert "Nothing to show yet" in eve_client.get("/insights/").content.decode()
    assert [row[4] for row in rows_of(eve_client) if row[0] == "Promises kept"][:1] == ["0"]
