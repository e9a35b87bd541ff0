"""Walks the body of a .docx and writes paragraphs, tables and notes into a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from gongkai.reading.blocks import Block, BlockKind
from gongkai.reading.formats.docx.runs import Words, words_of
from gongkai.reading.formats.docx.styles import Styles
from gongkai.reading.formats.docx.tables import Grid, Paragraph, grid_of
from gongkai.reading.formats.draft import Draft
from gongkai.reading.formats.numbering import Numbering
from gongkai.reading.formats.package import (
    Element,
    Package,
    attribute,
    child,
    damaged,
    drop,
    ends,
    local,
    switched_on,
    value,
    whole,
)

_INSIDE = frozenset(("p", "tbl", "txbxContent"))


def read_docx(
    data: bytes, progress: Callable[[int, int], None] | None = None
) -> tuple[str, tuple[Block, ...]]:
    """Return the text and blocks of a .docx; headers, footers and comments are left out.

    Raises ``Unreadable`` (damaged, encrypted, too_large, too_large_unpacked).
    """
    package = Package(data)
    main = package.main_part("word/document.xml")
    stream = package.stream(main)
    if stream is None:
        raise damaged()
    reader = _reader(package, main)
    for count, element in enumerate(ends(stream, "p", "tbl")):
        if _stands_in_body(element):
            reader.item(element)
            drop(element)
        if progress and count % 256 == 0:
            progress(stream.done, stream.total)
    reader.finish()
    return reader.draft.finish()


def _reader(package: Package, main: str) -> _Reader:
    parts = dict(package.targets(main).values())

    def part(kind: str) -> Element | None:
        return package.tree(parts.get(kind) or f"word/{kind}.xml")

    styles = Styles.of(part("styles"))
    reader = _Reader(styles, Numbering.of(part("numbering"), styles.list_id))
    for kind in ("footnote", "endnote"):
        root = part(kind + "s")
        for note in [] if root is None else root:
            reader.notes[kind, attribute(note, "id") or ""] = note
    return reader


def _stands_in_body(element: Element) -> bool:
    for ancestor in element.iterancestors():
        name = local(ancestor)
        if name in _INSIDE:
            return False
        if name == "body":
            return True
    return False


@dataclass
class _Reader:
    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Element] = field(default_factory=dict)
    draft: Draft = field(default_factory=Draft)
    _paragraphs: int = 0
    _tables: int = 0
    _carried: str = ""
    _named: list[tuple[str, str]] = field(default_factory=list)

    def item(self, element: Element) -> None:
        """Write a paragraph or table of the body."""
        for item in self._items(element):
            if isinstance(item, Paragraph):
                self._write(item)
            else:
                self._write_table(item)

    def finish(self) -> None:
        """Write what a deleted paragraph mark left over, and the notes at the end."""
        if self._carried:
            self._write(Paragraph(self._carried))
        for key in dict.fromkeys(self._named):
            note = self.notes.get(key)
            for element in [] if note is None else note.iter("{*}p"):
                text = words_of(element).text.strip()
                if text:
                    label = "脚注" if key[0] == "footnote" else "尾注"
                    self.draft.para(text, kind="note", where=f"{label}{key[1]}")

    def _items(self, element: Element) -> Iterator[Paragraph | Grid]:
        """Yield the element as paragraphs and grids; boxes follow the paragraph they hang on."""
        if local(element) == "tbl":
            yield grid_of(element, self._cell_items)
            return
        words = words_of(element)
        self._named += words.notes
        yield from self._paragraph(element, words)
        for box in words.boxes:
            yield from self._cell_items(box)

    def _cell_items(self, container: Element) -> Iterator[Paragraph | Grid]:
        for inner in container:
            name = local(inner)
            if name in ("p", "tbl"):
                yield from self._items(inner)
            elif name not in ("tcPr", "sdtPr", "sdtEndPr", "del", "moveFrom"):
                yield from self._cell_items(inner)

    def _paragraph(self, element: Element, words: Words) -> Iterator[Paragraph]:
        properties = child(element, "pPr")
        text = self._carried + words.text
        self._carried = ""
        if child(properties, "rPr", "del") is not None:
            self._carried = text  # its mark was deleted: it runs on into the next
            return
        style = value(properties, "pStyle")
        if self.styles.is_contents(style) or switched_on(properties, "rPr", "specVanish"):
            return
        label = self._label(properties, style)
        if text.strip() or label:
            level = self._level(properties, style)
            kind: BlockKind = "title" if self.styles.is_title(style) else "para"
            yield Paragraph(text, label, "heading" if level and kind == "para" else kind, level)

    def _level(self, properties: Element | None, style: str | None) -> int | None:
        own = value(properties, "outlineLvl")
        if own is not None:
            number = whole(own, 9)
            return number + 1 if 0 <= number < 9 else None
        return self.styles.level(style)

    def _label(self, properties: Element | None, style: str | None) -> str:
        list_id = value(properties, "numPr", "numId")
        depth_text = value(properties, "numPr", "ilvl")
        from_style = self.styles.list_id(style) if list_id is None else None
        if not (list_id or from_style):
            return ""
        if depth_text is None and from_style and style:
            depth = self.numbering.level_of_style(from_style, style)
            depth = self.styles.depth(style) or 0 if depth is None else depth
        else:
            depth = whole(depth_text, 0)
        return self.numbering.label(list_id or from_style or "", depth)

    def _write(self, item: Paragraph) -> None:
        if not item.text.strip():
            return  # an empty paragraph that only carries a number
        self._paragraphs += 1
        where = f"第{self._paragraphs}段"
        text = item.shown.strip("\n")
        if item.kind in ("title", "heading"):
            self.draft.para(text, kind=item.kind, level=item.level, where=where, joined=True)
            return
        for line in text.split("\n"):
            if line.strip():
                self.draft.para(line, where=where)

    def _write_table(self, grid: Grid) -> None:
        if grid.is_layout():
            for cell in grid.cells:
                for item in cell.items:
                    if isinstance(item, Paragraph):
                        self._write(item)
                    else:
                        self._write_table(item)
            return
        self._tables += 1
        self.draft.table(grid.plain_cells(self._tables))
