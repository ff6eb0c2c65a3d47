"""The secrets of a second step: the app's key, the seed of recovery codes, a passkey's name.

allauth reads these before anyone is authenticated, so a person's data key cannot seal them. A key
derived from the master key for this purpose alone seals them, and `rotate_key` seals them again.
The same key seals a mailed code in the session; `rotate_key` leaves it out, since it expires after
three minutes.
"""

import base64
import os

from allauth.mfa.models import Authenticator
from cryptography.exceptions import InvalidTag
from django.db import connection, transaction

from journal.privacy import keys

PURPOSE = b"selftrust second step"
SEALED = ("secret", "seed", "name")  # keys of Authenticator.data; the others are public
BATCH = 200


def seal(text: str) -> str:
    """The name of the master key, a dot, and the sealed text in base64.

    The transaction holds the lock until it ends, so that `rotate_key` waits for it to commit, or
    it waits for the new master key.
    """
    if connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("lock table mfa_authenticator in row exclusive mode")
    master = keys.master_keys()[0]
    nonce = os.urandom(keys.NONCE_BYTES)
    sealed = nonce + master.derive(PURPOSE).encrypt(nonce, text.encode(), PURPOSE)
    return f"{master.name}.{base64.b64encode(sealed).decode()}"


def unseal(sealed: str) -> str:
    """Raises SealBroken where the text was changed, or its master key is missing."""
    name, _dot, text = sealed.partition(".")
    master = next((key for key in keys.master_keys() if key.name == name), None)
    if master is None:
        raise keys.SealBroken("This was encrypted with a master key that is missing.")
    try:
        raw = base64.b64decode(text, validate=True)
        nonce, rest = raw[: keys.NONCE_BYTES], raw[keys.NONCE_BYTES :]
        return master.derive(PURPOSE).decrypt(nonce, rest, PURPOSE).decode()
    except (InvalidTag, ValueError) as error:
        raise keys.SealBroken("A sign-in secret can't be decrypted.") from error


def reseal(current: str) -> int:
    """Seals everything again that an older master key sealed, in small transactions. Returns how
    many rows changed; raises SealBroken at one that does not open, before any key is removed."""
    done, last = 0, 0
    while True:
        with transaction.atomic():
            rows = Authenticator.objects.select_for_update().filter(pk__gt=last).order_by("pk")
            batch = list(rows[:BATCH])
            for row in batch:
                done += _reseal(row, current)
        if not batch:
            return done
        last = batch[-1].pk


def all_hang_on(current: str) -> bool:
    rows = Authenticator.objects.only("data").iterator(chunk_size=BATCH)
    return not any(_older(row, current) for row in rows)


def _older(row: Authenticator, current: str) -> list[str]:
    data = row.data
    return [name for name in SEALED if name in data and not data[name].startswith(f"{current}.")]


def _reseal(row: Authenticator, current: str) -> bool:
    older = _older(row, current)
    for name in older:
        row.data[name] = seal(unseal(row.data[name]))
    if older:
        row.save(update_fields=["data"])
    return bool(older)
