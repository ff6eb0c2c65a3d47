"""The name of each table on a page, in the order of tables.tables()."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise | str] = {
    "boundaries.Boundary": _("boundaries"),
    "boundaries.Crossing": _("crossings"),
    "boundaries.Telling": _("times a boundary was said"),
    "decisions.Addendum": _("later thoughts"),
    "decisions.Decision": _("decisions"),
    "decisions.DecisionReview": _("looks back at a decision"),
    "decisions.EarlierReview": _("what looks back said before a correction"),
    "decisions.Option": _("options"),
    "decisions.ValueInPlay": _("values in play"),
    "lessons.Lesson": _("lessons"),
    "lessons.LessonReturn": _("returns of a lesson"),
    "lessons.LessonUse": _("uses of a lesson"),
    "lessons.Thread": _("threads between things"),
    "people.Value": _("values"),
    "promises.CheckIn": _("check-ins"),
    "promises.Promise": _("promises"),
    "promises.PromisePause": _("pauses"),
    "promises.PromiseRevision": _("terms of promises"),
    "promises.WeekConfirmation": _("weeks of promises told"),
    "reflections.DailyCheck": _("daily checks"),
    "reflections.EarlierVersion": _("earlier versions of entries"),
    "reflections.Entry": _("entries"),
    "reflections.HiddenPrompt": _("prompts hidden"),
    "reflections.Mistake": _("mistakes"),
    "reflections.OwnPrompt": _("prompts of your own"),
    "reflections.RuminationAnswer": _("answers to what keeps coming back"),
    "reflections.SelfCompassion": _("hard moments"),
    "reflections.SelfRating": _("pictures in five statements"),
    "reflections.StarterMark": _("marks on kind words"),
    "reflections.Topic": _("topics"),
    "reflections.WeeklyReflection": _("weekly reflections"),
}


def name_of(label: str) -> str:
    return capfirst(str(NAMES[label]))
