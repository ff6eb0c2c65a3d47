"""How often promises were kept, against how sure the person was when they made them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from journal.insights import plot
from journal.insights.measures import calibration
from journal.insights.measures.calibration import Stated, SureBin, Sureness
from journal.insights.periods import Period
from journal.insights.presentation import PROMISES, Measure, Table, percents
from journal.promises.day_codes import RecordedDays
from journal.promises.models import Promise
from journal.promises.occurrences import DAY, ONCE, TIMES_PER_WEEK
from journal.promises.tallies import ENOUGH_RECORDED, OPEN_DAYS, Tally

Found = Sequence[tuple[Promise, RecordedDays]]
Answers = Mapping[tuple[str, date], int]
WINDOW = timedelta(weeks=4)  # how long what somebody said of a version is compared with it


@dataclass(frozen=True)
class Version:
    """A promise by the terms that hold from a day, in its first four weeks."""

    promise: Promise
    since: date
    sure: int
    amount: Tally

    @property
    def counts(self) -> bool:
        recorded = self.amount.n
        return recorded > 0 and recorded >= ENOUGH_RECORDED * (recorded + self.amount.unrecorded)

    @property
    def stated(self) -> Stated:
        return Stated(self.promise.pk, self.sure, self.amount.kept, self.amount.n)


def sureness(promises: Found, sure: Answers, period: Period) -> Measure:
    found = Sureness([one.stated for one in versions(promises, sure, period) if one.counts])
    bins = calibration.sure_bins(found.stated)
    heading = _heading(found.verdict)
    return Measure(
        slug="sureness",
        name=_("How sure, and how often kept"),
        practice=PROMISES,
        heading=heading,
        words=f"{heading}.",
        said=[_counts(found), _expected(found) if found.is_enough else _needed(found)],
        method=[
            _("When you make or change a promise, you say how sure you are, 0 to 10. That is "
              "compared with the four weeks that follow. Kept small counts as kept; days when "
              "life happened are left out, and so are promises with fewer than seven in ten of "
              "the due days recorded."),
            _("One day of a promise affects the next, so each promise counts once. The ranges are "
              "as wide as if there were no more observations than promises; a group needs three. "
              "The dotted lines are how often you expected to keep them."),
            _("The heading says less or more often only where chance alone would do that to at "
              "most one in twenty people whose answers are all right. It can miss a difference: "
              "with six promises and 30 recorded times, it notices about six in ten people who "
              "say 9 and keep 6 of 10; with ten promises and 100 times, nearly all of them, but "
              "fewer than half of those who say 8 and keep 6."),
        ],
        tables=[_table(found, bins)],
        plots=[_plot(bins)] if found.is_enough and any(one.range for one in bins) else [],
        offer=_("Would a smaller version hold?") if found.verdict == "over" else "",
        more=reverse("insights:how-sure"),
        is_empty=not found.n,
        is_enough=found.is_enough,
    )  # fmt: skip


def versions(promises: Found, sure: Answers, period: Period) -> Iterator[Version]:
    """Each version for which the person said how sure they were, with its first four weeks."""
    for promise, record in promises:
        for place, terms in enumerate(record.plan.terms):
            answer = sure.get((str(promise.pk), terms.effective_on))
            if answer is not None:
                amount = _tally(record, place, period)
                yield Version(promise, terms.effective_on, answer, amount)


def _tally(record: RecordedDays, place: int, period: Period) -> Tally:
    """A week that is due by the week counts with the version it began with, once it is over; a
    promise for one day counts however far off the day is."""
    terms, later = record.plan.terms[place], record.plan.terms[place + 1 :]
    first, last = terms.effective_on, period.last
    if terms.cadence != ONCE:
        last = min(last, first + WINDOW - DAY)
    if later:
        last = min(last, later[0].effective_on - DAY)
    if terms.cadence == TIMES_PER_WEEK:
        last = min(last, period.today - (7 + OPEN_DAYS) * DAY)
        first = first if place else record.plan.week_start(first)
    first = max(first, period.first)
    return record.tally(first, last) if first <= last else Tally()


def _heading(verdict: calibration.Verdict | None) -> str:
    if verdict is None:
        return _("Too early to compare how sure with how often kept")
    if verdict == "over":
        return _("Kept less often than expected")
    if verdict == "under":
        return _("Kept more often than expected")
    return _("Kept about as often as expected, as far as anyone can tell")


def _counts(found: Sureness) -> str:
    """ "9 promises with an answer to “How sure?”: kept 102 of 142 times"."""
    n = len(found.promises)
    text = ngettext(
        "%(n)s promise with an answer to “How sure are you?”: kept %(kept)s of %(times)s times.",
        "%(n)s promises with an answer to “How sure are you?”: kept %(kept)s of %(times)s times.",
        n,
    )
    return text % {"n": n, "kept": found.kept, "times": found.n}


def _expected(found: Sureness) -> str:
    text = _("By these answers, it would be about %(expected)s of %(times)s.")
    return text % {"expected": round(found.expected), "times": found.n}


def _needed(found: Sureness) -> str:
    text = _("Comparing them takes %(promises)s promises and %(times)s recorded times.")
    return text % {"promises": calibration.FEWEST_PROMISES, "times": calibration.FEWEST_TIMES}


def _plot(bins: Sequence[SureBin]) -> plot.Plot:
    drawing = plot.against_expected(
        [
            (_name(one), one.mean / 10, plot.Share(one.kept, one.n, one.range))
            for one in bins
            if one.n
        ]
    )
    drawing.name = _("How sure you were, and how often you kept it")
    return drawing


def _name(one: SureBin) -> str:
    return _("%(low)s to %(high)s") % {"low": one.low, "high": one.high}


def _table(found: Sureness, bins: Sequence[SureBin]) -> Table:
    lines: list[list] = []
    for one in bins:
        mean = round(one.mean, 1) if one.n else None
        lines.append([_name(one), mean, one.kept, one.n, one.promises, percents(one.range)])
    lines.append([_("Total"), None, found.kept, found.n, len(found.promises), None])
    columns = [
        _("How sure"),
        _("Average, of 10"),
        pgettext("how many", "Kept"),
        _("Of"),
        _("Promises"),
        _("Likely range"),
    ]
    return Table(_("Promises, by how sure you were"), columns, lines)
