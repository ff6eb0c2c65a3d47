"""Form fields that several questions share."""

from typing import Any

from django import forms


class YesNo(forms.TypedChoiceField):
    """Yes, no, or not answered."""

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda value: value in ("yes", True),  # Django coerces stored values as well
            empty_value=None,
            widget=forms.RadioSelect(attrs={"row": True}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value)
