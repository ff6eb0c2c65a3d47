"""The step of the misses: for each promise that was missed, keep, make smaller, move or pause."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from journal.guide.steps import Answer
from journal.privacy.fields import WordsInput
from journal.privacy.ownership import field_of
from journal.promises.models import Promise
from journal.promises.queries import open_experiment, with_experiment
from journal.reflections.week import snapshot as facts
from journal.reflections.week.forms import WeekForm
from journal.reflections.week.models import WeeklyReflection
from journal.reflections.week.promise_changes import (
    IN_WORDS,
    KEEP,
    MOVE,
    PAUSE,
    SMALLER,
    Change,
    Changes,
    asked_from,
)

GROUPS = 3  # the most missed; more than that is a list of failures
LABELS = {
    KEEP: _("Keep it as it is"),
    SMALLER: _("Make it smaller"),
    MOVE: _("Move it"),
    PAUSE: _("Pause it"),
}
MISSING = {
    SMALLER: _("Write the smaller version, or keep the promise as it is."),
    MOVE: _("Write what it comes after, or keep the promise as it is."),
}


@dataclass(frozen=True)
class Group:
    """A promise that was missed, with the names of its fields."""

    form: "MissesForm"
    missed: facts.Promise
    promise: Promise

    @property
    def choice(self) -> Any:
        return self.form[f"change-{self.promise.pk}"]

    @property
    def smaller(self) -> Any:
        return self.form[f"smaller-{self.promise.pk}"]

    @property
    def move(self) -> Any:
        return self.form[f"move-{self.promise.pk}"]

    @property
    def is_compared(self) -> bool:
        """Whether two ways of keeping it are being compared, which new terms would stop."""
        experiment = open_experiment(self.promise)
        return experiment is not None and self.form.instance.next_first <= experiment.last_day


class MissesForm(WeekForm):
    """The answers about promises are one field of the row, `changes`. A finished week has written
    them, so only the words stay editable."""

    extra_fields = ("changes",)

    class Meta:
        model = WeeklyReflection
        fields = ("easier",)
        labels = {"easier": _("Anything else that would help?")}
        help_texts = {"easier": _("You’ll see it again in a week.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = self.instance.changes
        self.groups = list(self._groups())
        if self.groups and self.instance.record.is_hard:
            self.fields["rests"] = forms.BooleanField(
                required=False, initial=self._stored.rests, label=_("Pause everything for a week")
            )

    @cached_property
    def _stored(self) -> Changes:
        return self.instance.decided

    def _groups(self) -> Iterator[Group]:
        row = self.instance
        if row.finished_at:
            return
        asked = with_experiment(asked_from(row.owner, row.next_first))
        going_on = {str(one.pk): one for one in asked}
        missed = [one for one in row.record.missed if one.id in going_on]
        for one in missed[:GROUPS]:
            self._add_fields(going_on[one.id])
            yield Group(self, one, going_on[one.id])

    def _add_fields(self, promise: Promise) -> None:
        change = self._stored.change_of(promise.pk) or Change(str(promise.pk), "")
        words = {change.what: change.words}
        self.fields[f"change-{promise.pk}"] = forms.ChoiceField(
            choices=list(LABELS.items()),
            required=False,
            initial=change.what,
            widget=forms.RadioSelect(attrs={"chips": True}),
            label=promise.statement,
        )
        suggested = {SMALLER: promise.smallest_version, MOVE: ""}
        labels = {SMALLER: _("The smaller version"), MOVE: _("After …")}
        for what in IN_WORDS:
            self.fields[f"{what}-{promise.pk}"] = WordsInput(
                max_length=140,
                required=False,
                initial=words.get(what) or suggested[what],
                label=labels[what],
                widget=forms.Textarea(attrs={"rows": 1}),
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        rows = []
        for group in self.groups:
            pk = group.promise.pk
            what = cleaned.get(f"change-{pk}", "")
            words = " ".join(cleaned.get(f"{what}-{pk}", "").split()) if what in IN_WORDS else ""
            if what in IN_WORDS and not words and not self.lenient:
                self.add_error(f"{what}-{pk}", MISSING[what])
            if what:
                rows.append(Change(str(pk), what, words))
        if not self.instance.finished_at:
            rests = bool(cleaned.get("rests"))
            self.instance.changes = Changes(tuple(rows), rests).text()
        return cleaned

    def stored(self) -> dict[str, Any]:
        return {**super().stored(), "changes": self.before}

    def given(self, row: Any = None) -> dict[str, Any]:
        return {**super().given(row), "changes": (row or self.instance).changes}

    @classmethod
    def answers(cls, row: Any) -> Iterable[Answer]:
        if row.easier:
            yield Answer(field_of(WeeklyReflection, "easier").verbose_name, row.easier, own=True)
        if row.finished_at:  # its page shows what was changed
            return
        names = {one.id: one.statement for one in row.record.promises}
        for change in row.decided.rows:
            label = LABELS[change.what]
            text = _("%(what)s: %(words)s") % {"what": label, "words": change.words}
            yield Answer(names.get(change.promise, ""), text if change.words else label, own=True)
        if row.decided.rests:
            yield Answer(_("Pause everything for a week"), _("Yes"))
