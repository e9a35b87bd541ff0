"""Short secrets that the database keeps sealed only; the key comes from the settings."""

from __future__ import annotations

import base64
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


@lru_cache(maxsize=8)
def _box(secret: str, purpose: str) -> Fernet:
    if not secret:
        raise RuntimeError("GONGKAI_DATA_KEY is not set; see docs/settings.md")
    key = HKDF(hashes.SHA256(), 32, salt=None, info=f"sealed:{purpose}".encode())
    return Fernet(base64.urlsafe_b64encode(key.derive(secret.encode())))
