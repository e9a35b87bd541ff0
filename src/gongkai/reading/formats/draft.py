"""Collects paragraphs and tables in reading order into text and blocks. Knows no file format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.reading.blocks import Block, BlockKind, Unreadable
from gongkai.reading.limits import MAX_CELLS, MAX_CHARACTERS


@dataclass
class Cell:
    """One cell of a table in the making; a merged cell stands once, at its top left."""

    row: int
    col: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    where: str | None = None


class Draft:
    """The growing text of a document and its blocks; bounded in characters and cells."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0
        self._cells = 0
        self._tables = 0

    def para(
        self,
        text: str,
        *,
        kind: BlockKind = "para",
        level: int | None = None,
        where: str | None = None,
        joined: bool = False,
    ) -> None:
        """Add a paragraph; ``joined`` leaves its line breaks out of the block's content."""
        start = self._add(text)
        at: Sequence[int] = range(start, start + len(text))
        content = text
        if joined and "\n" in text:
            at = [offset for offset, char in zip(at, text, strict=True) if char != "\n"]
            content = text.replace("\n", "")
        self._blocks.append(
            Block(start, start + len(text), kind, content, at, level=level, where=where)
        )
        self._parts.append("\n")
        self._length += 1

    def table(self, cells: Sequence[Cell]) -> None:
        """Add a table: cells of a row stand behind one another with a tab, rows below."""
        self._cells += len(cells)
        check_cells(self._cells)
        cells = sorted(cells, key=lambda cell: (cell.row, cell.col))
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            self._cell(cell)
            same_row = following is not None and following.row == cell.row
            self._parts.append("\t" if same_row else "\n")
            self._length += 1
        self._tables += 1

    def _cell(self, cell: Cell) -> None:
        start = self._add(cell.text)
        end = start + len(cell.text)
        block = Block(start, end, "cell", cell.text, range(start, end), where=cell.where)
        self._blocks.append(
            replace(
                block,
                table=self._tables,
                row=cell.row,
                col=cell.col,
                rowspan=cell.rowspan,
                colspan=cell.colspan,
            )
        )

    def _add(self, text: str) -> int:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        check_characters(self._length)
        return start

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """Return the text, without its last line end, and the blocks in reading order."""
        if self._parts:
            self._parts.pop()
        return "".join(self._parts), tuple(self._blocks)


def check_characters(count: int) -> None:
    """Raise ``Unreadable`` when the text is longer than one document may be."""
    if count > MAX_CHARACTERS:
        raise Unreadable("too_large", f"文字超过 {MAX_CHARACTERS // 10_000} 万字，请分成几份再读。")


def check_cells(count: int, most: int = MAX_CELLS) -> None:
    """Raise ``Unreadable`` when there are more cells than one document may hold."""
    if count > most:
        raise Unreadable("too_large", f"表格超过 {most // 10_000} 万格，请只留下要读的表再读。")
