"""PgBouncer in transaction mode in front of an embedded server (Debian's package pgbouncer)."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from journal.embedded import paths
from journal.embedded.server import connection
from tests.embedded.conftest import until
from tests.embedded.running import free_port

PROGRAM = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
ABSENT = "pgbouncer is not installed; on Debian: apt install pgbouncer"
# Since 1.22 it keeps the prepared statements of its clients apart; since 1.24 without being asked.
VERSION = (0, 0)
if PROGRAM:
    _said = subprocess.run([PROGRAM, "--version"], capture_output=True, text=True, check=True)
    _major, _minor = re.findall(r"\d+", _said.stdout)[:2]
    VERSION = (int(_major), int(_minor))
KEEPS_STATEMENTS = VERSION >= (1, 22)
MORE = "max_prepared_statements = 100" if KEEPS_STATEMENTS else ""
# Few sessions for many clients, so that two transactions of one client often get two of them.
SETTINGS = """\
[databases]
* = host={host} port={port} user={user} password={password}

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 6
max_client_conn = 200
server_round_robin = 1
log_connections = 0
log_disconnections = 0
{more}
"""


@contextmanager
def pgbouncer(data: Path, more: str = MORE) -> Iterator[int]:
    """The port on which it answers."""
    address = {name.lower(): value for name, value in connection(data).items()}
    port, folder = free_port(), data / "pgbouncer"
    folder.mkdir(exist_ok=True)
    config, log = folder / "pgbouncer.ini", folder / "log"
    config.write_text(SETTINGS.format(**address, listen=port, more=more))
    whose: dict[str, int] = {}
    if os.geteuid() == 0:  # it refuses to be root
        server = paths.system_user(paths.cluster(data))
        whose = {"user": server.uid, "group": server.gid}
        folder.chmod(0o711)
        os.chown(config, server.uid, server.gid)
    with log.open("wb") as said:
        process = subprocess.Popen([PROGRAM, config], stdout=said, stderr=said, **whose)
    try:
        until(lambda: process.poll() is not None or _answers(port))
        assert process.poll() is None, log.read_text()
        yield port
    finally:
        process.terminate()
        process.wait(30)


def addresses(data: Path, port: int) -> dict[str, str]:
    """Of the server's database: through the pooler at this port, and past it."""
    own = connection(data)
    direct = {name.lower(): value for name, value in own.items() if name != "NAME"}
    return {
        "DATABASE_URL": f"postgres://{own['USER']}@127.0.0.1:{port}/{own['NAME']}",
        "DATABASE_DIRECT_URL": f"postgres:///{own['NAME']}?{urlencode(direct)}",
    }


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
