"""One step: its question, its small form, and the line of the check page for the answer."""

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.forms.models import model_to_dict
from django.utils.formats import date_format
from django.utils.functional import Promise as Lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from journal.guide.models import Guided
from journal.privacy.fields import WordsField, WordsInput
from journal.privacy.owned_form import OwnedForm

Text = str | Lazy
CHECK, ENOUGH = "check", "enough"  # slugs in a flow that are not steps
SUPPORT = "support"  # the button in the header: saves like Back, then opens the support page
AUTOSAVE = "autosave"  # posted while someone types: saves like Back, and stays on the step
LEAVING = frozenset({"back", "stop", ENOUGH, SUPPORT})  # save and accept missing answers
DETOUR = "to-"  # before the slug of a step: saves like Back, opens that step, which leads back here
ONE_LINE = 200  # a field of up to this many characters is a sentence, not paragraphs


def is_leaving(button: str) -> bool:
    return button in LEAVING or button.startswith(DETOUR)


@dataclass(frozen=True)
class Answer:
    """A line of the check page. `own`: the text is the person's words."""

    label: Text
    text: Text
    own: bool = False


class OutOfTen(forms.TypedChoiceField):
    """0 to 10 as radio buttons; rendered by "parts/_scale.html"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[(n, str(n)) for n in range(11)],
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={
                "required": gettext_lazy("Choose a number. A guess will do."),
                "invalid_choice": gettext_lazy("Choose a number from 0 to 10."),
            },
            **kwargs,
        )


class StepForm(OwnedForm):
    """The few fields of one step. Most subclasses only set `Meta.model` and `Meta.fields`.

    A step that fills other rows as well (a formset of options, say) overrides `save_step`, and
    `is_valid` and `collides` where they depend on those rows.
    """

    # Values of the button `do` that render the step again with the typed text and store nothing
    # ("add" for one more option). The form finds the value in `self.button`.
    rerender_actions: Container[str] = frozenset()
    # Fields of the row that an overridden `save_step` sets in addition to those of the form.
    extra_fields: tuple[str, ...] = ()
    # Whether the pause button stores the valid fields alone; otherwise the page carries them all.
    saves_partially = False
    # `save_step` may set an address to go to instead of the next step.
    next_step_url = ""
    leaves_to = ""  # an address outside the flow

    def __init__(self, *args: Any, button: str = "", lenient: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.button = button
        self.lenient = lenient  # the button leaves the step, so answers may be missing
        self.one_line: list[str] = []
        for name, form_field in self.fields.items():
            if lenient and name != "version":
                form_field.required = False
            if isinstance(form_field, WordsInput):
                self._use_textarea(name, form_field)

    def _use_textarea(self, name: str, form_field: WordsInput) -> None:
        """Words get a text area that grows."""
        widget = form_field.widget
        if type(widget) is forms.TextInput:
            attrs = {**widget.attrs, "rows": 1}
            form_field.widget = forms.Textarea(attrs=attrs)
        elif type(widget) is forms.Textarea and widget.attrs.get("rows") == "10":
            widget.attrs["rows"] = 4
        if (form_field.max_length or 0) <= ONE_LINE:
            self.one_line.append(name)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name in self.one_line:
            if self.cleaned_data.get(name):
                self.cleaned_data[name] = " ".join(self.cleaned_data[name].split())
        return cleaned

    @property
    def step_fields(self) -> list[str]:
        return list(self._meta.fields or ())

    @property
    def has_content(self) -> bool:
        return any(name not in ("id", "version") for name in self.changed_data)

    def stored(self) -> dict[str, Any]:
        """The answers in the row when it was read."""
        return {name: self.initial.get(name) for name in self.step_fields}

    def given(self, row: models.Model | None = None) -> dict[str, Any]:
        return model_to_dict(row or self.instance, self.step_fields)

    def redraw(self) -> None:
        """A hook before one of `rerender_actions` renders the step again; may change `data`."""

    def collides(self) -> bool:
        """Whether saving would overwrite an answer given elsewhere since this page was rendered.

        A page that is out of date but has the same answers, or fills empty ones, does no harm.
        """
        return self.would_overwrite and differs(self.stored(), self.given())

    @classmethod
    def autosaves(cls) -> bool:
        """False by default for a form that fills other rows too: only its buttons save it."""
        return cls.save_step is StepForm.save_step

    def save_step(self) -> Guided | None:
        """Stores the answers. Returns the saved row; None when its id is taken."""
        row = self.instance
        if row._state.adding:
            return row.insert_once()
        place = ["step"] if isinstance(row, Guided) else []
        row.save(update_fields=[*self.step_fields, *self.extra_fields, *place])
        return row

    @classmethod
    def answers(cls, row: Guided) -> Iterable[Answer]:
        """The check page's lines for this step: by default each field that has a value."""
        for name in cls._meta.fields or ():
            model_field = row._meta.get_field(name)
            shown = getattr(row, f"get_{name}_display", None)
            value = shown() if shown else getattr(row, name)
            if isinstance(value, date):
                value = date_format(value, "j F Y")
            if value not in (None, "", []):
                own = isinstance(model_field, WordsField)
                yield Answer(cls.base_fields[name].label or "", value, own)


def differs(stored: dict[str, Any], given: dict[str, Any]) -> bool:
    """Whether `given` replaces a stored value by another."""
    return any(
        value not in (None, "", []) and value != given.get(name) for name, value in stored.items()
    )


def no_context(row: Any) -> dict[str, Any]:
    return {}


@dataclass(frozen=True, eq=False)  # or comparing two would translate their texts
class Step:
    slug: str
    title: Text  # the question
    form: type[StepForm]
    name: Text = ""  # a short name of the step, the page's only h1
    hint: Text = ""
    example: Text = ""
    required: bool = False
    paced: bool = False  # long writing: the page suggests a quarter of an hour
    checked: bool = True  # about the row itself: a line on the check page, the row next to it
    template: str = "guide/step.html"
    aside: str = ""  # a template next to the form, instead of the flow's
    live: str = ""  # a template rendered alone into the element `#live`, from the text typed so far
    # The template's context in addition to the form: figures, suggestions, other rows.
    context: Callable[[Any], dict[str, Any]] = field(default=no_context)

    @property
    def headline(self) -> str:
        return capfirst(str(self.name or self.title))

    @property
    def fields(self) -> list[str]:
        return list(self.form._meta.fields or ())


def place_of(steps: Sequence[Step], slug: str) -> int:
    """A step's index. The check page comes after the last; an unknown slug counts as the first."""
    if slug == CHECK:
        return len(steps)
    return next((i for i, step in enumerate(steps) if step.slug == slug), 0)
