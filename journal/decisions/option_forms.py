"""The steps that fill a decision's own rows: values in play, options, and their weighing."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from journal.decisions.models import (
    FEWEST_OPTIONS,
    MOST_OPTIONS,
    MOST_VALUES,
    Decision,
    Option,
    ValueInPlay,
)
from journal.guide.steps import Answer, StepForm, differs
from journal.languages.lists import listed
from journal.people.text_direction import isolate
from journal.privacy.canonical import canonical
from journal.privacy.fields import WordsField
from journal.privacy.ownership import field_of, uuid7

REMOVE = re.compile(r"remove-([1-9][0-9]?)")
LINE = re.compile(r"name-([1-9][0-9]?)")


class ValuesForm(StepForm):
    class Meta:
        model = Decision
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.in_play = [] if row._state.adding else list(row.values_in_play.all())
        before = [one.value_id for one in self.in_play]
        values = row.owner.values.active() | row.owner.values.live().filter(pk__in=before)
        field: Any = forms.ModelMultipleChoiceField(
            values.order_by("rank"),
            label=gettext_lazy("Choose up to three of your values"),
            initial=before,
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"row": True, "own": True}),
            error_messages={"invalid_choice": gettext_lazy("Choose from your values.")},
        )
        field.label_from_instance = lambda value: value.label
        self.fields["values"] = field

    def clean_values(self) -> list[Any]:
        values = list(self.cleaned_data["values"])
        if len(values) > MOST_VALUES:
            raise ValidationError(_("Choose three at most. Which matter most here?"))
        return values

    def collides(self) -> bool:
        before = {one.value_id for one in self.in_play}
        return self.is_stale and not before <= {one.pk for one in self.cleaned_data["values"]}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        self.instance.values_given = [value.label for value in cleaned.get("values", [])]
        return cleaned

    @transaction.atomic
    def save_step(self) -> Any:
        row, there = self.instance, {one.value_id: one for one in self.in_play}
        chosen = self.cleaned_data["values"]
        for one in self.in_play:
            if one.value_id not in {value.pk for value in chosen}:
                one.delete()
        for place, value in enumerate(chosen, start=1):
            one = there.get(value.pk) or ValueInPlay(owner=row.owner, decision=row, value=value)
            one.place, one.name = place, value.name
            one.save()
        return super().save_step()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        names = row.values_now()
        if names:
            yield Answer(_("Values that matter here"), listed(names), own=True)


class OptionsForm(StepForm):
    """One line per option. Add and Remove render the lines again; Continue stores them.

    The id of an option travels with its line, so a page that is sent twice makes one option, and a
    renamed option keeps its weighing. The form skips empty lines.
    """

    ADD = "add"
    rerender_actions = frozenset({ADD, *(f"remove-{n}" for n in range(1, 100))})
    extra_fields = ("state",)

    class Meta:
        model = Decision
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        rows = [] if row._state.adding else list(row.options.all())
        self.there = {option.pk: option for option in rows}
        self.chosen_kept = ""  # the name of a chosen option that the person tried to remove
        if self.is_bound:
            lines = self._after_button(self._posted())
        else:
            lines = [(option.pk, option.name) for option in rows]
        while len(lines) < FEWEST_OPTIONS:
            lines.append((uuid7(), ""))
        if self.is_bound:
            self._write_back(lines)
        for number, (pk, name) in enumerate(lines, start=1):
            self._add_line(number, pk, name)

    def _posted(self) -> list[tuple[UUID, str]]:
        numbers = sorted(int(m[1]) for key in self.data if (m := LINE.fullmatch(key)))
        return [(self._id_at(n), self.data.get(f"name-{n}", "")) for n in numbers]

    def _id_at(self, number: int) -> UUID:
        try:
            return UUID(self.data.get(f"option-{number}", ""))
        except ValueError:
            return uuid7()

    def _after_button(self, lines: list[tuple[UUID, str]]) -> list[tuple[UUID, str]]:
        removing = REMOVE.fullmatch(self.button)
        if self.button == self.ADD and len(lines) < MOST_OPTIONS:
            return [*lines, (uuid7(), "")]
        if removing and 0 < int(removing[1]) <= len(lines):
            at = int(removing[1]) - 1
            if lines[at][0] in self.there and lines[at][0] == self.instance.chosen_option_id:
                self.chosen_kept = self.there[lines[at][0]].name
                return lines
            return lines[:at] + lines[at + 1 :]
        return lines

    def _write_back(self, lines: list[tuple[UUID, str]]) -> None:
        """Replaces the form's data with the lines after the button's action, numbered from one."""
        data = self.data.copy()
        for key in [key for key in data if LINE.fullmatch(key)]:
            del data[key]
        for number, (pk, name) in enumerate(lines, start=1):
            data[f"name-{number}"], data[f"option-{number}"] = name, str(pk)
        self.data = data

    def _add_line(self, number: int, pk: UUID, name: str) -> None:
        field: Any = Option._meta.get_field("name").formfield(
            label=_("Option %(number)s") % {"number": number}, required=False, initial=name
        )
        self.fields[f"name-{number}"] = field
        self._use_textarea(f"name-{number}", field)
        self.fields[f"option-{number}"] = forms.UUIDField(
            widget=forms.HiddenInput, initial=pk, required=False
        )

    @property
    def numbers(self) -> list[int]:
        return [int(m[1]) for key in self.fields if (m := LINE.fullmatch(key))]

    @property
    def options(self) -> list[dict[str, Any]]:
        """For the template: the input, its hidden id, and the value of the Remove button."""
        return [
            {"name": self[f"name-{n}"], "id": self[f"option-{n}"], "remove": f"remove-{n}"}
            for n in self.numbers
        ]

    @property
    def can_add_option(self) -> bool:
        return len(self.numbers) < MOST_OPTIONS

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        named = {
            cleaned[f"option-{n}"]: cleaned[f"name-{n}"]
            for n in self.numbers
            if cleaned.get(f"name-{n}") and cleaned.get(f"option-{n}")
        }
        empty = [n for n in self.numbers if f"name-{n}" not in self.errors]
        empty = [n for n in empty if not cleaned.get(f"name-{n}")]
        if len(named) < FEWEST_OPTIONS and not self.lenient and not self.errors:
            at = f"name-{empty[0]}" if empty else None
            self.add_error(
                at, _("Name at least two options. Leaving things as they are can be one of them.")
            )
        self._refuse_namesakes()
        if len(named) > MOST_OPTIONS:
            self.add_error(
                f"name-{self.numbers[-1]}", _("You can have six options at most. Remove one first.")
            )
        chosen = self.there.get(self.instance.chosen_option_id)
        gone = chosen and chosen.pk not in named and not self.errors
        if self.chosen_kept or (gone and self.button not in self.rerender_actions):
            name = self.chosen_kept or (chosen.name if chosen else "")
            text = _("You chose “%(name)s”. Choose another option first, then remove this one.")
            self.add_error(None, text % {"name": isolate(name)})
        cleaned["named"] = named
        self.instance.options_given = [
            Option(id=pk, owner=self.instance.owner, name=name) for pk, name in named.items()
        ]
        return cleaned

    def _refuse_namesakes(self) -> None:
        """Two options that read the same could not be told apart when one is chosen. On the way out
        (`lenient`) they are stored as they are."""
        seen: set[str] = set()
        for number in self.numbers if not self.lenient else ():
            name = canonical(self.cleaned_data.get(f"name-{number}") or "")
            if name and name in seen:
                self.add_error(
                    f"name-{number}", _("Two options have the same name. Change one of them.")
                )
            seen.add(name)

    def collides(self) -> bool:
        stored = {pk: option.name for pk, option in self.there.items()}
        return self.is_stale and differs(stored, self.cleaned_data["named"])

    @transaction.atomic
    def save_step(self) -> Any:
        row, named = self.instance, self.cleaned_data["named"]
        for pk, option in self.there.items():
            if pk not in named:
                option.delete()
        for place, (pk, name) in enumerate(named.items(), start=1):
            option = self.there.get(pk)
            if option is None:
                self._insert(Option(id=pk, owner=row.owner, decision=row, place=place, name=name))
            elif (option.place, option.name) != (place, name):
                option.place, option.name = place, name
                option.save(update_fields=["place", "name"])
        if row.state != Decision.State.DROPPED:
            row.state = row.open_state()
        return super().save_step()

    def _insert(self, option: Option) -> None:
        kept = option.insert_once()
        if kept is None or kept.decision_id != option.decision_id:  # another row has this id
            option.pk = uuid7()
            option.save(force_insert=True)

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        for number, option in enumerate(row.options_now(), start=1):
            yield Answer(_("Option %(number)s") % {"number": number}, option.name, own=True)


class WeighForm(StepForm):
    """Five optional answers per option. The field names end in the option's id."""

    class Meta:
        model = Decision
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.options: list[Option] = list(self.instance.options.all())
        self.instance.values_given = self.instance.values_now()  # the template reads them again
        values = listed([isolate(name) for name in self.instance.values_given])
        for option in self.options:
            for name in Option.WEIGHED:
                field = self._field(name, values)
                field.required, field.initial = False, getattr(option, name)
                key = self._key(name, option)
                self.fields[key] = field
                if isinstance(field_of(Option, name), WordsField):
                    self._use_textarea(key, field)
                    field.widget.attrs["rows"] = 2

    def _key(self, name: str, option: Option) -> str:
        return f"{name}-{option.pk}"

    def _field(self, name: str, values: str) -> Any:
        if name == "value_fit":
            label = (
                _("How well it fits %(values)s, 0 to 10") % {"values": values} if values else None
            )
            return forms.TypedChoiceField(
                label=label or field_of(Option, name).verbose_name,
                choices=[("", "–"), *((n, str(n)) for n in range(11))],
                coerce=int,
                empty_value=None,
                error_messages={"invalid_choice": _("Choose a number from 0 to 10.")},
            )
        field: Any = field_of(Option, name).formfield()
        if name == "reversibility":
            field.choices = [("", "–"), *Option.Reversibility.choices]
        return field

    @property
    def cards(self) -> list[dict[str, Any]]:
        """For the template: each option with its five fields."""
        return [
            {"option": one, **{name: self[self._key(name, one)] for name in Option.WEIGHED}}
            for one in self.options
        ]

    def _before(self) -> dict[str, Any]:
        return {
            self._key(name, one): self.fields[self._key(name, one)].initial
            for one in self.options
            for name in Option.WEIGHED
        }

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        for option in self.options:
            for name in Option.WEIGHED:
                setattr(option, name, cleaned.get(self._key(name, option), getattr(option, name)))
        self.instance.options_given = self.options
        return cleaned

    def collides(self) -> bool:
        return self.is_stale and differs(self._before(), self.cleaned_data)

    @transaction.atomic
    def save_step(self) -> Any:
        before = self._before()
        for option in self.options:
            keys = [self._key(name, option) for name in Option.WEIGHED]
            if any(self.cleaned_data[key] != before[key] for key in keys):
                option.save(update_fields=Option.WEIGHED)
        return super().save_step()

    @classmethod
    def answers(cls, row: Any) -> Iterator[Answer]:
        for option in row.options_now():
            for name in Option.WEIGHED:
                value = getattr(option, name)
                if value in (None, ""):
                    continue
                part = field_of(Option, name).verbose_name
                own = isinstance(field_of(Option, name), WordsField)
                shown = value if own or name == "value_fit" else option.get_reversibility_display()
                label = _("%(option)s: %(part)s") % {"option": isolate(option.name), "part": part}
                yield Answer(label, shown, own)
