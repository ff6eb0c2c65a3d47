from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.privacy.owned_form import OwnedForm
from journal.privacy.ownership import field_of
from journal.reflections.rating.models import ITEMS, SelfRating, Truth


class RatingForm(OwnedForm):
    """Each statement is optional, but one has an answer."""

    class Meta:
        model = SelfRating
        fields = ITEMS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.collided = False
        self.fields.pop("id", None)  # there is one a day, so a form sent twice finds it
        if "version" in self.fields:  # a page from before the first answer has none
            self.fields["version"].required = False
        for name in ITEMS:
            field = field_of(SelfRating, name)
            self.fields[name] = forms.TypedChoiceField(
                label=field.verbose_name,
                choices=[*Truth.choices, ("", _("Skip this one"))],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of the five, or skip it.")},
            )

    @property
    def is_blank(self) -> bool:
        return not any(self.cleaned_data.get(name) for name in ITEMS)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if not self.errors and self.is_blank:
            self.add_error(None, _("Answer at least one. You can skip the others."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Excludes blank answers: `clean` has its own message for them."""
        blank = set(ITEMS) if self.is_blank else set()
        return super()._get_validation_exclusions() | blank

    def save_answers(self) -> bool:
        """Stores the answers. Returns False if another page changed them meanwhile; the
        form then has an error, and sending it again replaces them. The caller holds the
        lock on the person's row."""
        row = self.instance
        if row._state.adding:
            row.save(force_insert=True)
            return True
        same = all(self.initial.get(name) == getattr(row, name) for name in ITEMS)
        if not same and self.is_stale:
            self.collided = True
            self.changed_elsewhere(
                _("You answered this somewhere else. Save again to use these answers instead.")
            )
            return False
        if not same:
            row.save(update_fields=ITEMS)
        return True
