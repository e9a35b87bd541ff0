"""What the reader says of a document, as plain values; nothing here reads anything.

``start`` and ``end`` are always character offsets into the decoded text before any cleaning,
the text that ``gongkai read --text`` prints.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

DueKind = Literal[
    "date",
    "month",
    "year",
    "within",
    "monthly",
    "quarterly",
    "half-yearly",
    "yearly",
    "promptly",
    "standing",
    "superior",
]
Unit = Literal["hour", "day", "workday", "week", "month"]
Flag = Literal["no-unit", "vague-set", "no-deadline", "empty-cells", "inherited", "guessed"]
FigureKind = Literal["sum", "share", "rate", "change"]


@dataclass(frozen=True)
class Due:
    """When a task is to be done. Only the fields that the kind asks for are set.

    ``on`` (ISO day): date, month and year kinds, the last day of the span. ``n``/``unit``:
    within. ``n`` of a cadence: how often at least in each period, where that is told. ``day``:
    monthly, the day of the month.
    ``dates``: all days, when the text names several.
    """

    kind: DueKind
    text: str
    on: str | None = None
    n: int | None = None
    unit: Unit | None = None
    day: int | None = None
    dates: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limit:
    """A limit in the running text: within ``n`` of ``unit``, counted from a trigger."""

    n: int
    unit: Unit
    text: str


@dataclass(frozen=True)
class Target:
    """A share or count that is to be reached; percents as 71.4 with unit ``%``."""

    value: float
    unit: str
    op: Literal[">=", "<=", "=", ">", "<"]
    text: str


@dataclass(frozen=True)
class Citation:
    """Another document or law that the text names."""

    title: str
    number: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Clause:
    """A part of the document: labels half-width without trailing punctuation, joined by ``/``."""

    path: str
    heading: str
    text: str
    start: int
    end: int
    where: str | None = None


@dataclass(frozen=True)
class Task:
    """A proposed task. ``row`` is the printed number in a table, else its order in the text."""

    row: int
    clause: str
    text: str
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    due: Due | None = None
    limits: tuple[Limit, ...] = ()
    targets: tuple[Target, ...] = ()
    superior: str | None = None
    flags: tuple[Flag, ...] = ()
    inherited: dict[str, Any] = field(default_factory=dict)
    """What the row above offers for empty cells (lead, support, due), not filled in."""
    start: int = 0
    end: int = 0
    where: str | None = None


@dataclass(frozen=True)
class Figure:
    """A sum, share, rate or change that was recomputed; percents as 71.4."""

    kind: FigureKind
    text: str
    stated: float
    computed: float
    agrees: bool
    start: int
    end: int
    where: str | None = None


@dataclass(frozen=True)
class Reading:
    """All that was read of one document; null where the document does not say."""

    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    """The day of signing (成文)."""
    published: str | None = None
    """The day that the page or paper says it came out."""
    year: int | None = None
    addressees: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    clauses: tuple[Clause, ...] = ()
    tasks: tuple[Task, ...] = ()
    figures: tuple[Figure, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the reading as plain lists and dictionaries; ``where`` only where it is known."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


_ONLY_WHEN_SET = {"where", "inherited", "addressees"}
_DUE_ALWAYS = {"kind", "text"}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        is_due = "kind" in value and "dates" in value
        return {
            key: _plain(item)
            for key, item in value.items()
            if item not in (None, (), [], {})
            or (key not in _ONLY_WHEN_SET and (not is_due or key in _DUE_ALWAYS))
        }
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
