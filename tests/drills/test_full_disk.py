"""The disk of the data folder fills up while someone writes: nothing acknowledged is lost, and
everything goes on by itself once there is room again."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.drills.test_kills import stored, until
from tests.embedded.running import Visitor, new_folder, served, started_before

SIZE = "400m"


@pytest.fixture
def small_disk() -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("only root mounts a file system")
    folder = new_folder()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=711", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False).returncode:
        pytest.skip("this machine mounts no file system")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)
    folder.rmdir()


def fill(file: Path) -> None:
    """Until not one byte more fits."""
    with file.open("ab", buffering=0) as filler:
        size = 1024 * 1024
        while size:
            try:
                filler.write(b"x" * size)
            except OSError:
                size //= 2


def status(ada: Visitor, path: str) -> int:
    try:
        return ada.ask("GET", path)[0]
    except OSError:
        return 0


@pytest.mark.long
def test_a_full_disk_loses_nothing_that_was_acknowledged(small_disk):
    started_before(small_disk / "var")
    with served(small_disk / "var", SELFTRUST_DISK_FLOOR_MB="0") as (serve, port, data):
        ada = Visitor(port)
        ada.sign_up("ada@example.org", secrets.token_urlsafe(20))
        acknowledged, refused = 0, []

        def write() -> int:
            words = {"body": secrets.token_hex(9000), "written_on": "2026-11-19"}
            return ada.ask("POST", "/journal/write/", words)[0]

        for _entry in range(20):
            assert write() == 302
            acknowledged += 1
        fill(small_disk / "filler")
        while len(refused) < 3:  # what PostgreSQL has set aside lets some in
            answer = write()
            acknowledged += answer == 302
            refused += [answer] * (answer != 302)
        assert set(refused) == {503}
        assert status(ada, "/healthz") == status(ada, "/support/") == 200
        fill(small_disk / "filler")  # what PostgreSQL has given up meanwhile
        assert status(ada, "/readyz") == 503

        (small_disk / "filler").unlink()
        until(lambda: status(ada, "/readyz") == 200)
        until(lambda: write() == 302)

        assert len(stored(data)) >= acknowledged + 1
        assert serve.poll() is None
    print(f"\n{acknowledged} entries acknowledged, {len(refused)} refused")  # noqa: T201
