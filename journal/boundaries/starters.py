"""Twelve situations as starting points for a script: a sentence or two each, to be edited."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from journal.guide.steps import Text


@dataclass(frozen=True)
class Situation:
    slug: str
    name: Text
    words: dict[str, Text]  # keyed by the part of the script


SITUATIONS = (
    Situation(
        "late-messages",
        _("Late messages"),
        {
            "ask": _("I reply to messages between nine and six."),
            "repeat_line": _("I’ll answer tomorrow."),
        },
    ),
    Situation(
        "extra-work",
        _("Extra work"),
        {"facts": _("I have two deadlines."), "ask": _("If this comes first, which one can wait?")},
    ),
    Situation(
        "lending",
        _("Lending"),
        {"ask": _("I don’t lend money."), "flex": _("I can help you plan.")},
    ),
    Situation(
        "surprise-visits",
        _("Surprise visits"),
        {
            "ask": _("Please text first."),
            "repeat_line": _("If you don’t text first, I may not open the door."),
        },
    ),
    Situation(
        "body-comments",
        _("Comments about my body"),
        {
            "ask": _("I don’t discuss my body."),
            "repeat_line": _("If it carries on, I’ll step away."),
        },
    ),
    Situation("venting", _("Venting"), {"ask": _("I care, and I have ten minutes today.")}),
    Situation(
        "unwanted-advice",
        _("Unwanted advice"),
        {
            "ask": _("Today I just need you to listen."),
            "repeat_line": _("I’ll ask when I’d like ideas."),
        },
    ),
    Situation(
        "raised-voices",
        _("Raised voices"),
        {
            "ask": _("I want to talk about this."),
            "repeat_line": _("If shouting goes on, I’ll leave and come back at eight."),
        },
    ),
    Situation(
        "phone-privacy",
        _("Privacy on my phone"),
        {"ask": _("My phone is private."), "repeat_line": _("I keep it locked.")},
    ),
    Situation(
        "gossip",
        _("Gossip"),
        {"ask": _("I’d rather not talk about her."), "flex": _("Tell me how you are.")},
    ),
    Situation(
        "parenting",
        _("Parenting"),
        {
            "facts": _("We’ve made up our minds about this."),
            "ask": _("Please stick to it when the children visit."),
        },
    ),
    Situation(
        "screens",
        _("Me and my screens"),
        {"ask": _("At ten, my phone goes on charge in the hall.")},
    ),
)
BY_SLUG = {one.slug: one for one in SITUATIONS}
