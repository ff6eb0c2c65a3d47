"""The settings of the worker's backups; CannotStart on anything that would be ignored."""

from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart


class ScheduledBackups(NamedTuple):
    every: timedelta
    folder: Path
    keep: int
    with_photos: bool


def scheduled_backups(env: Environment, data_folder: Path) -> ScheduledBackups | None:
    """None: the worker makes none."""
    to, every = env("SELFTRUST_BACKUP_TO"), env("SELFTRUST_BACKUP_EVERY")
    found = ScheduledBackups(
        timedelta(hours=env.hours("SELFTRUST_BACKUP_EVERY", 24)),
        Path(to),
        env.whole("SELFTRUST_BACKUP_KEEP", 14, least=1),
        env.flag("SELFTRUST_BACKUP_PHOTOS", default=True),
    )
    if bool(to) != bool(every):
        raise CannotStart("SELFTRUST_BACKUP_EVERY and SELFTRUST_BACKUP_TO need each other.")
    if not every:
        return None
    if not found.folder.is_absolute() or found.folder.resolve().is_relative_to(data_folder):
        raise CannotStart(
            "SELFTRUST_BACKUP_TO has to be a whole path, outside of the data folder: what takes "
            "that away would take the backups too."
        )
    return found
