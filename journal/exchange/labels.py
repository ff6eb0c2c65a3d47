"""The name of each table on a page, in the order of tables.tables()."""

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

NAMES: dict[str, Promise | str] = {
    "boundaries.AreaFeeling": _("how areas of life feel"),
    "boundaries.Boundary": _("boundaries"),
    "boundaries.Crossing": _("crossings"),
    "boundaries.Rehearsal": _("rehearsals of boundaries"),
    "boundaries.Telling": _("times you told someone a boundary"),
    "decisions.Addendum": _("later thoughts on decisions"),
    "decisions.Decision": _("decisions"),
    "decisions.DecisionReview": _("reviews of decisions"),
    "decisions.EarlierReview": _("earlier versions of reviews"),
    "decisions.Forecast": _("forecasts"),
    "decisions.Option": _("options"),
    "decisions.ValueInPlay": _("values in decisions"),
    "lessons.Lesson": _("lessons"),
    "lessons.LessonReturn": _("days lessons came back"),
    "lessons.LessonUse": _("uses of lessons"),
    "lessons.Thread": _("links between items"),
    "reminders.Reminder": _("reminders"),
    "reminders.ReminderPreference": _("reminder settings"),
    "photos.Photo": _("photos"),
    "people.Value": _("values"),
    "promises.CheckIn": _("check-ins"),
    "promises.Experiment": _("comparisons of two ways to keep a promise"),
    "promises.Promise": _("promises"),
    "promises.PromisePause": _("pauses"),
    "promises.PromiseRevision": _("earlier versions of promises"),
    "promises.WeekConfirmation": _("confirmed weeks of promises"),
    "reflections.DailyCheck": _("daily checks"),
    "reflections.EarlierVersion": _("earlier versions of entries"),
    "reflections.Entry": _("entries"),
    "reflections.EntryTag": _("tags of entries"),
    "reflections.EntryTemplate": _("your own templates"),
    "reflections.HiddenPrompt": _("hidden prompts"),
    "reflections.Mistake": _("mistakes"),
    "reflections.OwnPrompt": _("your own prompts"),
    "reflections.RuminationAnswer": _("answers to what keeps coming back"),
    "reflections.SelfCompassion": _("hard moments"),
    "reflections.SelfRating": _("check-ups"),
    "reflections.StarterMark": _("kind words you marked"),
    "reflections.Tag": _("tags"),
    "reflections.WeeklyReflection": _("weekly reflections"),
}


def name_of(label: str) -> str:
    return capfirst(str(NAMES[label]))
