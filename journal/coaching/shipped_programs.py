"""The programs that come with Selftrust: a coach begins with one and saves it as their own."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from journal.coaching.models import Program, Step
from journal.sharing.models.messages import Suggestion
from journal.sharing.shareable import Practice

Words = str | Promise
What = Suggestion.What


@dataclass(frozen=True)
class ShippedStep:
    words: Words
    what: str = What.PROMPT
    practice: str = ""


def _promise(words: Words) -> ShippedStep:
    return ShippedStep(words, What.PROMISE)


def _practice(practice: str, note: Words) -> ShippedStep:
    return ShippedStep(note, What.PRACTICE, practice)


@dataclass(frozen=True)
class ShippedProgram:
    key: str
    name: Words
    purpose: Words
    steps: tuple[ShippedStep, ...]  # one a week

    def fill(self, row: Program) -> None:
        row.name, row.purpose = str(self.name), str(self.purpose)
        row.sequence = [
            Step(week, str(one.what), str(one.practice), str(one.words))
            for week, one in enumerate(self.steps, start=1)
        ]


SHIPPED = (
    ShippedProgram(
        "small",
        _("One small promise"),
        _("Four weeks with one promise that is small enough to keep."),
        (
            ShippedStep(_("When did you last do what you said you would? What helped?")),
            _promise(_("Write one sentence before bed")),
            ShippedStep(_("What got in the way on a day you missed? What would fit such a day?")),
            ShippedStep(_("What would you like to keep from these weeks, and what can go?")),
        ),
    ),
    ShippedProgram(
        "limits",
        _("A limit, said out loud"),
        _("Five weeks, from noticing where it’s tight to saying one sentence."),
        (
            ShippedStep(_("Where did you say yes this week and mean no?")),
            _practice(Practice.BOUNDARIES, _("One is enough. Begin where there’s some room.")),
            _promise(_("Say “I’ll get back to you” once before answering")),
            ShippedStep(_("What happened when you said it, or when you didn’t?")),
            _practice(Practice.SELF_COMPASSION, _("For the moment after a hard no.")),
        ),
    ),
    ShippedProgram(
        "mistakes",
        _("After a mistake"),
        _("Four weeks for looking at one thing that went wrong, fairly."),
        (
            ShippedStep(_("What happened? What would a camera have seen?")),
            _practice(Practice.SELF_COMPASSION, _("Before you look for the lesson.")),
            _practice(Practice.MISTAKES, _("Your part, and what wasn’t yours.")),
            ShippedStep(_("What would you tell a friend who had done the same?")),
        ),
    ),
)


def shipped(key: str) -> ShippedProgram | None:
    return next((one for one in SHIPPED if one.key == key), None)
