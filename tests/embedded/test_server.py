import os
import shutil
import stat
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from journal.embedded import paths
from journal.embedded.capacity import Capacity
from journal.embedded.errors import AlreadyRunning, CannotStart
from journal.embedded.server import EmbeddedServer, connection
from tests.embedded.conftest import sign_in
from tests.embedded.running import cluster_before, new_folder

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root starts it as another user")


@pytest.fixture(scope="module")
def server() -> Iterator[EmbeddedServer]:
    """For those that only look at it."""
    path = new_folder()
    with EmbeddedServer(path / "var", durable=False) as server:
        yield server
    shutil.rmtree(path)


def mode(path) -> str:
    return oct(stat.S_IMODE(path.lstat().st_mode))


def test_what_was_saved_is_there_after_a_stop_and_a_start(folder):
    with EmbeddedServer(folder / "var"), sign_in(folder / "var") as app:
        app.execute("create table notes (body text)")
        app.execute("insert into notes values ('kept')")

    with EmbeddedServer(folder / "var"), sign_in(folder / "var") as app:
        assert app.execute("select body from notes").fetchall() == [("kept",)]
        assert app.execute("show fsync").fetchone() == ("on",)


def test_saved_rows_survive_the_killing_of_the_server(folder):
    cluster_before(folder / "var")
    server = EmbeddedServer(folder / "var")
    server.start()
    app, idle = sign_in(folder / "var"), sign_in(folder / "var")
    app.execute("create table notes (body text)")
    app.execute("insert into notes values ('kept')")
    idle.execute("begin")
    server.process.kill()
    server.process.wait()

    assert not server.alive()
    server.start()
    with sign_in(folder / "var") as app:
        assert app.execute("select body from notes").fetchall() == [("kept",)]
    server.stop()


@pytest.mark.parametrize("left_behind", ["pid file", "socket lock", "both"])
def test_a_number_left_behind_that_now_is_another_process_does_no_harm(folder, left_behind):
    """As after kill -9 of everything: the number is a zombie's, or in a container anyone's.

    PostgreSQL looks past a process of another user, and past its own parent; so this is neither.
    """
    cluster_before(folder / "var")
    with EmbeddedServer(folder / "var") as server:
        pid_file = server.cluster / "postmaster.pid"
        lock = server.sockets / ".s.PGSQL.5432.lock"
        files = {"pid file": [pid_file], "socket lock": [lock], "both": [pid_file, lock]}
        texts = {path: path.read_text() for path in files[left_behind]}
    with subprocess.Popen(["sleep", "120"], cwd="/", **server.user.switch()) as someone:
        for path, text in texts.items():
            path.write_text("\n".join([str(someone.pid), *text.split("\n")[1:]]))
        try:
            with EmbeddedServer(folder / "var"), sign_in(folder / "var") as app:
                assert app.execute("select 1").fetchone() == (1,)
            assert someone.poll() is None
        finally:
            someone.kill()


def test_it_allows_as_many_connections_as_the_settings_need(folder):
    for needed, allowed in ((0, "40"), (Capacity().connections, "40"), (100, "106")):
        server = EmbeddedServer(folder, connections=needed)
        assert server.settings()["max_connections"] == allowed


def test_a_half_made_database_is_made_again(folder):
    half = folder / "var" / "postgres.new"
    half.mkdir(parents=True)
    (folder / "var").chmod(0o711)
    (half / "PG_VERSION").write_text("18\n")

    with EmbeddedServer(folder / "var", durable=False), sign_in(folder / "var") as app:
        assert app.execute("select 1").fetchone() == (1,)
    assert not half.exists()


def test_a_second_server_on_the_same_folder_is_refused(server):
    with pytest.raises(AlreadyRunning, match="Selftrust is already running on"):
        EmbeddedServer(server.data_dir).start()

    with sign_in(server.data_dir) as app:
        assert app.execute("select 1").fetchone() == (1,)


def test_the_app_may_make_databases_and_roles_but_is_no_superuser(server):
    with sign_in(server.data_dir) as app:
        rights = app.execute(
            "select rolsuper, rolcreatedb, rolcreaterole, rolbypassrls, rolreplication"
            " from pg_roles where rolname = current_user"
        ).fetchone()
    assert rights == (False, True, True, False, False)


def test_text_is_utf8_and_the_clock_is_utc(server):
    with sign_in(server.data_dir) as app:
        found = app.execute(
            "select pg_encoding_to_char(encoding), datlocprovider, datlocale,"
            " current_setting('timezone'), upper('é')"
            " from pg_database where datname = current_database()"
        ).fetchone()
    assert found == ("UTF8", "b", "C.UTF-8", "UTC", "É")


