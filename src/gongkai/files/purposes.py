"""For what files are kept, declared by the apps that keep them; the one gate asks here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gongkai.files.states import Kind

if TYPE_CHECKING:
    from gongkai.accounts.api import User
    from gongkai.files.models import StoredFile

MaySee = Callable[["User", "StoredFile"], bool]


@dataclass(frozen=True)
class Purpose:
    """Kinds and size taken for a purpose, and who may see its files.

    ``personal``: each download is recorded as a look at personal data.
    """

    name: str
    kinds: frozenset[Kind]
    max_bytes: int
    may_see: MaySee
    personal: bool = False


_PURPOSES: dict[str, Purpose] = {}


def declare_purpose(
    purpose: str, *, kinds: set[str], max_bytes: int, may_see: MaySee, personal: bool = False
) -> None:
    """Declare what is taken for a purpose and who may see it; called when the app starts.

    Raises ``ValueError`` for an unknown kind.
    """
    known = frozenset(Kind(kind) for kind in kinds)
    _PURPOSES[purpose] = Purpose(purpose, known, max_bytes, may_see, personal)


def purpose_named(name: str) -> Purpose:
    """Return a declared purpose. Raises ``LookupError``."""
    if name not in _PURPOSES:
        raise LookupError(f"no app has declared the purpose {name!r}; call declare_purpose()")
    return _PURPOSES[name]


def purpose_or_none(name: str) -> Purpose | None:
    """Return a declared purpose, None when its app is not there."""
    return _PURPOSES.get(name)
