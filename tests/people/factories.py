"""Plain functions that make what belongs to a person's settings."""

import hashlib
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from journal.people.models import User
from journal.people.values.models import Value
from journal.privacy import mfa_secrets
from journal.privacy.rls import acting_as


def make_value(person: User, name: str, **fields: Any) -> Value:
    """An active value, after the ones there are."""
    with acting_as(person):
        value = Value(owner=person, name=name, rank=Value.free_rank(person), **fields)
        value.save(force_insert=True)
    return value


def make_passkey(person: User, name: str) -> Authenticator:
    """One whose device nobody holds."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    data = AuthenticatorData.create(
        rp_id_hash=hashlib.sha256(b"localhost").digest(),
        flags=AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT,
        counter=1,
        credential_data=AttestedCredentialData.create(Aaguid(bytes(16)), name.encode(), key),
    )
    credential = {
        "id": websafe_encode(name.encode()),
        "rawId": websafe_encode(name.encode()),
        "type": "public-key",
        "response": {
            "clientDataJSON": CollectedClientData.create(
                CollectedClientData.TYPE.CREATE, bytes(16), "https://localhost"
            ).b64,
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return Authenticator.objects.create(
        user=person,
        type="webauthn",
        data={"name": mfa_secrets.seal(name), "credential": credential},
    )
