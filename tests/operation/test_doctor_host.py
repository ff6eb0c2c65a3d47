"""What `manage.py doctor` says of this machine: its disk, its key files, its settings, its mail."""

import shutil
import stat
from collections import namedtuple

import pytest
from django.core import mail

from tests.operation.doctor_runs import complaints, doctor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("well")]

GB = 1024**3


@pytest.mark.parametrize(
    ("left", "line", "code"),
    [
        (GB, [], 0),
        (GB - 1, ["look  1.0 GB are free on the data folder’s disk."], 1),
        (100 * 1024**2, ["bad   0.1 GB are free on the data folder’s disk."], 2),
    ],
)
def test_a_disk_that_fills_up(monkeypatch, left, line, code):
    space = namedtuple("space", "free")(left)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: space)

    assert complaints() == (line, code)


def test_keys_that_others_may_open(well):
    path = well / "keys" / "secret_key"
    path.chmod(0o640)

    assert complaints() == (
        [
            f"bad   Other users of this machine can open {path}. chmod it to 600, or 700 for a "
            f"folder."
        ],
        2,
    )
    path.chmod(0o600)
    path.parent.chmod(0o711)
    assert complaints()[0][0].startswith(
        f"bad   Other users of this machine can open {path.parent}."
    )
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o711  # it looks, and changes nothing


SHORT = "bad   SECRET_KEY is too short. Use at least 50 random characters."
SETTINGS = [
    ({"SECRET_KEY": "a" * 60}, SHORT),
    ({"SECRET_KEY": "abcdefgh"}, SHORT),
    ({"DEBUG": True}, "look  SELFTRUST_DEBUG is on, so error pages reveal internals."),
    (
        {"ALLOWED_HOSTS": ["localhost", "journal.example.org"]},
        "look  Selftrust answers as journal.example.org, and SELFTRUST_ENV is not production: "
        "cookies may travel without HTTPS.",
    ),
]


@pytest.mark.parametrize(("changes", "line"), SETTINGS)
def test_settings_that_are_not_right(settings, changes, line):
    for name, value in changes.items():
        setattr(settings, name, value)

    assert complaints() == ([line], 1 if line.startswith("look") else 2)


PRODUCTION = {
    "PRODUCTION": True,
    "MAIL_WORKS": True,
    "ALLOWED_HOSTS": ["journal.example.org"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "SECURE_SSL_REDIRECT": True,
    "SECURE_HSTS_SECONDS": 60,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
    "TRUSTED_PROXY_COUNT": 1,
    "ALLAUTH_TRUSTED_PROXY_COUNT": 1,
}


def test_in_production(settings):
    for name, value in PRODUCTION.items():
        setattr(settings, name, value)
    said, code = doctor()
    assert said.startswith("ok    The settings are right for production.\n")
    assert ("ok    Email is set up.\n" in said, code) == (True, 0)

    settings.SESSION_COOKIE_SECURE = False
    assert complaints() == (["bad   Cookies are sent without HTTPS."], 2)
    settings.SESSION_COOKIE_SECURE = True
    settings.SECURE_HSTS_SECONDS = 0
    (line,), code = complaints()
    assert line.startswith("look  You have not set a value for the SECURE_HSTS_SECONDS setting.")
    settings.SECURE_HSTS_SECONDS, settings.MAIL_WORKS = 60, False
    assert complaints() == (
        [
            "look  Email isn’t set up, so passwords can’t be reset by email and people join "
            "by invitation."
        ],
        1,
    )


def test_a_test_mail(settings):
    said, code = doctor(send="ada@example.org")

    assert said.endswith("ok    The email to ada@example.org was handed to the mail server.\n")
    assert code == 0
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [
        (["ada@example.org"], "Test email from Selftrust")
    ]
    settings.OUTBOX_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    (line,), code = complaints(send="ada@example.org")
    assert line.startswith("bad   The email to ada@example.org couldn’t be sent: ")
    assert code == 2
