"""How often promises were kept."""

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

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
    percents,
)
from journal.languages.lists import beside, listed
from journal.people.percent import percent
from journal.promises.day_codes import RecordedDays, tally_together
from journal.promises.models import Promise
from journal.promises.tallies import ENOUGH, ENOUGH_RECORDED, Tally, wilson

Found = Sequence[tuple[Promise, RecordedDays]]


def range_of(amount: Tally) -> arithmetic.Range | None:
    """Needs ten answers, and answers for seven in ten due units."""
    return wilson(amount.kept, amount.n) if amount.range is not None else None


def total(found: Found, time: Span | Period) -> Tally:
    return tally_together((history for _promise, history in found), time.first, time.last)


def _weeks(found: Found, time: Span | Period) -> list[tuple[int, int]]:
    weeks = [total(found, week) for week in spans_of(time.first, time.last, WEEK)]
    return [(one.kept, one.n) for one in weeks]


def compare(
    found: Found, now: Tally, before: Tally, period: Period
) -> tuple[arithmetic.Range | None, arithmetic.Range | None, arithmetic.Comparison | None]:
    """Both ranges and how they compare: one bad week is not seven bad days. Nothing is compared
    where there are too few weeks to see how much their days lean together."""
    ends, ends_before = range_of(now), range_of(before)
    weeks = [_weeks(found, period)] if ends else []
    if ends_before:
        weeks.append(_weeks(found, period.earlier))
    effect = arithmetic.design_effect(*weeks)
    if effect is None:
        return ends, ends_before, None
    ends, ends_before = (
        known and wilson(one.kept / effect, one.n / effect)
        for known, one in ((ends, now), (ends_before, before))
    )
    return ends, ends_before, arithmetic.compare_ranges(ends, ends_before)


def by_span(found: Found, period: Period) -> list[Tally]:
    return [total(found, span) for span in period.spans]


def kept(found: Found, spans: list[Tally], period: Period) -> Measure:
    now, before = total(found, period), total(found, period.earlier)
    ends, ends_before, change = compare(found, now, before, period)
    heading, words = _heading(now, change, period)
    said = [_counts(now, ends), _needed(now)]
    if change:
        said.append(_earlier(before, ends_before, change, period))
    return Measure(
        slug="kept",
        name=_("Promises kept"),
        practice=PROMISES,
        heading=heading,
        words=words,
        said=[text for text in said if text],
        drawn=_drawn(ends, spans, period) if now.n else "",
        method=[
            _("Kept small counts as kept. Days when life happened, days not recorded and days "
              "you can still record are left out and counted separately."),
            _("The likely range is Wilson’s 95% interval. You see it from ten recorded days "
              "on, if you’ve recorded at least seven in ten of the days that were due. It is "
              "wider the more your weeks differ, as one bad week is not seven bad days. Where "
              "two ranges overlap, we say “about the same”."),
        ],
        tables=[_by_span(now, ends, spans, period), _by_promise(found, period)],
        plots=[_plot(now, ends, spans, period)] if now.n else [],
        offer=_("Some weeks are harder. Shrink, pause or carry on?") if change == "fewer" else "",
        fact=_fact(now, ends) if now.n else None,
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
            small = ngettext("%(n)s kept small", "%(n)s kept small", now.small)
            text = beside((text, small % {"n": now.small}))
        parts.append(text)
    parts.append(likely_range(ends))
    if now.excused:
        times = ngettext("Life happened once", "Life happened %(n)s times", now.excused)
        parts.append(times % {"n": now.excused})
    if now.unrecorded:
        text = ngettext("%(n)s not recorded", "%(n)s not recorded", now.unrecorded)
        parts.append(text % {"n": now.unrecorded})
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


def _drawn(whole: arithmetic.Range | None, spans: list[Tally], period: Period) -> str:
    """Describes the chart, and names the bars that lie apart from the whole."""
    ranges = [range_of(one) for one in spans]
    months = period.length.span > 7
    if whole is None or not any(ranges):
        dots = _("Each dot is four weeks.") if months else _("Each dot is a week.")
        return f"{dots} {_('A dot without a bar has too few days for a range.')}"
    apart = [
        date_format(span.first, "j F")
        for span, one in zip(period.spans, ranges, strict=True)
        if arithmetic.compare_ranges(one, whole) in ("more", "fewer")
    ]
    dots = (
        _("Each dot is four weeks, each bar its likely range; the band is that of the whole time.")
        if months
        else _("Each dot is a week, each bar its likely range; the band is that of the whole time.")
    )
    if not apart:
        said = _("Every bar overlaps the band, so the ups and downs could be chance.")
        return f"{dots} {said}"
    text = ngettext(
        "One bar is outside the band: from %(days)s.",
        "These bars are outside the band: from %(days)s.",
        len(apart),
    )
    return f"{dots} {text % {'days': listed(apart)}}"


def _columns(first: object) -> list:
    return [
        first,
        pgettext("how many", "Kept"),
        _("Of"),
        _("Likely range"),
        _("Kept small"),
        _("Life happened"),
        _("Not recorded"),
    ]


def _line(head: object, one: Tally, ends: arithmetic.Range | None) -> list:
    return [head, one.kept, one.n, percents(ends), one.small, one.excused, one.unrecorded]


def _by_span(
    now: Tally, ends: arithmetic.Range | None, spans: list[Tally], period: Period
) -> Table:
    months = period.length.span > 7
    caption = _("Kept, by four weeks") if months else _("Kept, by week")
    lines = [
        _line(span.first, one, range_of(one)) for span, one in zip(period.spans, spans, strict=True)
    ]
    return Table(caption, _columns(_("From")), [*lines, _line(_("Total"), now, ends)])


def _by_promise(found: Found, period: Period) -> Table:
    lines = []
    for promise, history in found:
        amount = history.tally(period.first, period.last)
        if amount != Tally():
            lines.append(_line(Own(promise.statement), amount, range_of(amount)))
    return Table(_("Kept, by promise"), _columns(_("Promise")), lines)


def _plot(
    now: Tally, ends: arithmetic.Range | None, spans: list[Tally], period: Period
) -> plot.Plot:
    shares = [plot.Share(one.kept, one.n, range_of(one)) for one in spans]
    return plot.shares(period.spans, shares, plot.Share(now.kept, now.n, ends))


def _fact(now: Tally, ends: arithmetic.Range | None) -> Fact:
    figure = _("%(k)s of %(n)s") % {"k": now.kept, "n": now.n}
    return Fact(_("Promises kept"), figure, likely_range(ends) or _("Not enough yet for a range"))
