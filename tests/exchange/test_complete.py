"""Everything that is a person's own is exported, or is named as left out, with the reason."""

import json
import os
import stat
from datetime import UTC, datetime
from zipfile import ZipFile

import pytest
from django.apps import apps

from journal.exchange import tables
from journal.exchange.csv_files import CSV_FILES
from journal.exchange.labels import NAMES
from journal.exchange.models import Export
from journal.people.models import User
from journal.privacy.ownership import OwnedModel
from tests.exchange import schema
from tests.exchange.factories import example_archive, exported, files_in, files_of, journal_of
from tests.factories import make_entry, make_person

OWNED = [model for model in apps.get_models() if issubclass(model, OwnedModel)]


@pytest.mark.django_db
def test_every_column_of_every_owned_table_is_exported_or_left_out_on_purpose():
    files = files_of(example_archive())
    found = json.loads(files["selftrust.json"])["tables"]
    found |= json.loads(files["coaching.json"])["tables"]
    with_everything = {table: rows for table, rows in found.items() if rows}
    missing, left_out = [], set(tables.LEFT_OUT_COLUMNS)
    for model in OWNED:
        if model._meta.label in tables.LEFT_OUT_TABLES:
            continue
        label = model.__dict__["export_name"]  # each says its own
        if label not in found:
            missing.append(label)
        columns = {field.name for field in model._meta.concrete_fields}
        for row in with_everything.get(label, [])[:1]:
            missing += [f"{label}.{name}" for name in columns - set(row) - left_out]
        if label not in with_everything:
            listed = {field.name for field in tables.columns(model)}
            missing += [f"{label}.{name}" for name in columns - listed - left_out]
    assert not missing, (
        f"{missing} would be lost to whoever leaves: export it, or name it with the reason in "
        "journal/exchange/tables.py."
    )
    assert left_out == {
        *("owner", "coach", "token_hash", "recipient_hash", "next_at", "origin", "refusals"),
        *("refused_hash", "stored_as", "stored_bytes", "team", "asked_for"),
    }
    assert len(with_everything) > 20  # the example person has something of nearly every kind


def test_what_is_known_of_a_person_is_exported_or_left_out_on_purpose():
    columns = {field.name for field in User._meta.concrete_fields}
    assert columns == {*tables.PREFERENCES, *tables.LEFT_OUT_OF_THE_PERSON}


def test_what_is_left_out_is_still_there():
    labels = {model._meta.label for model in OWNED}
    assert set(tables.LEFT_OUT_TABLES) <= labels


def test_every_table_has_a_name_that_people_understand():
    assert set(NAMES) == {model.export_name for model in tables.tables()}


def test_a_table_stands_after_those_it_refers_to():
    labels = [model.export_name for model in tables.tables()]
    assert labels[-1] == "decisions.DecisionReview"
    assert labels.index("promises.Promise") < labels.index("promises.CheckIn")
    assert labels.index("decisions.Decision") < labels.index("decisions.Option")


@pytest.mark.django_db
def test_an_export_is_what_the_schema_says():
    assert schema.complaints(journal_of(example_archive()), schema.schema()) == []


def test_the_schema_in_the_docs_is_the_one_of_the_models():
    """A new column changes it: run this test with WRITE_SCHEMA=1, and say so in the changelog."""
    text = json.dumps(schema.schema(), indent=1, ensure_ascii=False) + "\n"
    if os.environ.get("WRITE_SCHEMA"):
        schema.FILE.write_text(text)
    assert schema.FILE.read_text() == text


def test_the_format_is_explained_table_by_table():
    text = (schema.FILE.parent / "export-format.md").read_text()
    labels = [*NAMES, *(model.export_name for model in tables.with_others())]
    missing = [label for label in labels if f"`{label}`" not in text]
    assert not missing, f"docs/export-format.md says nothing of {missing}"


@pytest.mark.django_db
def test_the_files_in_it(ada):
    noon = datetime(2026, 3, 4, 12, 5, 9, 7, UTC)
    first = {"title": "Über den Tag", "tagged": ["Sleep"], "written_at": noon}
    make_entry(ada, "One\n\n**two**", **first, written_on=noon.date(), written_zone="UTC")
    make_entry(ada, "=1+1", title="=HYPERLINK(1)")
    make_entry(ada, "Gone").trash()
    files = files_of(exported(ada))

    day = ada.entries.live().get(written_on__gt=noon).written_on
    start = f"journal/{day:%Y/%m/%d}-"
    assert set(files) == {
        "selftrust.json",
        "index.html",
        *(f"figures/{name}.csv" for name in CSV_FILES),
        "journal/2026/03/04-über-den-tag.md",
        f"{start}hyperlink1.md",
    }
    assert files["journal/2026/03/04-über-den-tag.md"].decode() == (
        '---\ntitle: "Über den Tag"\ndate: 2026-03-04 12:05:09\ntags: ["Sleep"]\n'
        f'selftrust: "{ada.entries.get(written_on=noon.date()).pk}"\n---\n\n'
        "One\n\n**two**\n"
    )
    page = files["index.html"].decode()
    assert "<strong>two</strong>" in page
    assert "<script" not in page
    assert "http:" not in page
    assert "Gone" not in page
    assert f'"{day}","\'=HYPERLINK(1)"' in files["figures/entries.csv"].decode()
    rows = journal_of(exported(ada))["tables"]["reflections.Entry"]
    assert [row["body"] for row in rows if row["deleted_at"]] == ["Gone"]


@pytest.mark.django_db
def test_two_entries_of_one_title_on_one_day_are_two_files(ada):
    for body in ("Morning", "Noon", "Evening"):
        make_entry(ada, body, title="Walk")
    names = [name for name in files_of(exported(ada)) if name.startswith("journal/")]
    assert [name.split("-", 1)[1] for name in names] == ["walk.md", "walk-2.md", "walk-3.md"]


@pytest.mark.django_db
def test_on_the_disk_it_is_sealed_and_only_the_apps_own(ada, data_folder):
    make_entry(ada, "Quokkazebra " * 3, title="Narwhalgecko")
    archive = exported(ada)
    (path,) = files_in(data_folder)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    held = path.read_bytes()
    assert b"PK" not in held[:4]
    assert b"Narwhalgecko" not in held
    assert archive[:2] == b"PK"
    path.write_bytes(archive)
    with ZipFile(path) as opened:
        assert opened.testzip() is None


@pytest.mark.django_db
def test_eve_gets_nothing_of_adas_export(ada, eve_client):
    make_entry(ada, "Mine")
    exported(ada)
    pk = Export.objects.get().pk
    assert eve_client.get(f"/settings/export/{pk}/").status_code == 404
    assert make_person("someone@example.org").exports.count() == 0
