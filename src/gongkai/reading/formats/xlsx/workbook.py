"""Reads the parts of an .xlsx: which sheets are visible, shared strings, number formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from gongkai.reading.blocks import Block
from gongkai.reading.formats.draft import Draft
from gongkai.reading.formats.package import (
    Element,
    Package,
    attribute,
    child,
    damaged,
    local,
    whole,
)
from gongkai.reading.formats.xlsx.display import builtin
from gongkai.reading.formats.xlsx.sheet import Book, Sheet, read_sheet, string_of, write_sheet
from gongkai.reading.limits import MAX_REGISTER_CELLS


def read_xlsx(
    data: bytes, progress: Callable[[int, int], None] | None = None
) -> tuple[str, tuple[Block, ...]]:
    """Return the text and blocks of all visible sheets, formulas by their last result.

    Rows above and below the table of a sheet that hold one text (title, notes) become
    paragraphs. Raises ``Unreadable`` (damaged, encrypted, too_large, too_large_unpacked).
    """
    package, book, found = _opened(data)
    draft, sheets = Draft(), [*found]
    for number, (name, path) in enumerate(sheets):
        stream = package.stream(path)
        if stream is not None:
            write_sheet(draft, name, stream, book)
        if progress:
            progress(number + 1, len(sheets))
    return draft.finish()


def _visible(root: Element, parts: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    sheets = child(root, "sheets")
    for sheet in [] if sheets is None else sheets:
        kind, path = parts.get(attribute(sheet, "id") or "", ("", ""))
        if kind == "worksheet" and attribute(sheet, "state") in (None, "visible"):
            yield attribute(sheet, "name") or "", path


def read_cells(data: bytes) -> Iterator[tuple[str, Sheet]]:
    """Yield name and cells of each visible sheet, days whole; raises ``Unreadable``."""
    package, book, sheets = _opened(data)
    book = replace(book, whole_days=True, most_cells=MAX_REGISTER_CELLS)
    for name, path in sheets:
        stream = package.stream(path)
        if stream is not None:
            yield name, read_sheet(stream, book)


def _opened(data: bytes) -> tuple[Package, Book, Iterator[tuple[str, str]]]:
    package = Package(data)
    main = package.main_part("xl/workbook.xml")
    root = package.tree(main)
    if root is None:
        raise damaged()
    parts = package.targets(main)
    book = Book(
        strings=_strings(package, parts),
        formats=_formats(package, parts),
        since_1904=_since_1904(root),
    )
    return package, book, _visible(root, parts)


def _since_1904(root: Element) -> bool:
    properties = child(root, "workbookPr")
    return properties is not None and attribute(properties, "date1904") in ("1", "true")


def _part(package: Package, parts: dict[str, tuple[str, str]], kind: str) -> Element | None:
    path = next((path for one, path in parts.values() if one == kind), f"xl/{kind}.xml")
    return package.tree(path)


def _strings(package: Package, parts: dict[str, tuple[str, str]]) -> list[str]:
    root = _part(package, parts, "sharedStrings")
    return [] if root is None else [string_of(item) for item in root if local(item) == "si"]


def _formats(package: Package, parts: dict[str, tuple[str, str]]) -> list[str]:
    """Return the number format of each cell style, by the style's index."""
    root = _part(package, parts, "styles")
    if root is None:
        return []
    own = {
        whole(attribute(one, "numFmtId"), 0): attribute(one, "formatCode") or "General"
        for one in _inner(root, "numFmts")
    }
    found = []
    for style in _inner(root, "cellXfs"):
        number = whole(attribute(style, "numFmtId"), 0)
        found.append(own.get(number) or builtin(number))
    return found


def _inner(root: Element, name: str) -> Iterator[Element]:
    found = child(root, name)
    yield from [] if found is None else found
