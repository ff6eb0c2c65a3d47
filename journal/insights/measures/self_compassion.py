"""The strength of hard moments before and after the practice."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from journal.insights import plot
from journal.insights.measures import arithmetic
from journal.insights.presentation import COMPASSION, Fact, Measure, Table, number
from journal.languages.lists import colon


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
            _("You rate these yourself, from 0 to 10. The figure is the median change, so "
              "that one very hard moment doesn’t decide it."),
            _("Feelings also settle with time, so the practice isn’t the only reason. The "
              "figure needs five moments with both numbers."),
        ],
        tables=[_table(found)],
        plots=[plot.before_and_after(found.pairs)] if found.n else [],
        fact=_fact(found) if found.n else None,
        is_empty=not found.n,
        is_enough=found.median is not None,
    )  # fmt: skip


def points(change: float) -> str:
    """ "2 points easier", "1 point stronger", "no change"."""
    if change == 0:
        return _("no change")
    n = abs(change)
    values = {"n": number(n)}
    plural = 1 if n == 1 else 2
    if change > 0:
        return ngettext("eased by %(n)s point", "eased by %(n)s points", plural) % values
    return ngettext("got stronger by %(n)s point", "got stronger by %(n)s points", plural) % values


def _heading(found: arithmetic.Easing) -> tuple[str, str]:
    middle = found.median
    if middle is None:
        text = _("Not enough yet to see what usually happens")
        return text, f"{text}."
    if middle > 0:
        heading = _("A typical hard moment %(change)s") % {"change": points(middle)}
        return heading, _("A typical hard moment eases.")
    if middle < 0:
        text = _("Often stronger afterwards at the moment")
        return text, _("Often stronger afterwards at the moment. Kindness can sting at first.")
    text = _("About as strong after as before")
    return text, f"{text}."


def counted(found: arithmetic.Easing) -> str:
    counts = {"eased": found.eased, "same": found.same, "stronger": found.stronger}
    n = ngettext("%(n)s moment", "%(n)s moments", found.n) % {"n": found.n}
    text = _("%(eased)s eased, %(same)s stayed the same, %(stronger)s got stronger.")
    return f"{n}{colon()}{text % counts}"


def _said(found: arithmetic.Easing) -> str:
    text = counted(found)
    if found.stronger:
        text += " " + _("The dotted lines are moments that got stronger. That happens.")
    return text


def _needed(found: arithmetic.Easing) -> str:
    missing = arithmetic.FEWEST_PAIRS - found.n
    if missing <= 0:
        return ""
    return ngettext(
        "%(n)s more moment with both numbers needed.",
        "%(n)s more moments with both numbers needed.",
        missing,
    ) % {"n": missing}


def _table(found: arithmetic.Easing) -> Table:
    pairs = sorted(found.pairs.items(), reverse=True)
    lines: list[list] = [
        [before, after, points(before - after), times] for (before, after), times in pairs
    ]
    middle = points(found.median) if found.median is not None else None
    lines.append([_("Typical change"), None, middle, found.n])
    columns = [_("Before"), _("After"), pgettext("difference", "Change"), _("Moments")]
    return Table(_("Strength, 0 to 10"), columns, lines)


def _fact(found: arithmetic.Easing) -> Fact:
    if found.median is None:
        few = _("Not enough yet")
        return Fact(_("Hard moments, before and after"), number(found.n), few)
    n = ngettext("%(n)s moment", "%(n)s moments", found.n) % {"n": found.n}
    return Fact(_("A typical hard moment"), points(found.median), n)
