"""The form of each step, and of putting a mistake at rest."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from journal.guide.models import Guided
from journal.guide.steps import CHECK, Answer, StepForm
from journal.languages.lists import beside
from journal.people.areas import Area
from journal.reflections.compassion.forms import OutOfTen
from journal.reflections.mistakes.models import Mistake, title_from


class EventForm(StepForm):
    """Titles the mistake with the first line, until the person names it."""

    extra_fields = ("title",)

    class Meta:
        model = Mistake
        fields = ("expected", "what_happened", "occurred_on")
        widgets = {"expected": forms.Textarea(attrs={"rows": 2})}
        error_messages = {
            "what_happened": {"required": _("Write a few words about what happened.")}
        }

    @property
    def has_content(self) -> bool:
        """A day alone is not worth a draft."""
        return not {"expected", "what_happened"}.isdisjoint(self.changed_data)

    def save_step(self) -> Guided | None:
        row = self.instance
        if row.title == title_from(self.initial.get("what_happened") or ""):
            row.title = title_from(row.what_happened)
        return super().save_step()

    @classmethod
    def autosaves(cls) -> bool:
        return True

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.expected:
            yield Answer(_("What you expected"), row.expected, own=True)
        if row.what_happened:
            yield Answer(_("What happened"), row.what_happened, own=True)
        if row.occurred_on:
            yield Answer(_("When"), date_format(row.occurred_on, "j F Y"))


class FeelingForm(StepForm):
    """For a heavy mistake, the first submission offers a break; the second one continues."""

    intensity_before = OutOfTen(label=_("How heavy is it?"), required=False)

    class Meta:
        model = Mistake
        fields = ("intensity_before",)

    def save_step(self) -> Guided | None:
        row = self.instance
        first_time = row.step != CHECK and not row.finished_at and "offered" not in self.data
        if row.is_heavy and first_time and not self.lenient:
            self.next_step_url = reverse("mistakes:step", args=[row.pk, "feeling"])
        return super().save_step()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.intensity_before is not None:
            yield Answer(_("How heavy, from 0 to 10"), row.intensity_before)

    @classmethod
    def autosaves(cls) -> bool:
        return True


class ConditionsForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("conditions",)


class MyPartForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("my_part",)


class NotMineForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("not_mine",)


class RepairForm(StepForm):
    """A changed repair counts as not done yet; without words there is none."""

    extra_fields = ("repair_done_at",)

    class Meta:
        model = Mistake
        fields = ("repair", "repair_on")
        help_texts = {"repair_on": _("We’ll show it on Today that day. Nothing else happens.")}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        alone = cleaned.get("repair_on") and not cleaned.get("repair")
        if alone and "repair" not in self.errors:
            if self.lenient:
                cleaned["repair_on"] = None
            else:
                self.add_error("repair", _("Write what it is, or leave the day empty."))
        return cleaned

    def save_step(self) -> Guided | None:
        if "repair" in self.changed_data:
            self.instance.repair_done_at = None
        return super().save_step()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.repair:
            yield Answer(_("To put right"), row.repair, own=True)
        if row.repair_on:
            yield Answer(_("When"), date_format(row.repair_on, "l j F"))


class ForgiveForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("forgiveness_note",)


class LessonForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("if_situation", "then_action")
        help_texts = {
            "if_situation": _("Describe the moment just before it, so you’ll recognise it."),
        }
        error_messages = {
            "if_situation": {"required": _("Write when it comes up.")},
            "then_action": {"required": _("Write what you will do then.")},
        }

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        """The rule is one answer once both of its halves are there."""
        if row.if_situation and row.then_action:
            rule = {"situation": row.if_situation.rstrip(" .,;"), "action": row.then_action}
            yield Answer(_("The lesson"), _("If %(situation)s, then I %(action)s") % rule, own=True)
        else:
            yield from super().answers(row)


class AreasForm(StepForm):
    areas = forms.MultipleChoiceField(
        label=_("Areas"),
        help_text=_("You’ll see it beside decisions and boundaries in these areas."),
        choices=Area.choices,
        widget=forms.CheckboxSelectMultiple(attrs={"row": True}),
        error_messages={
            "required": _("Choose at least one area."),
            "invalid_choice": _("Choose from these areas."),
        },
    )

    class Meta:
        model = Mistake
        fields = ("areas",)

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        if row.areas:
            labels = [str(Area(area).label) for area in Area.values if area in row.areas]
            yield Answer(_("Areas"), beside(labels))


class CheckForm(StepForm):
    class Meta:
        model = Mistake
        fields = ("title",)
        help_texts = {"title": _("This is its first line. Change it if there’s a fairer name.")}
        error_messages = {"title": {"required": _("Give it a name. A few words will do.")}}


class RestForm(StepForm):
    intensity_after = OutOfTen(label=_("How heavy is it now?"), required=False)

    class Meta:
        model = Mistake
        fields = ("intensity_after",)


class DayForm(forms.Form):
    """The day of a new mistake, if the page that links here knows it."""

    on = forms.DateField(required=False, input_formats=["%Y-%m-%d"])
