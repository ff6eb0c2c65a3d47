import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from journal.operation import installation_state
from tests.factories import make_entry
from tests.operation.backup_runs import backup
from tests.people.factories import make_value
from tests.support.factories import make_resource


@pytest.fixture
def data(settings, tmp_path) -> Path:
    """A data folder for what the installation notes; nothing is noted yet."""
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()
    return settings.DATA_DIR


@pytest.fixture
def monday(ada, mira, data, tmp_path) -> Path:
    """A backup of two people, after which ada went on writing."""
    make_entry(ada, "Monday's words")
    make_value(mira, "Fairness")
    backup(tmp_path / "monday")
    make_entry(ada, "Tuesday's words")
    return tmp_path / "monday"


@pytest.fixture
def well(settings, tmp_path, monkeypatch, ada, photos_folder) -> Path:
    """An installation at home in which there is nothing to complain of. Returns its data folder."""
    settings.DATA_DIR = tmp_path
    settings.ALLOWED_HOSTS = ["localhost"]  # the test runner adds its own
    settings.OUTBOX_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    (tmp_path / "keys").mkdir(mode=0o700)
    (tmp_path / "keys" / "secret_key").touch(mode=0o600)
    space = namedtuple("space", "free")(50 * 1024**3)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: space)
    three_hours_ago = timezone.now() - timedelta(hours=3, minutes=1)
    installation_state.note("backup", made_at=three_hours_ago.isoformat())
    installation_state.say_that_the_recovery_key_is_kept()
    make_resource(verified_on=timezone.localdate())
    make_entry(ada)
    return tmp_path
