"""The templates that come with Selftrust."""

from django.utils.translation import gettext_lazy as _

from journal.guide.line_templates import ShippedTemplate

SHIPPED = (
    ShippedTemplate(
        "morning",
        _("Morning"),
        _("What matters today, and one thing for you"),
        _(
            "What matters today?\n\n\nWhat could get in the way?\n\n\n"
            "What will I do for myself today?\n"
        ),
    ),
    ShippedTemplate(
        "evening",
        _("Evening"),
        _("What happened, what you did well, what can wait"),
        _("What happened today?\n\n\nWhat did I do well?\n\n\nWhat can wait until tomorrow?\n"),
    ),
    ShippedTemplate(
        "good",
        _("What was good today"),
        _("One good thing, and your part in it"),
        _("What was good today?\n\n\nHow did it come about?\n\n\nWhat was my part in it?\n"),
    ),
    ShippedTemplate(
        "letter",
        _("A letter"),
        _("To someone, not for sending"),
        _(
            "Dear\n\nWhat I’ve wanted to tell you:\n\n\nWhat I wish had been different:\n\n\n"
            "What I’d like to keep:\n"
        ),
    ),
    ShippedTemplate(
        "talk",
        _("Before a hard talk"),
        _("What you want, what you won’t do, your first sentence"),
        _(
            "What do I want from this talk?\n\n\nWhat won’t I do?\n\n\nMy first sentence:\n\n\n"
            "What will I do if it gets too much?\n"
        ),
    ),
    ShippedTemplate(
        "week",
        _("A week in one line"),
        _("The whole week, in a sentence"),
        _("This week in one line:\n"),
    ),
)
