"""Short secrets that the database keeps sealed or not at all; the key comes from the settings."""

from __future__ import annotations

import base64
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unopenable(ValueError):
    """A sealed text was sealed with another key, for another purpose, or altered."""


def seal(text: str, *, purpose: str) -> str:
    """Return the text sealed for a purpose. Raises ``RuntimeError`` without a data key."""
    return _box(str(settings.DATA_KEY), purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, *, purpose: str) -> str:
    """Return the text that was sealed for this purpose. Raises ``Unopenable``."""
    try:
        return _box(str(settings.DATA_KEY), purpose).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unopenable("not sealed with this key for this purpose") from error


def trace(*parts: str, purpose: str) -> str:
    """Return what recognises these texts again and gives none of them away: 64 hex digits.

    Raises ``RuntimeError`` without a data key.
    """
    # The length before each part keeps ("ab", "c") and ("a", "bc") apart.
    said = b"".join(f"{len(part.encode())}:{part}".encode() for part in parts)
    return hmac.digest(_key(str(settings.DATA_KEY), f"trace:{purpose}"), said, "sha256").hex()


@lru_cache(maxsize=8)
def _box(secret: str, purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_key(secret, f"sealed:{purpose}")))


def _key(secret: str, info: str) -> bytes:
    if not secret:
        raise RuntimeError("GONGKAI_DATA_KEY is not set; see docs/settings.md")
    return HKDF(hashes.SHA256(), 32, salt=None, info=info.encode()).derive(secret.encode())
