"""Why something may not be done, as a value that button, page, interface and test share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """One reason: a permanent dotted code and a Chinese sentence that says what to do next."""

    code: str
    sentence: str

    def __str__(self) -> str:
        return self.sentence


class Refused(Exception):
    """An action was refused and has changed nothing; ``refusals`` says why, never empty."""

    def __init__(self, *refusals: Refusal) -> None:
        if not refusals:
            raise ValueError("a refusal needs a reason")
        self.refusals = refusals
        super().__init__("；".join(f"{r.code}: {r.sentence}" for r in refusals))

    @property
    def codes(self) -> set[str]:
        """The codes of all reasons."""
        return {refusal.code for refusal in self.refusals}


def refuse_if(refusals: Iterable[Refusal]) -> None:
    """Raise ``Refused`` with every reason given; do nothing when there is none."""
    found = tuple(refusals)
    if found:
        raise Refused(*found)
