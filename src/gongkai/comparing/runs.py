"""What of one text was taken out and put in, as runs to be shown side by side; no alignment."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from gongkai.comparing.moves import Move, moves

How = Literal["same", "deleted", "inserted"]

_BRIDGE = 2
"""So few letters that stayed between changes are shown as changed with them: single characters
that happen to be alike make a text that nobody can read."""


@dataclass(frozen=True)
class Run:
    """A stretch of one side: what stayed, what only the old or only the new text has."""

    how: How
    text: str


def runs(old: str, new: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Return both texts as runs; joined they are the texts."""
    left: list[Run] = []
    right: list[Run] = []
    for taken, put in _bridged(old, moves(old, new)):
        if taken == put:
            left.append(Run("same", taken))
            right.append(Run("same", put))
            continue
        if taken:
            left.append(Run("deleted", taken))
        if put:
            right.append(Run("inserted", put))
    return _joined(left), _joined(right)


def _bridged(old: str, found: Iterator[Move]) -> Iterator[tuple[str, str]]:
    """Yield what stood and what stands, short alike stretches inside a change put to it."""
    pending: tuple[str, str] | None = None
    held = ""
    for one in found:
        was = old[one.start : one.end]
        if one.how == "equal":
            if pending is None or len(was) > _BRIDGE or "\n" in was:
                yield from _let_go(pending, held)
                pending, held = None, ""
                yield was, was
            else:
                held += was
            continue
        before = pending or ("", "")
        pending = (before[0] + held + was, before[1] + held + one.words)
        held = ""
    yield from _let_go(pending, held)


def _let_go(pending: tuple[str, str] | None, held: str) -> Iterator[tuple[str, str]]:
    if pending:
        yield pending
    if held:
        yield held, held


def _joined(parts: list[Run]) -> tuple[Run, ...]:
    joined: list[Run] = []
    for part in parts:
        if joined and joined[-1].how == part.how:
            joined[-1] = Run(part.how, joined[-1].text + part.text)
        else:
            joined.append(part)
    return tuple(joined)
