"""Refuses a database whose words were sealed under a master key that is not here.

With another key old words would not open, and new ones would be sealed under it and be lost once
the right one is back.
"""

import psycopg
from django.conf import settings

from journal.embedded import keyfiles
from journal.embedded.errors import CannotStart

# Every name of a master key under which something is sealed: data keys, and second steps.
SEALED_UNDER = {
    "privacy_datakey": "select distinct master from privacy_datakey",
    "mfa_authenticator": (
        "select distinct split_part(value, '.', 1) from mfa_authenticator, jsonb_each_text(data) "
        "where key in ('secret', 'seed', 'name') and value ~ '^[0-9a-f]{16}[.]'"
    ),
}


def refuse_other_key(connection: psycopg.Connection) -> None:
    """Raises CannotStart unless every master key that sealed something is here."""
    where = "SELFTRUST_KEY" if settings.SELFTRUST_KEY else settings.SELFTRUST_KEY_FILE
    text = settings.SELFTRUST_KEY or keyfiles.read(settings.SELFTRUST_KEY_FILE)
    here = {keyfiles.fingerprint(raw) for raw in keyfiles.decode_master_keys(text, where)}
    needed: set[str] = set()
    for table, statement in SEALED_UNDER.items():
        ((there,),) = connection.execute("select to_regclass(%s)", [table]).fetchall()
        if there:
            needed |= {name for (name,) in connection.execute(statement)}
    if missing := sorted(needed - here):
        raise CannotStart(
            "This database is encrypted with a master key that is missing, whose "
            f"SHA-256 begins with {', '.join(missing)}. Put that recovery key into {where}. "
            "Nothing was changed."
        )
