"""How well confidence matches outcomes, and how decisions were made, whatever their outcome."""

from collections.abc import Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.decisions.models import DecisionReview, quadrant
from journal.insights import plot
from journal.insights.measures import arithmetic
from journal.insights.presentation import DECISIONS, Measure, Table, percents
from journal.insights.queries import InsightsData
from journal.people.percent import percent_range

Outcome = DecisionReview.OutcomeQuality


def calibration(found: InsightsData) -> Measure:
    predictions = found.predictions
    score, drawn = arithmetic.brier(predictions), arithmetic.curve(predictions)
    heading, words = _heading(predictions, drawn)
    return Measure(
        slug="calibration",
        name=_("Confidence and what happened"),
        practice=DECISIONS,
        heading=heading,
        words=words,
        said=[text for text in (_said(found, score), _needed(predictions), _apart(drawn)) if text],
        method=[
            _("The Brier figure is the average squared difference between how sure you were "
              "and what happened. 0 is perfect, and always saying 50% gives 0.25. It needs "
              "ten predictions that clearly came true or didn’t; unclear ones are left out."),
            _("The chart needs twenty predictions, with five in each group. On the dotted "
              "line, you’re right exactly as often as you expect. It says you were too sure, "
              "or not sure enough, only where your average confidence is outside the group’s "
              "likely range."),
        ],
        tables=[_table(predictions, score, found.unclear)],
        plots=[_plot(drawn)] if drawn else [],
        is_empty=not predictions and not found.unclear,
    )  # fmt: skip


def _heading(
    predictions: Sequence[arithmetic.Prediction], drawn: list[arithmetic.Bin]
) -> tuple[str, str]:
    fits = {one.fits for one in drawn}
    if arithmetic.brier(predictions) is None:
        text = _("Not enough yet to see how well confidence matches what happens")
    elif not drawn:
        text = _("Not enough yet for the chart")
    elif fits == {"fits"}:
        text = _("Confidence matches what happens, as far as anyone can tell")
    elif "over" in fits and "under" in fits:
        text = _("Too sure in some places, not sure enough in others")
    elif "over" in fits:
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


def _needed(predictions: Sequence[arithmetic.Prediction]) -> str:
    missing = arithmetic.FEWEST_PREDICTIONS - len(predictions)
    if missing > 0:
        text = ngettext(
            "%(n)s more prediction needed for the figure.",
            "%(n)s more predictions needed for the figure.",
            missing,
        )
        return text % {"n": missing}
    missing = arithmetic.FEWEST_FOR_A_CURVE - len(predictions)
    if missing > 0:
        text = ngettext(
            "%(n)s more prediction needed for the chart.",
            "%(n)s more predictions needed for the chart.",
            missing,
        )
        return text % {"n": missing}
    return ""


def _apart(drawn: list[arithmetic.Bin]) -> str:
    """Names the bins that do not fit: "At 70–89% sure, fewer came true than you expected"."""
    said = []
    for one in drawn:
        values = {"range": percent_range(one.low, one.high), "k": one.came_true, "n": one.n}
        if one.fits == "over":
            text = _("At %(range)s sure, fewer came true than expected: %(k)s of %(n)s.")
            said.append(text % values)
        elif one.fits == "under":
            text = _("At %(range)s sure, more came true than expected: %(k)s of %(n)s.")
            said.append(text % values)
    return " ".join(said)


def _plot(drawn: list[arithmetic.Bin]) -> plot.Plot:
    drawing = plot.against(
        [(one.mean, plot.Share(one.came_true, one.n, one.range)) for one in drawn]
    )
    drawing.name = _("How sure you were, and how often it came true")
    return drawing


def _table(
    predictions: Sequence[arithmetic.Prediction], score: float | None, unclear: int
) -> Table:
    lines: list[list] = []
    for one in arithmetic.bins(predictions):
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
        counts = [found.cells.get((sound, outcome), 0) for outcome in Outcome.values]
        lines.append([name, *counts, sum(counts)])
    columns = [
        _("Process"),
        _("Turned out well"),
        _("Turned out badly"),
        _("Mixed outcome"),
        _("Total"),
    ]
    return Table(_("Process and outcome"), columns, lines)
