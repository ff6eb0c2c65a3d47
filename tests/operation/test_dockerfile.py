"""What the Dockerfile makes, started read-only and as its own user, as deploy/kubernetes does."""

import shutil
import signal
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest

from journal.embedded import keyfiles, paths
from journal.embedded.server import EmbeddedServer, connection
from tests.embedded.running import free_port, new_folder, started_before
from tests.operation.image import CAN_MOUNT, build
from tests.operation.manifests import container, settings_file

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not CAN_MOUNT, reason="needs root and mount namespaces (Linux)"),
]


@pytest.fixture
def folder() -> Iterator[Path]:
    path = new_folder()
    yield path
    shutil.rmtree(path, ignore_errors=True)


def test_the_image_starts_read_only_as_its_own_user(folder):
    image, left_out = build(folder / "image")
    assert [command.split()[0] for command in left_out] == ["python", "/venv/bin/pip", "apt-get"]
    assert image.user not in {"root", "0"}
    app = image.root / "app"
    assert not [name for name in ("tests", "var", ".git", "deploy") if (app / name).exists()]

    data, port = folder / "var", free_port()
    started_before(data)
    with EmbeddedServer(data, durable=False):
        sockets = paths.socket_folder(data)
        for path in (sockets, sockets / paths.SOCKET_NAME):
            path.chmod(0o777)
        password = connection(data)["PASSWORD"]
        settings = settings_file("settings.env") | settings_file("secrets.env.example")
        settings |= {
            "DATABASE_URL": f"postgres://selftrust:{password}@/selftrust?host=/run",
            "SECRET_KEY": keyfiles.secret_key(data),
            "SELFTRUST_KEY": keyfiles.master_key(data),
            "SELFTRUST_OPERATOR_TOKEN": keyfiles.operator_token(data),
            "SELFTRUST_VAPID_KEY": keyfiles.vapid_key(data),
            "PORT": str(port),
        }
        settings |= {one["name"]: one["value"] for one in container()["env"]}
        # The tables were made by a start with a folder of its own, so the image's is another one.
        adopt = ["python", "manage.py", "storage", "--adopt"]
        image.run(adopt, sockets=sockets, read_only=True, **settings)
        process = image.start(image.command, sockets, read_only=True, **settings)
        try:
            line = process.stdout.readline()
            assert line == f"Selftrust is at http://localhost:{port}\n", line
            for probe in ("livenessProbe", "readinessProbe"):
                asked = container()[probe]["httpGet"]
                headers = {one["name"]: one["value"] for one in asked["httpHeaders"]}
                visitor = HTTPConnection("127.0.0.1", port, timeout=60)
                visitor.request("GET", asked["path"], headers=headers)
                assert visitor.getresponse().status == 200, probe
                visitor.close()
            image.run(image.health, read_only=True, **settings)
        finally:
            process.send_signal(signal.SIGTERM)
            said, _ = process.communicate(timeout=60)
        assert process.returncode == 0, said
        assert "Read-only" not in said, said
    # Everything was collected while building, and no key had to be made.
    assert not (image.root / "data" / "staticfiles").exists()
    assert not (image.root / "data" / "keys").exists()
