"""What a second step keeps secret: the app's key, the seed of recovery codes, a passkey's name.

allauth reads these before it is known who is there, so they cannot hang on a person's data key.
They are sealed under a key that follows from the master key and is used for nothing else, and
`rotate_key` seals them anew. A mailed code is sealed so too, in the session; it lives three minutes
and is left to end by itself.
"""

import base64
import os

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from journal.privacy import keys

PURPOSE = b"selftrust second step"
SEALED = ("secret", "seed", "name")  # of Authenticator.data; what else is there is public
BATCH = 200


def seal(text: str) -> str:
    """The name of the master key, a dot, and what was sealed, in base64.

    The lock, held until the transaction ends, makes `rotate_key` wait for what is being stored, or
    this for the new key.
    """
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("lock table mfa_authenticator in row exclusive mode")
    master = keys.master_keys()[0]
    nonce = os.urandom(keys.NONCE_BYTES)
    sealed = nonce + master.derive(PURPOSE).encrypt(nonce, text.encode(), PURPOSE)
    return f"{master.name}.{base64.b64encode(sealed).decode()}"


def unseal(sealed: str) -> str:
    """Raises SealBroken where it was changed, or its master key is not here."""
    name, _dot, text = sealed.partition(".")
    master = next((key for key in keys.master_keys() if key.name == name), None)
    if master is None:
        raise keys.SealBroken("This was sealed under a master key that is not here.")
    try:
        raw = base64.b64decode(text, validate=True)
        nonce, rest = raw[: keys.NONCE_BYTES], raw[keys.NONCE_BYTES :]
        return master.derive(PURPOSE).decrypt(nonce, rest, PURPOSE).decode()
    except (InvalidTag, ValueError) as error:
        raise keys.SealBroken("A secret of signing in does not open.") from error


def seal_anew(current: str) -> int:
    """Everything that hangs on an older master key, in small transactions. Returns how many rows
    changed; raises SealBroken at one that does not open, before anything is taken away."""
    done, last = 0, 0
    while True:
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().filter(pk__gt=last).order_by("pk")
            batch = list(rows[:BATCH])
            for row in batch:
                done += _seal_anew(row, current)
        if not batch:
            return done
        last = batch[-1].pk


def all_hang_on(current: str) -> bool:
    rows = Authenticator.objects.only("data").iterator(chunk_size=BATCH)
    return not any(_older(row, current) for row in rows)


def _older(row: Authenticator, current: str) -> list[str]:
    data = row.data
    return [name for name in SEALED if name in data and not data[name].startswith(f"{current}.")]


def _seal_anew(row: Authenticator, current: str) -> bool:
    older = _older(row, current)
    for name in older:
        row.data[name] = seal(unseal(row.data[name]))
    if older:
        row.save(update_fields=["data"])
    return bool(older)