def test_without_the_password_nobody_gets_in(server):
    for password in ("", "wrong"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            sign_in(server.data_dir, password=password)


def test_only_the_user_that_runs_the_server_is_its_superuser(server):
    if server.user.uid == os.geteuid():
        with sign_in(server.data_dir, user="postgres") as superuser:
            assert superuser.execute("show is_superuser").fetchone() == ("on",)
    else:
        with pytest.raises(psycopg.OperationalError, match="Peer authentication failed"):
            sign_in(server.data_dir, user="postgres")


def test_it_listens_on_a_socket_only(server):
    with sign_in(server.data_dir) as app:
        assert app.execute("show listen_addresses").fetchone() == ("",)


def test_files_and_socket_are_closed_to_others(server):
    data = server.data_dir
    assert {
        "postgres": mode(data / "postgres"),
        "run": mode(data / "run"),
        "socket": mode(data / "run" / paths.SOCKET_NAME),
        "log": mode(data / "postgres.log"),
        "password": mode(data / "keys" / "database_password"),
    } == {
        "postgres": "0o700",
        "run": "0o700",
        "socket": "0o700",
        "log": "0o600",
        "password": "0o600",
    }


@as_root
def test_another_system_user_cannot_even_reach_the_socket(server):
    how = connection(server.data_dir)
    command = [paths.program("psql"), "-h", how["HOST"], "-U", "selftrust", "-c", "select 1"]
    tried = subprocess.run(
        command,
        env={"PGPASSWORD": how["PASSWORD"]},
        cwd="/",
        user=65534,
        group=65534,
        extra_groups=[],
        capture_output=True,
        text=True,
        check=False,
    )

    assert tried.returncode == 2
    assert "Permission denied" in tried.stderr


def test_a_lost_password_is_made_anew(folder):
    cluster_before(folder / "var")
    (folder / "var" / "keys" / "database_password").unlink()

    with EmbeddedServer(folder / "var", durable=False), sign_in(folder / "var") as app:
        assert app.execute("select 1").fetchone() == (1,)


def test_its_log_quotes_nothing_that_people_store(server):
    with sign_in(server.data_dir) as app:
        app.execute("create table notes (body text unique)")
        app.execute("insert into notes values ('canary')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            app.execute("insert into notes values ('canary')")

    log = (server.data_dir / "postgres.log").read_text()
    assert "duplicate key value" in log
    assert "canary" not in log


def test_a_deep_folder_gets_a_socket_with_a_short_path(folder):
    deep = folder / ("deep" * 30)
    deep.mkdir(mode=0o711)

    with EmbeddedServer(deep, durable=False) as server, sign_in(deep) as app:
        assert app.execute("select 1").fetchone() == (1,)
        assert server.sockets.parent.as_posix() == "/tmp"
        assert mode(server.sockets) == "0o700"
    shutil.rmtree(server.sockets)


def test_a_socket_folder_that_someone_else_made_is_refused(folder):
    deep = folder / ("deep" * 30)
    paths.socket_folder(deep).symlink_to(folder)

    with pytest.raises(CannotStart, match="belongs to someone else"):
        EmbeddedServer(deep).start()
    paths.socket_folder(deep).unlink()


def test_a_program_that_cannot_run_here_is_one_sentence(folder, monkeypatch):
    broken = folder / "initdb"
    broken.write_bytes(b"made for another machine")
    broken.chmod(0o755)
    monkeypatch.setattr(paths, "program", lambda *_: broken)

    with pytest.raises(CannotStart, match=r"^[^\n]*Exec format error[^\n]*\.$"):
        EmbeddedServer(folder / "var").start()


def test_a_server_that_does_not_start_says_why_in_one_sentence(folder):
    cluster_before(folder / "var")
    (folder / "var" / "postgres" / "postgresql.conf").write_text("no such setting\n")

    with pytest.raises(CannotStart, match=r"^[^\n]*postgresql.conf[^\n]*postgres\.log[^\n]*$"):
        EmbeddedServer(folder / "var", durable=False).start()


@as_root
def test_root_opens_no_closed_folder_but_goes_elsewhere(folder, monkeypatch):
    elsewhere = folder / "elsewhere"
    monkeypatch.setattr(paths, "ELSEWHERE", elsewhere)
    home = folder / "home"
    home.mkdir(mode=0o700)

    with EmbeddedServer(home / "var", durable=False) as server, sign_in(home / "var") as app:
        assert app.execute("select 1").fetchone() == (1,)
        assert server.cluster.is_relative_to(elsewhere)
    assert mode(home) == "0o700"
    assert (home / "var" / "postgres").readlink() == server.cluster


@as_root
def test_a_link_to_a_database_that_is_gone_makes_no_empty_one(folder):
    (folder / "postgres").symlink_to(folder / "gone")

    with pytest.raises(CannotStart, match="no longer exists"):
        EmbeddedServer(folder).start()


@as_root
def test_a_database_that_root_copied_back_is_given_to_the_server(folder):
    cluster_before(folder / "var")
    cluster = folder / "var" / "postgres"
    for path in [cluster, *cluster.rglob("*")]:
        os.chown(path, 0, 0)

    with EmbeddedServer(folder / "var", durable=False), sign_in(folder / "var") as app:
        assert app.execute("select 1").fetchone() == (1,)


def test_a_database_of_another_postgresql_is_one_sentence_with_the_way_out(folder):
    cluster_before(folder / "var")
    (folder / "var" / "postgres" / "PG_VERSION").write_text("15\n")

    with pytest.raises(CannotStart) as refusal:
        EmbeddedServer(folder / "var", durable=False).start()
    assert "made by PostgreSQL 15, but this Selftrust comes with PostgreSQL " in str(refusal.value)
    assert "Make a backup with the Selftrust that made it" in str(refusal.value)


def test_a_folder_that_is_no_database_is_one_sentence(folder):
    (folder / "var" / "postgres").mkdir(parents=True)

    with pytest.raises(CannotStart, match="isn't a PostgreSQL database"):
        EmbeddedServer(folder / "var", durable=False).start()


@pytest.mark.parametrize("password", ['it\'s \\ :name "quoted" {braces}', "a''b$$c"])
def test_a_password_with_quotes_signs_in(folder, password):
    cluster_before(folder / "var")
    (folder / "var" / "keys" / "database_password").write_text(password)

    with EmbeddedServer(folder / "var", durable=False), sign_in(folder / "var") as connection:
        assert connection.execute("select 1").fetchall() == [(1,)]
