"""Templates: named lines, questions or headings, that a page adds below what is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journal.privacy.fields import WordsField
from journal.privacy.owned_form import OwnedForm
from journal.privacy.ownership import OwnedModel


class LineTemplate(OwnedModel):
    """A person's own one."""

    name = WordsField(_("Name"), max_length=60)
    lines = WordsField(_("Its lines"), max_length=2000)

    class Meta:
        abstract = True


@dataclass(frozen=True)
class ShippedTemplate:
    """The attributes that a page needs of a template, as an own one has them."""

    pk: str
    name: str | Promise
    about: str | Promise
    lines: str | Promise
    owner_id: None = None


class LineTemplateForm(OwnedForm):
    class Meta:
        fields = ("name", "lines")
        help_texts = {"lines": _("Questions or headings, one below the other.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "lines": forms.Textarea(attrs={"rows": 6}),
        }
        error_messages = {
            "name": {"required": _("Give it a name.")},
            "lines": {"required": _("Write a line first.")},
        }


Own = TypeVar("Own", bound=LineTemplate)


def find(
    own: "QuerySet[Own]", shipped: Iterable[ShippedTemplate], reference: str
) -> Own | ShippedTemplate | None:
    """The template that a button names: a shipped one, or the id of an own one."""
    for one in shipped:
        if one.pk == reference:
            return one
    try:
        pk = UUID(reference)
    except ValueError:
        return None
    return own.filter(pk=pk).first()


def below(text: str, template: LineTemplate | ShippedTemplate | None) -> str:
    """The text with the template's lines below it; nothing is replaced."""
    if template is None:
        return text
    lines = str(template.lines).replace("\r\n", "\n")
    return f"{text.rstrip()}\n\n{lines}" if text.strip() else lines
