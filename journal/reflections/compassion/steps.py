"""The questions of "Embrace self-compassion"; the mode decides which of them the flow asks."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from journal.guide.flow import Flow
from journal.guide.steps import Step
from journal.lessons import threads
from journal.reflections.compassion import forms, suggestions
from journal.reflections.compassion.models import SelfCompassion

Mode = SelfCompassion.Mode


def came_from(row: Any) -> dict[str, Any]:
    """The moment's origin, as context for lessons/_threads.html."""
    if row._state.adding:
        return {"threads": threads.Links(came_from=[row.came_from] if row.came_from else [])}
    return {"threads": threads.Links(came_from=threads.links_of(row.owner, row).came_from)}


TRIGGER = Step(
    "trigger",
    _("What set this off?"),
    forms.TriggerForm,
    name=_("the moment"),
    hint=_("Describe one moment, briefly."),
    example=_("I lost my thread in a meeting"),
    required=True,
    aside="reflections/compassion/_came_from.html",
    context=came_from,
)
CRITIC = Step(
    "critic",
    _("What did the harsh voice say?"),
    forms.CriticForm,
    name=_("the harsh voice"),
    hint=_("Put it in quotes. It’s a thought, not a fact."),
    example=_("“You always embarrass yourself”"),
    required=True,
)
FEELING = Step(
    "feeling",
    _("What are you feeling, and how strongly?"),
    forms.FeelingForm,
    name=_("the feeling"),
    hint=_("Naming it is enough."),
    example=_("Ashamed, 7"),
    required=True,
    template="reflections/compassion/feeling.html",
)
EVIDENCE = Step(
    "evidence",
    _("What supports that thought, and what doesn’t?"),
    forms.EvidenceForm,
    name=_("the evidence"),
    hint=_("Stick to facts a stranger would accept."),
    example=_("I paused, and two people thanked me"),
)
FRIEND = Step(
    "friend",
    _("What would you say to a friend in your place?"),
    forms.FriendForm,
    name=_("what you’d tell a friend"),
    hint=_("It can help to use your own name."),
    example=_("“Ana, pausing is human”"),
)
SHARED = Step(
    "shared",
    _("Who else goes through this?"),
    forms.SharedForm,
    name=_("other people"),
    hint=_("Other people know this feeling too."),
    example=_("Anyone who speaks in public"),
)
KINDER = Step(
    "kinder",
    _("What would be fair, and believable?"),
    forms.KinderForm,
    name=_("a kinder thought"),
    hint=_("Half-believable is fine."),
    example=_("I stumbled, and I still helped"),
    template="reflections/compassion/kinder.html",
    context=suggestions.step_context,
)
KIND_WORDS = replace(
    KINDER,
    title=_("What would you say to a friend?"),
    name=_("kind words"),
    hint=_("Say it to yourself. A few words are enough."),
    example=_("That was a hard hour, and you’re tired"),
)
KIND_ACTION = Step(
    "kind-action",
    _("What small, kind thing could you do now?"),
    forms.KindActionForm,
    name=_("something kind"),
    hint=_("Tea, fresh air and rest all count."),
    example=_("A walk round the block"),
)
LETTER = Step(
    "letter",
    _("Write to yourself as someone on your side would"),
    forms.LetterForm,
    name=_("the letter"),
    example=_("Dear Ana, you were tired, and you still came."),
    paced=True,
)
AFTER = Step(
    "after",
    _("How is it now?"),
    forms.AfterForm,
    name=_("afterwards"),
    hint=_("Any answer is useful."),
    example=_("5"),
    template="reflections/compassion/after.html",
)

FULL = (TRIGGER, CRITIC, FEELING, EVIDENCE, FRIEND, SHARED, KINDER, KIND_ACTION, AFTER)
BY_MODE: dict[str, Sequence[Step]] = {
    Mode.FULL: FULL,
    Mode.BREAK: (TRIGGER, FEELING, SHARED, KIND_WORDS, KIND_ACTION, AFTER),
    Mode.LETTER: (TRIGGER, FEELING, LETTER, AFTER),
}


def steps_of(row: SelfCompassion) -> Sequence[Step]:
    return BY_MODE[row.mode]


def moment_saved(row: SelfCompassion) -> str:
    before, after = row.intensity_before, row.intensity_after
    if before is None or after is None or after >= before or row.owner.numbers_hidden_since:
        return gettext("Hard moment saved.")
    eased = {"before": before, "after": after}
    return gettext("Hard moment saved. It eased from %(before)s to %(after)s.") % eased


FLOW = Flow(
    model=SelfCompassion,
    name=_("A hard moment"),
    steps=steps_of,
    namespace="compassion",
    hue="p-comp",
    icon="comp",
    sentence_label=_("The moment"),
    aside="reflections/compassion/_draft_summary.html",
    done=moment_saved,
    is_hard=True,
    reopens=True,
)
