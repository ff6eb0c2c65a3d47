"""Lines to start the notes of a session from: a coach's own, and those of Selftrust."""

from django.utils.translation import gettext_lazy as _

from journal.coaching.models import NoteTemplate
from journal.guide import line_templates
from journal.guide.line_templates import ShippedTemplate
from journal.people.models import User

SHIPPED = (
    ShippedTemplate(
        "topic",
        _("Topic, heard, next"),
        _("Three lines that fit any session"),
        _("Topic\n\n\nWhat I heard\n\n\nWhat to come back to\n"),
    ),
    ShippedTemplate(
        "grow",
        _("Goal, reality, options, will"),
        _("For one question, from where it stands to the next step"),
        _("Goal\n\n\nReality\n\n\nOptions\n\n\nWill\n"),
    ),
    ShippedTemplate(
        "first",
        _("First meeting"),
        _("What brings them, and what both expect"),
        _(
            "What brings them here\n\n\nWhat they’d like to be different\n\n\n"
            "What helps, and what doesn’t\n\n\nHow we’ll work together\n"
        ),
    ),
)

AnyTemplate = NoteTemplate | ShippedTemplate


def offered(coach: User) -> list[AnyTemplate]:
    """The coach's own ones first."""
    return [*coach.notetemplates.live().order_by("id"), *SHIPPED]


def find(coach: User, reference: str) -> AnyTemplate | None:
    return line_templates.find(coach.notetemplates.live(), SHIPPED, reference)
