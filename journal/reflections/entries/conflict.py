"""The choice between the typed text and a version that another page saved meanwhile.

The person chooses between the two texts, and between the values of each label that both
sides changed (`form.contested`). The form has already merged what only one side changed,
whatever the person chooses.
"""

from enum import StrEnum

from django.http import QueryDict

from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import Entry
from journal.reflections.entries.models.content import is_said


class Keep(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


def chosen(posted: QueryDict) -> Keep | None:
    """The choice that the conflict page posted; None for any other page."""
    if "mine" not in posted:
        return None
    keep = posted.get("keep")
    return Keep(keep) if keep in set(Keep) else Keep.BOTH


def typed(posted: QueryDict) -> QueryDict:
    """The conflict page posts the typed text as `mine`; this moves it back to `body`."""
    if "mine" not in posted:
        return posted
    data = posted.copy()
    data.setlist("body", posted.getlist("mine"))
    return data


def settled(form: EntryForm, keep: Keep) -> QueryDict:
    """Turns the choice into ordinary form data, which EntryForm validates like any other."""
    data, stored = form.data_copy(), form.before
    if keep is Keep.MINE:
        return data
    title = data.get("title", "")
    for name in form.contested:
        value = form.stored_value(name)
        if value or keep is Keep.THEIRS:
            data[name] = value
    if keep is Keep.THEIRS or not form.differs("body"):
        data["body"] = stored.body
    else:
        text = form.cleaned_data["body"]
        data["body"] = both(stored.body, titled(text, title, over=data.get("title", "")))
    return data


def titled(text: str, title: str, *, over: str) -> str:
    """The text with its own title on top, unless the entry ends up with that title anyway."""
    return text if title.strip() in ("", over) else f"{title.strip()}\n\n{text}"


def both(first: str, second: str) -> str:
    """One text, with the second version below the first; a resent request
    does not append it again."""
    below = f"\n\n---\n\n{second.lstrip()}"
    return first if first.endswith(below) else f"{first.rstrip()}{below}"


def loses(left: Entry, kept: Entry, keep: Keep) -> bool:
    """Whether the version not chosen has content that the saved entry lacks."""
    here, there = left.content(), kept.content()
    names = here.keys() - {"title", "body"} if keep is Keep.BOTH else here.keys()
    return any(is_said(here[name]) and here[name] != there[name] for name in names)
