"""The step that asks which value something serves, and why."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.guide.steps import Answer, StepForm

SERVES, BECAUSE = _("Why it matters"), _("Because")


class ServesForm(StepForm):
    """For a model with `value` and `why`; shown by "guide/serves.html"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values = self.instance.owner.values.active()
        field: Any = forms.ModelChoiceField(
            values,
            label=_("One of your values"),
            required=False,
            empty_label=_("None in particular"),
            blank=True,
            widget=forms.RadioSelect(attrs={"row": True}),
        )
        field.label_from_instance = lambda value: value.label
        self.fields["value"] = field

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.value_id:
            yield Answer(SERVES, row.value.label, own=True)
        if row.why:
            yield Answer(BECAUSE, row.why, own=True)
