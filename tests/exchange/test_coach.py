"""mira coaches people and has no link to ada: what ada takes out or brings in is not hers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from journal.exchange.models import Export, Import, ImportedRows
from journal.privacy.rls import COACH, acting_as
from tests.exchange.factories import (
    asked,
    brought_in,
    exported,
    just_signed_in,
    packed,
    path_of,
    sent,
    work,
)
from tests.factories import make_entry, make_person

pytestmark = pytest.mark.django_db
OWNED = (Export, Import, ImportedRows)


@pytest.fixture(autouse=True, scope="module")
def data_folder(tmp_path_factory) -> Iterator[Path]:
    """One for all the tests, as the rows are."""
    folder = tmp_path_factory.mktemp("data")
    with override_settings(DATA_DIR=folder):
        yield folder


@pytest.fixture(scope="module")
def with_everything(module_data, data_folder):
    """A file that was brought in, one that waits, and an export that is ready."""
    ada = make_person("ada@example.org", zone="Europe/Berlin")
    brought_in(ada, packed({"2019-03-04.md": "Quokkazebra"}))
    sent(ada, packed({"2019-03-05.md": "Narwhalgecko"}))
    exported(ada)
    return ada


def test_she_has_no_address_to_it(with_everything, mira):
    client = just_signed_in(mira)
    pages = [client.get(f"/settings/{page}/").content.decode() for page in ("export", "import")]
    for row in [*Export.objects.all(), *Import.objects.all()]:
        kind = "export" if isinstance(row, Export) else "import"
        assert client.get(f"/settings/{kind}/{row.pk}/").status_code == 404
        assert str(row.pk) not in "".join(pages)
        if isinstance(row, Import):
            for verb in ("start", "stop", "discard", "undo"):
                answer = client.post(f"/settings/import/{row.pk}/{verb}/")
                assert (verb, answer.status_code) == (verb, 404)
    work()
    assert Import.objects.filter(begun_at=None, failed_at=None).count() == 1
    with acting_as(with_everything):
        assert [entry.body for entry in with_everything.entries.all()] == ["Quokkazebra"]
        assert path_of(Export.objects.get()).exists()


def test_as_herself_the_database_shows_her_none_of_it(with_everything, mira):
    with acting_as(mira):
        for model in OWNED:
            assert list(model._base_manager.values_list("pk", flat=True)) == []
            assert model._base_manager.filter(owner=with_everything).update(deleted_at=None) == 0
            assert model._base_manager.filter(owner=with_everything)._raw_delete("default") == 0


@pytest.mark.parametrize("table", [model._meta.db_table for model in OWNED])
@pytest.mark.parametrize("statement", ["select * from {}", "delete from {}"])
def test_as_a_coach_she_may_not_even_ask(with_everything, mira, table, statement):
    with acting_as(mira, role=COACH), pytest.raises(DatabaseError, match="permission denied"):  # noqa: SIM117
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format(connection.ops.quote_name(table)))


def test_her_export_and_her_deletion_are_about_herself(with_everything, mira):
    make_entry(mira, "Mine alone")
    assert b"Quokkazebra" not in exported(mira, format="document")
    just_signed_in(mira).post("/settings/delete/", {"when": "now", "sure": "on"})
    work()
    with acting_as(with_everything):
        assert with_everything.entries.count() == 1
        assert path_of(Export.objects.get()).exists()


def test_what_ada_reads_in_becomes_no_row_of_miras(with_everything, mira):
    make_entry(with_everything, "Ada's")
    brought_in(mira, exported(with_everything))
    with acting_as(mira):
        assert sorted(entry.body for entry in mira.entries.all()) == ["Ada's", "Quokkazebra"]
    with acting_as(with_everything):
        assert with_everything.entries.count() == 2
    asked(just_signed_in(mira))
    assert Export.objects.filter(owner=mira).count() == 1
