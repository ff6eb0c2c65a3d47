"""Notes by name, in the database, since any machine may make one and another read it.

A restore takes the current ones along (carry_over.py): what a backup holds of them is older. Until
there were several machines they were files in the data folder; one that is there counts until it is
replaced.
"""

import json
from pathlib import Path

from django.conf import settings
from django.db import ProgrammingError

from journal.installation.models import Note


def note(name: str, **said: str) -> None:
    Note.objects.update_or_create(name=name, defaults={"said": said})


def read(name: str) -> dict[str, str]:
    try:
        row = Note.objects.filter(name=name).first()
    except ProgrammingError:  # checks also run before the first migration
        row = None
    return row.said if row else _former(name)


def _former(name: str) -> dict[str, str]:
    try:
        said = json.loads((Path(settings.DATA_DIR) / f"{name}.json").read_text())
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}
