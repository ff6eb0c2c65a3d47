"""How many plans of the weekly reflection were looked back on. Always twelve weeks."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from journal.insights.measures.arithmetic import FEWEST_PLANS, Plans
from journal.insights.presentation import (
    WEEKS,
    Measure,
    Strokes,
    Table,
    likely_range,
    percents,
)
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.plans import LOOKING_BACK

Helped = WeeklyReflection.Helped


def looked_back_on(plans: Plans) -> Measure:
    counts = {"k": plans.k, "n": plans.n}
    few = _("Not enough yet")
    enough = plans.range is not None
    weeks = {"weeks": LOOKING_BACK.days // 7}
    helped = [(one.label, plans.answers.get(one.value, 0)) for one in Helped]
    return Measure(
        slug="plans",
        name=_("Weekly plans"),
        practice=WEEKS,
        heading=_("You looked back on %(k)s of %(n)s plans") % counts if enough else few,
        words=_("You’ve looked back on plans of yours.") if plans.k else _("None yet."),
        said=[_said(plans)],
        method=[
            _("A plan is what you wrote under “What would make it easier?”, or a promise that your "
              "weekly reflection made, made smaller or moved. It is looked back on once you’ve "
              "answered “Did that make it easier?” the week after. Plans you can still look back "
              "on don’t count yet. This always covers the last %(weeks)s weeks.") % weeks,
            _("The range is Wilson’s 95% interval, from three plans on. It says whether you "
              "looked, not whether a plan was good, and a plan that helped may not be the reason "
              "for a better week."),
        ],
        tables=[
            Table(
                _("Plans of the last %(weeks)s weeks") % weeks,
                [_("Did it make it easier?"), _("Plans"), _("Likely range")],
                [
                    *([label, n, None] for label, n in helped),
                    [_("Not looked back on"), plans.not_said, None],
                    [_("Looked back on"), plans.k, percents(plans.range)],
                    [_("Plans"), plans.n, None],
                    [_("Still open"), plans.open, None],
                ],
            )
        ],
        strokes=[Strokes(text, n, plans.n) for text, n in _became(plans)] if enough else [],
        is_empty=not plans.n and not plans.open,
        is_enough=enough,
    )  # fmt: skip


def _became(plans: Plans) -> list[tuple[str, int]]:
    texts = {
        Helped.YES: _("Made it easier"),
        Helped.A_BIT: _("Made it a bit easier"),
        Helped.NO: _("Didn’t make it easier"),
        Helped.FORGOT: _("Forgotten"),
    }
    found = [(text, plans.answers.get(answer, 0)) for answer, text in texts.items()]
    return [*found, (_("Not looked back on"), plans.not_said)]


def _said(plans: Plans) -> str:
    parts = [_("In the last %(weeks)s weeks") % {"weeks": LOOKING_BACK.days // 7}]
    if plans.range:
        parts.append(likely_range(plans.range))
    else:
        missing = FEWEST_PLANS - plans.n
        needed = ngettext("%(n)s more plan needed", "%(n)s more plans needed", missing)
        parts.append(needed % {"n": missing})
    if plans.open:
        text = ngettext("%(n)s is still open", "%(n)s are still open", plans.open)
        parts.append(text % {"n": plans.open})
    return ". ".join(parts) + "."
