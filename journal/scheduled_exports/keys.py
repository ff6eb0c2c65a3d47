"""Keys of age (age-encryption.org): which public ones an export may be encrypted to, and new ones.

A secret key is never stored. One that is made here is in one page and nowhere else.
"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from pyrage.x25519 import Recipient

SECRET = re.compile(r"(secret|private)[- ]key|age-plugin-", re.I)
SECRET_PASTED = gettext_lazy(
    "That was a secret key. We haven’t kept it. Paste the public key that belongs to it, which "
    "begins with age1."
)
LONGEST = 62  # characters of a public key


@dataclass(frozen=True)
class KeyPair:
    secret: str
    public: str


def new() -> KeyPair:
    from pyrage.x25519 import Identity  # two megabytes that a web process seldom needs

    identity = Identity.generate()
    return KeyPair(str(identity), str(identity.to_public()))


def is_secret(text: str) -> bool:
    return bool(SECRET.search(text))


def public_key(text: str) -> str:
    """The key as age writes it, or a ValidationError that says what this is instead."""
    given = text.strip()
    if given.lower().startswith(("ssh-", "ecdsa-", "sk-")):
        raise ValidationError(
            _("This is an SSH key. Paste a public key of age, which begins with age1.")
        )
    try:
        return str(recipient(given))
    except ValueError as error:
        if re.match(r"age1[a-z0-9]*1", given, re.I):
            sentence = _(
                "This key needs a plugin of age, which this server doesn’t have. Paste one that "
                "age-keygen makes without options."
            )
        else:
            sentence = _(
                "This isn’t a public key of age. One begins with age1 and has 62 characters."
            )
        raise ValidationError(sentence) from error


def recipient(text: str) -> "Recipient":
    """Raises ValueError for what age cannot encrypt to."""
    import pyrage

    try:
        found = pyrage.x25519.Recipient.from_str(text)
        pyrage.encrypt(b"", [found])
    except (pyrage.RecipientError, pyrage.EncryptError, UnicodeError) as error:
        raise ValueError("no recipient") from error
    except BaseException as error:
        # A point of low order makes the library panic, with an exception that it does not export.
        if type(error).__name__ != "PanicException":
            raise
        raise ValueError("a point of low order") from error
    return found
