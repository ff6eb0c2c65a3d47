from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from journal.languages.collation import sorted_by_name
from journal.people import clock
from journal.people.date_validators import FIRST_DAY
from journal.people.models import User
from journal.privacy.owned_form import OwnedForm
from journal.privacy.ownership import uuid7
from journal.reflections.entries import moods, reframing_prompts, splitting
from journal.reflections.entries.entry_templates import queries as entry_templates
from journal.reflections.entries.merge import MergingForm
from journal.reflections.entries.models import Entry
from journal.reflections.entries.models.tag import Tag
from journal.reflections.entries.prompts import selection
from journal.reflections.entries.prompts.models import OwnPrompt, Prompt
from journal.reflections.entries.tag_forms import TagsInput
from journal.reflections.entries.tag_names import join_names, split_names
from journal.reflections.entries.timeline import Narrowing, Position
from journal.reflections.practices import Practice

AnyPrompt = selection.AnyPrompt | reframing_prompts.ReframingPrompt
INTENSITIES = [*((number, str(number)) for number in range(11)), ("", _("Skip"))]


class Sitting(forms.UUIDField):
    """The id of one page view, from opening to leaving it (see Entry.save). A hidden field."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


BODY_ERRORS = {
    "required": _("Write something first. One word is enough."),
    "max_length": _(
        "An entry can have up to 20,000 characters, and this one is longer. "
        "Nothing is lost: split it into two entries."
    ),
}


class BodyForm(OwnedForm):
    """A form with the text of an entry, kept with its spaces and line breaks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].strip = False

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        if not body.strip():
            raise ValidationError(self.fields["body"].error_messages["required"])
        return body

    @cached_property
    def entries_to_split(self) -> int:
        """How many entries the body fills; 1 unless it is too long for one."""
        too_long = {error.code for error in self.errors.as_data().get("body", ())}
        if not too_long & {"max_length", "parts"}:
            return 1
        return len(splitting.parts(self["body"].value()))


class CaptureForm(BodyForm):
    """A quick note: text, and nothing to choose."""

    class Meta:
        model = Entry
        fields = ("body",)
        error_messages = {"body": BODY_ERRORS}


