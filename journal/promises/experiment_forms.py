"""The form that sets up an experiment: all that is decided beforehand, on one page."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.guide.steps import StepForm
from journal.promises import randomisation
from journal.promises.models import LENGTHS, Experiment

WEEK, DAY = timedelta(weeks=1), timedelta(days=1)
STARTS = 4  # weeks to choose from
Design = Experiment.Design
WEEKS_SAY = {
    8: gettext_lazy("8 weeks: enough for a big difference only"),
    10: gettext_lazy("10 weeks"),
    12: gettext_lazy("12 weeks: notices most"),
}
DESIGNS = [
    (Design.DRAWN, gettext_lazy("Drawn by lot: you see each week’s way a week ahead")),
    (Design.ALTERNATING, gettext_lazy("Taking turns: one week this way, the next week that way")),
]


class ExperimentForm(StepForm):
    """Its row has the promise already."""

    weeks = forms.TypedChoiceField(
        label=gettext_lazy("For how long?"),
        choices=[(weeks, WEEKS_SAY[weeks]) for weeks in LENGTHS],
        coerce=int,
        initial=LENGTHS[0],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose how many weeks."),
            "invalid_choice": gettext_lazy("Choose how many weeks."),
        },
    )
    starts_on = forms.TypedChoiceField(
        label=gettext_lazy("From which week?"),
        coerce=date.fromisoformat,
        widget=forms.RadioSelect(attrs={"row": True}),
        error_messages={
            "required": gettext_lazy("Choose a week."),
            "invalid_choice": gettext_lazy("Choose one of these weeks."),
        },
    )

    class Meta:
        model = Experiment
        fields = ("way_a", "way_b", "design", "starts_on")
        widgets = {"design": forms.RadioSelect}
        error_messages = {
            "way_a": {"required": gettext_lazy("Write a few words.")},
            "way_b": {"required": gettext_lazy("Write a few words.")},
            "design": {
                "required": gettext_lazy("Choose how the weeks are shared out."),
                "invalid_choice": gettext_lazy("Choose how the weeks are shared out."),
            },
        }
        help_texts = {
            "way_a": gettext_lazy("For example: shoes by the door the evening before."),
            "way_b": gettext_lazy("For example: an alarm at noon. Or: nothing special."),
            "design": gettext_lazy(
                "Choose by lot if every other week is different anyway: shifts, or children who "
                "come and go."
            ),
        }

    field_order = ("way_a", "way_b", "design", "weeks", "starts_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["design"].choices = DESIGNS
        self.fields["design"].initial = self.initial["design"] = Design.DRAWN
        starts = list(first_days(self.instance))
        self.fields["starts_on"].choices = [
            (day.isoformat(), date_format(day, "l j F")) for day in starts
        ]
        self.initial["starts_on"] = starts[0].isoformat()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        one, promise = self.instance, self.instance.promise
        ways = [cleaned[name].casefold() for name in ("way_a", "way_b") if cleaned.get(name)]
        if len(ways) > len(set(ways)):
            self.add_error("way_b", _("These are the same. Write another way."))
        weeks, first = cleaned.get("weeks"), cleaned.get("starts_on")
        if weeks and first and promise.ends_on and first + weeks * WEEK - DAY > promise.ends_on:
            on = date_format(promise.ends_on, "j F Y")
            self.add_error("weeks", _("The promise ends on %(day)s, before that.") % {"day": on})
        if promise.experiments.open().exclude(pk=one.pk).exists():
            self.add_error(None, _("Two ways are being compared for this promise already."))
        return cleaned

    def insert(self) -> Any:
        """Draws, once and for all. The caller holds the lock on the promise."""
        one, weeks = self.instance, self.cleaned_data["weeks"]
        is_drawn = one.design == Design.DRAWN
        one.allocation = (
            randomisation.drawn(weeks) if is_drawn else randomisation.alternating(weeks)
        )
        return super().insert()


def first_days(experiment: Experiment) -> Any:
    """The first days of the next weeks, as the promise counts weeks."""
    promise = experiment.promise
    day = promise.changes_from()  # tomorrow, if today has its answer
    ahead = (promise.week_starts_on - day.weekday()) % 7
    return (day + timedelta(days=ahead) + number * WEEK for number in range(STARTS))
