"""The small form of each step of "Set boundaries"; steps.py asks them in order."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from journal.boundaries.models import Boundary, Channel
from journal.boundaries.starters import BY_SLUG, SITUATIONS
from journal.guide.models import Guided
from journal.guide.steps import CHECK, Answer, StepForm
from journal.guide.value_step import ServesForm
from journal.people.areas import Area

Communication = Boundary.Communication
WORDS = "facts"  # the step at which the script begins


class AreaForm(StepForm):
    class Meta:
        model = Boundary
        fields = ("area",)
        widgets = {"area": forms.RadioSelect(attrs={"row": True})}
        error_messages = {
            "area": {"required": _("Choose an area. If none fits, choose “Something else”.")}
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = Area.choices


class LimitForm(StepForm):
    class Meta:
        model = Boundary
        fields = ("limit",)


class WhyForm(ServesForm):
    class Meta:
        model = Boundary
        fields = ("value", "why")
        labels = {"why": _("In your words")}


class MyActionForm(StepForm):
    class Meta:
        model = Boundary
        fields = ("my_action",)


class SafetyForm(StepForm):
    """Asks, acts on the answer, and forgets it. No column holds the answer; its only trace can be a
    private boundary, which is also a choice at the end and so does not reveal the answer."""

    extra_fields = Boundary.PLAN
    NO = "no"
    LABEL = _("Could saying this put anyone at risk?")

    risk = forms.ChoiceField(
        label=LABEL,
        choices=[(NO, _("No")), ("yes", _("Yes")), ("not-sure", _("I’m not sure"))],
        widget=forms.RadioSelect(attrs={"row": True, "autocomplete": "off"}),
        error_messages={"required": _("Choose one. “I’m not sure” is fine too.")},
    )

    class Meta:
        model = Boundary
        fields = ()

    def save_step(self) -> Guided | None:
        row, risk = self.instance, self.cleaned_data["risk"]
        if risk and risk != self.NO:
            row.plan(Communication.PRIVATE)
            if row.step != CHECK:
                row.step = WORDS
        elif risk and row.is_private:
            row.plan(Communication.PLANNED if row.finished_at else "")
        if row.finished_at and row.is_private:
            self.next_step_url = address(row, WORDS)
        return super().save_step()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        yield Answer(cls.LABEL, _("We don’t store your answer."))


class KeptPrivateForm(StepForm):
    """Has no fields: the page says that nothing more has to be said."""

    class Meta:
        model = Boundary
        fields = ()


class ScriptForm(StepForm):
    """One part of the script; the page shows the whole script while the person writes it."""

    rerender_actions = frozenset({"preview"})


class FactsForm(ScriptForm):
    """Also offers the twelve situations. They fill empty fields; words that are there already are
    replaced only if the person asks for it."""

    extra_fields = Boundary.SCRIPT
    START, REPLACE, REST = "start", "replace", "rest"

    situation = forms.ChoiceField(
        label=_("Start from a situation"),
        help_text=_("This puts some words into your script. You can change them at each step."),
        choices=[("", "–"), *((one.slug, one.name) for one in SITUATIONS)],
        required=False,
    )
    own_words = forms.ChoiceField(
        label=_("You’ve already written something here. What would you like to do with it?"),
        choices=[
            (REST, _("Keep mine, and fill in only what’s empty")),
            (REPLACE, _("Replace mine with these")),
        ],
        required=False,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Boundary
        fields = ("facts",)

    asks_about_words = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        situation = BY_SLUG.get(cleaned.get("situation") or "")
        if situation is None:
            if self.button == self.START and "situation" not in self.errors:
                self.add_error("situation", _("Choose a situation first."))
            return cleaned
        mine = {name: getattr(self.instance, name) for name in situation.words}
        mine |= {"facts": cleaned.get("facts")} if "facts" in mine else {}
        taken = {name for name, words in mine.items() if words not in ("", None)}
        different = {name for name in taken if mine[name] != situation.words[name]}
        if different and not self.lenient and not cleaned.get("own_words"):
            self.asks_about_words = True
            self.add_error("own_words", _("Choose what to do with the words you’ve written."))
        fill = (
            set(situation.words)
            if cleaned.get("own_words") == self.REPLACE
            else mine.keys() - taken
        )
        cleaned["fill"] = {name: str(situation.words[name]) for name in fill}
        if "facts" in fill:
            cleaned["facts"] = cleaned["fill"]["facts"]
        return cleaned

    def save_step(self) -> Guided | None:
        row, fill = self.instance, self.cleaned_data.get("fill", {})
        if fill and not self.lenient:
            for name, words in fill.items():
                setattr(row, name, words)
        if self.button == self.START:
            self.next_step_url = address(row, WORDS)
        return super().save_step()


class ImpactForm(ScriptForm):
    class Meta:
        model = Boundary
        fields = ("impact",)


class AskForm(ScriptForm):
    class Meta:
        model = Boundary
        fields = ("ask",)


class BenefitForm(ScriptForm):
    class Meta:
        model = Boundary
        fields = ("benefit",)


class PushedForm(ScriptForm):
    class Meta:
        model = Boundary
        fields = ("repeat_line", "flex")


class TellForm(StepForm):
    extra_fields = ("state",)

    class Meta:
        model = Boundary
        fields = ("communication", "person_label", "tell_on", "tell_channel")
        widgets = {"communication": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        communicated = self.instance.communication == Communication.TOLD
        choices = [
            one for one in Communication.choices if communicated or one[0] != Communication.TOLD
        ]
        self.fields["communication"].choices = choices
        self.fields["tell_channel"].choices = [("", "–"), *Channel.choices]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        when_or_how = cleaned.get("tell_on") or cleaned.get("tell_channel")
        if not cleaned.get("communication") and "communication" not in self.errors:
            if when_or_how:
                cleaned["communication"] = Communication.PLANNED
            elif self.instance.finished_at:
                cleaned["communication"] = self.instance.communication
        if cleaned.get("communication") != Communication.PLANNED:
            cleaned["tell_on"], cleaned["tell_channel"] = None, ""
            self.errors.pop("tell_on", None)
        return cleaned

    def save_step(self) -> Guided | None:
        self.instance.plan(self.instance.communication)
        return super().save_step()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.communication:
            yield Answer(_("Will you say it?"), row.get_communication_display())
        if row.person_label:
            yield Answer(_("Who"), row.person_label, own=True)
        if row.tell_on:
            yield Answer(_("When"), date_format(row.tell_on, "l j F"))
        if row.tell_channel:
            yield Answer(_("How"), row.get_tell_channel_display())


class CheckForm(StepForm):
    class Meta:
        model = Boundary
        fields = ("review_on",)
        help_texts = {"review_on": _("We’ll ask. Nothing changes by itself.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["review_on"] = self.initial.get("review_on") or self.instance.next_review()


def address(row: Boundary, slug: str) -> str:
    return reverse("boundaries:step", args=[row.pk, slug])
