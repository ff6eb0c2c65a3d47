"""The ModelForm of owned rows: ids from the page, versions, and constraints on the owner."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from journal.privacy.comparison import ComparingForm
from journal.privacy.ownership import uuid7


class OwnedForm(ComparingForm):
    """A form for an owned row. The owner comes from the instance, never from the POST.

    A new row's form carries the id the row will have; an existing row's form carries the version
    it was rendered from (`is_stale`). The form also validates constraints on the owner.
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
    def sent_fields(self) -> Sequence[str]:
        """The row's columns that this form fills."""
        return list(self._meta.fields or ())

    def insert(self) -> Any:
        """Inserts the row, once even if the form is sent twice, and returns what is stored. None
        where that is not what was sent, with a sentence in the form (`was_stored`)."""
        stored = self.instance.insert_once()
        return stored if self.was_stored(stored) else None

    def was_stored(self, stored: Any) -> bool:
        """Whether the row that `insert_once` returned holds what was sent.

        It does not where the id belongs to a row this person cannot see (None), or to one of
        theirs, sent from the same page in other words, or removed since. The form then says so,
        and has a fresh id, so that sending it again adds a row.
        """
        row = self.instance
        if stored is row or (
            stored
            and not stored.deleted_at
            and all(getattr(stored, name) == getattr(row, name) for name in self.sent_fields)
        ):
            return True
        self.with_a_fresh_id(is_own=stored is not None)
        return False

    def with_a_fresh_id(self, *, is_own: bool = False) -> None:
        """Keeps what was typed, and says that it has to be sent once more."""
        self.data = self.data.copy()
        self.data[self.add_prefix("id")] = str(uuid7())
        if is_own:
            text = _(
                "You’ve already sent this with different words. To add this one as well, save "
                "again."
            )
        else:
            text = _("Please save again. Nothing is lost.")
        self.add_error(None, text)

    @property
    def is_stale(self) -> bool:
        """Whether the row was saved since this form was rendered. The caller locks the row."""
        return self.cleaned_data["version"] != self.instance.version

    @property
    def would_overwrite(self) -> bool:
        """Whether saving would overwrite values that this page never showed.

        A stale form does no harm where the row already has its values, or the values of an earlier
        POST from the same page whose response was lost; the page sends that POST along in
        `unheard`.
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
        """An id that exists already is no error: `insert_once` handles it."""
        return super()._get_validation_exclusions() | {"id"}  # type: ignore[misc]  # private to Django

    def _post_clean(self) -> None:
        """Validates the constraints that Django skips because the owner is not on the form."""
        super()._post_clean()  # type: ignore[misc]  # private to Django
        exclude = self._get_validation_exclusions() - {"owner"}
        for rule in self._meta.model._meta.constraints:
            if "owner" in getattr(rule, "fields", ()):
                try:
                    rule.validate(self._meta.model, self.instance, exclude)
                except ValidationError as error:
                    self._update_errors(error)  # type: ignore[attr-defined]  # private to Django
