"""Data keys, one per person, wrapped under the installation's master key.

The master key (`SELFTRUST_KEY`, or a file next to the data) is never in the database. It wraps a
random data key for each person; that data key seals all their words (fields.py). Deleting a person
deletes their data key first, so that no copy of the sealed bytes can be opened.

There may be several master keys: the first wraps, the others still open. `manage.py rotate_key`
rewraps the data keys that an old one wrapped.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from journal.embedded import keyfiles
from journal.embedded.errors import CannotStart
from journal.embedded.keyfiles import KEY_BYTES
from journal.privacy import rls

NONCE_BYTES = 12


class SealBroken(Exception):
    """Sealed bytes do not open: changed, copied to another row or person, or under another key."""


@dataclass(frozen=True)
class MasterKey:
    name: str  # the first 16 hex digits of its SHA-256, stored with each key it wraps
    cipher: AESGCM
    raw: bytes = field(repr=False)

    def derive(self, purpose: bytes) -> AESGCM:
        """A key for one purpose, from which nobody can compute the master key."""
        return AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=purpose).derive(self.raw))


def parse_master_keys(text: str) -> list[MasterKey]:
    """Reads comma-separated base64 keys of 32 bytes; ImproperlyConfigured on anything else."""
    try:
        found = keyfiles.decode_master_keys(text)
    except CannotStart as error:
        raise ImproperlyConfigured(str(error)) from error
    return [MasterKey(keyfiles.fingerprint(raw), AESGCM(raw), raw) for raw in found]


@lru_cache(maxsize=4)
def _keys_of_file(path: str, _changed_at_ns: int, _inode: int) -> list[MasterKey]:
    return parse_master_keys(keyfiles.read(Path(path)))


@lru_cache(maxsize=4)
def _keys_of_setting(text: str) -> list[MasterKey]:
    return parse_master_keys(text)


def master_keys() -> list[MasterKey]:
    """The current master key first. Reads the key file again when it changes."""
    if settings.SELFTRUST_KEY:
        return _keys_of_setting(settings.SELFTRUST_KEY)
    path = os.fspath(settings.SELFTRUST_KEY_FILE)
    try:
        found = os.stat(path)  # noqa: PTH116
        return _keys_of_file(path, found.st_ctime_ns, found.st_ino)
    except OSError as error:
        raise SealBroken(f"The key file can't be read: {error.strerror}.") from error
    except CannotStart as error:
        raise SealBroken(str(error)) from error


def wrap(raw: bytes, owner_id: UUID) -> tuple[bytes, str]:
    """The data key, sealed under the current master key, and the name of that master key."""
    master = master_keys()[0]
    nonce = os.urandom(NONCE_BYTES)
    return nonce + master.cipher.encrypt(nonce, raw, b"data key" + owner_id.bytes), master.name


def unwrap(wrapped: bytes, name: str, owner_id: UUID) -> bytes:
    """Opens a wrapped data key; SealBroken under a wrong master key or for another person."""
    master = next((key for key in master_keys() if key.name == name), None)
    if master is None:
        raise SealBroken("This data key needs a master key that is missing.")
    try:
        nonce, sealed = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
        return master.cipher.decrypt(nonce, sealed, b"data key" + owner_id.bytes)
    except InvalidTag as error:
        raise SealBroken("This data key can't be decrypted.") from error


def data_key(owner_id: UUID, *, make: bool = False) -> AESGCM:
    """The cipher of one person's data key, cached for the current scope only.

    `make` creates the key if the person has none yet. Otherwise a missing key raises SealBroken;
    behind the wall, another person's key is missing too.
    """
    scope = rls.current_scope()
    if scope and owner_id in scope.keys:
        return scope.keys[owner_id]
    cipher = AESGCM(_stored_data_key(owner_id, make=make))
    if scope and not key_is_uncommitted(owner_id):
        scope.keys[owner_id] = cipher
    return cipher


def key_is_uncommitted(owner_id: UUID) -> bool:
    """Whether the data key is so new that rolling back a savepoint may remove it again.

    No code may then cache the key, or bytes sealed under it: words written later in the same
    transaction would be sealed under a key that was never stored, and be lost.
    """
    scope = rls.current_scope()
    return scope is not None and owner_id in scope.new_keys


def _stored_data_key(owner_id: UUID, *, make: bool) -> bytes:
    from journal.privacy.models import DataKey

    scope = rls.current_scope()
    stored = scope.key_of(owner_id) if scope else None
    if stored:
        return unwrap(*stored, owner_id)
    row = DataKey.objects.filter(owner_id=owner_id).first()
    if row is None and make:
        wrapped, name = wrap(AESGCM.generate_key(KEY_BYTES * 8), owner_id)
        if scope:
            scope.new_keys.add(owner_id)
        # Of two concurrent first writes one insert wins, and both read the winner. Reading it back
        # also rejects a key wrapped under a master key that rotate_key removed meanwhile.
        DataKey.objects.bulk_create(
            [DataKey(owner_id=owner_id, wrapped=wrapped, master=name)], ignore_conflicts=True
        )
        row = DataKey.objects.filter(owner_id=owner_id).first()
    if row is None:
        raise SealBroken("There is no data key for these words.")
    return unwrap(bytes(row.wrapped), row.master, owner_id)


def load_keys(owner_ids: Iterable[UUID] | None = None) -> None:
    """Opens these people's data keys in one statement, or all that the wall shows, for a page that
    reads the words of many people (a coach's clients)."""
    from journal.privacy.models import DataKey

    scope = rls.current_scope()
    if scope is None:
        return
    rows = DataKey.objects.all()
    for row in rows if owner_ids is None else rows.filter(owner_id__in=set(owner_ids)):
        if row.owner_id not in scope.keys and not key_is_uncommitted(row.owner_id):
            scope.keys[row.owner_id] = AESGCM(unwrap(bytes(row.wrapped), row.master, row.owner_id))
