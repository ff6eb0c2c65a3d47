"""Runs PostgreSQL's programs on our database as the role that owns its tables."""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings as configured
from django.db import connection
from psycopg import pq
from psycopg.conninfo import make_conninfo

from journal.embedded import paths, processes
from journal.embedded.errors import CannotStart
from journal.operation.backups import Refused

SECRET = {"sslpassword", "oauth_client_secret", "scram_client_key", "scram_server_key"}


def run(
    name: str, *arguments: str, database: str | None = None, into: IO[bytes] | None = None
) -> None:
    """Raises Refused with the program's error. The program ends when this process does."""
    command = [str(program(name)), *arguments]
    child = processes.start(
        command,
        on_our_death=signal.SIGTERM,
        env=_environment(database or connection.settings_dict["NAME"]),
        stdin=subprocess.DEVNULL,
        stdout=into or subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _out, complaint = child.communicate()
    except BaseException:
        processes.end(child, (signal.SIGTERM, 4))
        raise
    if child.returncode:
        said = " ".join(complaint.decode(errors="replace").split())
        raise Refused(f"{name} failed: {said or f'exit code {child.returncode}'}")


def program(name: str) -> Path:
    """The first program that is at least as new as the server, as PostgreSQL requires."""
    needed = server_version() // 10_000
    for path in _candidates(name):
        if _major(path) >= needed:
            return path
    raise Refused(
        f"{name} of PostgreSQL {needed} or newer isn't installed here. Install PostgreSQL's "
        "client programs."
    )


def target(database: str | None = None) -> str:
    """The value of --dbname: the database, and what of DATABASE_URL has no PG* variable."""
    options = connection.settings_dict["OPTIONS"]
    named = [option.keyword.decode() for option in pq.Conninfo.get_defaults() if not option.envvar]
    if secret := SECRET & set(options):
        raise Refused(
            f"{secret.pop()} can't be passed to PostgreSQL's programs without exposing it."
        )
    database = database or connection.settings_dict["NAME"]
    return make_conninfo(dbname=database, **{n: options[n] for n in named if n in options})


def server_version() -> int:
    """PostgreSQL's version number: 180006 for 18.6."""
    return connection.pg_version  # type: ignore[attr-defined]  # only PostgreSQL has it


def _candidates(name: str) -> Iterator[Path]:
    """The system's programs first, for an external database, then the embedded ones."""
    if configured.DATABASE_URL and (found := shutil.which(name)):
        yield Path(found)
    try:
        yield paths.program(name)
    except CannotStart:
        return


def _major(path: Path) -> int:
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"\) (\d+)", said)
    return int(found[1]) if found else 0


def _environment(database: str) -> dict[str, str]:
    """The connection settings as PG* variables, in place of the caller's own. The password is not
    an argument, since every user of the machine can see arguments."""
    params = connection.get_connection_params()
    settings = {
        option.envvar.decode(): str(params[option.keyword.decode()])
        for option in pq.Conninfo.get_defaults()
        if option.envvar and option.keyword.decode() in params
    }
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**ours, **settings, "PGDATABASE": database, "LC_ALL": "C"}
