"""What a coach reads of each measure: sentences of its own, from the figures of the page.

`{client}` is the client's name, which the coach's page and the preview put in (third_person.py). No
sentence says "you", speaks of a chart that is not there, or quotes what the client wrote.
"""

from collections.abc import Callable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights.measures import arithmetic, calibration, sureness, values
from journal.insights.measures.promises import compare, total
from journal.insights.measures.self_compassion import points
from journal.insights.measures.self_trust import SHOWN
from journal.insights.periods import TWELVE_WEEKS, Period
from journal.insights.presentation import likely_range, number
from journal.insights.queries import InsightsData, helped
from journal.lessons.queries import LOOKING_BACK
from journal.promises.tallies import ENOUGH
from journal.reflections.rating import scores
from journal.reflections.rating.history import compare_scores, format_score, rated
from journal.reflections.week.plans import LOOKING_BACK as WEEKS_OF_PLANS
from journal.sharing.third_person import tally


def _range(ends: arithmetic.Range | None) -> Iterator[str]:
    if ends:
        yield f"{likely_range(ends)}."


def _missing(n: int) -> Iterator[str]:
    if n > 0:
        text = ngettext("Not enough yet: %(n)s more.", "Not enough yet: %(n)s more.", n)
        yield text % {"n": n}


def _kept(found: InsightsData, period: Period) -> Iterator[str]:
    now, before = total(found.promises, period), total(found.promises, period.earlier)
    yield from tally(now)
    ends, ends_before, change = compare(found.promises, now, before, period)
    yield from _range(ends)
    if ends and ends_before:
        said = {"before": period.length.before, "kept": before.kept, "n": before.n}
        yield _("In %(before)s, it was %(kept)s of %(n)s.") % said
        if change == "same":
            yield _("The difference could be chance.")
    yield from _missing(ENOUGH - now.n)


def _returns(found: InsightsData, period: Period) -> Iterator[str]:
    earlier = period.earlier
    runs = arithmetic.returns(
        (one.recorded(earlier.first, earlier.last), one.recorded(period.first, period.last))
        for _promise, one in found.promises
    )
    n = runs.closed + runs.open
    text = ngettext("{client} had one run of misses.", "{client} had %(n)s runs of misses.", n)
    yield text % {"n": n}
    if runs.had_a_chance:
        said = {"k": runs.at_once, "n": runs.had_a_chance}
        yield _("{client} was back at the next chance %(k)s of %(n)s times.") % said
    yield from _range(runs.range)
    if runs.open:
        text = ngettext("%(n)s has not ended yet.", "%(n)s have not ended yet.", runs.open)
        yield text % {"n": runs.open}
    yield from _missing(arithmetic.FEWEST_RUNS - runs.had_a_chance)


def _sureness(found: InsightsData, period: Period) -> Iterator[str]:
    all_of_them = sureness.versions(found.promises, found.sure, period)
    stated = calibration.Sureness([one.stated for one in all_of_them if one.counts])
    verdicts = {
        "over": _("{client} kept promises less often than {client} had expected."),
        "under": _("{client} kept promises more often than {client} had expected."),
        "fits": _("{client} kept about as many as expected, as far as anyone can tell."),
    }
    if stated.verdict:
        yield verdicts[stated.verdict]
    counts = {"n": len(stated.promises), "kept": stated.kept, "times": stated.n}
    text = ngettext(
        "{client} said how sure they were of %(n)s promise, and kept it %(kept)s of %(times)s "
        "times.",
        "{client} said how sure they were of %(n)s promises, and kept them %(kept)s of %(times)s "
        "times.",
        counts["n"],
    )
    yield text % counts
    if stated.is_enough:
        said = {"expected": round(stated.expected), "times": stated.n}
        yield _("By those answers, it would be about %(expected)s of %(times)s.") % said
    else:
        least = {"promises": calibration.FEWEST_PROMISES, "times": calibration.FEWEST_TIMES}
        yield _("Comparing takes %(promises)s promises and %(times)s recorded times.") % least


def _follow_through(found: InsightsData, period: Period) -> Iterator[str]:
    now, before = found.held, found.held_before
    if now.n:
        times = ngettext(
            "{client} held a limit %(k)s of %(n)s time.",
            "{client} held a limit %(k)s of %(n)s times.",
            now.n,
        )
        yield times % {"k": now.k, "n": now.n}
    yield from _range(now.range)
    if now.range and before.range:
        said = {"before": period.length.before, "k": before.k, "n": before.n}
        yield _("In %(before)s, it was %(k)s of %(n)s.") % said
    yield from _missing(arithmetic.FEWEST_TESTS - now.n)


def _easing(found: InsightsData, _period: Period) -> Iterator[str]:
    moments = found.easing
    if moments.median is not None:
        change = {"change": points(moments.median)}
        yield _("By {client}’s own rating, a typical hard moment: %(change)s.") % change
    counts = {"n": moments.n, "eased": moments.eased, "same": moments.same}
    text = ngettext(
        "Of %(n)s moment, %(eased)s eased, %(same)s stayed the same and %(stronger)s got stronger.",
        "Of %(n)s moments, %(eased)s eased, %(same)s stayed the same and %(stronger)s got "
        "stronger.",
        moments.n,
    )
    yield text % {**counts, "stronger": moments.stronger}
    yield from _missing(arithmetic.FEWEST_PAIRS - moments.n)


