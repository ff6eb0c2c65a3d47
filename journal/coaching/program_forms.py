"""The form of a program, week by week; and the clients to whom it is offered."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from journal.coaching.models import Program, Step
from journal.coaching.queries import RosterRow
from journal.privacy.fields import WordsInput
from journal.privacy.owned_form import OwnedForm
from journal.sharing.forms import SentOnce
from journal.sharing.models.messages import Suggestion
from journal.sharing.models.programs import MOST_WEEKS
from journal.sharing.shareable import Practice

MOST_PROGRAMS = 50
AT_ONCE = 50  # clients
SHOWN_WEEKS = 6  # the others are in a fold, until they hold something
What = Suggestion.What
LONGEST = {What.PROMPT: 300, What.PROMISE: 140, What.PRACTICE: 300}
CHOICES: list[tuple[Any, Any]] = [
    ("", _("Nothing this week")),
    *((one.value, one.label) for one in (What.PROMPT, What.PROMISE)),
    (What.PRACTICE.label, [(f"{What.PRACTICE}:{one}", one.label) for one in Practice]),
]


class ProgramForm(OwnedForm):
    class Meta:
        model = Program
        fields = ("name", "purpose")
        widgets = {"purpose": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"name": {"required": _("Give it a name.")}}

    sent_fields = ("name", "purpose", "steps")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = {one.week: one for one in self.instance.sequence}
        for week in range(1, MOST_WEEKS + 1):
            step = there.get(week)
            chosen = f"{step.what}:{step.practice}".rstrip(":") if step else ""
            self.fields[f"what{week}"] = forms.ChoiceField(
                label=_("Week %(n)s") % {"n": week},
                choices=CHOICES,
                required=False,
                initial=chosen,
            )
            self.fields[f"words{week}"] = WordsInput(
                label=_("Words for week %(n)s") % {"n": week},
                required=False,
                max_length=max(LONGEST.values()),
                initial=step.words if step else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _weeks(self, first: int, last: int) -> list[tuple[BoundField, BoundField]]:
        return [(self[f"what{n}"], self[f"words{n}"]) for n in range(first, last + 1)]

    @property
    def first_weeks(self) -> list[tuple[BoundField, BoundField]]:
        return self._weeks(1, SHOWN_WEEKS)

    @property
    def more_weeks(self) -> list[tuple[BoundField, BoundField]]:
        return self._weeks(SHOWN_WEEKS + 1, MOST_WEEKS)

    @property
    def holds_more(self) -> bool:
        return any(one.errors or one.value() for pair in self.more_weeks for one in pair)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        found = [step for n in range(1, MOST_WEEKS + 1) if (step := self._step(n, given))]
        if not found and not self.errors:
            raise ValidationError(_("Choose something for at least one week."))
        self.instance.sequence = found
        return given

    def _step(self, week: int, given: dict[str, Any]) -> Step | None:
        what, _colon, practice = given.get(f"what{week}", "").partition(":")
        name = f"words{week}"
        words = given.get(name) or ""
        if name in self.errors or f"what{week}" in self.errors:
            return None
        if not what:
            if words:
                self.add_error(f"what{week}", _("Choose what this is."))
            return None
        if not words and not practice:
            missing = {
                What.PROMPT: _("Write the prompt."),
                What.PROMISE: _("Enter the promise in one sentence."),
            }
            self.add_error(name, missing[What(what)])
        elif len(words) > LONGEST[What(what)]:
            self.add_error(name, _("Use at most 140 characters for a promise."))
        return Step(week, what, practice, words)


class OfferForm(SentOnce):
    """`known` are the linked clients; the page has a box for those who are `free` to get it."""

    clients = forms.MultipleChoiceField(
        label=_("Who is it for?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one client."),
            "invalid_choice": _("Somebody you ticked is no longer your client."),
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, known: list[RosterRow], free: list[RosterRow], data: Any = None) -> None:
        super().__init__(data)
        clients: Any = self.fields["clients"]
        clients.choices = [(str(one.client.pk), one.name) for one in known]
        clients.widget.choices = [(str(one.client.pk), one.name) for one in free]

    def clean_clients(self) -> list[str]:
        chosen = self.cleaned_data["clients"]
        if len(chosen) > AT_ONCE:
            raise ValidationError(_("Tick at most %(n)s clients at once."), params={"n": AT_ONCE})
        return chosen
