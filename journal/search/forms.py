from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.languages.collation import sorted_by_name
from journal.people.areas import Area
from journal.people.day_fields import DateInput
from journal.people.models import User
from journal.privacy.fields import WordsInput
from journal.privacy.ownership import uuid7
from journal.search.models import LONGEST_QUERY, Search
from journal.search.sources import KINDS

MOST_RESULTS = 1_000_000


class SearchForm(forms.Form):
    """What to look for. `id` is of the search that the page will make, or has made."""

    fields: dict[str, Any]
    id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    q = WordsInput(
        label=_("Words you remember"),
        max_length=LONGEST_QUERY,
        error_messages={"required": _("Enter a word you remember.")},
    )
    since = forms.DateField(label=_("From"), required=False, widget=DateInput())
    until = forms.DateField(label=_("To"), required=False, widget=DateInput())
    area = forms.ChoiceField(
        label=_("Area"), required=False, choices=[("", _("All")), *Area.choices]
    )
    tag = forms.ChoiceField(label=_("Tag"), required=False)

    FILTERS = ("since", "until", "area", "tag")

    def __init__(self, person: User, data: Any = None, search: Search | None = None) -> None:
        initial: dict[str, Any] = {"id": search.pk if search else uuid7()}
        if search:
            initial |= {"q": search.words, "since": search.since, "until": search.until}
            initial |= {"area": search.area, "tag": str(search.tag_id or "")}
        super().__init__(data, initial=initial)
        self.person = person
        self.tags = {str(tag.pk): tag for tag in person.tags.live()}
        named = sorted_by_name(self.tags.items(), lambda item: item[1].name)
        choices = [("", _("All")), *((key, tag.name) for key, tag in named)]
        self.fields["tag"].choices = choices

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            raise ValidationError(_("The end is before the start."))
        return self.cleaned_data

    @property
    def narrows(self) -> bool:
        """Whether the page sets any filter, valid or not."""
        return any(self[name].value() for name in self.FILTERS)

    @property
    def has_words(self) -> bool:
        return bool(str(self["q"].value() or "").strip())

    def asked(self) -> Search:
        """The search of a valid form, not stored."""
        given = self.cleaned_data
        return Search(
            id=given["id"] or uuid7(),
            owner=self.person,
            words=given["q"],
            since=given["since"],
            until=given["until"],
            area=given["area"],
            tag=self.tags.get(given["tag"]),
        )


class PageForm(forms.Form):
    """Which results a page shows. An address that makes no sense shows the first page of all."""

    kind = forms.ChoiceField(required=False, choices=[(name, name) for name in KINDS])
    start = forms.IntegerField(required=False, min_value=0, max_value=MOST_RESULTS)

    def page(self) -> tuple[str, int]:
        given = self.cleaned_data if self.is_valid() else {}
        return given.get("kind") or "", given.get("start") or 0
