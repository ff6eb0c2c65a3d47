"""The real settings, but a request waits for a shorter time: what is looked at is that it gives up,
and what it says then. For a connection it waits long enough that the pool may have a new one."""

from journal.database import deadlines
from selftrust.settings import *  # noqa: F403

deadlines.PER_REQUEST, deadlines.LOCK = 3.0, 1.0
