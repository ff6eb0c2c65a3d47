"""What an entry says is declared once. A new field joins everything, or fails here."""

import json
from datetime import date

import pytest

from journal.exchange.readable import journal
from journal.exchange.renderers import markdown_of
from journal.privacy.rls import acting_as
from journal.reflections.entries.forms import EntryForm
from journal.reflections.entries.models import EarlierVersion, Entry
from journal.reflections.entries.models.content import EntryContent
from tests.exchange.factories import brought_in, packed
from tests.factories import make_entry
from tests.reflections.factories import make_own_prompt

CONTENT = {field.name for field in EntryContent._meta.local_fields}
BEFORE = {
    "title": "In the night",
    "written_on": date(2026, 11, 12),
    "practice": "compassion",
    "intensity": 7,
    "mood": "Wide awake",
    "quiet": True,
    "tagged": ["Sleep", "Ida"],
}
# What the page of a version and the front matter of a file say as it is.
PLAIN = {name: BEFORE[name] for name in BEFORE.keys() - {"written_on", "practice", "tagged"}}


@pytest.fixture
def entry(ada):
    """Says something in every field; a prompt of one's own excludes one that came with the app."""
    return make_entry(ada, "It was late", **BEFORE, own_prompt=make_own_prompt(ada, "What now?"))


def test_every_field_of_an_entry_is_content_or_named_as_none():
    names = {field.name for field in Entry._meta.concrete_fields}

    assert names - CONTENT == set(Entry.NOT_CONTENT)
    assert {field.name for field in EarlierVersion._meta.concrete_fields} >= CONTENT


def test_every_content_field_is_on_the_form_so_that_a_conflict_compares_it(ada, entry):
    with acting_as(ada):
        form = EntryForm(instance=entry)

    assert (
        CONTENT - {"own_prompt"} | {"tags"} <= form.compared_fields().keys()
    )  # it is `prompt` there


def test_a_version_holds_every_field_shows_it_and_brings_it_back(ada, ada_client, entry):
    with acting_as(ada):
        entry = ada.entries.get(pk=entry.pk)
        content = entry.content()
        assert [name for name, value in content.items() if value in (None, "")] == ["prompt"]
        for field in entry.content_fields():
            empty = field.default if field.has_default() else None if field.null else ""
            setattr(entry, field.name, date(2026, 11, 19) if field.name == "written_on" else empty)
        entry.body, entry.tagged = "It was early", []
        entry.save()
        later = entry.content()

    page = ada_client.get(f"/journal/{entry.pk}/earlier/1/").content.decode()
    plain = [one for one in PLAIN.values() if one is not True]
    for shown in (*plain, "Yes", "12 Nov 2026", "Self-compassion", "Sleep", "What now?"):
        assert f">{shown}" in page
    ada_client.post(f"/journal/{entry.pk}/earlier/1/bring-back/")

    with acting_as(ada):
        entry = ada.entries.get(pk=entry.pk)
        assert entry.content() == content
        assert entry.earlier.newest_first()[0].content() == later


def test_a_version_of_words_alone_brings_back_the_words_alone(ada, ada_client, entry):
    """As files from before hold it."""
    with acting_as(ada):
        ada.earlier_versions.create(
            entry=entry, number=0, title="Before", body="Old", saved_at=entry.updated_at
        )
        content = entry.content()

    ada_client.post(f"/journal/{entry.pk}/earlier/0/bring-back/")

    with acting_as(ada):
        found = ada.entries.get(pk=entry.pk).content()
    assert found == {**content, "title": "Before", "body": "Old"}


def test_a_version_keeps_the_name_of_a_tag_that_is_gone(ada, entry):
    with acting_as(ada):
        entry = ada.entries.get(pk=entry.pk)
        entry.body, entry.tagged = "It was early", ["Rest"]
        entry.save()
        assert [tag.name for tag in ada.tags.all()] == ["Rest"]
        [version] = entry.earlier.all()
        assert version.tag_names == ["Sleep", "Ida"]
        entry.bring_back(version)
        assert sorted(tag.name for tag in ada.tags.all()) == ["Ida", "Sleep"]
        assert Entry.objects.get(pk=entry.pk).tag_names == ["Sleep", "Ida"]


def test_every_field_is_written_in_the_form_shown_and_exported(ada, ada_client):
    sent = {name: value for name, value in BEFORE.items() if name != "tagged"}

    ada_client.post("/journal/write/", {**sent, "tags": "Sleep, Ida", "body": "It was late"})

    with acting_as(ada):
        entry = ada.entries.with_labels().get()
        told = {str(line.label): f"{line.words}{line.text}" for line in journal.entry(entry).said}
        labels = dict(entry.labels[1:])
    page = ada_client.get(entry.get_absolute_url()).content.decode()
    for name in PLAIN.keys() - {"title", "quiet"}:
        assert str(PLAIN[name]) in page, name
    assert len(labels) == len(sent) - len(["title", "written_on"]) + len(["tags"])
    assert told == {**labels, "How strong was the feeling?": f"{entry.intensity} of 10"}


def test_the_front_matter_is_read_back(ada, eve, entry):
    with acting_as(ada):
        text = markdown_of(ada.entries.with_labels().get(pk=entry.pk), {})

    brought_in(eve, packed({"page.md": text}))

    with acting_as(eve):
        found = eve.entries.with_labels().get()
    for field in entry.content_fields():
        if field.name not in ("prompt", "own_prompt"):
            assert getattr(found, field.name) == getattr(entry, field.name), field.name
    assert found.tag_names == ["Sleep", "Ida"]


def test_the_front_matter_says_every_field(ada, entry):
    with acting_as(ada):
        text = markdown_of(ada.entries.with_labels().get(pk=entry.pk), {})

    head, body = text.removeprefix("---\n").split("\n---\n\n")
    lines = [line.partition(": ") for line in head.splitlines()]
    said = {name: value if name == "date" else json.loads(value) for name, _, value in lines}
    assert body == "It was late\n"
    assert said == {
        **PLAIN,
        "date": "2026-11-12",
        "tags": ["Sleep", "Ida"],
        "practice": "compassion",
        "prompt": "What now?",
        "selftrust": str(entry.pk),
    }
    assert len(said) == len(CONTENT - {"body", "own_prompt"} | {"tags", "selftrust"})
