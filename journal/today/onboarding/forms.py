"""The forms of the steps for values and for the start. The other two belong to other apps."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.people.models import User
from journal.people.text_direction import isolate
from journal.people.values.models import STARTERS, TooMany, choose
from journal.privacy.canonical import canonical
from journal.privacy.fields import WordsInput
from journal.privacy.length import characters, first

TO_BEGIN_WITH = 5


class Ids(forms.MultipleChoiceField):
    """Ids from the page. The field accepts unknown ids, since another page may
    have deleted the row."""

    def valid_value(self, value: Any) -> bool:
        return True


class ValuesForm(forms.Form):
    """Up to five: the person's values, starters, and own words as "name: meaning".

    The form deactivates only values that the page showed, so an older page
    cannot deactivate newer ones.
    """

    fields: dict[str, Any]
    mine = Ids(
        label=_("Yours so far"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"row": True, "own": True}),
    )
    shown = Ids(required=False, widget=forms.MultipleHiddenInput)
    starters = forms.MultipleChoiceField(
        label=_("To choose from"),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"row": True}),
        error_messages={"invalid_choice": _("Choose from the list, or write your own below.")},
    )
    own = WordsInput(
        label=_("Your own, one on each line"),
        help_text=_("After a colon, what living it looks like on an ordinary day."),
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, person: User) -> None:
        self.person = person
        self.active = list(person.values.active())
        ids = [str(value.pk) for value in self.active]
        super().__init__(data, initial={"mine": ids, "shown": ids})
        names = [str(name) for name in STARTERS]
        taken = {canonical(value.name) for value in self.active} if data is None else set()
        self._offer("starters", [(name, name) for name in names if canonical(name) not in taken])
        self._offer("mine", [(str(value.pk), value.label) for value in self.active])
        if not self.active:
            del self.fields["mine"]

    def _offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        self.fields[name].choices = choices

    def clean_own(self) -> list[tuple[str, str]]:
        found = []
        for line in self.cleaned_data["own"].splitlines():
            name, meaning = (" ".join(part.split()) for part in line.partition(":")[::2])
            if characters(name) > 40:
                sentence = _("“%(start)s…” is longer than 40 characters. Say it shorter.")
                raise ValidationError(sentence % {"start": isolate(first(name, 30))})
            if characters(meaning) > 200:
                sentence = _("What “%(name)s” looks like is over 200 characters. Say it shorter.")
                raise ValidationError(sentence % {"name": isolate(name)})
            if name:
                found.append((name, meaning))
        return found

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        self.let_rest = [
            value
            for value in self.active
            if str(value.pk) in cleaned.get("shown", [])
            and str(value.pk) not in cleaned.get("mine", [])
        ]
        kept = {canonical(value.name) for value in self.active if value not in self.let_rest}
        wanted = [(name, "") for name in cleaned.get("starters", [])] + cleaned.get("own", [])
        self.new = [(name, meaning) for name, meaning in wanted if canonical(name) not in kept]
        count = len(kept | {canonical(name) for name, _meaning in self.new})
        if self.new and count > TO_BEGIN_WITH:
            self.add_error(
                None, _("Choose up to five to begin with. Settings has room for ten, later.")
            )
        return cleaned

    def save_answers(self) -> bool:
        """The caller holds the lock on the person's row."""
        for value in self.let_rest:
            value.rest()
        try:
            for name, meaning in self.new:
                choose(self.person, name, meaning)
        except TooMany:  # the maximum is ten, so five new values can exceed it
            return False
        return True


class Start(NamedTuple):
    """A place to start. A new practice adds a line here."""

    value: str
    label: str | Lazy
    small: str | Lazy
    url: str
    hue: str = ""
    icon: str = ""
    query: str = ""


STARTS = (
    Start(
        "promise",
        _("A promise"),
        _("One small thing that you can keep today. Three minutes."),
        "promises:new",
        "p-prom",
        "prom",
        "?step=promise",
    ),
    Start(
        "kinder",
        _("A kinder moment"),
        _("For something that stings right now. Four minutes."),
        "compassion:new",
        "p-comp",
        "comp",
        "?mode=break",
    ),
    Start(
        "boundary",
        _("A boundary"),
        _("Find the words for one. Ten minutes."),
        "boundaries:new",
        "p-bound",
        "bound",
    ),
    Start(
        "decision",
        _("A decision"),
        _("Lay out something you are turning over."),
        "decisions:new",
        "p-dec",
        "dec",
    ),
    Start(
        "mistake",
        _("A mistake"),
        _("Take the lesson, leave the rest."),
        "mistakes:new",
        "p-mist",
        "mist",
    ),
    Start(
        "entry", _("A few lines"), _("Write down what is on your mind."), "entries:write", "", "pen"
    ),
    Start(
        "look",
        _("Look around first"),
        _("Nothing is started. Today stays empty until you add something."),
        "today:today",
    ),
)


class BeginForm(forms.Form):
    start = forms.ChoiceField(
        choices=[(start.value, start.label) for start in STARTS],
        error_messages={
            "required": _("Choose where to start."),
            "invalid_choice": _("Choose where to start."),
        },
    )
    starts = STARTS

    @property
    def address(self) -> str:
        chosen = next(one for one in STARTS if one.value == self.cleaned_data["start"])
        return reverse(chosen.url) + chosen.query
