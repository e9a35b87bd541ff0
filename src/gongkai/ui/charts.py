"""Charts as values: what is drawn, and the same as a table; no HTML, no queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar


@dataclass(frozen=True)
class Series:
    """One kind of what is counted: a light's code (it gives the colour), its word, its numbers."""

    code: str
    label: str
    values: Sequence[int]
    urls: Sequence[str] = ()
    """Where each number leads; empty, or one for each value."""


@dataclass(frozen=True)
class Bars:
    """Stacked bars: one for each category, one stripe for each series."""

    kind: ClassVar[str] = "bars"
    name: str
    """Its id on the page, in letters."""
    title: str
    said: str
    """The picture in one sentence, for who cannot see it."""
    head: str
    """What the categories are: 月份, 单位."""
    categories: Sequence[str]
    series: Sequence[Series]
    lying: bool = False
    """Whether the bars lie: for long names and many of them."""

    def data(self) -> dict[str, Any]:
        """Return what the script draws."""
        return {
            "kind": self.kind,
            "said": self.said,
            "lying": self.lying,
            "categories": list(self.categories),
            "series": [
                {
                    "code": one.code,
                    "label": one.label,
                    "values": list(one.values),
                    "urls": list(one.urls),
                }
                for one in self.series
            ],
        }

    @property
    def heads(self) -> list[str]:
        """The heads of the table."""
        return [self.head, *(one.label for one in self.series), "合计"]

    @property
    def rows(self) -> list[Row]:
        """The rows of the table."""
        return [
            Row(
                category,
                [Cell(s.label, s.values[n], s.urls[n] if s.urls else "") for s in self.series],
            )
            for n, category in enumerate(self.categories)
        ]


@dataclass(frozen=True)
class Cell:
    """A number of the table; where there is nothing it leads nowhere."""

    label: str
    n: int
    way: str

    @property
    def url(self) -> str:
        """Where the number leads."""
        return self.way if self.n else ""


@dataclass(frozen=True)
class Row:
    """A category with its numbers."""

    category: str
    cells: list[Cell]

    @property
    def total(self) -> int:
        """The sum of the row."""
        return sum(cell.n for cell in self.cells)


@dataclass(frozen=True)
class Moment:
    """Something on a line of time."""

    at: datetime
    lane: str
    label: str
    code: str
    """A light's code; it gives colour and shape."""
    url: str = ""


@dataclass(frozen=True)
class Moments:
    """A line of time with lanes; what happened, and what is due."""

    kind: ClassVar[str] = "moments"
    name: str
    title: str
    said: str
    moments: Sequence[Moment]

    @property
    def lanes(self) -> list[str]:
        """The lanes in the order in which they are first met."""
        return list(dict.fromkeys(moment.lane for moment in self.moments))

    @property
    def ordered(self) -> list[Moment]:
        """The moments from the first to the last."""
        return sorted(self.moments, key=lambda moment: moment.at)

    def data(self) -> dict[str, Any]:
        """Return what the script draws; moments in milliseconds since 1970."""
        lanes = self.lanes
        return {
            "kind": self.kind,
            "said": self.said,
            "lanes": lanes,
            "moments": [
                {
                    "at": int(moment.at.timestamp() * 1000),
                    "lane": lanes.index(moment.lane),
                    "label": moment.label,
                    "code": moment.code,
                    "url": moment.url,
                }
                for moment in self.ordered
            ],
        }
