from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from journal.people.day_fields import DateInput
from journal.people.models import User
from journal.privacy.collation import sorted_by_name
from journal.privacy.fields import WordsInput
from journal.reflections.practices import Practice
from journal.search.queries import Filters


class SearchForm(forms.Form):
    fields: dict[str, Any]
    q = WordsInput(
        label=_("Words you remember"),
        max_length=200,
        error_messages={"required": _("Enter a word you remember.")},
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    since = forms.DateField(label=_("From"), required=False, widget=DateInput())
    until = forms.DateField(label=_("To"), required=False, widget=DateInput())
    practice = forms.ChoiceField(
        label=_("Practice"), required=False, choices=[("", _("All")), *Practice.choices]
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    after_day = forms.DateField(required=False, widget=forms.HiddenInput)
    after_entry = forms.UUIDField(required=False, widget=forms.HiddenInput)

    FILTERS = ("since", "until", "practice", "topic")

    def __init__(self, person: User, data: Any = None) -> None:
        super().__init__(data)
        self.topics = {str(topic.pk): topic for topic in person.topics.live()}
        named = sorted_by_name(self.topics.items(), lambda item: item[1].name)
        choices = [("", _("All")), *((key, topic.name) for key, topic in named)]
        self.fields["topic"].choices = choices

    def clean(self) -> dict[str, Any]:
        since, until = self.cleaned_data.get("since"), self.cleaned_data.get("until")
        if since and until and until < since:
            raise ValidationError(_("The end is before the start."))
        return self.cleaned_data

    @property
    def narrows(self) -> bool:
        """Whether the request sets any filter, valid or not."""
        return any(self[name].value() for name in self.FILTERS)

    @property
    def has_words(self) -> bool:
        return bool(str(self["q"].value() or "").strip())

    def filters(self) -> Filters:
        given = self.cleaned_data
        return Filters(
            since=given["since"],
            until=given["until"],
            practice=given["practice"],
            topic=self.topics.get(given["topic"]),
        )

    def position(self) -> tuple[date, UUID] | None:
        day, entry = self.cleaned_data["after_day"], self.cleaned_data["after_entry"]
        return (day, entry) if day and entry else None
