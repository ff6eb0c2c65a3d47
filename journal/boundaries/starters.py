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
        {"ask": _("I reply between nine and six."), "repeat_line": _("I will answer tomorrow.")},
    ),
    Situation(
        "extra-work",
        _("Extra work"),
        {"facts": _("I have two deadlines."), "ask": _("If this comes first, which waits?")},
    ),
    Situation(
        "lending",
        _("Lending"),
        {"ask": _("I am not lending money."), "flex": _("I can help you plan.")},
    ),
    Situation(
        "surprise-visits",
        _("Surprise visits"),
        {
            "ask": _("Please text first."),
            "repeat_line": _("Without notice, I may not open."),
        },
    ),
    Situation(
        "body-comments",
        _("Body comments"),
        {
            "ask": _("I don’t discuss my body."),
            "repeat_line": _("If it continues, I will step away."),
        },
    ),
    Situation("venting", _("Venting"), {"ask": _("I care, and I have ten minutes today.")}),
    Situation(
        "unwanted-advice",
        _("Unwanted advice"),
        {
            "ask": _("I want listening today."),
            "repeat_line": _("I’ll ask when I need ideas."),
        },
    ),
    Situation(
        "raised-voices",
        _("Raised voices"),
        {
            "ask": _("I want to talk."),
            "repeat_line": _("If shouting continues, I’ll leave and return at eight."),
        },
    ),
    Situation(
        "phone-privacy",
        _("Phone privacy"),
        {"ask": _("My phone is private."), "repeat_line": _("I keep it locked.")},
    ),
    Situation(
        "gossip",
        _("Gossip"),
        {"ask": _("I won’t discuss her."), "flex": _("Tell me about you.")},
    ),
    Situation(
        "parenting",
        _("Parenting"),
        {
            "facts": _("We have decided this."),
            "ask": _("Please follow it when they visit."),
        },
    ),
    Situation(
        "screens",
        _("Myself and screens"),
        {"ask": _("At ten the phone charges in the hall.")},
    ),
)
BY_SLUG = {one.slug: one for one in SITUATIONS}