def _calibration(found: InsightsData, _period: Period) -> Iterator[str]:
    verdicts = {
        "over": _("{client} was surer than what happened would justify."),
        "under": _("{client} was less sure than what happened would justify."),
        "fits": _("{client}’s confidence matches what happened, as far as anyone can tell."),
    }
    judged = calibration.confidence(found.predictions)
    if judged:
        yield verdicts[judged.verdict]
    n, came_true = len(found.predictions), sum(true for _sure, true in found.predictions)
    text = ngettext(
        "{client} looked back on %(n)s prediction: %(true)s came true.",
        "{client} looked back on %(n)s predictions: %(true)s came true.",
        n,
    )
    yield text % {"n": n, "true": came_true}
    if found.unclear:
        text = ngettext("%(n)s is unclear.", "%(n)s are unclear.", found.unclear)
        yield text % {"n": found.unclear}
    yield from _missing(calibration.FEWEST_PREDICTIONS - n)


def _process(found: InsightsData, _period: Period) -> Iterator[str]:
    said = {"k": found.process.sound, "n": found.process.n}
    text = ngettext(
        "Looking back, {client} calls the way %(k)s of %(n)s decision was made sound.",
        "Looking back, {client} calls the way %(k)s of %(n)s decisions were made sound.",
        found.process.n,
    )
    yield text % said
    yield from _missing(arithmetic.FEWEST_REVIEWS - found.process.n)


def _lessons(found: InsightsData, _period: Period) -> Iterator[str]:
    times, too_late = helped(found.uses)
    days = {"days": LOOKING_BACK.days, "n": times}
    text = ngettext(
        "A lesson helped {client} once in the last %(days)s days.",
        "A lesson helped {client} %(n)s times in the last %(days)s days.",
        times,
    )
    yield text % days
    if too_late:
        text = ngettext(
            "Once, {client} remembered one too late.",
            "%(n)s times, {client} remembered one too late.",
            too_late,
        )
        yield text % {"n": too_late}


def _trust(found: InsightsData, _period: Period) -> Iterator[str]:
    days = [value for _day, value in found.trust]
    middle = arithmetic.middle_trust(days)
    if middle is not None:
        said = {"n": number(middle)}
        yield _("{client}’s typical day, by their own rating: %(n)s of 5.") % said
    text = ngettext("%(n)s day was recorded.", "%(n)s days were recorded.", len(days))
    yield text % {"n": len(days)}
    yield from _missing(arithmetic.FEWEST_DAYS - len(days))


def _plans(found: InsightsData, _period: Period) -> Iterator[str]:
    plans, weeks = found.plans, {"weeks": WEEKS_OF_PLANS.days // 7}
    text = ngettext(
        "{client} looked back on %(k)s of %(n)s plan of the last %(weeks)s weeks.",
        "{client} looked back on %(k)s of %(n)s plans of the last %(weeks)s weeks.",
        plans.n,
    )
    yield text % {**weeks, "k": plans.k, "n": plans.n}
    yield from _range(plans.range)
    if plans.open:
        text = ngettext("%(n)s is still open.", "%(n)s are still open.", plans.open)
        yield text % {"n": plans.open}
    yield from _missing(arithmetic.FEWEST_PLANS - plans.n)


def _values(found: InsightsData, _period: Period) -> Iterator[str]:
    weeks = TWELVE_WEEKS.days // 7
    counts = {"k": sum(map(bool, found.values.actions)), "n": len(found.values.values)}
    text = ngettext(
        "{client}’s records name %(k)s of %(n)s value in the last %(weeks)s weeks.",
        "{client}’s records name %(k)s of %(n)s values in the last %(weeks)s weeks.",
        counts["n"],
    )
    yield text % {**counts, "weeks": weeks}
    if said := values.counted(found.values):
        yield said


def _rating(found: InsightsData, _period: Period) -> Iterator[str]:
    figures = rated(reversed([one.row for one in found.pictures.pictures[:SHOWN]]))
    n = len(figures)
    text = ngettext(
        "{client} did %(n)s check-up with a figure.",
        "{client} did %(n)s check-ups with a figure.",
        n,
    )
    yield text % {"n": n}
    if n >= scores.FEWEST_FOR_A_TREND:
        beside = compare_scores(figures[0], figures[-1].score)
        said = {"mean": format_score(figures[-1].score), "beside": beside}
        yield _("The latest is %(mean)s. %(beside)s") % said
    yield from _missing(scores.FEWEST_FOR_A_TREND - n)


SENTENCES: dict[str, Callable[[InsightsData, Period], Iterator[str]]] = {
    "kept": _kept,
    "returns": _returns,
    "sureness": _sureness,
    "follow-through": _follow_through,
    "easing": _easing,
    "calibration": _calibration,
    "process": _process,
    "lessons": _lessons,
    "trust": _trust,
    "plans": _plans,
    "values": _values,
    "rating": _rating,
}
