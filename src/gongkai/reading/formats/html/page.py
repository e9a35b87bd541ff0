"""Builds the blocks of a page from its tags and text. Finds no encoding, drops no clutter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from gongkai.reading.blocks import Block
from gongkai.reading.formats.draft import check_cells
from gongkai.reading.formats.html import elements
from gongkai.reading.formats.html.flow import Flow
from gongkai.reading.formats.html.grid import Grid, HtmlCell, Paragraph
from gongkai.reading.formats.html.tokens import Token, tokens
from gongkai.reading.limits import MAX_COLUMNS

_MAX_DEPTH = 256
"""Browsers stop nesting at 512; keeps pages made of open tags linear."""
_MAX_TABLES = 24
"""Tables inside tables; deeper ones are read as part of the one they stand in."""
_PATH = 6
_OWN_LABEL = re.compile(
    r"\s*(?:[(（\[【]?[0-9０-９一二三四五六七八九十百①-⑳]{1,3}[)）\]】、.．,，:：\s]|[①-⑳]|第.{1,4}[条章节])"
)
_LETTERS = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


@dataclass
class _Element:
    token: Token
    hidden: bool
    clutter: bool
    pre: bool = False
    level: int | None = None
    next_item: int = 1
    cell: HtmlCell | None = None
    grid: Grid | None = None


@dataclass
class Page:
    """The state of reading one page."""

    source: str
    items: list[Paragraph | Grid] = field(default_factory=list)
    meta: list[Block] = field(default_factory=list)
    meta_title: bool = False
    _stack: list[_Element] = field(default_factory=list)
    _opened: Counter[str] = field(default_factory=Counter)
    _flow: Flow = field(default_factory=Flow)
    _label: tuple[str, int] | None = None
    _cells: list[HtmlCell] = field(default_factory=list)
    _grids: list[Grid] = field(default_factory=list)

    def read(self) -> Iterator[int]:
        """Read the page, yielding the position now and then."""
        for count, token in enumerate(tokens(self.source)):
            if token.kind == "text":
                self._text(token)
            elif token.kind == "open":
                self._open(token)
            else:
                self._close(token)
            if count % 4096 == 0:
                yield token.end
        self._pop_to(0, len(self.source))
        yield len(self.source)

    # Text

    def _text(self, token: Token) -> None:
        top = self._stack[-1] if self._stack else None
        if top and top.token.name == "title" and not self.meta_title:
            self.meta_title = True
            self._add_meta("title", token.start, token.end)
        if top and top.hidden:
            return
        if not (top and top.pre):
            self._flow.feed(self.source, token.start, token.end)
            return
        start = token.start
        while start < token.end:
            line_end = self.source.find("\n", start, token.end)
            end = token.end if line_end < 0 else line_end
            self._flow.feed(self.source, start, end, pre=True)
            if line_end >= 0:
                self._flush(line_end)
            start = end + 1

    def _add_meta(self, name: str, start: int, end: int) -> None:
        flow = Flow()
        flow.feed(self.source, start, end)
        if flow:
            content = "".join(flow.content)
            self.meta.append(Block(start, end, "meta", content, flow.at, tag=name, wide=flow.wide))

    # Tags

    def _open(self, token: Token) -> None:
        name = token.name
        if name == "meta":
            self._meta_element(token)
        if name == "br":
            self._break(token)
        elif name in elements.BLOCK:
            self._flush(token.start)
        implied = elements.implied_end(name)
        if implied:
            self._close_implied(*implied, token.start)
        if name in elements.VOID or (token.empty and ":" in name):
            return
        if len(self._stack) < _MAX_DEPTH:
            self._push(token)

    def _push(self, token: Token) -> None:
        parent = self._stack[-1] if self._stack else None
        element = _Element(
            token,
            hidden=elements.hides(token) or bool(parent and parent.hidden),
            clutter=elements.clutters(token) or bool(parent and parent.clutter),
            pre=token.name in ("pre", "listing") or bool(parent and parent.pre),
            level=elements.HEADINGS.get(token.name, parent.level if parent else None),
        )
        if token.name in elements.CELLS:
            element.level = None
        self._stack.append(element)
        self._opened[token.name] += 1
        if not element.hidden:
            self._begin(element)

    def _begin(self, element: _Element) -> None:
        name = element.token.name
        if name == "table" and len(self._grids) < _MAX_TABLES:
            element.grid = Grid(presentation=element.token.get("role") == "presentation")
            self._grids.append(element.grid)
        elif name == "tr" and self._grids:
            self._grids[-1].open_row()
        elif name in elements.CELLS and self._grids:
            self._begin_cell(element)
        elif name == "ol":
            element.next_item = _number(element.token.get("start"), 1, 9999)
        elif name == "li":
            self._begin_item(element.token)

    def _begin_cell(self, element: _Element) -> None:
        token = element.token
        rowspan = _number(token.get("rowspan"), 1, 65_534)
        colspan = _number(token.get("colspan"), 1, MAX_COLUMNS)
        cell = self._grids[-1].open_cell(token.start, rowspan, colspan)
        cell.tag, cell.clutter = self._path(), element.clutter
        element.cell = cell
        self._cells.append(cell)

    def _begin_item(self, token: Token) -> None:
        parent = self._stack[-2] if len(self._stack) > 1 else None
        if parent is None or parent.token.name != "ol":
            return
        number = _number(token.get("value"), parent.next_item, 9999)
        parent.next_item = number + 1
        style = parent.token.get("style") + token.get("style")
        if "none" not in style:
            self._label = (_label(parent.token.get("type"), number), token.start)

    def _close(self, token: Token) -> None:
        name = token.name
        if name in elements.BLOCK:
            self._flush(token.start)
        elif name == "br":
            self._break(token)
            return
        if not self._opened[name]:
            return
        for index in range(len(self._stack) - 1, -1, -1):
            opened = self._stack[index].token.name
            if opened == name:
                self._pop_to(index, token.start)
                return
            if opened == "table" or (opened in elements.TABLE and name not in elements.TABLE):
                return
            if name not in elements.BLOCK | elements.HIDDEN and opened in elements.BLOCK:
                return

    def _close_implied(self, names: frozenset[str], stops: frozenset[str], at: int) -> None:
        lowest = None
        if not any(self._opened[name] for name in names):
            return
        for index in range(len(self._stack) - 1, -1, -1):
            opened = self._stack[index].token.name
            if opened in names:
                lowest = index
            elif opened in stops:
                break
        if lowest is not None:
            self._pop_to(lowest, at)

    def _pop_to(self, index: int, position: int) -> None:
        if any(one.token.name in elements.BLOCK for one in self._stack[index:]) or not index:
            self._flush(position)
        while len(self._stack) > index:
            element = self._stack.pop()
            self._opened[element.token.name] -= 1
            if element.cell is not None:
                self._cells.pop()
            if element.grid is not None:
                element.grid.finish()
                self._grids.pop()
                if element.grid.cells:
                    self._sink().append(element.grid)

    def _break(self, token: Token) -> None:
        if self._stack and self._stack[-1].level:
            self._flow.soft_break(token.start)
        elif self._cells:
            self._flow.line_break(token.start, token.end)
        else:
            self._flush(token.start)

    def _meta_element(self, token: Token) -> None:
        name = token.get("name") or token.get("property")
        content = token.attributes.get("content")
        if name and content and content.value.strip():
            self._add_meta(name[:80], content.start, content.start + len(content.value))

    # Paragraphs

    def _flush(self, position: int) -> None:
        flow, self._flow = self._flow, Flow()
        flow.strip_end()
        if not flow or not "".join(flow.content).strip():
            return
        self._put_label(flow)
        top = self._stack[-1] if self._stack else None
        level = top.level if top else None
        self._sink().append(
            Paragraph(
                flow,
                kind="heading" if level else "line" if top and top.pre else "para",
                level=level,
                tag=self._path(),
                clutter=bool(top and top.clutter),
            )
        )

    def _put_label(self, flow: Flow) -> None:
        label, self._label = self._label, None
        if label and not _OWN_LABEL.match("".join(flow.content[:4])):
            flow.label(*label)

    def _sink(self) -> list[Paragraph | Grid]:
        return self._cells[-1].items if self._cells else self.items

    def _path(self) -> str:
        marked = (one.token for one in reversed(self._stack) if one.token.name in elements.BLOCK)
        return ">".join(elements.path_name(token) for token in reversed([*islice(marked, _PATH)]))


def _number(text: str, otherwise: int, largest: int) -> int:
    text = text.strip()
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        return otherwise
    return min(max(int(text), 1), largest)


def _label(kind: str, number: int) -> str:
    letters = _LETTERS.get(kind)
    return f"{letters[number - 1]}." if letters and number <= len(letters) else f"{number}."


def emit(items: list[Paragraph | Grid]) -> list[Block]:
    """Turn what was read into blocks; layout tables dissolve into what stands in them."""
    blocks: list[Block] = []
    tables = cells = 0
    todo: list[Paragraph | Grid] = list(reversed(items))
    while todo:
        item = todo.pop()
        if isinstance(item, Paragraph):
            blocks.append(_block(item))
        elif item.is_layout():
            todo += [inner for cell in reversed(item.cells) for inner in reversed(cell.items)]
        else:
            cells += len(item.cells)
            check_cells(cells)
            blocks += [_cell_block(cell, tables) for cell in item.cells]
            tables += 1
    return blocks


def _block(item: Paragraph) -> Block:
    start, end = item.flow.span()
    content = "".join(item.flow.content)
    return Block(
        start,
        end,
        item.kind,
        content,
        item.flow.at,
        level=item.level,
        tag=item.tag,
        clutter=item.clutter,
        wide=item.flow.wide,
    )


def _cell_block(cell: HtmlCell, table: int) -> Block:
    flow = Flow()
    for paragraph in cell.paragraphs():
        flow.join(paragraph.flow)
    start, end = flow.span() if flow else (cell.start, cell.start)
    return Block(
        start,
        end,
        "cell",
        "".join(flow.content),
        flow.at,
        tag=cell.tag,
        clutter=cell.clutter,
        table=table,
        row=cell.row,
        col=cell.col,
        rowspan=cell.rowspan,
        colspan=cell.colspan,
        wide=flow.wide,
    )
