"""Tasks from the rows of tables: the cells say who and when; what is empty stays empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from gongkai.reading.deadlines import find_due, find_limits, read_deadline
from gongkai.reading.result import Due, Flag, Target, Task
from gongkai.reading.tables import Row
from gongkai.reading.targets import find_targets
from gongkai.reading.tasks.parts import flags_of, merged
from gongkai.reading.units import UnitPhrase, find_units, read_units, split_bracket

_WHO = frozenset(("units", "lead", "support"))


def tasks_of_rows(
    rows: Sequence[Row], *, year: int | None, step: Callable[[int], None]
) -> list[Task]:
    """Return one task for each row, with the units and time of the row above offered for gaps."""
    tasks: list[Task] = []
    offer: dict[str, Any] = {}
    number = 0
    table = None
    for row in rows:
        if row.table != table:
            table, offer = row.table, {}
            number = 0 if "number" in row.columns else max((t.row for t in tasks), default=0)
        number = row.number if row.number is not None else number + ("number" not in row.columns)
        task = _task(row, max(number, 1), year)
        step(task.start)
        tasks.append(_with_offer(task, row, offer))
        offer = _offered(task, offer)
    return tasks


def _task(row: Row, number: int, year: int | None) -> Task:
    line = row.requirement
    assert line is not None  # noqa: S101 - rows without a requirement are not made
    own, bracket = split_bracket(line.text)
    units = _units(row) or (bracket.units if bracket else None) or _named_in(line.text)
    due = _due(row, bracket.due_text if bracket else None, own, year)
    more: list[Flag] = ["empty-cells"] if _gaps(row) else []
    more += ["guessed"] if row.guessed else []
    start, end = row.span()
    return Task(
        row=number,
        clause=row.node.path if row.node else "",
        text=own.strip() if bracket and not row.columns & _WHO else line.text,
        lead=units.lead,
        support=units.support,
        due=due,
        limits=tuple(find_limits(line.text)),
        targets=_targets(line.text, row.text("goal"), due),
        superior=_superior(row),
        flags=flags_of(units, due, *more),
        start=start,
        end=end,
        where=line.block.where,
    )


def _targets(text: str, goal: str, due: Due | None) -> tuple[Target, ...]:
    """Read what is to be reached; how often a year too, where the cell sets another time."""
    each_year = due is not None and due.kind != "yearly"
    return tuple(find_targets("\n".join(filter(None, (text, goal))), each_year=each_year))


def _superior(row: Row) -> str | None:
    """Return whom the superior has named: its own column, or a remark that names units."""
    said = row.text("note")
    if not said and read_units(row.text("remark"), bracket=True).lead:
        said = row.text("remark")
    return said.replace("\n", " ") or None


def _units(row: Row) -> UnitPhrase | None:
    """Read the cells that name units; None where they are empty or there are none."""
    lead, support, plain = (read_units(row.text(role)) for role in ("lead", "support", "units"))
    units = merged(lead, support, plain)
    return units if units.lead or units.support else None


def _named_in(text: str) -> UnitPhrase:
    return find_units(text) or UnitPhrase()


def _due(row: Row, in_bracket: str | None, text: str, year: int | None) -> Due | None:
    """Read the time's cell; what the requirement itself says only where that is empty."""
    cell = row.text("due")
    if cell:
        return read_deadline(cell, year=year)
    if in_bracket:
        return read_deadline(in_bracket, year=year)
    return find_due(text, year=year, weak="due" not in row.columns)


def _gaps(row: Row) -> set[str]:
    """Return which of units and time the table asks for and the row leaves empty."""
    gaps = set()
    if row.columns & _WHO and not row.text("units", "lead", "support"):
        gaps.add("units")
    if "due" in row.columns and not row.text("due"):
        gaps.add("due")
    return gaps


def _with_offer(task: Task, row: Row, offer: dict[str, Any]) -> Task:
    gaps = _gaps(row)
    offered: dict[str, Any] = {}
    if "units" in gaps and not task.lead and ("lead" in offer or "support" in offer):
        offered |= {key: offer[key] for key in ("lead", "support") if key in offer}
    if "due" in gaps and task.due is None and "due" in offer:
        offered["due"] = offer["due"]
    return replace(task, inherited=offered, flags=(*task.flags, "inherited")) if offered else task


def _offered(task: Task, before: dict[str, Any]) -> dict[str, Any]:
    """Return what the next row is offered: this row's units and time, else those offered to it."""
    offer = dict(before)
    if task.lead or task.support:
        offer |= {"lead": task.lead, "support": task.support}
    if task.due is not None:
        offer["due"] = task.due
    return offer
