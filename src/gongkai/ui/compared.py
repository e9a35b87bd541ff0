"""Two texts side by side as a table shows them: a word for each change, what stayed folded away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

EDGE = 1
"""So many unchanged rows stay in sight before and after a change, to know where one is."""

WORDS = {
    "same": ("没有变化", "off"),
    "renumbered": ("序号变了", "off"),
    "changed": ("修改", "wait"),
    "moved": ("移动", "wait"),
    "added": ("新增", "good"),
    "removed": ("删去", "binding"),
}


class Run(Protocol):
    """A stretch of one side."""

    @property
    def how(self) -> str:
        """Return same, deleted or inserted."""

    @property
    def text(self) -> str:
        """Return its words."""


class Row(Protocol):
    """A row of two texts."""

    @property
    def kind(self) -> str:
        """Return what became of it, a key of ``WORDS``."""

    @property
    def left(self) -> Sequence[Run]:
        """Return the old side; empty for what is new."""

    @property
    def right(self) -> Sequence[Run]:
        """Return the new side; empty for what was taken out."""


@dataclass(frozen=True)
class Shown:
    """A row as it is shown, or so many rows that are left out (``skipped``)."""

    word: str = ""
    tone: str = "off"
    left: Sequence[Run] = ()
    right: Sequence[Run] = ()
    skipped: int = 0


def shown(rows: Iterable[Row], *, whole: bool = False) -> list[Shown]:
    """Return the rows to show; long stretches without a change are folded, unless ``whole``."""
    stretches = [list(group) for _, group in groupby(rows, key=lambda row: row.kind == "same")]
    return [
        one
        for n, stretch in enumerate(stretches)
        for one in _stretch(stretch, first=n == 0, last=n == len(stretches) - 1, whole=whole)
    ]


def _stretch(rows: Sequence[Row], *, first: bool, last: bool, whole: bool) -> Iterator[Shown]:
    head, tail = (0 if first else EDGE), (0 if last else EDGE)
    if rows[0].kind != "same" or whole or len(rows) <= head + tail + 1:
        yield from map(_row, rows)
        return
    yield from map(_row, rows[:head])
    yield Shown(skipped=len(rows) - head - tail)
    yield from map(_row, rows[len(rows) - tail :])


def _row(row: Row) -> Shown:
    word, tone = WORDS[row.kind]
    return Shown(word, tone, row.left, row.right)


def summary(rows: Iterable[Row]) -> str:
    """Say in words how many parts changed and how: 修改3处，新增1处."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.kind != "same":
            counts[row.kind] = counts.get(row.kind, 0) + 1
    said = [f"{WORDS[kind][0]}{counts[kind]}处" for kind in WORDS if kind in counts]
    return "，".join(said) or "文字完全相同"
