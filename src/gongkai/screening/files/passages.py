"""Lines and cells that become one text to look at, and know where each of them stood."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from gongkai.screening.files.looking import Look, Where


@dataclass
class Lines:
    """Paragraphs, lines or pages in their order; empty ones are left out and not counted."""

    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Add a line, unless there is nothing in it."""
        if line.strip():
            self.lines.append(line)

    def look(self, look: Look, place: str, spot: str) -> None:
        """Look at the lines as one text; ``spot`` says where one stands: "，第{}段"."""
        if self.lines:
            look.text("\n".join(self.lines), place, numbered(self.lines, spot))

    def aside(self, look: Look, place: str) -> None:
        """Look at the lines for personal numbers only."""
        if self.lines:
            look.aside("\n".join(self.lines), place)


def numbered(lines: list[str], spot: str) -> Where:
    """Return what says of an offset in the joined lines in which one it is, counted from 1."""
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return lambda offset: spot.format(bisect_right(starts, offset))


@dataclass
class Cells:
    """Cells of a sheet, row by row, as one text with tabs and line ends between."""

    pieces: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, name: str, text: str, *, new_row: bool) -> None:
        """Add a cell by its name, B3."""
        between = "" if not self.pieces else "\n" if new_row else "\t"
        self.length += len(between)
        self.starts.append(self.length)
        self.names.append(name)
        self.pieces.append(between + text)
        self.length += len(text)

    def look(self, look: Look, place: str) -> None:
        """Look at all cells as one text."""
        look.text("".join(self.pieces), place, self._where)

    def _where(self, offset: int) -> str:
        return f"，{self.names[max(bisect_right(self.starts, offset) - 1, 0)]}"
