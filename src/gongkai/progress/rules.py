"""A step of a measure as a value: what, who answers, by when; without Django."""

from __future__ import annotations

from collections.abc import Mapping
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
        parts = [self.what, self.who, f"{self.by:%Y-%m-%d}前" if self.by else ""]
        return "，".join(part for part in parts if part)
