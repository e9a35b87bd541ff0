"""The first half of reading: a source's lines, its tables set apart, what its head says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.reading import clean, tables
from gongkai.reading.clean import Line
from gongkai.reading.header import Header, read_header
from gongkai.reading.linebreaks import restored
from gongkai.reading.source import Source

__all__ = ["Opened", "open_up"]


@dataclass(frozen=True, eq=False)
class Opened:
    """A source laid out: its lines without tables, the tables beside them, its header."""

    layout: tables.Layout
    header: Header

    @property
    def prose(self) -> Sequence[Line]:
        """The lines that stand in no table; the header's indexes count them."""
        return self.layout.prose


def open_up(source: Source, step: Callable[[int], None] = lambda _: None) -> Opened:
    """Lay a source out; ``step`` is told how far in the text this has come."""
    layout = tables.lay_out(restored(clean.lines(source, step)))
    meta = [clean.clean(block, traditional=False) for block in source.meta]
    return Opened(layout, read_header(layout.prose, meta, layout.data))
