"""What a run measures and how often; no measuring."""

from __future__ import annotations

from dataclasses import dataclass

SMALL = 10_000
"""Duties of the small side; a tiny run has a tenth of it."""

KINDS = ("txt", "html", "xlsx")
GROWING = (
    "citations",
    "units",
    "targets",
    "deadlines",
    "figures",
    "elements",
    "texts",
    "documents",
    "pages",
    "word",
)
COMPARED = ("overlap", "clauses", "versions")
PAGES = (
    "board",
    "board_week",
    "home",
    "my_duties",
    "tasks",
    "task",
    "register",
    "ledger",
    "item",
)
PEOPLE = ("section", "body", "city")

DECLARED = (
    *(f"reader.{kind}" for kind in KINDS),
    *(f"growth.{kind}" for kind in GROWING),
    *(f"compare.{kind}" for kind in COMPARED),
    "screen.files",
    "screen.text",
    *(f"page.{page}.{person}" for page in PAGES for person in PEOPLE),
    "tick.lights",
    "audit.seal",
    "audit.verify",
    "bind.table",
    "sheet.accept",
)
"""Every measure, by the name its line bears."""


@dataclass(frozen=True)
class Plan:
    """The size of each thing measured, and how often each reading is taken.

    ``small``: duties of the small side. ``bodies``: on both sides, each with twelve sections.
    ``longer``: how many times as long the long document is. ``rows``: of the tables that are made
    binding and filled in. ``turning``: lights that turn in one tick. ``events``: to seal.
    ``share``: of the usual length of texts made to take for ever.
    """

    scale: int
    small: int = SMALL
    bodies: int = 84
    pages: int = 40
    works: int = 5
    longer: int = 100
    rows: int = 500
    turning: int = 1_000
    events: int = 1_000
    share: float = 1

    @classmethod
    def of(cls, text: str) -> Plan:
        """Read ``20k``, ``1m``, a number, or ``tiny``: all measures, only to see that they run.

        Raises ``ValueError``.
        """
        if text == "tiny":
            few = SMALL // 10
            return cls(few + 48, few, 5, 1, 1, longer=2, rows=10, turning=48, events=20, share=0.1)
        factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:].lower(), 1)
        scale = int(text[:-1] if factor > 1 else text) * factor
        if scale <= SMALL:
            raise ValueError(f"the scale has to lie above {SMALL:,}")
        return cls(scale)
