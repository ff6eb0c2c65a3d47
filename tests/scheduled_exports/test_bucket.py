"""In a bucket by the same code: whole or not at all, sent from a file without a name.

The storage of a bucket needs an optional package; without it that half is skipped and says so, and
one in memory stands in.
"""

from contextlib import nullcontext

import pyrage
import pytest
from django.core.files.storage import InMemoryStorage
from django.utils import timezone

from journal.account_deletion import deletion
from journal.embedded.storage_url import storage_of
from journal.privacy.rls import acting_as
from journal.privacy.storage import StorageAway
from journal.scheduled_exports import places, starting
from tests import s3
from tests.exchange.factories import files_in, just_signed_in, work
from tests.factories import make_entry
from tests.scheduled_exports.page_states import PAGE, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture(params=["memory", "S3"])
def bucket(request, settings, tmp_path):
    memory = {"BACKEND": f"{InMemoryStorage.__module__}.InMemoryStorage"}
    settings.DATA_DIR = tmp_path
    with nullcontext() if request.param == "memory" else s3.bucket() as url:
        chosen = memory if url is None else storage_of(url, tmp_path)
        settings.STORAGES = {**settings.STORAGES, "exports": chosen}
        yield places.storage()


def away(*_given) -> None:
    raise StorageAway


def test_it_is_made_fetched_and_deleted_there(ada, bucket, data_folder, monkeypatch):
    identity = pyrage.x25519.Identity.generate()
    make_entry(ada, "A quiet day.")
    make_schedule(ada, recipient=str(identity.to_public()), next_at=timezone.now())
    starting.start_due()
    work()

    with acting_as(ada):
        row = ada.scheduled_exports.ready().get()
    assert places.names_stored() == [row.stored_name]
    assert files_in(data_folder / "scheduled") == []
    sent = just_signed_in(ada).get(f"{PAGE}{row.pk}/").streaming_content
    assert pyrage.decrypt(b"".join(sent), [identity]).startswith(b"PK\x03\x04")

    with acting_as(ada):
        ada.export_schedules.update(next_at=timezone.now())
    with monkeypatch.context() as patched:
        patched.setattr(type(bucket), "save", away)
        starting.start_due()
        work()
    with acting_as(ada):
        assert "didn’t take it" in ada.scheduled_exports.failed().get().refusal
    assert places.names_stored() == [row.stored_name]

    deletion.ask(ada, at_once=True)
    deletion.delete_due()
    assert places.names_stored() == []
    places.remove([row])  # once more, as after an interruption
