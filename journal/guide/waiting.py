"""A line under "Waiting for you"; every practice answers for itself (`waiting(person, day)`)."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from journal.guide.flow import Draft


@dataclass(frozen=True)
class Waiting:
    """`title` is the person's own words, or a draft's name."""

    title: str
    text: str
    address: str
    draft: Draft | None = None


def of_draft(draft: Draft) -> Waiting:
    place = {"number": draft.number, "total": draft.total}
    text = _("Step %(number)s of %(total)s") % place
    return Waiting(draft.title, text, draft.address, draft)
