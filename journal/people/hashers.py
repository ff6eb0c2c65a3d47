"""Password hashing, of which each process does one at a time.

A hash takes 0.4 s of CPU and 100 MB of memory, on purpose. Without a bound, a few sign-ins at once
would take every processor and every request thread, and all other pages would wait. So one request
hashes, one more waits, and any other gets HashingBusy: the form again, with a sentence.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Semaphore
from typing import Any

from django.contrib.auth import hashers

HASHING = Semaphore(1)
PLACES = Semaphore(2)  # for the request that hashes and those that wait: half of serve's threads
PATIENCE = 3  # seconds


class HashingBusy(Exception):
    """The process has more passwords to hash than it takes on; another try will do."""


@contextmanager
def turn() -> Iterator[None]:
    """Waits for the turn of the caller. Raises HashingBusy."""
    if not PLACES.acquire(blocking=False):
        raise HashingBusy
    try:
        if not HASHING.acquire(timeout=PATIENCE):
            raise HashingBusy
        try:
            yield
        finally:
            HASHING.release()
    finally:
        PLACES.release()


class Argon2PasswordHasher(hashers.Argon2PasswordHasher):
    parallelism = 1  # with Django's 8 threads one hash would take all processors from the pages

    def encode(self, *args: Any, **kwargs: Any) -> str:
        with turn():
            return super().encode(*args, **kwargs)

    def verify(self, *args: Any, **kwargs: Any) -> bool:
        with turn():
            return super().verify(*args, **kwargs)


class PBKDF2PasswordHasher(hashers.PBKDF2PasswordHasher):
    """Its `verify` encodes."""

    def encode(self, *args: Any, **kwargs: Any) -> str:
        with turn():
            return super().encode(*args, **kwargs)
