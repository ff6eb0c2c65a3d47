"""How well confidence matches outcomes, and how decisions were made, whatever their outcome."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.decisions.models import DecisionReview, quadrant
from journal.insights import plot
from journal.insights.measures import arithmetic, calibration
from journal.insights.presentation import DECISIONS, Measure, Table, percents
from journal.insights.queries import InsightsData
from journal.people.percent import percent_range

OutcomeQuality = DecisionReview.OutcomeQuality


def confidence(found: InsightsData) -> Measure:
    predictions = found.predictions
    score, drawn = calibration.brier(predictions), calibration.curve(predictions)
    confidence = calibration.confidence(predictions)
    heading, words = _heading(confidence)
    return Measure(
        slug="calibration",
        name=_("Confidence and what happened"),
        practice=DECISIONS,
        heading=heading,
        words=words,
        said=list(filter(None, (_said(found, score), _needed(predictions), _expected(confidence)))),
        method=[
            _("The Brier figure is the average squared difference between how sure you were "
              "and what happened. 0 is perfect, and always saying 50% gives 0.25. It needs "
              "twenty predictions that clearly came true or didn’t; unclear ones are left out. "
              "Those of decisions and plain forecasts count alike."),
            _("The chart shows groups with at least five predictions. On the dotted line, "
              "you’re right exactly as often as you expect."),
            _("Being 20% sure that something happens counts as 80% sure that it doesn’t. The "
              "heading says you were too sure, or not sure enough, only where chance alone would "
              "do that to one in twenty people whose chances are all right. With 30 predictions, "
              "it usually notices somebody who says 90% and is right 60% of the time; where they "
              "say 80%, it takes about 50."),
        ],
        tables=[_table(predictions, score, found.unclear)],
        plots=[_plot(drawn)] if drawn else [],
        more=reverse("insights:how-sure"),
        is_empty=not predictions and not found.unclear,
        is_enough=confidence is not None,
    )  # fmt: skip


def _heading(confidence: calibration.Confidence | None) -> tuple[str, str]:
    if confidence is None:
        text = _("Too early to see how well confidence matches what happens")
    elif confidence.verdict == "fits":
        text = _("Confidence matches what happens, as far as anyone can tell")
    elif confidence.verdict == "over":
        text = _("Surer than what happened would justify")
    else:
        text = _("Less sure than what happened would justify")
    return text, f"{text}."


def _said(found: InsightsData, score: float | None) -> str:
    n, came_true = len(found.predictions), sum(true for _sure, true in found.predictions)
    text = ngettext(
        "%(n)s prediction looked back on: %(true)s came true.",
        "%(n)s predictions looked back on: %(true)s came true.",
        n,
    ) % {"n": n, "true": came_true}
    if found.unclear:
        unclear = ngettext("%(n)s is unclear.", "%(n)s are unclear.", found.unclear)
        text += " " + unclear % {"n": found.unclear}
    if score is not None:
        values = {"score": number_format(round(score, 2), decimal_pos=2)}
        text += (
            " "
            + _(
                "Brier figure: %(score)s, where 0 is perfect and 0.25 is no better than tossing a "
                "coin."
            )
            % values
        )
    return text


def _needed(predictions: Sequence[calibration.Prediction]) -> str:
    missing = calibration.FEWEST_PREDICTIONS - len(predictions)
    if missing <= 0:
        return ""
    text = ngettext(
        "%(n)s more prediction needed for the chart.",
        "%(n)s more predictions needed for the chart.",
        missing,
    )
    return text % {"n": missing}


def _expected(confidence: calibration.Confidence | None) -> str:
    if confidence is None:
        return ""
    text = _(
        "If these chances hold, about %(expected)s of %(n)s come out as expected; %(right)s did."
    )
    values = {"n": confidence.n, "right": confidence.right, "expected": round(confidence.expected)}
    return text % values


def _plot(drawn: list[calibration.Bin]) -> plot.Plot:
    drawing = plot.against(
        [(one.mean, plot.Share(one.came_true, one.n, one.range)) for one in drawn]
    )
    drawing.name = _("How sure you were, and how often it came true")
    return drawing


def _table(
    predictions: Sequence[calibration.Prediction], score: float | None, unclear: int
) -> Table:
    lines: list[list] = []
    for one in calibration.bins(predictions):
        name = percent_range(one.low, one.high)
        mean = round(one.mean, 1) if one.n else None
        lines.append([name, mean, one.came_true, one.n, percents(one.range)])
    came_true = sum(true for _sure, true in predictions)
    lines.append([_("Total"), None, came_true, len(predictions), None])
    lines.append([_("Unclear, left out"), None, None, unclear, None])
    shown = round(score, 3) if score is not None else None
    lines.append([_("Brier figure"), shown, None, len(predictions), None])
    columns = [
        _("How sure"),
        _("Average, in per cent"),
        _("Came true"),
        _("Predictions"),
        _("Likely range"),
    ]
    return Table(_("Predictions, by how sure you were"), columns, lines)


# --- process against outcome


def process(found: arithmetic.Process) -> Measure:
    cells: dict[str, int] = {}
    for (sound, outcome), times in found.cells.items():
        place = str(quadrant(sound, outcome)) or "mixed"
        cells[place] = cells.get(place, 0) + times
    heading, words = _deciding(found)
    return Measure(
        slug="process",
        name=_("Decisions, however they turned out"),
        practice=DECISIONS,
        heading=heading,
        words=words,
        said=[_looked_back(found, cells.get("mixed", 0))],
        method=[
            _("When you look back, you say whether the way you decided was sound, however it "
              "turned out. A sound process can turn out badly, and a shaky one can turn out "
              "well. It needs five decisions."),
        ],
        tables=[_grid_table(found)],
        grid=cells if found.is_enough else {},
        is_empty=not found.n,
        is_enough=found.is_enough,
    )  # fmt: skip


def _deciding(found: arithmetic.Process) -> tuple[str, str]:
    if not found.is_enough:
        text = _("Not enough yet to see a pattern")
        return text, f"{text}."
    figures = _("Sound process: %(k)s of %(n)s") % {"k": found.sound, "n": found.n}
    return figures, _("You’ve looked back on enough decisions to see how you decide.")


def _looked_back(found: arithmetic.Process, mixed: int) -> str:
    missing = arithmetic.FEWEST_REVIEWS - found.n
    if missing > 0:
        text = _("Sound process, looking back: %(k)s of %(n)s.")
        needed = ngettext(
            "%(n)s more needed for the four squares.",
            "%(n)s more needed for the four squares.",
            missing,
        )
        return text % {"k": found.sound, "n": found.n} + " " + needed % {"n": missing}
    text = _("As judged when looking back.")
    if mixed:
        outside = ngettext(
            "%(n)s had a mixed outcome and isn’t in any of the four.",
            "%(n)s had a mixed outcome and aren’t in any of the four.",
            mixed,
        )
        text += " " + outside % {"n": mixed}
    return text


def _grid_table(found: arithmetic.Process) -> Table:
    lines = []
    for sound, name in ((True, _("Sound process")), (False, _("Shaky process"))):
        counts = [found.cells.get((sound, outcome), 0) for outcome in OutcomeQuality.values]
        lines.append([name, *counts, sum(counts)])
    columns = [
        _("Process"),
        _("Turned out well"),
        _("Turned out badly"),
        _("Mixed outcome"),
        _("Total"),
    ]
    return Table(_("Process and outcome"), columns, lines)
