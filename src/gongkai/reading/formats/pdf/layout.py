"""Pages → paragraphs and tables that run over their breaks, without headers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from gongkai.reading.blocks import Block, BlockKind, Unreadable
from gongkai.reading.formats.draft import Draft
from gongkai.reading.formats.pdf.page import LABEL, Line, PageText, TableText
from gongkai.reading.formats.pdf.tables import RunningTable

_MARGIN = 0.12
"""Share of the page's height at top and bottom where headers and page numbers stand."""
_PAGE_NUMBER = re.compile(
    r"[\s\-—–―·•.~－]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，]?\s*(?:共\s*)?\d{1,4}\s*页?)?[\s\-—–―·•.~－]*$"
)
_MAX_UNKNOWN = 0.3
"""Share of characters without a code above which the text is none."""


@dataclass
class _Shape:
    """How the body of the document is set."""

    left: float
    right: float
    size: float
    middle: float


@dataclass
class _Writer:
    shape: _Shape
    draft: Draft = field(default_factory=Draft)
    _paragraph: list[Line] = field(default_factory=list)
    _page: int = 0
    _table: RunningTable | None = None

    def write(self, pages: list[PageText]) -> tuple[str, tuple[Block, ...]]:
        for page in pages:
            for item in _in_order(page):
                if isinstance(item, Line):
                    self._line(item, page.number)
                else:
                    self._grid(item, page)
        self._end_paragraph()
        self._end_table()
        return self.draft.finish()

    def _line(self, line: Line, page: int) -> None:
        self._end_table()
        if self._paragraph and not _runs_on(self._paragraph[-1], line, self.shape):
            self._end_paragraph()
        self._page = self._page if self._paragraph else page
        self._paragraph.append(line)

    def _grid(self, item: TableText, page: PageText) -> None:
        self._end_paragraph()
        goes_on = self._table and self._table.takes(item) and item is page.tables[0]
        if not goes_on or self._table is None:
            self._end_table()
            self._table = RunningTable(item.edges)
        self._table.add(item, page.number)

    def _end_table(self) -> None:
        if self._table:
            self.draft.table(self._table.cells)
        self._table = None

    def _end_paragraph(self) -> None:
        if not self._paragraph:
            return
        kind: BlockKind = "title" if _is_display(self._paragraph[0], self.shape) else "para"
        text = "\n".join(_with_spaces([line.text for line in self._paragraph]))
        self.draft.para(text, kind=kind, where=f"第{self._page}页", joined=True)
        self._paragraph = []


def write_pages(pages: list[PageText]) -> tuple[str, tuple[Block, ...]]:
    """Return the text and blocks of the pages. Raises ``Unreadable`` (no_text, too_large)."""
    _refuse_scans(pages)
    furniture = _furniture(pages)
    for page in pages:
        page.lines = [line for line in page.lines if not _is_furniture(page, line, furniture)]
    return _Writer(_shape(pages)).write(pages)


def _refuse_scans(pages: list[PageText]) -> None:
    texts = [line.text for page in pages for line in page.lines]
    texts += [cell.text for page in pages for table in page.tables for cell in table.cells]
    letters = "".join(texts).replace(" ", "")
    if not letters:
        raise Unreadable(
            "no_text", "这份 .pdf 是扫描件，里面没有文字，请先做文字识别，或上传文件的原稿。"
        )
    if letters.count("\ufffd") > len(letters) * _MAX_UNKNOWN:
        raise Unreadable(
            "no_text", "这份 .pdf 的字体取不出文字，请上传原稿，或打印为图片后做文字识别。"
        )


# Headers, footers, page numbers


def _furniture(pages: list[PageText]) -> set[tuple[str, int]]:
    """Return what repeats in the margins: text with digits masked, and its height on the page."""
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({_mark(line) for line in page.lines if _in_margin(page, line)})
    least = max(2, len(pages) * 0.3)  # odd and even pages may differ
    return {mark for mark, times in seen.items() if times >= least}


def _mark(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "#", line.text), round(line.top / 6)


def _in_margin(page: PageText, line: Line) -> bool:
    return line.bottom < page.height * _MARGIN or line.top > page.height * (1 - _MARGIN)


def _is_furniture(page: PageText, line: Line, repeated: set[tuple[str, int]]) -> bool:
    if not _in_margin(page, line):
        return False
    return _mark(line) in repeated or bool(_PAGE_NUMBER.match(line.text))


# Paragraphs


def _shape(pages: list[PageText]) -> _Shape:
    lines = [line for page in pages for line in page.lines]
    if not lines:
        return _Shape(0, 0, 1, 0)
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    size = sizes.most_common(1)[0][0]
    body = [line for line in lines if abs(line.size - size) <= 1] or lines
    lefts = sorted(line.x0 for line in body)
    rights = sorted(line.x1 for line in body)
    left, right = lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]
    full = sum(edge > right - size for edge in rights)
    if full < max(3, len(rights) // 5):
        # Too few long lines to show where the margin is: it is as wide as the one at the left.
        right = max(right, pages[0].width - left)
    return _Shape(left, right, max(size, 1), (left + right) / 2)


def _in_order(page: PageText) -> Iterable[Line | TableText]:
    return sorted([*page.lines, *page.tables], key=lambda item: item.top)


def _runs_on(before: Line, line: Line, shape: _Shape) -> bool:
    """Tell whether the line goes on with the paragraph of the line before."""
    if abs(before.size - line.size) > 0.1 * line.size + 0.5:
        return False
    if _is_display(before, shape) and _is_display(line, shape):
        return 0 < line.top - before.bottom < line.size
    if line.top - before.bottom > 2 * line.size:
        return False
    starts_at_edge = line.x0 < shape.left + 1.2 * line.size
    fills_line = before.x1 > shape.right - 2.2 * before.size
    return starts_at_edge and fills_line and not LABEL.match(line.text)


def _is_display(line: Line, shape: _Shape) -> bool:
    centred = abs((line.x0 + line.x1) / 2 - shape.middle) < 1.5 * line.size
    return centred and line.size > 1.15 * shape.size


def _with_spaces(lines: list[str]) -> Iterator[str]:
    """Put the space back that a line break between two Latin words stands for."""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        latin = line[-1:].isascii() and following[:1].isascii() and following
        yield line + " " if latin and line[-1:].isalpha() and following[:1].isalpha() else line
