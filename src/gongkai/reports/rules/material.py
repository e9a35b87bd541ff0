"""What a year's records say, as values: what a report is drafted from. Days are office days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

Key = str
"""A record by name: ``task:12``, ``duty:5``, ``unit:3``, ``trigger:7``, ``evidence:9``."""


@dataclass(frozen=True)
class Source:
    """A document whose tasks are reported on."""

    title: str
    number: str = ""


@dataclass(frozen=True)
class Said:
    """What a unit wrote of its part last."""

    unit: str
    progress: str = ""
    problems: str = ""
    next_steps: str = ""


@dataclass(frozen=True)
class TaskLine:
    """A task as it stood on the day of the report."""

    key: Key
    text: str
    part: str
    """The heading in its document, 一、夯实基础."""
    lead: tuple[str, ...] = ()
    done_on: date | None = None
    ready: bool = False
    """Done by its units, not yet struck off."""
    due_on: date | None = None
    """The next day by which something is due; None where nothing has a day."""
    standing: bool = False
    """Whether it goes on for ever."""
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Timed:
    """A date or period of a task that was due by the day of the report."""

    key: Key
    task: Key
    closed_on: date | None
    late: bool


@dataclass(frozen=True)
class Way:
    """The measures that a unit set itself for a task."""

    unit: str
    text: str


@dataclass(frozen=True)
class Held:
    """A hearing, training or other occasion on record."""

    key: Key
    kind: str
    """hearing, training, public; as records name their kinds."""
    count: int = 0
    """How many took part."""


@dataclass(frozen=True)
class Material:
    """All that a report of a body on a year is drafted from."""

    body: str
    year: int
    as_of: date
    sources: tuple[Source, ...]
    tasks: tuple[TaskLine, ...]
    timed: tuple[Timed, ...] = ()
    units: tuple[Key, ...] = ()
    happenings: tuple[Key, ...] = ()
    evidence: tuple[Key, ...] = ()
    ways: tuple[Way, ...] = ()
    held: tuple[Held, ...] = ()

    def done(self) -> list[TaskLine]:
        """Return the tasks struck off by that day."""
        return [task for task in self.tasks if task.done_on]

    def overdue(self) -> list[Timed]:
        """Return what was due and is not done."""
        return [timed for timed in self.timed if timed.closed_on is None]


def keys(rows: Iterable[TaskLine | Timed]) -> tuple[Key, ...]:
    """Return the names of the records, in their order."""
    return tuple(row.key for row in rows)
