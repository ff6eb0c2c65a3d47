"""Lessons inside a form about something that happened: whether each came up, and helped."""

from datetime import date
from typing import Any

from django import forms

from journal.guide.steps import StepForm
from journal.lessons.models import LessonUse
from journal.lessons.related import RelatedLesson
from journal.lessons.threads import came_up_at

PREFIX = "lesson-"


class LessonsForm(StepForm):
    """Adds an optional field for each lesson; `save_lessons` stores the answers."""

    lessons: list[RelatedLesson]

    @property
    def answered(self) -> set[str]:
        """The ids of lessons that a posted form names: it shows them, whatever is found by now."""
        names = (*self.data, *self.initial)  # the latter after "Go back to writing"
        return {name.removeprefix(PREFIX) for name in names if name.startswith(PREFIX)}

    def add_lessons(self, lessons: list[RelatedLesson]) -> None:
        self.lessons = lessons
        for one in self.lessons:
            self.fields[f"{PREFIX}{one.lesson.pk}"] = forms.ChoiceField(
                label=one.lesson.sentence,
                choices=LessonUse.Result.choices,
                required=False,
                initial=one.result,
                widget=forms.RadioSelect(attrs={"chips": True}),
            )

    @property
    def related(self) -> list[tuple[RelatedLesson, forms.BoundField]]:
        return [(one, self[f"{PREFIX}{one.lesson.pk}"]) for one in self.lessons]

    def save_lessons(self, row: Any, day: date) -> None:
        for one in self.lessons:
            result = self.cleaned_data.get(f"{PREFIX}{one.lesson.pk}")
            if result:
                came_up_at(row, one.lesson, result, day)
