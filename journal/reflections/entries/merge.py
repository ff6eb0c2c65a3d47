"""A form that merges posted values with stored values: a three-way merge, field by field.

The page carries the version of the row it was rendered from, and in `base` a digest of each value.
A field that the person did not touch takes the stored value first of all. On a page without digests
an empty field does not count as emptied. Tags are merged one by one, so nobody has to choose
between two lines of them.
"""

from copy import copy
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.http import QueryDict

from journal.privacy.canonical import canonical
from journal.privacy.comparison import Difference
from journal.privacy.fields import WordsInput
from journal.privacy.owned_form import OwnedForm
from journal.reflections.entries.tag_names import join_names, merged, split_names


@dataclass(frozen=True)
class MergedDifference(Difference):
    contested: bool  # changed on both sides or unknown; False: changed on one side only
    here: bool  # changed on the page
    kept: str  # the value if nobody chooses


TAGS = "tags"


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
        if self.is_choice or self.would_overwrite:
            self._merge()
            self.instance.__dict__.update(copy(self.before).__dict__)
            super().full_clean()

    def _merge(self) -> None:
        base, data = self.known_digests, self.data_copy()
        carried = self.data.get("contested", "").split()
        for name in self.compared_fields():
            if not self.differs(name):
                continue
            if name == TAGS:
                data[name] = self._merged_tags()
                continue
            sent, known = digest(self.typed_value(name)), base.get(name)
            if sent == known if known else sent == digest(""):
                self.taken[name] = self.typed_value(name)
                data[name] = self.stored_value(name)
            elif name in carried or known != digest(self.stored_value(name)):
                self.contested.add(name)
        self.data = data

    def _merged_tags(self) -> str:
        typed, stored = self.typed_value(TAGS), self.stored_value(TAGS)
        wanted, now = split_names(typed), split_names(stored)
        known = self.known_digests.get(TAGS, "").split(".")
        seen = [name for name in [*now, *wanted] if digest_of(TAGS, name) in known]
        names = merged(seen, wanted, now)
        if names != wanted:
            self.taken[TAGS] = typed
        return join_names(names)

    @property
    def known_digests(self) -> dict[str, str]:
        return dict(parse_qsl(self.data.get("base") or "", keep_blank_values=True))

    @property
    def is_stale(self) -> bool:
        """Also where one of the entry's tags was renamed, merged or deleted meanwhile."""
        known = self.known_digests.get(TAGS) if TAGS in self.fields else None
        changed = known is not None and known != digest_of(TAGS, self.stored_value(TAGS))
        return changed or self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Whether the entry itself was saved since this page was made."""
        return super().is_stale

    def digests(self) -> str:
        """The digests of the stored values, for `base`."""
        names = self.compared_fields()
        return urlencode({name: digest_of(name, self.stored_value(name)) for name in names})

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
                        kept=self.as_text(name, self.typed_value(name)),
                    )
                )
        return found

    def data_copy(self) -> QueryDict:
        data = QueryDict(mutable=True)
        data.update(self.data)
        return data


def digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=8).hexdigest()


def digest_of(name: str, value: str) -> str:
    """Of tags, one digest for each, in an order that says nothing."""
    if name != TAGS:
        return digest(value)
    return ".".join(sorted(digest(canonical(tag)) for tag in split_names(value)))
