"""Settings of the environment: obeyed, or refused in a sentence."""

import os
import subprocess
import sys

import pytest

from journal.database.url import settings_of
from journal.embedded.environment import Environment
from journal.embedded.errors import CannotStart
from tests.embedded.running import ROOT


def refusal(**changes: str) -> str:
    """What `manage.py` says and nothing else, where it refuses the settings."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, "manage.py", "diffsettings"],
        cwd=ROOT,
        env={**kept, **changes},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    return done.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SELFTRUST_DEBUG", "ture", "SELFTRUST_DEBUG is on or off, not 'ture'."),
        ("SELFTRUST_ENV", "prodution", "SELFTRUST_ENV is home or production, not 'prodution'."),
        ("SELFTRUST_SIGNUP", "clsed", "SELFTRUST_SIGNUP is open, invite or closed, not 'clsed'."),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES is a whole number from 0, not '-1'."),
        (
            "SELFTRUST_SESSION_IDLE_HOURS",
            "nan",
            "SELFTRUST_SESSION_IDLE_HOURS is a number of hours above 0, not 'nan'.",
        ),
        (
            "SELFTRUST_TIME_ZONE",
            "Mars/Base",
            "SELFTRUST_TIME_ZONE is a name such as Europe/Berlin, not 'Mars/Base'.",
        ),
        (
            "SELFTRUST_KEY",
            "bm90IDMyIGJ5dGVz",
            "SELFTRUST_KEY must be 32 random bytes in base64 (several are separated by commas).",
        ),
        (
            "EMAIL_URL",
            "smtp://mail.example.org/?timeout=3",
            "EMAIL_URL is written smtp+tls://user:password@host:587, and knows no timeout.",
        ),
        (
            "DATABASE_URL",
            "postgres://host/name?ssl=on",
            'DATABASE_URL is refused by PostgreSQL: invalid URI query parameter: "ssl".',
        ),
    ],
)
def test_a_value_that_no_setting_takes_is_one_sentence(name, value, sentence):
    assert refusal(**{name: value}) == f"{sentence}\n"


def test_an_unknown_setting_is_named_with_the_one_that_is_meant():
    env = Environment({"SELFTRUST_SINGUP": "closed", "SELFTRUST_ENV": "home", "HOME": "/root"})
    env.choice("SELFTRUST_SIGNUP", "", "open")
    env("SELFTRUST_ENV")

    assert env.unknown() == {
        "SELFTRUST_SINGUP": "SELFTRUST_SINGUP is not a setting of Selftrust and does nothing: is "
        "SELFTRUST_SIGNUP meant?"
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
