"""Getting started: five pages, skipped or answered in any order, each at its own address.

The guide's flow engine fills one row from its first step to its last. Here every step fills another
table, or none, and leaving loses nothing, so this is a list of pages with the same layout instead.
`User.welcome_step` stores the person's progress; Today offers to continue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from journal.people.forms import ReminderForm
from journal.people.models import User
from journal.reflections.rating.forms import RatingForm
from journal.reflections.rating.models import SelfRating
from journal.today.onboarding.forms import BeginForm, ValuesForm

DONE = "done"


@dataclass(frozen=True)
class Step:
    slug: str
    title: str | Lazy
    name: str | Lazy  # "step 2 of 5, your values"
    hint: str | Lazy = ""
    example: str | Lazy = ""
    # Builds the form from the posted data or None; a step may have no fields.
    form: Callable[[User, Any], Any] = lambda person, data: None

    @property
    def template(self) -> str:
        return f"today/onboarding/{self.slug}.html"

    @property
    def number(self) -> int:
        return STEPS.index(self) + 1

    @property
    def address(self) -> str:
        return reverse("onboarding:step", args=[self.slug])

    @property
    def before(self) -> "Step | None":
        return STEPS[self.number - 2] if self.number > 1 else None

    @property
    def after(self) -> "Step":
        return STEPS[min(self.number, len(STEPS) - 1)]


def picture(person: User, data: Any) -> RatingForm | None:
    row = SelfRating.for_today(person)
    return RatingForm(data, instance=row, nothing_is_fine=True) if row else None


STEPS = (
    Step(
        "welcome",
        _("What this is and is not"),
        _("what this is"),
        hint=_("Practice, not therapy or emergency help. Nothing is shared by default."),
    ),
    Step(
        "values",
        _("What matters to you, up to five?"),
        _("your values"),
        hint=_("Choose or write your own."),
        example=_("Honesty: say the awkward thing kindly"),
        form=lambda person, data: ValuesForm(data, person=person),
    ),
    Step(
        "picture",
        _("Five short statements"),
        _("a starting picture"),
        hint=_("A private snapshot, not a test. How true was each, over the past two weeks?"),
        form=picture,
    ),
    Step(
        "reminders",
        _("When may we nudge you?"),
        _("reminders"),
        hint=_("Off by default; discreet wording."),
        example=_("20:30"),
        form=lambda person, data: ReminderForm(data, instance=person),
    ),
    Step(
        "begin",
        _("Where would you like to start?"),
        _("begin"),
        hint=_("“Look around” is a fine answer. Everything stays open to you."),
        form=lambda person, data: BeginForm(data, initial={"start": "promise"}),
    ),
)
BY_SLUG = {step.slug: step for step in STEPS}
LAST = STEPS[-1]


def reached(person: User) -> Step:
    """The step to continue with; the first one for a new person and for one who has finished."""
    return BY_SLUG.get(person.welcome_step, STEPS[0])


def arrive(person: User, slug: str) -> None:
    """Stores the progress; going back, or returning after the end, changes nothing."""
    places = [*BY_SLUG, DONE]
    before = places.index(person.welcome_step) if person.welcome_step in places else -1
    if places.index(slug) > before:
        person.welcome_step = slug
        person.save(update_fields=["welcome_step"])
