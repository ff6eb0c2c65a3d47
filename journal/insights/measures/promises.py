"""How often promises were kept, and how soon one was kept again after a miss."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights import plot
from journal.insights.measures import arithmetic
from journal.insights.periods import WEEK, Period, Span, spans_of
from journal.insights.presentation import (
    PROMISES,
    Fact,
    Measure,
    Own,
    Table,
    likely_range,
    number,
    percents,
)
from journal.people.percent import percent
from journal.promises.day_codes import RecordedDays, tally_together
from journal.promises.models import Promise
from journal.promises.tallies import ENOUGH, ENOUGH_RECORDED, Tally, wilson

Found = Sequence[tuple[Promise, RecordedDays]]
LAST_COLUMN = 4  # chances: this many or more


def range_of(amount: Tally) -> arithmetic.Range | None:
    """Needs ten answers, and answers for seven in ten due units."""
    return wilson(amount.kept, amount.n) if amount.range is not None else None


def total(found: Found, time: Span | Period) -> Tally:
    return tally_together((history for _promise, history in found), time.first, time.last)


def _by_week(found: Found, time: Span | Period) -> arithmetic.Range | None:
    weeks = [total(found, week) for week in spans_of(time.first, time.last, WEEK)]
    return arithmetic.rate_by_week((one.kept, one.n) for one in weeks)


def by_span(found: Found, period: Period) -> list[Tally]:
    return [total(found, span) for span in period.spans]


def kept(found: Found, spans: list[Tally], period: Period) -> Measure:
    """A period that goes `by_week` is compared week by week: one bad week is not seven bad days."""
    now, before = total(found, period), total(found, period.earlier)
    ranges = range_of(now), range_of(before)
    if period.by_week and all(ranges):
        ranges = _by_week(found, period), _by_week(found, period.earlier)
    change = arithmetic.compare_ranges(*ranges)
    heading, words = _heading(now, change, period)
    said = [_counts(now, ranges[0] or range_of(now)), _needed(now)]
    if change:
        said.append(_earlier(before, ranges[1], change, period))
    return Measure(
        slug="kept",
        name=_("Promises kept"),
        practice=PROMISES,
        heading=heading,
        words=words,
        said=[text for text in said if text],
        drawn=_drawn(now, spans, period) if now.n else "",
        method=[
            _("Kept small counts as kept. Days when life happened, days not recorded and days "
              "you can still record are left out and counted separately."),
            _("The likely range is Wilson’s 95% interval. You see it from ten recorded days "
              "on, if you’ve recorded at least seven in ten of the days that were due. One "
              "day affects the next, so it is only approximate. Where two ranges overlap, we "
              "say “about the same”."),
        ],
        tables=[_by_span(now, spans, period), _by_promise(found, period)],
        plots=[_plot(now, spans, period)] if now.n else [],
        offer=_("Some weeks are harder. Shrink, pause or carry on?") if change == "fewer" else "",
        fact=_fact(now) if now.n else None,
        is_empty=now == Tally(),
        is_enough=range_of(now) is not None,
    )  # fmt: skip


def _heading(now: Tally, change: arithmetic.Comparison | None, period: Period) -> tuple[str, str]:
    """The heading with figures, and without."""
    before = {"before": period.length.before}
    if change == "fewer":
        text = _("Fewer kept than usual")
    elif change == "more":
        text = _("More kept than in %(before)s") % before
    elif change == "same":
        text = _("About as many kept as in %(before)s") % before
    elif range_of(now) is not None:
        figures = _("%(kept)s of %(n)s kept") % {"kept": now.kept, "n": now.n}
        return figures, _("You’ve recorded enough to see how many you keep.")
    elif now.n >= ENOUGH:
        text = _("Not enough recorded to see how often")
    else:
        text = _("Not enough yet to see how often")
    # "28 days" is a figure too.
    plain = {
        "fewer": _("Fewer kept than usual."),
        "more": _("More kept than before."),
        "same": _("About as many kept as before."),
    }
    return text, plain.get(change or "", f"{text}.")


def _counts(now: Tally, ends: arithmetic.Range | None) -> str:
    """ "54 of 74 kept, 12 kept small. Likely between 62% and 82%. Life happened 3 times"."""
    parts = []
    if now.n:
        text = _("%(kept)s of %(n)s kept") % {"kept": now.kept, "n": now.n}
        if now.small:
            text += ", " + _("%(n)s kept small") % {"n": now.small}
        parts.append(text)
    parts.append(likely_range(ends))
    if now.excused:
        times = ngettext("Life happened once", "Life happened %(n)s times", now.excused)
        parts.append(times % {"n": now.excused})
    if now.unrecorded:
        parts.append(_("%(n)s not recorded") % {"n": now.unrecorded})
    return ". ".join(part for part in parts if part) + "." if any(parts) else ""


def _needed(now: Tally) -> str:
    if now.n >= ENOUGH and range_of(now) is None:
        due = now.n + now.unrecorded
        share = {"n": now.n, "due": due, "percent": percent(100 * ENOUGH_RECORDED)}
        return _("%(n)s of %(due)s days recorded. A range needs %(percent)s of them.") % share
    missing = ENOUGH - now.n
    if missing <= 0:
        return ""
    text = ngettext(
        "%(n)s more recorded day needed for a range.",
        "%(n)s more recorded days needed for a range.",
        missing,
    )
    return text % {"n": missing}


def _earlier(before: Tally, ends: arithmetic.Range | None, change: str, period: Period) -> str:
    values = {
        "before": period.length.before,
        "kept": before.kept,
        "n": before.n,
        "range": percents(ends),
    }
    if change == "same":
        return (
            _(
                "In %(before)s: %(kept)s of %(n)s, %(range)s. The ranges overlap, so the "
                "difference could be chance."
            )
            % values
        )
    return _("In %(before)s: %(kept)s of %(n)s, %(range)s. The ranges don’t overlap.") % values


def _drawn(now: Tally, spans: list[Tally], period: Period) -> str:
    """Describes the chart, and names the bars that lie apart from the whole."""
    whole = range_of(now)
    ranges = [range_of(one) for one in spans]
    months = period.length.span > 7
    dots = _("Each dot is four weeks") if months else _("Each dot is a week")
    if whole is None or not any(ranges):
        return dots + ". " + _("A dot without a bar has too few days for a range.")
    apart = [
        date_format(span.first, "j F")
        for span, one in zip(period.spans, ranges, strict=True)
        if arithmetic.compare_ranges(one, whole) in ("more", "fewer")
    ]
    dots += (
        ", " + _("each bar its likely range, and the band is the range for the whole time") + ". "
    )
    if not apart:
        return dots + _("Every bar overlaps the band, so the ups and downs could be chance.")
    text = ngettext(
        "One bar is outside the band: from %(days)s.",
        "These bars are outside the band: from %(days)s.",
        len(apart),
    )
    return dots + text % {"days": get_text_list(apart, _("and"))}


def _columns(first: object) -> list:
    return [
        first,
        _("Kept"),
        _("Of"),
        _("Likely range"),
        _("Kept small"),
        _("Life happened"),
        _("Not recorded"),
    ]


def _line(head: object, one: Tally) -> list:
    ends = percents(range_of(one))
    return [head, one.kept, one.n, ends, one.small, one.excused, one.unrecorded]


def _by_span(now: Tally, spans: list[Tally], period: Period) -> Table:
    months = period.length.span > 7
    caption = _("Kept, by four weeks") if months else _("Kept, by week")
    lines = [_line(span.first, one) for span, one in zip(period.spans, spans, strict=True)]
    return Table(caption, _columns(_("From")), [*lines, _line(_("Total"), now)])


def _by_promise(found: Found, period: Period) -> Table:
    lines = []
    for promise, history in found:
        amount = history.tally(period.first, period.last)
        if amount != Tally():
            lines.append(_line(Own(promise.statement), amount))
    return Table(_("Kept, by promise"), _columns(_("Promise")), lines)


def _plot(now: Tally, spans: list[Tally], period: Period) -> plot.Plot:
    shares = [plot.Share(one.kept, one.n, range_of(one)) for one in spans]
    return plot.shares(period.spans, shares, plot.Share(now.kept, now.n, range_of(now)))


def _fact(now: Tally) -> Fact:
    figure = _("%(k)s of %(n)s") % {"k": now.kept, "n": now.n}
    ends = likely_range(range_of(now))
    return Fact(_("Promises kept"), figure, ends or _("Not enough yet for a range"))


# --- keeping again after a miss


def returns(found: Found, period: Period) -> Measure:
    earlier = period.earlier
    runs = arithmetic.returns(
        (
            history.recorded(earlier.first, earlier.last),
            history.recorded(period.first, period.last),
        )
        for _promise, history in found
    )
    return Measure(
        slug="returns",
        name=_("Back after a miss"),
        practice=PROMISES,
        heading=_back(runs),
        words=_back(runs, figures=False) + ".",
        said=[text for text in (_runs(runs, period), _runs_needed(runs)) if text],
        method=[
            _("Misses in a row count as one run. A chance is the next time the promise was "
              "due and you recorded it. A run counts in the period in which it began."),
            _("The share is of the runs that had a next chance, with Wilson’s 95% interval. "
              "Runs that are still going count as not back yet; the typical number of chances "
              "comes from the runs that have ended. We say “usually” only where the lower end "
              "of the range is at least one half."),
        ],
        tables=[_run_table(runs)],
        plots=[_run_plot(runs)] if runs.is_enough else [],
        is_empty=not runs.closed and not runs.open,
        is_enough=runs.is_enough,
    )  # fmt: skip


def _back(runs: arithmetic.Returns, *, figures: bool = True) -> str:
    """ "Usually" only where the lower bound of the share is at least one half."""
    if not runs.is_enough:
        return _("Not enough yet to see a pattern")
    if runs.usual == 1:
        return _("After a miss, usually back at the next chance")
    if runs.usual and figures:
        return _("After a miss, usually back within %(n)s chances") % {"n": runs.usual}
    if runs.usual:
        return _("After a miss, usually back within a few chances")
    if figures:
        counts = {"k": runs.at_once, "n": runs.had_a_chance}
        return _("After a miss, back at the next chance %(k)s of %(n)s times") % counts
    if runs.at_once:
        return _("After a miss, at times back at the next chance")
    return _("After a miss, it has taken more than one chance")


def _runs(runs: arithmetic.Returns, period: Period) -> str:
    n = runs.closed + runs.open
    parts = [ngettext("%(n)s run of misses", "%(n)s runs of misses", n) % {"n": n}]
    if runs.had_a_chance:
        share = _("Kept at the next chance: %(k)s of %(n)s")
        parts.append(share % {"k": runs.at_once, "n": runs.had_a_chance})
    if runs.range:
        parts.append(likely_range(runs.range))
    if runs.median is not None:
        one = 1 if runs.median == 1 else 2
        took = ngettext(
            "A typical run that ended took %(n)s chance",
            "A typical run that ended took %(n)s chances",
            one,
        )
        parts.append(took % {"n": number(runs.median)})
    if runs.open:
        text = ngettext("%(n)s hasn’t ended yet", "%(n)s haven’t ended yet", runs.open)
        if period.last < period.today:
            text = ngettext(
                "%(n)s hadn’t ended by %(day)s", "%(n)s hadn’t ended by %(day)s", runs.open
            )
        parts.append(text % {"n": runs.open, "day": date_format(period.last, "j F")})
    return ". ".join(parts) + "."


def _runs_needed(runs: arithmetic.Returns) -> str:
    missing = arithmetic.FEWEST_RUNS - runs.had_a_chance
    if missing <= 0:
        return ""
    return ngettext(
        "%(n)s more run with a next chance needed.",
        "%(n)s more runs with a next chance needed.",
        missing,
    ) % {"n": missing}


def _columns_of(runs: arithmetic.Returns) -> list[tuple[str, int, bool]]:
    short = [runs.after.get(n, 0) for n in range(1, LAST_COLUMN)]
    long = runs.closed - sum(short)
    names = [_("1 chance"), *map(str, range(2, LAST_COLUMN))]
    return [
        *((name, n, True) for name, n in zip(names, short, strict=True)),
        (_("%(n)s or more") % {"n": LAST_COLUMN}, long, True),
        (_("Not yet"), runs.open, False),
    ]


def _run_plot(runs: arithmetic.Returns) -> plot.Plot:
    return plot.columns(_columns_of(runs))


def _run_table(runs: arithmetic.Returns) -> Table:
    lines: list[list] = [[name, n, None] for name, n, _filled in _columns_of(runs)]
    lines += [
        [_("Kept at the next chance"), runs.at_once, percents(runs.range)],
        [_("Had a next chance"), runs.had_a_chance, None],
        [_("Typical number of chances, for runs that have ended"), runs.median, None],
    ]
    columns = [_("Came back after"), _("Times"), _("Likely range")]
    return Table(_("Chances until you kept it again"), columns, lines)
