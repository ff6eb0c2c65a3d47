"""How often lessons helped, and how often they came to mind too late. Always ninety days."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights.presentation import LESSONS, Measure, Strokes, Table
from journal.insights.queries import helped
from journal.lessons.queries import LOOKING_BACK


def applied(uses: dict[str, int]) -> Measure:
    times, too_late = helped(uses)
    n = times + too_late
    return Measure(
        slug="lessons",
        name=_("Lessons applied"),
        practice=LESSONS,
        heading=_heading(times),
        words=_("Lessons came to mind when they were needed.") if times else _("None yet."),
        said=[_said(too_late)],
        method=[
            _("Times a lesson helped, fully or in part, in the last %(days)s days, beside times it "
              "came to mind too late. Counts only, whatever time the page shows.")
            % {"days": LOOKING_BACK.days},
        ],
        tables=[
            Table(
                _("Lessons, in %(days)s days") % {"days": LOOKING_BACK.days},
                [_("What happened"), _("Times")],
                [
                    [_("Helped, fully or in part"), times],
                    [_("Came to mind too late"), too_late],
                ],
            )
        ],
        strokes=[
            Strokes(_("Helped"), times, n),
            Strokes(_("Came to mind too late"), too_late, n),
        ] if n else [],
        is_empty=not n,
    )  # fmt: skip


def _heading(times: int) -> str:
    text = ngettext("A lesson helped once", "A lesson helped %(n)s times", times)
    return text % {"n": times} if times else _("No lesson helped yet")


def _said(too_late: int) -> str:
    text = _("In the last %(days)s days.") % {"days": LOOKING_BACK.days}
    if too_late:
        late = ngettext(
            "One came to mind too late once; noticing is part of learning it.",
            "%(n)s times one came to mind too late; noticing is part of learning it.",
            too_late,
        )
        text += " " + late % {"n": too_late}
    return text
