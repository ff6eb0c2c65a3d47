"""How often lessons helped, and how often they came to mind too late. Always ninety days."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights.periods import Period
from journal.insights.presentation import LESSONS, Measure, Strokes, Table
from journal.insights.queries import helped
from journal.lessons.queries import LOOKING_BACK


def applied(uses: dict[str, int], period: Period) -> Measure:
    times, too_late = helped(uses)
    n = times + too_late
    return Measure(
        slug="lessons",
        name=_("Lessons applied"),
        practice=LESSONS,
        heading=_heading(times),
        words=_("Your lessons have helped when you needed them.") if times else _("None yet."),
        said=[_said(too_late, period)],
        method=[
            _("How often a lesson helped, fully or partly, in the last %(days)s days, and how "
              "often you remembered one too late. These are counts only and always cover the "
              "same number of days.")
            % {"days": LOOKING_BACK.days},
        ],
        tables=[
            Table(
                _("Lessons in the last %(days)s days") % {"days": LOOKING_BACK.days},
                [_("What happened"), _("Times")],
                [
                    [_("Helped, fully or partly"), times],
                    [_("Remembered too late"), too_late],
                ],
            )
        ],
        strokes=[
            Strokes(_("Helped"), times, n),
            Strokes(_("Remembered too late"), too_late, n),
        ] if n else [],
        is_empty=not n,
        is_enough=n > 0,
    )  # fmt: skip


def _heading(times: int) -> str:
    text = ngettext("A lesson helped once", "A lesson helped %(n)s times", times)
    return text % {"n": times} if times else _("No lesson has helped yet")


def _said(too_late: int, period: Period) -> str:
    text = _("In the last %(days)s days.") % {"days": LOOKING_BACK.days}
    if period.last < period.today:
        days = {"days": LOOKING_BACK.days, "last": date_format(period.last, "j F")}
        text = _("In the %(days)s days up to %(last)s.") % days
    if too_late:
        late = ngettext(
            "Remembered too late once. Noticing is part of learning it.",
            "Remembered too late %(n)s times. Noticing is part of learning it.",
            too_late,
        )
        text += " " + late % {"n": too_late}
    return text
