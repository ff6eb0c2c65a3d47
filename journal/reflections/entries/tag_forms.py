"""Tags in forms: the names of an entry's tags in one line, and the pages of a single tag."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.languages.collation import sorted_by_name
from journal.privacy.fields import WordsInput
from journal.privacy.length import characters
from journal.privacy.owned_form import OwnedForm
from journal.reflections.entries.models.tag import Tag
from journal.reflections.entries.tag_names import (
    MOST_TAGS,
    TAG_CHARACTERS,
    join_names,
    split_names,
    tidy,
)

TOO_LONG = _("Use tags of up to 40 characters.")
TOO_MANY = _("An entry can have up to 20 tags.")


class TagsInput(WordsInput):
    """Names with commas between, each once."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "list": "known-tags"})

    def to_python(self, value: Any) -> str:
        return join_names(split_names(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        names = split_names(value)
        if any(characters(name) > TAG_CHARACTERS for name in names):
            raise ValidationError(TOO_LONG)
        if len(names) > MOST_TAGS:
            raise ValidationError(TOO_MANY)


class NameInput(WordsInput):
    """One name; a comma does not end it."""

    widget = forms.TextInput(attrs={"autocomplete": "off"})

    def to_python(self, value: Any) -> str:
        return tidy(super().to_python(value))


class RenameForm(OwnedForm):
    name = NameInput(
        label=_("Name"),
        max_length=TAG_CHARACTERS,
        error_messages={"required": _("Enter a name."), "max_length": TOO_LONG},
    )
    namesake: Tag | None = None  # the tag that has the name already

    class Meta:
        model = Tag
        fields = ("name",)

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        self.namesake = self.instance.namesake(name)
        if self.namesake:
            raise ValidationError(_("You already have a tag with this name."))
        return name


class MergeForm(forms.Form):
    """The tag that stays."""

    fields: dict[str, Any]
    into = forms.ChoiceField(
        label=_("Merge into"), error_messages={"required": _("Choose the tag that stays.")}
    )

    def __init__(self, tag: Tag, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = list(tag.others)
        self._others = {str(other.pk): other for other in others}
        named = [(other.pk, other.name) for other in sorted_by_name(others, lambda one: one.name)]
        self.fields["into"].choices = [("", _("Choose a tag")), *named]

    @property
    def chosen(self) -> Tag:
        return self._others[self.cleaned_data["into"]]
