"""Materialised paths ("/1/5/9/"): where a unit hangs, said as text; no tables."""

from __future__ import annotations


def path_under(parent: str, pk: int) -> str:
    """Return a unit's path: its parent's path ("" at the top) and its own key."""
    return f"{parent or '/'}{pk}/"


def lies_under(path: str, above: str) -> bool:
    """Say whether a path is the other or lies below it."""
    return path.startswith(above)


def would_turn_in_a_circle(path: str, new_parent: str) -> bool:
    """Say whether a unit at ``path`` would come to stand under itself."""
    return lies_under(new_parent, path)


def rehung(path: str, before: str, after: str) -> str:
    """Return the path of a unit below ``before`` when that has become ``after``."""
    if not lies_under(path, before):
        raise ValueError(f"{path} does not lie under {before}")
    return after + path[len(before) :]


def keys_above(path: str) -> list[int]:
    """Return the keys of the units above, the highest first."""
    return [int(key) for key in path.strip("/").split("/")[:-1] if key]


def depth(path: str) -> int:
    """Return how many units stand above; 0 at the top."""
    return path.count("/") - 2
