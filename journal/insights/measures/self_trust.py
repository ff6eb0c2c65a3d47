"""Felt trust compared with kept promises, and the ratings of five short statements."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

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
    felt.name, record.name = _("Self-trust, 1 to 5"), _("Promises kept")
    return Measure(
        slug="trust",
        name=_("Self-trust, beside promises kept"),
        practice=TODAY,
        heading=heading,
        words=words,
        said=[_said(days, middle)],
        drawn=_("They’re shown side by side; one doesn’t have to cause the other.")
        if enough
        else "",
        method=[
            _("The top chart shows the median of your daily answers, from 1 (barely) to 5 "
              "(fully). A dot needs three days. It isn’t an average, because the steps "
              "between the words may not be equal. The lower chart shows the share of "
              "promises kept on the same days. Whether the two move together says nothing "
              "about which one causes the other."),
        ],
        tables=[_table(spans, middles, kept, period)],
        plots=([felt, record] if any(one.n for one in kept) else [felt]) if enough else [],
        is_empty=not days,
        is_enough=middle is not None,
    )  # fmt: skip


def _heading(middle: float | None) -> tuple[str, str]:
    if middle is None:
        text = _("Not enough yet to see a typical day")
        return text, f"{text}."
    counted = _("Your typical day: %(n)s of 5") % {"n": number(middle)}
    names = (
        _("On a typical day, you barely trust yourself."),
        _("On a typical day, you trust yourself a little."),
        _("On a typical day, you trust yourself partly."),
        _("On a typical day, you mostly trust yourself."),
        _("On a typical day, you trust yourself fully."),
    )
    between = _("On a typical day, your trust in yourself is between two of the answers.")
    return counted, names[int(middle) - 1] if middle == int(middle) else between


def _said(days: Sequence[tuple[date, int]], middle: float | None) -> str:
    n = len(days)
    text = ngettext("%(n)s day recorded.", "%(n)s days recorded.", n) % {"n": n}
    missing = arithmetic.FEWEST_DAYS - n
    if middle is None and missing > 0:
        needed = ngettext("%(n)s more needed.", "%(n)s more needed.", missing)
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
        _("Typical answer"),
        _("Days recorded"),
        pgettext("how many", "Kept"),
        _("Of"),
        _("Likely range"),
    ]
    return Table(_("Self-trust and promises kept"), columns, lines)


# --- five short statements


def pictures(history: History) -> Measure:
    """Three figures make a trend; a change under half a point counts as about the same."""
    rows = [one.row for one in history.pictures]
    figures = rated(reversed(rows[:SHOWN]))
    enough = len(figures) >= scores.FEWEST_FOR_A_TREND
    heading, words = (
        _trend(figures)
        if enough
        else (
            _("Not enough check-ups yet to see a trend"),
            _("Not enough check-ups yet to see a trend."),
        )
    )
    return Measure(
        slug="rating",
        name=_("Check-up"),
        practice=RATING,
        heading=heading,
        words=words,
        said=[_trend_said(figures) if enough else _pictures_needed(len(figures))],
        method=[
            _("This is the average of your answers, from 1 to 5, if you answered at least "
              "four of the five. A change of less than half a point counts as about the same, "
              "and a trend needs three check-ups. The statements are our own, they aren’t a "
              "test, and there is no right figure. There is at most one check-up every 28 "
              "days, so you always see the latest ones here, whatever period the page shows."),
        ],
        tables=[_picture_table(rows)],
        plots=[plot.pictures([(one.taken_on, float(one.score)) for one in figures])]
        if enough else [],
        is_empty=not rows,
        is_enough=enough,
    )  # fmt: skip


def _trend(figures: Sequence[Rated]) -> tuple[str, str]:
    first, last = figures[0].score, figures[-1].score
    if scores.about_the_same(first, last):
        text = _("About the same as the first check-up")
    elif last > first:
        text = _("Up since the first check-up")
    else:
        text = _("Down since the first check-up")
    return text, f"{text}."


def _trend_said(figures: Sequence[Rated]) -> str:
    return _("The latest is %(mean)s. %(beside)s") % {
        "mean": format_score(figures[-1].score),
        "beside": compare_scores(figures[0], figures[-1].score),
    }


def _pictures_needed(n: int) -> str:
    missing = scores.FEWEST_FOR_A_TREND - n
    text = ngettext("%(n)s check-up with a figure.", "%(n)s check-ups with a figure.", n) % {"n": n}
    needed = ngettext(
        "%(n)s more needed for a trend.",
        "%(n)s more needed for a trend.",
        missing,
    )
    return f"{text} {needed % {'n': missing}}"


def _picture_table(rows: Sequence[SelfRating]) -> Table:
    names = [field_of(SelfRating, name).help_text for name in ITEMS]
    lines = [
        [row.taken_on, *row.answers, float(row.score) if row.score is not None else None]
        for row in rows[:SHOWN]
    ]
    columns = [_("Date"), *names, _("Average")]
    return Table(_("The five answers, 1 to 5, latest first"), columns, lines)
