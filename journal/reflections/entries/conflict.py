"""A choice between what was typed and what was saved elsewhere meanwhile.

The choice is about the text, and about each label that both sides changed (`form.contested`).
What one side changed alone is kept whatever is chosen; the form has taken it already.
"""

from enum import StrEnum

from django.http import QueryDict

from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import Entry


class Keep(StrEnum):
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


def chosen(posted: QueryDict) -> Keep | None:
    """What the conflict page posted; nothing, where something else did."""
    if "mine" not in posted:
        return None
    keep = posted.get("keep")
    return Keep(keep) if keep in set(Keep) else Keep.BOTH


def typed(posted: QueryDict) -> QueryDict:
    """The conflict page carries the text that was typed under a name of its own."""
    if "mine" not in posted:
        return posted
    data = posted.copy()
    data.setlist("body", posted.getlist("mine"))
    return data


def settled(form: EntryForm, keep: Keep) -> QueryDict:
    """The choice as an ordinary edit, which is gone through like any other form."""
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
    """The text under its own title, unless the entry will have that title anyway."""
    return text if title.strip() in ("", over) else f"{title.strip()}\n\n{text}"


def both(first: str, second: str) -> str:
    """One text, with the second version below the first; pressed twice, it is there once."""
    below = f"\n\n---\n\n{second.lstrip()}"
    return first if first.endswith(below) else f"{first.rstrip()}{below}"


def loses(left: Entry, kept: Entry, keep: Keep) -> bool:
    """Whether the version that was not chosen says anything that the entry will not say."""
    here, there = left.content(), kept.content()
    names = here.keys() - {"title", "body"} if keep is Keep.BOTH else here.keys()
    return any(here[name] not in (None, "") and here[name] != there[name] for name in names)
