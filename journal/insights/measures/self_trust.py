"""Felt trust compared with kept promises, and the ratings of five short statements."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights import plot
from journal.insights.measures import arithmetic
from journal.insights.measures.promises import range_of
from journal.insights.periods import Period
from journal.insights.presentation import RATING, TODAY, Measure, Table, number, percents
from journal.insights.queries import by_span
from journal.privacy.ownership import field_of
from journal.promises.tallies import Tally
from journal.reflections.rating import scores
from journal.reflections.rating.history import History, Rated, compare_scores, format_score, rated
from journal.reflections.rating.models import ITEMS, SelfRating

SHOWN = 13  # ratings: about a year of them


def trust(days: Sequence[tuple[date, int]], kept: list[Tally], period: Period) -> Measure:
    spans = by_span(days, period.spans)
    middles = [arithmetic.middle_trust(one) for one in spans]
    middle = arithmetic.middle_trust([value for _day, value in days])
    enough = sum(one is not None for one in middles) > 1
    heading, words = _heading(middle)
    shares = [plot.Share(one.kept, one.n, range_of(one)) for one in kept]
    felt, record = (
        plot.levels(period.spans, middles),
        plot.shares(period.spans, shares, plot.Share(0, 0, None)),
    )
    felt.name, record.name = _("Felt trust, 1 to 5"), _("Promises kept")
    return Measure(
        slug="trust",
        name=_("Felt trust beside the record"),
        practice=TODAY,
        heading=heading,
        words=words,
        said=[_said(days, middle), _("Side by side, not cause and effect.") if enough else ""],
        method=[
            _("The middle of your daily answers, 1 barely to 5 fully; a dot needs three days. The "
              "steps between the words need not be alike, so there is no mean. Below it the share "
              "of promises kept in the same days. That both move together, or do not, says nothing "
              "about what leads to what."),
        ],
        tables=[_table(spans, middles, kept, period)],
        plots=([felt, record] if any(one.n for one in kept) else [felt]) if enough else [],
        is_empty=not days,
    )  # fmt: skip


def _heading(middle: float | None) -> tuple[str, str]:
    if middle is None:
        text = _("Too few days to say how far you trust yourself")
        return text, f"{text}."
    counted = _("On a middle day, trust is %(n)s of 5") % {"n": number(middle)}
    names = (
        _("On a middle day you trust yourself barely."),
        _("On a middle day you trust yourself a little."),
        _("On a middle day you trust yourself partly."),
        _("On a middle day you trust yourself mostly."),
        _("On a middle day you trust yourself fully."),
    )
    between = _("On a middle day you trust yourself, neither barely nor fully.")
    return counted, names[int(middle) - 1] if middle == int(middle) else between


def _said(days: Sequence[tuple[date, int]], middle: float | None) -> str:
    n = len(days)
    text = ngettext("%(n)s day told.", "%(n)s days told.", n) % {"n": n}
    missing = arithmetic.FEWEST_DAYS - n
    if middle is None and missing > 0:
        needed = ngettext("A middle needs %(n)s more.", "A middle needs %(n)s more.", missing)
        text += " " + needed % {"n": missing}
    return text


def _table(
    spans: list[list[int]], middles: Sequence[float | None], kept: list[Tally], period: Period
) -> Table:
    lines = [
        [span.first, middle, len(values), one.kept, one.n, percents(range_of(one))]
        for span, values, middle, one in zip(period.spans, spans, middles, kept, strict=True)
    ]
    columns = [
        _("From"),
        _("Middle of felt trust"),
        _("Days told"),
        _("Kept"),
        _("Of"),
        _("Rough range"),
    ]
    return Table(_("Felt trust, and promises kept"), columns, lines)


# --- five short statements


def pictures(history: History) -> Measure:
    """Three figures make a trend; a change under half a point counts as about the same."""
    rows = [one.row for one in history.pictures]
    figures = rated(reversed(rows[:SHOWN]))
    enough = len(figures) >= scores.FEWEST_FOR_A_TREND
    heading, words = (
        _trend(figures)
        if enough
        else (_("Too few pictures for a trend"), _("Too few pictures for a trend."))
    )
    return Measure(
        slug="rating",
        name=_("Five short statements"),
        practice=RATING,
        heading=heading,
        words=words,
        said=[_trend_said(figures) if enough else _pictures_needed(len(figures))],
        method=[
            _("The mean of what you answered, 1 to 5, where at least four of the five were. A "
              "change under half a point is about the same; a trend needs three. The statements "
              "are our own and no test, and there is no right figure. At most one picture every "
              "28 days, so here are the last ones whatever time the page shows."),
        ],
        tables=[_picture_table(rows)],
        plots=[plot.pictures([(one.taken_on, float(one.score)) for one in figures])]
        if enough else [],
        is_empty=not rows,
    )  # fmt: skip


def _trend(figures: Sequence[Rated]) -> tuple[str, str]:
    first, last = figures[0].score, figures[-1].score
    if scores.about_the_same(first, last):
        text = _("About the same picture as at first")
    elif last > first:
        text = _("More true of you than at first")
    else:
        text = _("Less true of you than at first, just now")
    return text, f"{text}."


def _trend_said(figures: Sequence[Rated]) -> str:
    return _("The latest is %(mean)s. %(beside)s") % {
        "mean": format_score(figures[-1].score),
        "beside": compare_scores(figures[0], figures[-1].score),
    }


def _pictures_needed(n: int) -> str:
    missing = scores.FEWEST_FOR_A_TREND - n
    text = ngettext("%(n)s picture with a figure.", "%(n)s pictures with a figure.", n) % {"n": n}
    needed = ngettext("A trend needs %(n)s more.", "A trend needs %(n)s more.", missing)
    return f"{text} {needed % {'n': missing}}"


def _picture_table(rows: Sequence[SelfRating]) -> Table:
    names = [field_of(SelfRating, name).help_text for name in ITEMS]
    lines = [
        [row.taken_on, *row.answers, float(row.score) if row.score is not None else None]
        for row in rows[:SHOWN]
    ]
    columns = [_("Taken on"), *names, _("Mean")]
    return Table(_("The five, 1 to 5, the latest first"), columns, lines)
