"""The real settings, plus the table of the reference (bare.py), which is seeded from here."""

from selftrust.settings import *  # noqa: F403
from selftrust.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.reference"]
