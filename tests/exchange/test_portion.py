"""An export of some days, a practice, a tag or one item: what belongs to it, and nothing else."""

from datetime import date
from uuid import uuid4

import pytest

from journal.exchange import tables
from journal.exchange.models import Export
from journal.exchange.portion import ROOTS, Portion
from journal.exchange.readable.sources import APPENDIX, readable_models
from journal.privacy.rls import acting_as
from tests.boundaries.factories import make_boundary, make_crossing
from tests.decisions.factories import make_decision, make_forecast
from tests.exchange.factories import asked, brought_in, exported, files_of, just_signed_in, work
from tests.factories import make_entry, make_person
from tests.photos.factories import make_photo
from tests.promises.factories import answer, make_promise
from tests.reflections.compassion.factories import make_moment
from tests.reflections.mistakes_factories import make_mistake
from tests.today.factories import make_daily_check

pytestmark = pytest.mark.django_db
JUNE, JULY = date(2026, 6, 10), date(2026, 7, 10)
IN_JUNE = {"since": "2026-06-01", "until": "2026-06-30"}


@pytest.fixture(scope="module")
def ada(module_data):
    """Each row says its own word, made of capitals."""
    ada = make_person("ada@example.org", zone="Europe/Berlin")
    make_entry(ada, "ENTRYJUNE", written_on=JUNE, tagged=["Sleep"])
    make_entry(ada, "ENTRYJULY", written_on=JULY, practice="promises")
    make_entry(ada, "BINNED", written_on=JUNE, tagged=["Sleep"]).trash()
    promise = make_promise(ada, "PROMISE", starts_on=date(2026, 5, 1))
    answer(promise, {JUNE: "missed"}, note="NOTEJUNE")
    answer(promise, {JULY: "missed"}, note="NOTEJULY")
    make_promise(ada, "OTHERPROMISE", starts_on=JULY)
    boundary = make_boundary(ada, "BOUNDARY")
    make_crossing(boundary, "CROSSEDJUNE", occurred_on=JUNE)
    make_crossing(boundary, "CROSSEDJULY", occurred_on=JULY)
    make_decision(ada, "DECISION", JULY)
    make_forecast(ada, "FORECAST")
    make_mistake(ada, "MISTAKE", occurred_on=JULY)
    make_moment(ada, trigger="MOMENT")
    make_daily_check(ada, JUNE, credit="CREDIT")
    return ada


WORDS = {
    *("ENTRYJUNE", "ENTRYJULY", "BINNED", "PROMISE", "NOTEJUNE", "NOTEJULY", "OTHERPROMISE"),
    *("BOUNDARY", "CROSSEDJUNE", "CROSSEDJULY", "DECISION", "FORECAST", "MISTAKE", "MOMENT"),
    "CREDIT",
}


def words_in(content: str) -> set[str]:
    found = set()
    for word in sorted(WORDS, key=len, reverse=True):
        if word in content:
            found.add(word)
            content = content.replace(word, "")
    return found


def of_ada(ada, **fields) -> set[str]:
    return words_in(exported(ada, format="text", **fields).decode())


