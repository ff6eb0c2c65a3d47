"""Makes and puts back backups as an operator does, and looks into them."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command
from django.db import connection

from journal.embedded import paths
from journal.operation.backups import manifest, swap
from tests.privacy.stored import run

ROOT = Path(__file__).resolve().parents[2]


def backup(target: Path, **options: bool) -> str:
    said = StringIO()
    call_command("backup", str(target), stdout=said, **options)
    return said.getvalue()


def restore(source: Path, **options: bool) -> str:
    said = StringIO()
    call_command("restore", str(source), stdout=said, **options)
    return said.getvalue()


def refusal(command, *arguments, **options) -> str:
    try:
        said = command(*arguments, **options)
    except CommandError as error:
        return str(error)
    return f"It was not refused: {said}"


def rewritten(folder: Path, **changes: object) -> None:
    """A manifest that says something else, sealed as its maker would."""
    said = json.loads((folder / manifest.MANIFEST).read_text())
    del said["seal"], said["files"]
    (folder / manifest.MANIFEST).unlink()
    manifest.write(folder, said | changes)


def as_sql(folder: Path) -> bytes:
    """What the dump would do to a database, unpacked."""
    command = [paths.program("pg_restore"), "--file", "-", folder / manifest.DUMP]
    return subprocess.run(command, capture_output=True, check=True).stdout


def databases_left_over() -> list[str]:
    names = [swap.fresh_name(), swap.former_name()]
    rows = run("select datname from pg_database where datname = any (%s) order by 1", names)
    return [name for (name,) in rows]


def killed(point: str, *command: str) -> int:
    """Runs a command in a process of its own that is killed after `module.function`."""
    name = connection.settings_dict["NAME"]
    swap.let_go()
    point = f"journal.operation.backups.{point}"
    program = [sys.executable, "-m", "tests.process_kill", name, point, *command]
    return subprocess.run(program, cwd=ROOT, env=os.environ, check=False).returncode


def said_elsewhere(name: str, *command: str) -> str:
    """What a command that goes wrong says, in a process of its own, of the database `name`."""
    point = "journal.operation.backups.swap.swap"
    program = [sys.executable, "-m", "tests.process_kill", name, point, *command]
    done = subprocess.run(program, cwd=ROOT, env=os.environ, capture_output=True, check=False)
    assert done.returncode == 1, done
    return done.stderr.decode()
