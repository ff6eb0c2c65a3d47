"""State of the installation that a restore must not reset, in files next to the data.

`backup.json` holds the time of the last backup, `recovery_key.json` the time at which the operator
confirmed that they keep the recovery key, and the name of that key. Processes on several machines
share the state if they share the data folder.
"""

import json
import os
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from journal.embedded import keyfiles
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


def note(name: str, **said: str) -> None:
    """Replaces the file atomically: a concurrent reader gets the old or the new content."""
    half = _path(name).with_suffix(f".{os.getpid()}.half")
    half.write_text(json.dumps(said) + "\n")
    half.replace(_path(name))


def read(name: str) -> dict[str, str]:
    try:
        said = json.loads(_path(name).read_text())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _path(name: str) -> Path:
    return settings.DATA_DIR / f"{name}.json"


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
