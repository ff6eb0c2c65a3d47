"""What somebody may say when they hear a limit: six kinds of pushback, four written lines each.

Every line is something a decent person might say; none of them threatens, shames or diagnoses. A
rehearsal stores the names of its lines, so a line may be reworded but keeps its place.
"""

from dataclasses import dataclass
from random import Random

from django.utils.translation import gettext_lazy as _

from journal.guide.steps import Text

TURNS = 4


@dataclass(frozen=True)
class Kind:
    slug: str
    name: Text  # "Rehearsal: step 3 of 4, a little guilt"
    lines: tuple[Text, Text, Text, Text]


KINDS = (
    Kind(
        "surprise",
        _("surprise"),
        (
            _("Oh. I didn’t see that coming. Has something happened?"),
            _("Really? You’ve never said anything before."),
            _("Wait, since when? I thought this was fine for you."),
            _("I’m a bit taken aback. Where does this come from?"),
        ),
    ),
    Kind(
        "bargain",
        _("a bargain"),
        (
            _("Could we say just this once, and then never again?"),
            _("What about half of it? That would already help me."),
            _("Let’s start next month. Right now is a bad time."),
            _("All right, but if it’s important, I can still ask, can’t I?"),
        ),
    ),
    Kind(
        "guilt",
        _("a little guilt"),
        (
            _("I was counting on you. I don’t know who else to ask."),
            _("I’d do it for you, you know that."),
            _("That makes me a little sad, to be honest."),
            _("I thought we were closer than that."),
        ),
    ),
    Kind(
        "again",
        _("the same again"),
        (
            _("I hear you. But could you do it anyway?"),
            _("Yes, I know what you said. Still, can we make it work?"),
            _("Sorry to bring it up again. What if I ask nicely?"),
            _("So there’s really no way? None at all?"),
        ),
    ),
    Kind(
        "silence",
        _("silence"),
        (
            _("… (They look at their hands and say nothing.)"),
            _("… (A long breath. Nobody speaks.)"),
            _("Hm. (Then nothing for a while.)"),
            _("… (They nod slowly and look out of the window.)"),
        ),
    ),
    Kind(
        "voice",
        _("a raised voice"),
        (
            _("Come on! I can’t believe we’re talking about this!"),
            _("I’ve had a terrible day, and now this as well?"),
            _("That’s not fair! Nobody asked me what I need!"),
            _("No, listen! You’re not even hearing my side!"),
        ),
    ),
)
LINES: dict[str, tuple[Kind, Text]] = {
    f"{kind.slug}-{number}": (kind, line)
    for kind in KINDS
    for number, line in enumerate(kind.lines, start=1)
}


def draw(dice: Random | None = None) -> list[str]:
    """Four lines of four kinds: surprise first, and the raised voice, if it is among them, last
    but one at the earliest, so that nothing begins loudly."""
    dice = dice or Random()  # noqa: S311 - no secret
    first, *others = KINDS
    chosen = [first, *sorted(dice.sample(others, TURNS - 1), key=KINDS.index)]
    return [f"{kind.slug}-{dice.randrange(len(kind.lines)) + 1}" for kind in chosen]
