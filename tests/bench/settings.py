"""The real settings, plus the reference pages that ours are measured against."""

from selftrust.settings import *  # noqa: F403
from selftrust.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bench.reference"]
ROOT_URLCONF = "tests.bench.urls"
