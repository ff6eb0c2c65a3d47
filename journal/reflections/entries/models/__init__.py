"""The tables of this app: entries, earlier versions and tags; prompts and templates have their
own packages."""

from journal.reflections.entries.entry_templates.models import EntryTemplate
from journal.reflections.entries.models.entry import Entry, EntryQuerySet
from journal.reflections.entries.models.tag import EntryTag, Tag, TagQuerySet
from journal.reflections.entries.models.version import EarlierVersion
from journal.reflections.entries.prompts.models import HiddenPrompt, OwnPrompt, Prompt

__all__ = [
    "EarlierVersion",
    "Entry",
    "EntryQuerySet",
    "EntryTag",
    "EntryTemplate",
    "HiddenPrompt",
    "OwnPrompt",
    "Prompt",
    "Tag",
    "TagQuerySet",
]
