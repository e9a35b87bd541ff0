"""What a new version of a catalogue adds, changes and no longer has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.standards.rules.reading import LABELS, Entry

COMPARED = ("content", "basis", "limit", "publisher", "channels", "audience", "way", "level")


@dataclass(frozen=True)
class Change:
    """A matter whose words changed: column, before, after."""

    entry: Entry
    columns: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Comparison:
    """Two versions side by side."""

    added: tuple[Entry, ...]
    gone: tuple[Entry, ...]
    changed: tuple[Change, ...]
    same: int


def compare(before: Sequence[Entry], after: Sequence[Entry]) -> Comparison:
    """Compare two versions by the names of their matters."""
    was = {entry.key: entry for entry in before}
    now = {entry.key: entry for entry in after}
    changes = [Change(entry, _columns(was[key], entry)) for key, entry in now.items() if key in was]
    changed = tuple(change for change in changes if change.columns)
    return Comparison(
        added=tuple(entry for key, entry in now.items() if key not in was),
        gone=tuple(entry for key, entry in was.items() if key not in now),
        changed=changed,
        same=len(changes) - len(changed),
    )


def _columns(before: Entry, after: Entry) -> tuple[tuple[str, str, str], ...]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in COMPARED)
    return tuple((LABELS[name], old, new) for name, old, new in pairs if old != new)
