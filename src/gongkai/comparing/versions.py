"""Two versions of a text side by side, paragraph by paragraph; knows no clauses and no markup."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from gongkai.comparing.aligning import Item, Step, align
from gongkai.comparing.runs import Run, runs

Kind = Literal["same", "changed", "moved", "added", "removed"]


@dataclass(frozen=True)
class Row:
    """One row of two columns; ``old`` and ``new`` are the indexes of the paragraphs."""

    kind: Kind
    old: int | None
    new: int | None
    left: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()


def compare_versions(old: Sequence[str], new: Sequence[str]) -> tuple[Row, ...]:
    """Compare the paragraphs of two versions, in the order of the new one.

    Each paragraph stands in exactly one row; what was taken out stands where it stood.
    """
    steps = align([Item(text) for text in old], [Item(text) for text in new])
    return tuple(_row(step, old, new) for step in steps)


def _row(step: Step, old: Sequence[str], new: Sequence[str]) -> Row:
    if step.new is None and step.old is not None:
        return Row("removed", step.old, None, (Run("deleted", old[step.old]),))
    if step.old is None and step.new is not None:
        return Row("added", None, step.new, (), (Run("inserted", new[step.new]),))
    assert step.old is not None  # noqa: S101 - both sides are there
    assert step.new is not None  # noqa: S101
    was, now = old[step.old], new[step.new]
    left, right = runs(was, now)
    kind: Kind = "moved" if step.moved else "same" if was == now else "changed"
    return Row(kind, step.old, step.new, left, right)
