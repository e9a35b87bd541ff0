"""How long a duty may take, as a value that is kept as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.duties.states import LimitKind

COUNTED = frozenset({LimitKind.WORKING_DAYS, LimitKind.CALENDAR_DAYS, LimitKind.HOURS})
"""Limits that are counted from a start, and so can be paused, extended and reset."""

LONGEST = {LimitKind.WORKING_DAYS: 2_500, LimitKind.CALENDAR_DAYS: 3_650, LimitKind.HOURS: 8_760}


@dataclass(frozen=True)
class Limit:
    """A limit: ``n`` of its unit, or a date, or neither.

    ``roll`` moves a last calendar day on which offices do not work to the next working day.
    Raises ``ValueError`` for an impossible one.
    """

    kind: LimitKind
    n: int = 0
    on: date | None = None
    roll: bool = False

    def __post_init__(self) -> None:
        counted = self.kind in COUNTED
        if counted and not 1 <= self.n <= LONGEST[self.kind]:
            raise ValueError(f"{self.kind} wants n between 1 and {LONGEST[self.kind]}")
        if not counted and self.n:
            raise ValueError(f"{self.kind} takes no n")
        if (self.kind is LimitKind.DATE) != (self.on is not None):
            raise ValueError("a date belongs to the kind date and to no other")
        if self.roll and self.kind is not LimitKind.CALENDAR_DAYS:
            raise ValueError("only calendar days roll over")

    @property
    def counted(self) -> bool:
        """Whether the limit is counted from a start."""
        return self.kind in COUNTED

    @property
    def words(self) -> str:
        """The limit in Chinese."""
        if self.kind is LimitKind.DATE and self.on is not None:
            return f"{self.on.year}年{self.on.month}月{self.on.day}日前"
        if self.kind in COUNTED:
            return f"{self.n}{self.unit}内" + ("（末日逢休息日顺延）" if self.roll else "")
        return self.kind.label

    @property
    def unit(self) -> str:
        """The unit of a counted limit with its measure word; "" for the others."""
        return {
            LimitKind.WORKING_DAYS: "个工作日",
            LimitKind.CALENDAR_DAYS: "日",
            LimitKind.HOURS: "小时",
        }.get(self.kind, "")

    def as_json(self) -> dict[str, Any]:
        """Return the set fields as plain JSON."""
        found: dict[str, Any] = {"kind": self.kind.value}
        if self.n:
            found["n"] = self.n
        if self.on is not None:
            found["on"] = self.on.isoformat()
        if self.roll:
            found["roll"] = True
        return found

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Limit:
        """Read a limit back from ``as_json``. Raises ``ValueError``."""
        on = date.fromisoformat(data["on"]) if data.get("on") else None
        return cls(LimitKind(data["kind"]), data.get("n", 0), on, bool(data.get("roll")))


def working_days(n: int) -> Limit:
    """A limit of ``n`` working days."""
    return Limit(LimitKind.WORKING_DAYS, n)


def calendar_days(n: int, *, roll: bool = False) -> Limit:
    """A limit of ``n`` days of the calendar."""
    return Limit(LimitKind.CALENDAR_DAYS, n, roll=roll)


def hours(n: int) -> Limit:
    """A limit of ``n`` running hours."""
    return Limit(LimitKind.HOURS, n)


def on_date(day: date) -> Limit:
    """A limit that ends with a given day."""
    return Limit(LimitKind.DATE, on=day)


def standing() -> Limit:
    """No end: a standing duty."""
    return Limit(LimitKind.STANDING)


def waiting() -> Limit:
    """A date that the superior has still to give."""
    return Limit(LimitKind.WAITING)
