"""The register of deleted accounts: of each a hash, in the private storage and in the database.

A backup does not know of later deletions, so after a restore `deletion.reapply` reads this. In the
storage it outlives every older database, however that came back. In the database it outlives the
loss or change of the storage, since a restore takes it along (journal/installation/carry_over.py).
Each hash is an empty file of its own: two machines that add at once cannot overwrite one another.
`deleted.txt` in the data folder is what there was before; it still counts.
"""

from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile

from journal.installation.models import DeletedAccount
from journal.privacy.storage import asked, names_in, private

FOLDER = "deleted"


def mark(person_id: UUID) -> str:
    return sha256(b"selftrust deleted\0" + person_id.bytes).hexdigest()


def read() -> set[str]:
    """Raises StorageAway."""
    return stored() | in_database()


def stored() -> set[str]:
    former = Path(settings.DATA_DIR) / "deleted.txt"
    with asked():
        lines = former.read_text(encoding="ascii").split() if former.exists() else []
    return {*names_in(private(), FOLDER), *lines}


def in_database() -> set[str]:
    return set(DeletedAccount.objects.values_list("mark", flat=True))


def add(person_id: UUID) -> None:
    """Adds the id unless it is there. Raises StorageAway."""
    take({mark(person_id)})


def take(marks: set[str]) -> None:
    """Adds those that are not there, to both. Raises StorageAway."""
    for one in marks:
        _store(one)
    DeletedAccount.objects.bulk_create(
        [DeletedAccount(mark=one) for one in marks], ignore_conflicts=True
    )


def settle() -> None:
    """Gives each of the two what only the other knows."""
    there, here = stored(), in_database()
    for one in here - there:
        _store(one)
    DeletedAccount.objects.bulk_create(
        [DeletedAccount(mark=one) for one in there - here], ignore_conflicts=True
    )


def _store(one: str) -> None:
    name = f"{FOLDER}/{one}"
    if not private().exists(name):
        private().save(name, ContentFile(b""))
