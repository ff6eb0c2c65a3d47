"""Settings of the environment: obeyed, or refused in a sentence."""

import os
import runpy
import subprocess
import sys

import pytest

from journal.database.url import settings_of
from journal.embedded.capacity import Capacity, capacity
from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from tests.embedded.running import ROOT


def refusal(monkeypatch, **changes: str) -> str:
    """What reading the settings ends with; each is read before any of Django is there."""
    for name, value in changes.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(CannotStart) as refused:
        runpy.run_path(str(ROOT / "selftrust" / "settings.py"))
    return str(refused.value)


def test_manage_says_nothing_but_the_sentence():
    done = subprocess.run(
        [sys.executable, "manage.py", "diffsettings"],
        cwd=ROOT,
        env=os.environ | {"SELFTRUST_ENV": "prodution"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = "SELFTRUST_ENV is home or production, not 'prodution'.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def test_an_age_is_one_of_a_few_or_none():
    name = "SELFTRUST_MINIMUM_AGE"
    for value, age in (("", None), (" 13 ", 13), ("21", 21)):
        assert Environment({name: value}).between(name, 13, 21) == age
    for value in ("0", "12", "22", "16.5", "016", "-16", "sixteen", "١٦", "9" * 5_000):
        with pytest.raises(CannotStart, match=f"{name} has to be a whole number from 13 to 21"):
            Environment({name: value}).between(name, 13, 21)


def test_capacity_is_as_ever_unless_it_is_set():
    assert capacity(Environment({})) == Capacity()
    more = {"SELFTRUST_WEB_WORKERS": "8", "SELFTRUST_WEB_THREADS": "12"}
    assert capacity(Environment(more)) == Capacity(workers=8, threads=12, pool=12)
    assert capacity(Environment({"SELFTRUST_WEB_THREADS": "2"})) == Capacity(threads=2)
    short = {"SELFTRUST_REQUEST_SECONDS": "2.5"}
    limits = Capacity(request_seconds=2.5, statement_seconds=2.5)
    assert capacity(Environment(short)) == limits


def test_production_names_what_it_needs(monkeypatch):
    for name in ("DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"):
        monkeypatch.delenv(name, raising=False)
    said = refusal(monkeypatch, SELFTRUST_ENV="production", SELFTRUST_KEY="set")
    assert said == "SELFTRUST_ENV=production needs DATABASE_URL, SECRET_KEY, ALLOWED_HOSTS."


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SELFTRUST_DEBUG", "ture", "SELFTRUST_DEBUG has to be on or off, not 'ture'."),
        ("SELFTRUST_SIGNUP", "clsed", "SELFTRUST_SIGNUP is open, invite or closed, not 'clsed'."),
        (
            "TRUSTED_PROXIES",
            "-1",
            "TRUSTED_PROXIES has to be a whole number of at least 0, not '-1'.",
        ),
        (
            "SELFTRUST_MINIMUM_AGE",
            "12",
            "SELFTRUST_MINIMUM_AGE has to be a whole number from 13 to 21, not '12'.",
        ),
        (
            "SELFTRUST_SESSION_IDLE_HOURS",
            "nan",
            "SELFTRUST_SESSION_IDLE_HOURS has to be a number of hours above 0, not 'nan'.",
        ),
        (
            "SELFTRUST_TIME_ZONE",
            "Mars/Base",
            "SELFTRUST_TIME_ZONE has to be a time zone such as Europe/Berlin, not 'Mars/Base'.",
        ),
        (
            "SELFTRUST_WEB_WORKERS",
            "0",
            "SELFTRUST_WEB_WORKERS has to be a whole number from 1 to 64, not '0'.",
        ),
        (
            "SELFTRUST_QUEUE_SECONDS",
            "inf",
            "SELFTRUST_QUEUE_SECONDS has to be a number of seconds from 0.1 to 60, not 'inf'.",
        ),
        (
            "SELFTRUST_STATEMENT_SECONDS",
            "5",
            "SELFTRUST_STATEMENT_SECONDS can't be longer than SELFTRUST_REQUEST_SECONDS, 4.",
        ),
        (
            "SELFTRUST_KEY",
            "bm90IDMyIGJ5dGVz",
            "SELFTRUST_KEY must be 32 random bytes in base64 (several are separated by commas).",
        ),
        (
            "EMAIL_URL",
            "smtp://mail.example.org/?timeout=3",
            "EMAIL_URL has to look like smtp+tls://user:password@host:587, without timeout.",
        ),
        (
            "DATABASE_URL",
            "postgres://host/name?ssl=on",
            'DATABASE_URL is refused by PostgreSQL: invalid URI query parameter: "ssl".',
        ),
        (
            "DATABASE_DIRECT_URL",
            "postgres://host/name",
            "DATABASE_DIRECT_URL needs DATABASE_URL, the address of the pooler.",
        ),
    ],
)
def test_a_value_that_no_setting_takes_is_one_sentence(monkeypatch, name, value, sentence):
    assert refusal(monkeypatch, **{name: value}) == sentence


def test_an_unknown_setting_is_named_with_the_one_that_is_meant():
    env = Environment({"SELFTRUST_SINGUP": "closed", "SELFTRUST_ENV": "home", "HOME": "/root"})
    env.choice("SELFTRUST_SIGNUP", "", "open")
    env("SELFTRUST_ENV")

    assert env.unknown() == {
        "SELFTRUST_SINGUP": "SELFTRUST_SINGUP isn't a setting of Selftrust and has no effect. "
        "Did you mean SELFTRUST_SIGNUP?"
    }


def test_the_start_names_it_once():
    said = subprocess.run(
        [sys.executable, "manage.py", "diffsettings"],
        cwd=ROOT,
        env={**os.environ, "SELFTRUST_SINGUP": "closed"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert said.stderr.count("SELFTRUST_SINGUP") == 1


def test_what_libpq_understands_is_obeyed():
    found = settings_of(
        "postgres://ada:it%27s@h1:1,h2:2/journal?sslmode=verify-full&target_session_attrs=any"
    )

    options = found.pop("OPTIONS")
    assert found == {
        "NAME": "journal",
        "USER": "ada",
        "PASSWORD": "it's",
        "HOST": "h1,h2",
        "PORT": "1,2",
    }
    assert options["sslmode"] == "verify-full"
    assert options["target_session_attrs"] == "any"
    several = settings_of("postgres://h1,h2/journal")["OPTIONS"]
    assert several["target_session_attrs"] == "read-write"  # the primary, wherever it is
    assert settings_of("postgres:///name?host=/run/db&keepalives_idle=7")["HOST"] == "/run/db"
    assert settings_of("postgres:///name?keepalives_idle=7")["OPTIONS"]["keepalives_idle"] == "7"


@pytest.mark.parametrize(
    "url",
    [
        "mysql://ada@host/name",
        "host/name",
        "postgres://ada:secr@et@host/name",
        "postgres://ada:secr%zzet@host/name",
        "postgres://ada:secret@host",
        "postgres://ada:secret@host:port/name",
        "postgres://ada:secret@host/name?client_encoding=latin1",
        "postgres://ada:secret@host/name?conn_max_age=60",
    ],
)
def test_a_database_url_that_cannot_be_obeyed_is_refused_without_its_password(url):
    with pytest.raises(CannotStart) as refused:
        settings_of(url)
    assert "secr" not in str(refused.value)
    assert str(refused.value).startswith("DATABASE_URL ")
    with pytest.raises(CannotStart, match=r"^DATABASE_DIRECT_URL "):
        settings_of(url, "DATABASE_DIRECT_URL")
