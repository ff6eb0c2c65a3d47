"""The ModelForm of owned rows: ids from the page, versions, and rules that name the owner."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from journal.privacy.comparison import ComparingForm


class OwnedForm(ComparingForm):
    """A form over an owned row. The owner comes from the instance, never from what was posted.

    A new row's form carries the id the row will have; a form for an existing row carries the
    version it was rendered from (`is_stale`). Constraints that name the owner are checked too.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["id"] = forms.UUIDField(
                widget=forms.HiddenInput, required=False, initial=self.instance.pk
            )
        else:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, min_value=0, initial=self.instance.version
            )

    def clean_id(self) -> uuid.UUID:
        self.instance.pk = self.cleaned_data["id"] or self.instance.pk
        return self.instance.pk

    @property
    def is_stale(self) -> bool:
        """Whether the row was saved elsewhere since this form was rendered. Read the row locked."""
        return self.cleaned_data["version"] != self.instance.version

    @property
    def overwrites(self) -> bool:
        """Whether saving would replace what this page has never seen.

        A page that is out of date does no harm where the row holds what the page says, or what
        the page itself sent before without hearing that it arrived: it sends that along, as the
        form it was, in `unheard`.
        """
        if not self.is_stale or self.says_what_is_stored(self.data):
            return False
        unheard = self.data.get("unheard", "")
        return not (unheard and self.says_what_is_stored(QueryDict(unheard)))

    def says_what_is_stored(self, data: Mapping[str, Any]) -> bool:
        return not any(
            field.has_changed(
                self.get_initial_for_field(field, name),
                field.widget.value_from_datadict(data, {}, name),
            )
            for name, field in self.fields.items()
            if name not in ("id", "version")
        )

    def _get_validation_exclusions(self) -> set[str]:
        """An id that is there already is no error: `insert_once` knows what to do with it."""
        return super()._get_validation_exclusions() | {"id"}  # type: ignore[misc]  # private to Django

    def _post_clean(self) -> None:
        """Django leaves out rules that name a field which is not on the form, as the owner is."""
        super()._post_clean()  # type: ignore[misc]  # private to Django
        exclude = self._get_validation_exclusions() - {"owner"}
        for rule in self._meta.model._meta.constraints:
            if "owner" in getattr(rule, "fields", ()):
                try:
                    rule.validate(self._meta.model, self.instance, exclude)
                except ValidationError as error:
                    self._update_errors(error)  # type: ignore[attr-defined]  # private to Django
