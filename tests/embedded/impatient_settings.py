"""The real settings, but a request waits for a shorter time: what is looked at is that it gives up,
and what it says then."""

from dataclasses import replace

from selftrust.settings import *  # noqa: F403
from selftrust.settings import CAPACITY

CAPACITY = replace(CAPACITY, request_seconds=1.0, statement_seconds=1.0)
