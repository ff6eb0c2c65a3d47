"""How often a limit held when it was tested."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights.measures import arithmetic
from journal.insights.periods import Period
from journal.insights.presentation import (
    BOUNDARIES,
    Fact,
    Measure,
    Strokes,
    Table,
    likely_range,
    percents,
)
from journal.insights.queries import said


def held(
    now: arithmetic.FollowThrough,
    before: arithmetic.FollowThrough,
    in_force: dict[str, int],
    period: Period,
) -> Measure:
    change = arithmetic.compare_ranges(now.range, before.range)
    heading, words = _heading(now, change, period)
    return Measure(
        slug="follow-through",
        name=_("Boundaries followed through"),
        practice=BOUNDARIES,
        heading=heading,
        words=words,
        said=[text for text in (_said(now), _needed(now), _earlier(before, change, period),
                                _in_force(in_force)) if text],
        method=[
            _("How often you held your limit, straight away or later, out of all the times it "
              "was tested and you could act. Times when it wasn’t safe to act, or that are "
              "undecided, don’t count either way."),
            _("With fewer than five tests you see counts only. From ten tests on you also see "
              "a likely range (Wilson’s 95% interval)."),
        ],
        tables=[_table(now)],
        strokes=_strokes(now),
        offer=_("Some weeks are harder. Is there a limit you’d like to put differently?")
        if change == "fewer" else "",
        fact=_fact(now) if now.n else None,
        is_empty=not now.n and not now.outside,
        is_enough=now.is_enough,
    )  # fmt: skip


def _heading(
    now: arithmetic.FollowThrough, change: arithmetic.Comparison | None, period: Period
) -> tuple[str, str]:
    before = {"before": period.length.before}
    if not now.is_enough:
        text = _("Not enough yet to see a pattern")
        return text, f"{text}."
    if change == "more":
        return _("Held more often than in %(before)s") % before, _("Held more often than before.")
    if change == "fewer":
        return _("Held less often than in %(before)s") % before, _("Held less often than before.")
    if change == "same":
        text = _("Held about as often as in %(before)s") % before
        return text, _("Held about as often as before.")
    text = _("Held %(k)s of %(n)s times") % {"k": now.k, "n": now.n}
    return text, _("You’ve recorded enough to see how often your limits held.")


def _said(now: arithmetic.FollowThrough) -> str:
    parts = [_("Held %(k)s of %(n)s times") % {"k": now.k, "n": now.n}] if now.n else []
    parts.append(likely_range(now.range))
    if now.outside:
        text = ngettext(
            "%(n)s time isn’t counted, because it’s undecided or wasn’t safe to act on",
            "%(n)s times aren’t counted, because they’re undecided or weren’t safe to act on",
            now.outside,
        )
        parts.append(text % {"n": now.outside})
    return ". ".join(part for part in parts if part) + "."


def _needed(now: arithmetic.FollowThrough) -> str:
    missing = arithmetic.FEWEST_TESTS - now.n
    if missing <= 0:
        return ""
    text = ngettext(
        "%(n)s more test needed.",
        "%(n)s more tests needed.",
        missing,
    )
    return text % {"n": missing}


def _earlier(
    before: arithmetic.FollowThrough, change: arithmetic.Comparison | None, period: Period
) -> str:
    if change is None:
        return ""
    values = {
        "before": period.length.before,
        "k": before.k,
        "n": before.n,
        "range": percents(before.range),
    }
    text = _("In %(before)s: %(k)s of %(n)s, %(range)s.") % values
    if change == "same":
        text += " " + _("The ranges overlap, so the difference could be chance.")
    return text


def _in_force(in_force: dict[str, int]) -> str:
    n, to_say, communicated = said(in_force)
    if not n:
        return ""
    text = ngettext("%(n)s active boundary", "%(n)s active boundaries", n) % {"n": n}
    if to_say:
        text += ". " + _("Told the people concerned: %(k)s of %(n)s") % {
            "k": communicated,
            "n": to_say,
        }
    return f"{text}."


def _strokes(now: arithmetic.FollowThrough) -> list[Strokes]:
    if not now.n:
        return []
    return [
        Strokes(_("Held"), now.held, now.n),
        Strokes(_("Held later"), now.held_later, now.n),
        Strokes(_("Partly"), now.partly, now.n),
        Strokes(_("Not this time"), now.not_held, now.n),
    ]


def _table(now: arithmetic.FollowThrough) -> Table:
    lines = [
        [_("Held"), now.held, None],
        [_("Held later"), now.held_later, None],
        [_("Partly"), now.partly, None],
        [_("Not this time"), now.not_held, None],
        [_("Undecided, or not safe to act on"), now.outside, None],
        [_("Followed through"), now.k, percents(now.range)],
        [_("Tested"), now.n, None],
    ]
    columns = [_("What happened to the limit"), _("Times"), _("Likely range")]
    return Table(_("When a limit was tested"), columns, lines)


def _fact(now: arithmetic.FollowThrough) -> Fact:
    figure = _("%(k)s of %(n)s") % {"k": now.k, "n": now.n}
    few = _("Not enough yet") if not now.is_enough else _("Not enough yet for a range")
    return Fact(_("Boundaries followed through"), figure, likely_range(now.range) or few)
