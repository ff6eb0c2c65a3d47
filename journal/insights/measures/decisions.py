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
        name=_("How sure, and what happened"),
        practice=DECISIONS,
        heading=heading,
        words=words,
        said=[text for text in (_said(found, score), _needed(predictions), _apart(drawn)) if text],
        method=[
            _("Brier’s figure is the mean of the squared distances between how sure you were and "
              "what happened. 0 is perfect; 0.25 is what always saying 50% gives. It needs ten "
              "predictions that came true or did not; unclear ones are left out."),
            _("The drawing needs twenty, and five in each group. On the dotted line you are right "
              "as often as you expect to be. We say that you were surer, or less sure, than what "
              "happened only where your mean confidence lies outside the group’s rough range."),
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
        text = _("Too early to say how well your confidence fits")
    elif not drawn:
        text = _("Not enough yet to draw how your confidence fits")
    elif fits == {"fits"}:
        text = _("Your confidence fits what happens, as far as one can tell")
    elif "over" in fits and "under" in fits:
        text = _("Surer than what happened in one place, less sure in another")
    elif "over" in fits:
        text = _("Surer than what happened bears out")
    else:
        text = _("Less sure than what happened bears out")
    return text, f"{text}."


def _said(found: InsightsData, score: float | None) -> str:
    n, came_true = len(found.predictions), sum(true for _sure, true in found.predictions)
    text = ngettext(
        "%(n)s prediction looked back on, %(true)s came true.",
        "%(n)s predictions looked back on, %(true)s came true.",
        n,
    ) % {"n": n, "true": came_true}
    if found.unclear:
        unclear = ngettext("%(n)s is unclear.", "%(n)s are unclear.", found.unclear)
        text += " " + unclear % {"n": found.unclear}
    if score is not None:
        values = {"score": number_format(round(score, 2), decimal_pos=2)}
        text += " " + _("Brier’s figure: %(score)s, where 0 is perfect and 0.25 a coin.") % values
    return text


def _needed(predictions: Sequence[arithmetic.Prediction]) -> str:
    missing = arithmetic.FEWEST_PREDICTIONS - len(predictions)
    if missing > 0:
        text = ngettext(
            "A figure needs %(n)s more prediction.",
            "A figure needs %(n)s more predictions.",
            missing,
        )
        return text % {"n": missing}
    missing = arithmetic.FEWEST_FOR_A_CURVE - len(predictions)
    if missing > 0:
        text = ngettext(
            "The drawing needs %(n)s more prediction.",
            "The drawing needs %(n)s more predictions.",
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
            text = _("At %(range)s sure, fewer came true than you expected: %(k)s of %(n)s.")
            said.append(text % values)
        elif one.fits == "under":
            text = _("At %(range)s sure, more came true than you expected: %(k)s of %(n)s.")
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
    lines.append([_("Together"), None, came_true, len(predictions), None])
    lines.append([_("Unclear, left out"), None, None, unclear, None])
    shown = round(score, 3) if score is not None else None
    lines.append([_("Brier’s figure"), shown, None, len(predictions), None])
    columns = [
        _("How sure"),
        _("Mean, in per cent"),
        _("Came true"),
        _("Predictions"),
        _("Rough range"),
    ]
    return Table(_("Confidence and what happened"), columns, lines)


# --- process against outcome


def process(found: arithmetic.Process) -> Measure:
    cells: dict[str, int] = {}
    for (sound, outcome), times in found.cells.items():
        place = str(quadrant(sound, outcome)) or "mixed"
        cells[place] = cells.get(place, 0) + times
    heading, words = _deciding(found)
    return Measure(
        slug="process",
        name=_("How you decide, apart from how it turns out"),
        practice=DECISIONS,
        heading=heading,
        words=words,
        said=[_looked_back(found, cells.get("mixed", 0))],
        method=[
            _("Looking back, you say whether the way you decided was sound, apart from how it "
              "turned out. A good way can turn out badly, and the other way round. It needs five."),
        ],
        tables=[_grid_table(found)],
        grid=cells if found.is_enough else {},
        is_empty=not found.n,
    )  # fmt: skip


def _deciding(found: arithmetic.Process) -> tuple[str, str]:
    if not found.is_enough:
        text = _("Too few looked back on to say how you decide")
        return text, f"{text}."
    figures = _("Decided soundly: %(k)s of %(n)s") % {"k": found.sound, "n": found.n}
    return figures, _("Enough is looked back on to see how you decide.")


def _looked_back(found: arithmetic.Process, mixed: int) -> str:
    missing = arithmetic.FEWEST_REVIEWS - found.n
    if missing > 0:
        text = _("Decided soundly, by your own account: %(k)s of %(n)s.")
        needed = ngettext(
            "The four fields need %(n)s more.", "The four fields need %(n)s more.", missing
        )
        return text % {"k": found.sound, "n": found.n} + " " + needed % {"n": missing}
    text = _("By your own account, looking back.")
    if mixed:
        outside = ngettext(
            "%(n)s turned out mixed and lies outside the four.",
            "%(n)s turned out mixed and lie outside the four.",
            mixed,
        )
        text += " " + outside % {"n": mixed}
    return text


def _grid_table(found: arithmetic.Process) -> Table:
    lines = []
    for sound, name in ((True, _("Decided well")), (False, _("Decided poorly"))):
        counts = [found.cells.get((sound, outcome), 0) for outcome in Outcome.values]
        lines.append([name, *counts, sum(counts)])
    columns = [
        _("How it was decided"),
        _("Turned out well"),
        _("Turned out badly"),
        _("Turned out mixed"),
        _("Together"),
    ]
    return Table(_("Decided, and turned out"), columns, lines)
