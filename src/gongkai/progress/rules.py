"""Steps of a measure and the standing of a part as values, the hash of what is signed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Step:
    """A step of the measures: what is done, who answers for it, by which day."""

    what: str
    who: str = ""
    by: date | None = None

    def as_json(self) -> dict[str, str]:
        """Return the step as it is kept."""
        return {"what": self.what, "who": self.who, "by": self.by.isoformat() if self.by else ""}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Step:
        """Read a step as it is kept."""
        by = date.fromisoformat(kept["by"]) if kept["by"] else None
        return cls(kept["what"], kept["who"], by)

    def words(self) -> str:
        """Return the step in one line, as the timeline shows it."""
        parts = [self.what, self.who, self._until()]
        return "，".join(part for part in parts if part)

    def _until(self) -> str:
        by = self.by
        return f"{by.year}年{by.month}月{by.day}日前" if by else ""

    def line(self) -> str:
        """Return the step as a person types it, and ``steps_in`` reads it."""
        return "｜".join((self.what, self.who, self.by.isoformat() if self.by else "")).rstrip("｜")


@dataclass(frozen=True)
class Standing:
    """How a unit's part in a task stands: what its reports and buttons depend on."""

    has_part: bool = False
    runs: bool = False
    """Whether a clock of the part runs."""
    evidenced: bool = False
    taken: bool = False
    """Whether the whole part, apart from its clocks, was reported and signed."""


def steps_in(text: str) -> list[Step]:
    """Read steps typed one a line, 做什么｜谁｜哪天前; the last two may be left out.

    Raises ``ValueError`` with the line that has a day that is none.
    """
    lines = (line.replace("|", "｜").replace("\t", "｜") for line in text.splitlines())
    return [_step(line) for line in lines if line.strip("｜ ")]


def _step(line: str) -> Step:
    what, who, by = ([part.strip() for part in line.split("｜")] + ["", ""])[:3]
    try:
        return Step(what, who, date.fromisoformat(by) if by else None)
    except ValueError:
        raise ValueError(line) from None


def digest(kind: str, *values: object, evidence: Iterable[int] = ()) -> str:
    """Return the hash of the exact version that is signed."""
    said = json.dumps([kind, *map(str, values), sorted(evidence)], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
