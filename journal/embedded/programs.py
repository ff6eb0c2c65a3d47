"""Runs PostgreSQL's programs that come with Selftrust, as the user that runs the server."""

import os
import subprocess

from journal.embedded import paths

# glibc begins with these limits and raises them with each larger piece that is freed. A session
# would keep for good what planning one long statement took; so it gives that back.
GIVES_BACK = dict.fromkeys(("MALLOC_TRIM_THRESHOLD_", "MALLOC_MMAP_THRESHOLD_"), "131072")


class Failed(Exception):
    """The message is what the program said, on one line."""


def run(user: paths.SystemUser, name: str, *arguments: str, stdin: str = "") -> None:
    done = subprocess.run(
        [str(paths.program(name, user)), *arguments],
        input=stdin,
        text=True,
        capture_output=True,
        start_new_session=True,  # Ctrl-C must not interrupt it
        check=False,
        **surroundings(user),
    )
    if done.returncode:
        raise Failed(" ".join(done.stderr.split()) or f"exit code {done.returncode}")


def surroundings(user: paths.SystemUser) -> dict:
    """The arguments for subprocess: the server's user, a folder it may enter, and the environment
    without PG* variables."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    return {"env": {**GIVES_BACK, **environment, "LC_ALL": "C"}, "cwd": "/", **user.switch()}
