"""A form that merges posted values with stored values: a three-way merge, field by field.

The page carries the version of the row it was rendered from, and in `base` a digest of each value.
A field that the person did not touch takes the stored value first of all. On a page without digests
an empty field does not count as emptied.
"""

from copy import copy
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.http import QueryDict

from journal.privacy.comparison import Difference
from journal.privacy.fields import WordsInput
from journal.privacy.owned_form import OwnedForm


@dataclass(frozen=True)
class MergedDifference(Difference):
    contested: bool  # changed on both sides or unknown; False: changed on one side only
    here: bool  # changed on the page


class BaseField(forms.CharField):
    """Digests by field, as a query string, in a hidden input."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class MergingForm(OwnedForm):
    NOT_COMPARED = ("id", "version", "base", "sitting")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = copy(self.instance)  # the row as it was read
        self.taken: dict[str, str] = {}  # the page's values that a stored value replaced
        self.contested: set[str] = set()
        if not self.instance._state.adding:
            self.fields["base"] = BaseField(required=False, initial=self.digests)

    @property
    def is_choice(self) -> bool:
        """Whether the conflict page posted this form."""
        return "mine" in self.data

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound or self.errors or "base" not in self.fields:
            return
        if self.would_overwrite or self.is_choice:
            self._merge()
            self.instance.__dict__.update(copy(self.before).__dict__)
            super().full_clean()

    def _merge(self) -> None:
        base, data = dict(parse_qsl(self.data.get("base") or "")), self.data_copy()
        carried = self.data.get("contested", "").split()
        for name in self.compared_fields():
            if not self.differs(name):
                continue
            sent, known = digest(self.typed_value(name)), base.get(name)
            if sent == known if known else sent == digest(""):
                self.taken[name] = self.typed_value(name)
                data[name] = self.stored_value(name)
            elif name in carried or known != digest(self.stored_value(name)):
                self.contested.add(name)
        self.data = data

    def digests(self) -> str:
        """The digests of the stored values, for `base`."""
        return urlencode({name: digest(self.stored_value(name)) for name in self.compared_fields()})

    def merged_differences(self) -> list[MergedDifference]:
        """The fields in which page and row differ, and those that the page
        took over from the row."""
        found = []
        for name, field in self.compared_fields().items():
            if name in self.taken or self.differs(name):
                typed = self.taken.get(name, self.typed_value(name))
                found.append(
                    MergedDifference(
                        name=name,
                        label=field.label or name,
                        typed=self.as_text(name, typed),
                        stored=self.as_text(name, self.stored_value(name)),
                        own=isinstance(field, WordsInput),
                        contested=name in self.contested,
                        here=name not in self.taken,
                    )
                )
        return found

    def data_copy(self) -> QueryDict:
        data = QueryDict(mutable=True)
        data.update(self.data)
        return data


def digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()