class EntryForm(BodyForm, MergingForm):
    """Every field outside SHEET is a label. A label missing from the request stays
    unchanged on an existing row."""

    SHEET = (*MergingForm.NOT_COMPARED, "title", "body", "written_on")

    tags = TagsInput(
        label=_("Tags"), help_text=_("Any words, with commas between."), required=False
    )
    practice = forms.ChoiceField(
        label=_("Practice"),
        required=False,
        choices=[("", pgettext_lazy("no practice", "None")), *Practice.choices],
        widget=forms.RadioSelect,
    )
    prompt = forms.CharField(label=_("Prompt"), required=False, widget=forms.HiddenInput)
    sitting = Sitting(required=False)

    class Meta:
        model = Entry
        fields = ("title", "body", "written_on", "practice", "intensity", "mood", "quiet")
        labels = {"title": _("Title (optional)")}
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "intensity": forms.RadioSelect(choices=INTENSITIES),
            "mood": forms.TextInput(attrs={"autocomplete": "off", "list": "moods"}),
        }
        error_messages = {
            "body": BODY_ERRORS,
            "intensity": dict.fromkeys(
                ("invalid", "min_value", "max_value"), _("Choose a number from 0 to 10.")
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["written_on"].widget.attrs["max"] = clock.today(self.instance.owner).isoformat()
        entry = self.instance
        self.initial.setdefault("tags", join_names(entry.tag_names))
        self.initial.setdefault("prompt", str(entry.asked.pk) if entry.asked else "")
        self.initial.setdefault("sitting", uuid7())
        if self.is_bound and not self.instance._state.adding:
            # A box that is not ticked sends nothing, so the page says that it showed it.
            for name in self.label_names():
                if name not in self.data and name != self.data.get("on-page"):
                    del self.fields[name]

    def label_names(self) -> list[str]:
        return [name for name in self.fields if name not in self.SHEET]

    @property
    def day_said(self) -> str:
        """The day of the entry, as its chip says it."""
        try:
            day = self.fields["written_on"].to_python(self["written_on"].value())
        except ValidationError:
            day = None
        if day == clock.today(self.instance.owner):
            return gettext("Today")
        return date_format(day, "DATE_FORMAT") if day else gettext("Day")

    @property
    def moods(self) -> list[str]:
        return moods.suggested(self.instance.owner)

    @property
    def templates(self) -> list[entry_templates.AnyTemplate]:
        return entry_templates.offered(self.instance.owner)

    @property
    def settles(self) -> bool:
        """Whether saving needs no choice: neither the text nor a label changed on both sides."""
        if not self.would_overwrite:
            return True
        return not (self.contested or (self.is_outdated and self.differs("body")))

    def as_text(self, name: str, value: str) -> str:
        found = self._prompt_named(value) if name == "prompt" else None
        return str(found.question) if found else super().as_text(name, value)

    def _merge(self) -> None:
        super()._merge()
        self.__dict__.pop("asked", None)

    @property
    def known_tags(self) -> list[Tag]:
        """The person's tags, as suggestions."""
        return sorted_by_name(self.instance.owner.tags.live(), lambda tag: tag.name)

    @cached_property
    def asked(self) -> AnyPrompt | None:
        """The prompt above the text; a page that took it away posts an empty name."""
        named = self.data.get("prompt") if self.is_bound else self.initial.get("prompt")
        if self.is_bound and named == "":
            return None
        return self._prompt_named(named) or self.instance.asked

    def _prompt_named(self, named: Any) -> AnyPrompt | None:
        person = self.instance.owner
        return (
            (reframing_prompts.find(person, named) or selection.find(person, named))
            if named
            else None
        )

    def clean_tags(self) -> str:
        self.instance.tagged = split_names(self.cleaned_data["tags"])
        return self.cleaned_data["tags"]

    def clean_prompt(self) -> str:
        """Drops a prompt that is missing or somebody else's; the entry still saves."""
        if isinstance(self.asked, Prompt):
            self.instance.prompt, self.instance.own_prompt = self.asked, None
        elif isinstance(self.asked, OwnPrompt):
            self.instance.prompt, self.instance.own_prompt = None, self.asked
        elif self.data.get("prompt") == "":
            self.instance.prompt = self.instance.own_prompt = None
        return self.cleaned_data["prompt"]

    def clean_sitting(self) -> UUID | None:
        self.instance.written_in = self.cleaned_data["sitting"]
        return self.instance.written_in


class PageForm(forms.Form):
    """One page of the timeline: its position and its filters.

    The form drops each invalid part of an address by itself.
    """

    day = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d"],
        validators=[MinValueValidator(FIRST_DAY, _("Enter a day from 1900 on."))],
        error_messages={"invalid": _("Enter a day like 2026-11-19.")},
    )
    entry = forms.UUIDField(required=False)
    month = forms.DateField(
        required=False, input_formats=["%Y-%m"], validators=[MinValueValidator(FIRST_DAY)]
    )
    practice = forms.ChoiceField(required=False, choices=Practice.choices)
    tag = forms.UUIDField(required=False)
    unsorted = forms.BooleanField(required=False)
    favourite = forms.BooleanField(required=False)
    photos = forms.BooleanField(required=False)

    def __init__(self, person: User, data: Any) -> None:
        super().__init__(data)
        self.person = person
        self.full_clean()

    @cached_property
    def tags(self) -> dict[UUID, Tag]:
        return {tag.pk: tag for tag in self.person.tags.live()}

    @property
    def is_asked_for(self) -> bool:
        """Whether the page shows its filters."""
        narrowing = self.narrowing()
        return "narrow" in self.data or bool(narrowing.labels and not narrowing.is_single)

    @property
    def practices(self) -> list[tuple[str, Any]]:
        return Practice.choices

    @property
    def tags_by_name(self) -> list[Tag]:
        return sorted_by_name(self.tags.values(), lambda tag: tag.name)

    def position(self) -> Position | None:
        """None for the first page, and for an invalid address. A day alone starts at that day."""
        day, entry = self.cleaned_data.get("day"), self.cleaned_data.get("entry")
        return (day, entry) if day and (entry or "entry" not in self.data) else None

    def day_asked(self) -> date | None:
        position = self.position()
        return position[0] if position and position[1] is None else None

    def narrowing(self) -> Narrowing:
        given = self.cleaned_data
        return Narrowing(
            month=given.get("month"),
            practice=given.get("practice", ""),
            tag=self.tags.get(given["tag"]) if given.get("tag") else None,
            unsorted=given.get("unsorted", False),
            favourite=given.get("favourite", False),
            has_photos=given.get("photos", False),
        )