def test_a_part_holds_what_belongs_to_it_and_nothing_else(ada):
    with acting_as(ada):
        tag, promise = ada.tags.get(), ada.promises.get(checkins__due_on=JUNE)
        entry = ada.entries.live().get(written_on=JULY)
    june = {"ENTRYJUNE", "PROMISE", "NOTEJUNE", "BOUNDARY", "CROSSEDJUNE", "CREDIT"}
    promises = {"PROMISE", "NOTEJUNE", "NOTEJULY", "OTHERPROMISE", "ENTRYJULY"}
    asked_and_there = [
        ({}, WORDS - {"BINNED"}),
        (IN_JUNE, june),
        ({"until": "2026-04-30"}, set()),
        ({"subject": "promises"}, promises),
        ({"subject": "promises", **IN_JUNE}, {"PROMISE", "NOTEJUNE"}),
        ({"subject": "entries"}, {"ENTRYJUNE", "ENTRYJULY"}),
        ({"subject": "days"}, {"CREDIT"}),
        ({"subject": "decisions"}, {"DECISION", "FORECAST"}),
        ({"subject": "boundaries"}, {"BOUNDARY", "CROSSEDJUNE", "CROSSEDJULY"}),
        ({"subject": "compassion"}, {"MOMENT"}),
        ({"tag": tag.pk}, {"ENTRYJUNE"}),
        ({"tag": tag.pk, "since": "2026-07-01"}, set()),
        ({"item": promise.pk}, {"PROMISE", "NOTEJUNE", "NOTEJULY"}),
        ({"item": entry.pk}, {"ENTRYJULY"}),
    ]
    for fields, there in asked_and_there:
        assert of_ada(ada, **fields) == there, fields


def test_every_file_of_it_is_of_the_same_part(ada, eve):
    with acting_as(ada):
        make_photo(ada.entries.live().get(written_on=JUNE))
        make_photo(ada.entries.live().get(written_on=JULY))
    archive = exported(ada, **IN_JUNE)
    files = files_of(archive)
    assert "selftrust.json" not in files
    assert sum(name.endswith(".jpg") for name in files) == 1
    june = {"ENTRYJUNE", "PROMISE", "NOTEJUNE", "BOUNDARY", "CROSSEDJUNE", "CREDIT"}
    for name, content in files.items():
        assert words_in(content.decode("latin-1")) <= june, name
    page = files["index.html"].decode()
    assert words_in(page) == june
    assert "From: <bdi>1 June 2026</bdi>" in page
    ebook = files_of(exported(ada, format="epub", **IN_JUNE))
    assert words_in(ebook["book/2026-06.xhtml"].decode()) <= june
    row = brought_in(eve, archive)  # its entries are Markdown, which comes in
    assert row.done_at
    with acting_as(eve):
        assert [one.body.strip() for one in eve.entries.live()] == ["ENTRYJUNE"]


def test_whatever_a_book_tells_can_be_in_a_part():
    models = readable_models(tables.tables())
    everything = {model for model in models if model.export_name not in APPENDIX}
    assert everything == set(ROOTS)


def test_somebody_elses_tag_or_item_is_refused_and_whats_gone_makes_nothing(ada, eve):
    with acting_as(ada):
        tag, entry = ada.tags.get(), ada.entries.live().first()
    for fields in (
        *({"tag": tag.pk}, {"item": entry.pk}, {"item": "no id"}, {"item": uuid4()}),
        *({"since": "2026-02-30"}, {"since": "0000-01-01"}, {"until": "\0"}, {"subject": "x"}),
        {"since": "2026-06-02", "until": "2026-06-01"},
    ):
        answered = asked(just_signed_in(eve), **fields)
        assert answered.status_code == 200, fields
        assert "Please fix the following" in answered.content.decode(), fields
    assert not Export.objects.filter(owner=eve).exists()
    page = just_signed_in(eve).get("/settings/export/", {"item": entry.pk, "tag": "\0"})
    assert page.status_code == 200
    assert "Only this" not in page.content.decode()
    with acting_as(eve):
        assert not Portion(tag=tag.pk).narrow(eve, type(entry)._base_manager.all())


def test_an_item_deleted_while_the_export_waits_is_not_everything(ada):
    entry = make_entry(ada, "Short-lived")
    client = just_signed_in(ada)
    assert "Only this: <bdi>Entry" in " ".join(
        client.get("/settings/export/", {"item": entry.pk}).content.decode().split()
    )
    asked(client, format="text", item=entry.pk)
    with acting_as(ada):
        entry.trash()
    work()
    with acting_as(ada):
        row = Export.objects.latest("created_at")
        assert words_in(row.opened().read().decode()) == set()
    assert "Only: <bdi>Since deleted</bdi>" in client.get("/settings/export/").content.decode()
