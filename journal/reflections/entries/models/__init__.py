"""The tables of this app: entries, earlier versions and topics; prompts and templates have their
own packages."""

from journal.reflections.entries.entry_templates.models import EntryTemplate
from journal.reflections.entries.models.entry import Entry, EntryQuerySet
from journal.reflections.entries.models.topic import Topic, TopicQuerySet
from journal.reflections.entries.models.version import EarlierVersion
from journal.reflections.entries.prompts.models import HiddenPrompt, OwnPrompt, Prompt

__all__ = [
    "EarlierVersion",
    "Entry",
    "EntryQuerySet",
    "EntryTemplate",
    "HiddenPrompt",
    "OwnPrompt",
    "Prompt",
    "Topic",
    "TopicQuerySet",
]
