from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.people.text_direction import isolate
from journal.privacy.fields import WordsInput
from journal.reflections.daily.models import DailyCheck

WRITTEN_ELSEWHERE = _(
    "Written elsewhere meanwhile: “%(text)s”. Send yours once more to replace it."
)
QUESTIONS = ("trust", "visit", "credit", "visit_words")
WORDS = ("credit", "visit_words")
TOO_LONG = _("This holds up to 200 characters. Nothing was lost; make it shorter.")


class DailyCheckForm(forms.Form):
    """Some or all of a day's answers. Fields that the request lacks stay unchanged.

    A page sends all of its questions at once, each with the value it showed (`was-trust`). The form
    ignores an answer that the person did not touch, since another device may have changed it.
    """

    trust = forms.TypedChoiceField(
        label=DailyCheck._meta.get_field("trust").verbose_name,
        choices=[("", ""), *DailyCheck.Trust.choices],
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Choose one of the five.")},
    )
    visit = forms.ChoiceField(
        label=DailyCheck._meta.get_field("visit").verbose_name,
        choices=[("", ""), *DailyCheck.Visit.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose one of the three.")},
    )
    credit = WordsInput(
        label=DailyCheck._meta.get_field("credit").verbose_name,
        max_length=200,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    visit_words = WordsInput(
        label=DailyCheck._meta.get_field("visit_words").verbose_name,
        max_length=200,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )

    @property
    def given(self) -> dict[str, Any]:
        """The valid answers that the person changed on this page."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self.data and self._was_touched(name)
        }

    def refuse_unseen(self, row: DailyCheck | None) -> None:
        """Adds an error if the row has words that this page never showed and would overwrite."""
        for name in WORDS:
            was, given = self.data.get(f"was-{name}"), self.given.get(name)
            stored = getattr(row, name, "")
            if was is None or given is None:
                continue
            if _lines(stored) not in ("", _lines(was), _lines(given)):
                self.add_error(name, WRITTEN_ELSEWHERE % {"text": isolate(stored)})

    def _was_touched(self, name: str) -> bool:
        was = self.data.get(f"was-{name}")
        return was is None or _lines(was) != _lines(self.data[name])


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()
