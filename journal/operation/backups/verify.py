"""Restores a backup into a scratch database of the same server, looks into it, and drops it.

The current database is never touched, and the photos stay where they are. The scratch database has
the name that a restore fills, under the same lock: what a killed run leaves, doctor names and the
next one drops.
"""

from collections import Counter
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import DatabaseError

from journal.operation.backups import Refused, manifest, photos, restore, swap
from journal.privacy import keys
from journal.privacy.fields import WordsField
from journal.privacy.models import DataKey

EACH = 200  # rows of each table whose words are opened, the newest


def verify(source: Path) -> Counter[str]:
    """Returns counts. Raises Refused unless all of it could be restored and read."""
    said = manifest.checked(source)
    photos.check(source)
    with swap.alone():
        swap.make()
        try:
            restore.fill(source, said)
            with swap.pointed_at(swap.fresh_name()):
                restore.bring_up_to_date(said)
                return Counter(rows=sum(said["rows"].values())) + _opened()
        except (DatabaseError, psycopg.Error, keys.SealBroken) as error:
            reason = " ".join(str(error).split())
            raise Refused(f"This backup can't be restored: {reason}") from error
        finally:
            swap.drop(swap.fresh_name())


def _opened() -> Counter[str]:
    """Opens every data key, and words of each table that has any. Raises SealBroken."""
    found: Counter[str] = Counter()
    for key in DataKey.objects.order_by("pk").iterator(chunk_size=500):
        keys.unwrap(bytes(key.wrapped), key.master, key.owner_id)
        found["keys"] += 1
    for model in apps.get_models():
        words = [field for field in model._meta.fields if isinstance(field, WordsField)]
        if not words or not model._meta.managed:
            continue
        for row in model._base_manager.order_by("-pk")[:EACH]:
            found["words"] += sum(bool(getattr(row, field.attname)) for field in words)
    return found
