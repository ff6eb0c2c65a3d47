"""Whether every machine signs notifications with the same key.

A browser takes notifications of the key with which it was set up, and its push service refuses
those of another. The first start notes which one that is, so that doctor can tell of a machine
whose SELFTRUST_VAPID_KEY is different.
"""

from hashlib import sha256

from django.conf import settings

from journal.installation import notes

NOTE = "push_key"
OTHER = (
    "This machine’s push key isn’t the one with which this database’s first start was made, so "
    "devices that were set up elsewhere get no notification from here. Give SELFTRUST_VAPID_KEY "
    "the same value on every machine, or run: manage.py storage --adopt"
)


def check() -> None:
    """At a start: notes the key unless one is noted."""
    if not notes.read(NOTE):
        adopt()


def adopt() -> None:
    """Makes this machine's key the one that counts. The operator decides that."""
    notes.note(NOTE, mark=_mark())


def complaint() -> str:
    """Empty where all is well."""
    known = notes.read(NOTE)
    return OTHER if known and known.get("mark") != _mark() else ""


def _mark() -> str:
    return sha256(b"selftrust push key\0" + settings.VAPID_KEY.encode()).hexdigest()
