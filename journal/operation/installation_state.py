"""State of the installation that a restore must not reset (journal/installation/notes.py).

`backup` holds the time of the last backup, `recovery_key` the time at which the operator confirmed
that they keep the recovery key, and the name of that key.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from journal.embedded import keyfiles
from journal.installation.notes import note, read
from journal.privacy import keys

SHOWN = 6  # characters of the recovery key: enough to show that the operator has it


def last_backup() -> datetime | None:
    return moment("backup", "made_at")


def moment(name: str, key: str) -> datetime | None:
    return _moment(read(name).get(key))


def recovery_key_kept_since() -> datetime | None:
    """None also if the key has changed since, since the operator must keep the new one too."""
    said = read("recovery_key")
    if said.get("key") != keys.master_keys()[0].name:
        return None
    return _moment(said.get("kept_since"))


def begins_the_recovery_key(text: str) -> bool:
    written = settings.SELFTRUST_KEY or keyfiles.read(Path(settings.SELFTRUST_KEY_FILE))
    return constant_time_compare(text.strip(), written.strip()[:SHOWN])


def say_that_the_recovery_key_is_kept() -> None:
    note(
        "recovery_key",
        key=keys.master_keys()[0].name,
        kept_since=timezone.now().isoformat(timespec="seconds"),
    )


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
