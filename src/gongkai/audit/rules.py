"""What is hashed, and how one link follows another; pure, the hash function is handed in."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

Digest = Callable[[bytes], str]
NO_LINK = ""  # what the first link has before it


def canonical(value: Any) -> str:
    """Write JSON in the one form that is hashed: sorted keys, no spaces, characters as they are."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def plain(value: Any) -> Any:
    """Turn a fact into plain JSON: dates and moments to ISO, decimals to text, enums to values.

    Raises ``TypeError`` for anything else, records above all: name them by their key.
    """
    if isinstance(value, Enum):
        return plain(value.value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):  # datetime is one too
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else value
        return [plain(inner) for inner in items]
    raise TypeError(f"a fact must be plain JSON, this is {type(value).__name__}: say its key")


def moment(at: datetime) -> str:
    """Write a moment as it is hashed: UTC, with microseconds."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True)
class Content:
    """All of an event that its hash covers."""

    event: str
    at: datetime
    actor: tuple[int | None, str]
    acting_for: tuple[int | None, str]
    unit: tuple[int | None, str, str]
    subjects: tuple[str, ...]  # the subject first, then the further ones in order
    facts: str  # canonical JSON, as stored


def event_hash(content: Content, digest: Digest) -> str:
    """Return the hash of an event's content, in hex."""
    body = [
        content.event,
        moment(content.at),
        list(content.actor),
        list(content.acting_for),
        list(content.unit),
        list(content.subjects),
        content.facts,
    ]
    return digest(canonical(body).encode())


def link_hash(
    sequence: int, hashed: str, previous: str, sealed_at: datetime, digest: Digest
) -> str:
    """Return the hash of a link: its number, the event's hash, the link before, the moment."""
    body = [sequence, hashed, previous, moment(sealed_at)]
    return digest(canonical(body).encode())


@dataclass(frozen=True)
class Verdict:
    """What checking found: how many links were checked, the first broken one, a sentence."""

    ok: bool
    checked: int
    first_broken: int | None
    sentence: str


def anchor_body(anchor: Mapping[str, Any]) -> bytes:
    """Return the bytes of an anchor that its signature covers: all but the signature."""
    return canonical({k: v for k, v in anchor.items() if k != "signature"}).encode()


def widest(paths: Sequence[str]) -> bool:
    """Whether a scope reaches the top of a tree, and with it what belongs to no unit."""
    return any(path.strip("/").count("/") == 0 for path in paths)
