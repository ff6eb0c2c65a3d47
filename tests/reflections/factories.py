"""Entries and prompts in the states that tests are about."""

from typing import Any

from journal.people.models import User
from journal.privacy.rls import acting_as
from journal.reflections.entries.models import Entry, EntryTemplate
from journal.reflections.entries.prompts.models import OwnPrompt
from tests.factories import make_entry


def make_changed_entry(person: User, before: str, after: str, **fields: Any) -> Entry:
    """An entry with one earlier version, number 1."""
    entry = make_entry(person, before, **fields)
    with acting_as(person):
        entry = person.entries.get(pk=entry.pk)
        entry.body = after
        entry.save()
    return entry


def make_own_prompt(person: User, text: str, **fields: Any) -> OwnPrompt:
    with acting_as(person):
        return person.own_prompts.create(text=text, **fields)


def make_own_template(person: User, name: str, lines: str = "What now?") -> EntryTemplate:
    with acting_as(person):
        return person.entry_templates.create(name=name, lines=lines)
