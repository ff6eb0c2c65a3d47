"""How soon a promise was kept again after a miss."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights import plot
from journal.insights.measures import arithmetic
from journal.insights.measures.promises import Found
from journal.insights.periods import Period
from journal.insights.presentation import PROMISES, Measure, Table, likely_range, number, percents

LAST_COLUMN = 4  # chances: this many or more


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
    columns = _columns_of(runs)
    columns[-2] = (f"{LAST_COLUMN}+", *columns[-2][1:])  # its words are too long for some languages
    return plot.columns(columns)


def _run_table(runs: arithmetic.Returns) -> Table:
    lines: list[list] = [[name, n, None] for name, n, _filled in _columns_of(runs)]
    lines += [
        [_("Kept at the next chance"), runs.at_once, percents(runs.range)],
        [_("Had a next chance"), runs.had_a_chance, None],
        [_("Typical number of chances, for runs that have ended"), runs.median, None],
    ]
    columns = [_("Came back after"), _("Times"), _("Likely range")]
    return Table(_("Chances until you kept it again"), columns, lines)
