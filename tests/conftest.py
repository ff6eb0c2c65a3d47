"""The cast: ada owns what the tests are about, mira coaches her, eve is a stranger."""

import gc
import os
from collections.abc import Iterator
from functools import cache as cache_calls
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.backends.postgresql.creation import DatabaseCreation
from django.template import Template
from django.test import Client, TransactionTestCase
from django.test import client as test_client
from django.test.signals import setting_changed
from hypothesis import HealthCheck
from hypothesis import settings as settings_of_hypothesis
from whitenoise import WhiteNoise

from journal.embedded import hardening, server, static_files
from journal.embedded.temporary_server import close_connections
from journal.people import database_cache
from journal.people.database_cache import SharedCache
from journal.people.models import User
from journal.people.sessions import SessionStore
from journal.privacy.rls import acting_as
from journal.support import page_copy
from journal.webserver.application import with_room
from tests.database import POOLER
from tests.factories import make_person, note_browser
from tests.prepared import copy_of

pytest_plugins = ["tests.browser"]

# The log only grows; the tests' tables are emptied all the same.
_ONLY_GROWS = "alter table {0} %s trigger only_grows"
DELETE_ALL = {
    '"audit_auditevent"': "; ".join(
        [_ONLY_GROWS % "disable", "delete from {0}", _ONLY_GROWS % "enable always"]
    )
}

_render = Template._render  # before pytest-django prepares the environment

# Argon2 is slow on purpose. Nobody guesses passwords here, so here it takes what it takes at least.
Argon2PasswordHasher.time_cost = 1
Argon2PasswordHasher.memory_cost = 8
Argon2PasswordHasher.parallelism = 1

# Playwright keeps an event loop in this thread, in which Django would refuse to clean up.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

# Each process has rows of its own. One that purges a day ahead would take the photos of another for
# files without a row.
if worker := os.environ.get("PYTEST_XDIST_WORKER"):
    settings.STORAGES["photos"]["OPTIONS"]["location"] /= worker


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> None:
    """A test asks for pages from as deep as they are asked for behind our web server, or deeper."""
    pyfuncitem.obj = with_room(pyfuncitem.obj)


# Every client would load the middleware anew, which was a third of the time of the sweep of forms.
# One chain serves them all, until a test changes a setting; what whitenoise found when it looked
# at each static file stays.
_handler = cache_calls(test_client.ClientHandler)
test_client.ClientHandler = _handler
setting_changed.connect(lambda **_changed: _handler.cache_clear(), weak=False)
_looked_at: dict[tuple[str, str], dict] = {}
_look_at = WhiteNoise.update_files_dictionary


def _look_once(self: WhiteNoise, root: str, prefix: str) -> None:
    if (root, prefix) not in _looked_at:
        _look_at(self, root, prefix)
        _looked_at[root, prefix] = dict(self.files)
    self.files.update(_looked_at[root, prefix])


WhiteNoise.update_files_dictionary = _look_once

_counted: list[str] = []  # what tests left in the cache of all processes
_write = SharedCache._write


def _write_and_note(self: SharedCache, statement: str, key: str, *what: object) -> bool:
    _counted.append(key)
    return _write(self, statement, key, *what)


SharedCache._write = _write_and_note

# Properties are tried with a few values here and with many by `make test-long`. How long an example
# takes says something about the machine only.
_hypothesis = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings_of_hypothesis.register_profile("ordinary", max_examples=15, **_hypothesis)
settings_of_hypothesis.register_profile("long", max_examples=500, **_hypothesis)
settings_of_hypothesis.load_profile("ordinary")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """The pages under test use the real, hashed static files; made anew where one has changed."""
    if not hasattr(session.config, "workerinput"):

        def collect(_root: Path) -> None:
            call_command("collectstatic", interactive=False, verbosity=0)

        copy_of("static", static_files.fingerprint()[:16], Path(settings.STATIC_ROOT), make=collect)


def pytest_collection_finish() -> None:
    """What was loaded stays until the end, so nothing is gained by looking through it again and
    again for what could go: a tenth of the time of tests that only ask for pages."""
    gc.collect()
    gc.freeze()


def _copy_database(creation: DatabaseCreation, *_how: object, **_options: object) -> str:
    name = creation._create_test_db(verbosity=0, autoclobber=True)
    creation.connection.settings_dict["NAME"] = name
    with psycopg.connect(**creation.connection.get_connection_params()) as opened:
        hardening.refuse_temporary_tables(opened, name)  # no template brings that along
    if POOLER in os.environ:
        settings.DIRECT_DATABASE = dict(creation.connection.settings_dict)
        creation.connection.close_pool()
        creation.connection.settings_dict.update(HOST="127.0.0.1", PORT=os.environ[POOLER])
    return name


