"""The strength of hard moments before and after the practice."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights import plot
from journal.insights.measures import arithmetic
from journal.insights.presentation import COMPASSION, Fact, Measure, Table, number


def easing(found: arithmetic.Easing) -> Measure:
    heading, words = _heading(found)
    return Measure(
        slug="easing",
        name=_("Before and after a hard moment"),
        practice=COMPASSION,
        heading=heading,
        words=words,
        said=[_said(found), _needed(found) or _("Feelings also settle with time.")],
        method=[
            _("You rate these yourself, from 0 to 10. The figure is the middle of all changes, "
              "before less after, so that one very hard moment does not decide it."),
            _("Feelings also settle with time, so not all of it is the practice. It needs five "
              "moments that have both numbers."),
        ],
        tables=[_table(found)],
        plots=[plot.before_and_after(found.pairs)] if found.n else [],
        fact=_fact(found) if found.n else None,
        is_empty=not found.n,
    )  # fmt: skip


def points(change: float) -> str:
    """ "2 points easier", "1 point stronger", "no change"."""
    if change == 0:
        return _("no change")
    n = abs(change)
    values = {"n": number(n)}
    plural = 1 if n == 1 else 2
    if change > 0:
        return ngettext("%(n)s point easier", "%(n)s points easier", plural) % values
    return ngettext("%(n)s point stronger", "%(n)s points stronger", plural) % values


def _heading(found: arithmetic.Easing) -> tuple[str, str]:
    middle = found.median
    if middle is None:
        text = _("Too few moments to say what usually happens")
        return text, f"{text}."
    if middle > 0:
        heading = _("The middle hard moment ends %(change)s") % {"change": points(middle)}
        return heading, _("In the middle, hard moments end easier than they began.")
    if middle < 0:
        text = _("Often stronger afterwards, just now")
        return text, _("Often stronger afterwards, just now. Kindness can sting at first.")
    text = _("About as strong after as before")
    return text, f"{text}."


def _said(found: arithmetic.Easing) -> str:
    counts = {"eased": found.eased, "same": found.same, "stronger": found.stronger}
    n = ngettext("%(n)s moment", "%(n)s moments", found.n) % {"n": found.n}
    text = f"{n}: " + _("%(eased)s eased, %(same)s stayed, %(stronger)s got stronger.") % counts
    if found.stronger:
        text += " " + _("A dotted line got stronger, and that happens.")
    return text


def _needed(found: arithmetic.Easing) -> str:
    missing = arithmetic.FEWEST_PAIRS - found.n
    if missing <= 0:
        return ""
    return ngettext(
        "%(n)s more moment with both numbers says what usually happens.",
        "%(n)s more moments with both numbers say what usually happens.",
        missing,
    ) % {"n": missing}


def _table(found: arithmetic.Easing) -> Table:
    pairs = sorted(found.pairs.items(), reverse=True)
    lines: list[list] = [
        [before, after, points(before - after), times] for (before, after), times in pairs
    ]
    middle = points(found.median) if found.median is not None else None
    lines.append([_("The middle change"), None, middle, found.n])
    columns = [_("Before"), _("After"), _("Change"), _("Moments")]
    return Table(_("Strength, 0 to 10"), columns, lines)


def _fact(found: arithmetic.Easing) -> Fact:
    if found.median is None:
        few = _("Too few for a middle")
        return Fact(_("Hard moments, before and after"), number(found.n), few)
    n = ngettext("%(n)s moment", "%(n)s moments", found.n) % {"n": found.n}
    return Fact(_("The middle change of a hard moment"), points(found.median), n)
