"""Hashes and keys as the settings say; the only place of this app that sees the data key."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from gongkai.audit.rules import Digest
from gongkai.audit.states import Algorithm

_HASHES: dict[Algorithm, type[hashes.HashAlgorithm]] = {
    Algorithm.SHA256: hashes.SHA256,
    Algorithm.SM3: hashes.SM3,
}


def algorithm() -> Algorithm:
    """Return the algorithm for new rows: setting ``AUDIT_HASH``, SHA-256 when it is not set."""
    return Algorithm(getattr(settings, "AUDIT_HASH", Algorithm.SHA256))


def digest_with(name: str) -> Digest:
    """Return the hash function of an algorithm named in a row. Raises ``ValueError``."""
    kind = _HASHES[Algorithm(name)]

    def digest(data: bytes) -> str:
        hasher = hashes.Hash(kind())
        hasher.update(data)
        return hasher.finalize().hex()

    return digest


def keyed_digest(value: str) -> str:
    """Return a digest of a personal value by which events tell "changed" and "the same".

    Keyed from the data key: without it nobody can try names or numbers against the trail.
    """
    name = algorithm()
    hasher = HMAC(_derived("gongkai audit digest 1"), _HASHES[name]())
    hasher.update(unicodedata.normalize("NFKC", value).strip().encode())
    return f"{name}:{hasher.finalize().hex()}"


def signing_key() -> Ed25519PrivateKey:
    """Return the key that signs anchors, derived from the data key."""
    return Ed25519PrivateKey.from_private_bytes(_derived("gongkai audit anchor 1"))


def public_key() -> str:
    """Return the public half in hex, to be kept where the office keeps its anchors."""
    raw = signing_key().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return raw.hex()


def _derived(purpose: str) -> bytes:
    return _derive(str(settings.DATA_KEY), purpose)


@lru_cache(maxsize=8)
def _derive(secret: str, purpose: str) -> bytes:
    if not secret:
        raise RuntimeError("GONGKAI_DATA_KEY is not set; see docs/settings.md")
    return HKDF(hashes.SHA256(), 32, salt=None, info=purpose.encode()).derive(secret.encode())