@pytest.fixture(scope="session", autouse=True)
def _templates_as_in_production(django_test_environment) -> None:
    """Django would send a signal for each template that is rendered, each partial and each widget,
    and copy its context, for assertions on names of templates. Tests look at pages."""
    Template._render = _render  # type: ignore[method-assign]  # of this run alone


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> Iterator[None]:
    """The database of each process is a copy of the one that tests/database.py has prepared, so
    there is nothing to migrate; in a server that DATABASE_URL names, there is."""
    with pytest.MonkeyPatch.context() as patch:
        if "DATABASE_URL" not in os.environ:
            patch.setitem(connection.settings_dict["TEST"], "TEMPLATE", server.NAME)
            patch.setattr(DatabaseCreation, "create_test_db", _copy_database)
            if POOLER in os.environ:  # which keeps connections to it; it goes with the server
                patch.setattr(DatabaseCreation, "destroy_test_db", lambda *_how, **_options: None)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit (a live server, threads) end by emptying the tables, but not all of them.

    Django would also flush what migrations wrote: prompts, content types. No later test would find
    them again, unless it were put back row by row each time. So the tables that hold something
    right after the migrations are left alone, and only the others are emptied.
    """
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("delete from installation_note")  # of the start that made the template
        names = connection.introspection.django_table_names(only_existing=True)
        tables = [connection.ops.quote_name(name) for name in [*names, "django_migrations"]]
        cursor.execute(
            " union all ".join(
                f"select '{table}' where not exists (select from {table})" for table in tables
            )
        )
        written_to = " union all ".join(
            f"select '{table}' where exists (select from {table})" for (table,) in cursor.fetchall()
        )

    def empty(_case: TransactionTestCase) -> None:
        """A truncate of all tables, each with its indexes, takes longer than most of the tests;
        nearly always a few rows in a few tables are there. References are looked at at the end.

        A request that a browser has just left may still write meanwhile: what it wrote belongs to
        rows that go, or each waits for the other. It is over then, and the second attempt is free.
        """
        for is_last in (False, False, True):
            try:
                with transaction.atomic(), connection.cursor() as cursor:
                    cursor.execute("set constraints all deferred")
                    cursor.execute(written_to)
                    for (table,) in cursor.fetchall():
                        cursor.execute(DELETE_ALL.get(table, "delete from {0}").format(table))
            except (IntegrityError, OperationalError):
                if is_last:
                    raise
            else:
                return

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", empty)
        yield
    database_cache.close()


@pytest.fixture(scope="module")
def module_data(django_db_setup, django_db_blocker):
    """What the tests of a module begin with, and takes long to make, is made in this transaction:
    each of them is taken back to it, and it goes with the last. Not for tests that commit."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _a_whole_pool(request):
    """Tests that commit ask from many threads: each begins with all the connections there are. One
    full run ended with a pool that gave out none, for a reason that was not found."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        close_connections()


@pytest.fixture(autouse=True)
def _no_rate_limits_left_over():
    if _counted:
        cache.clear()
        _counted.clear()


@pytest.fixture(scope="session")
def _copies(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("copies")


@pytest.fixture(autouse=True)
def support_copy(_copies, monkeypatch) -> Path:
    """The file of the support page's last good copy: none yet, and nothing remembered of one."""
    file = _copies / "support.json"
    file.unlink(missing_ok=True)
    monkeypatch.setattr(page_copy, "path", lambda: file)
    monkeypatch.setattr(page_copy, "_copy", page_copy.Copy())
    return file


@pytest.fixture
def photos_folder(tmp_path, settings) -> Path:
    """The storage of photos, empty, for a test that counts its files."""
    folder, photos = tmp_path / "photos", settings.STORAGES["photos"]
    photos = {**photos, "OPTIONS": {**photos["OPTIONS"], "location": folder}}
    settings.STORAGES = {**settings.STORAGES, "photos": photos}
    return folder


@pytest.fixture
def ada(db) -> User:
    return make_person("ada@example.org", zone="Europe/Berlin")


@pytest.fixture
def mira(db) -> User:
    return make_person("mira@example.org")


@pytest.fixture
def eve(db) -> User:
    return make_person("eve@example.org")


@pytest.fixture
def as_ada(ada):
    """Code in the test runs behind the wall, as ada."""
    with acting_as(ada):
        yield ada


def signed_in(person: User) -> Client:
    """Signed in before: `force_login` takes a dozen statements, and the time of one page."""
    session, client = SessionStore(), Client()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    note_browser(person, session.session_key)
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


@pytest.fixture
def ada_client(ada) -> Client:
    return signed_in(ada)


@pytest.fixture
def eve_client(eve) -> Client:
    return signed_in(eve)


@pytest.fixture
def operator(db) -> User:
    """Whoever runs this installation; a stranger to everyone's words."""
    return make_person("operator@example.org", is_staff=True)


@pytest.fixture
def operator_client(operator) -> Client:
    return signed_in(operator)
