"""Looks into an .xlsx: cells, hidden sheets, rows and columns, notes on cells, kept data."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.reading.formats.package import (
    Element,
    Package,
    attribute,
    child,
    damaged,
    drop,
    ends,
    local,
    whole,
)
from gongkai.reading.limits import MAX_COLUMNS, MAX_SIDE_PART_BYTES
from gongkai.screening.files.looking import Look
from gongkai.screening.files.office import look_package
from gongkai.screening.files.passages import Cells, Lines
from gongkai.screening.findings import Code, Severity

_COMMENTS = re.compile(r"xl/(?:comments|threadedcomments)[^.]*\.xml$")
_DRAWN = re.compile(r"xl/(?:drawings/drawing|charts/chart|diagrams/data)\d*\.xml$")
_ASIDE = re.compile(r"xl/(?:connections|queries|externallinks/[^/]+|customdata/[^/]+)\.xml$")
_CACHE = re.compile(r"xl/pivotcache/pivotcacherecords\d*\.xml$")
_LETTERS = re.compile(r"[A-Z]+")
_ON = frozenset(("1", "true"))
_HEADS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_CODES = re.compile(r"&(?:\"[^\"]*\"|K[0-9A-F]{6}|\d+|[A-Z])")


@dataclass
class _Book:
    strings: list[str] = field(default_factory=list)
    unseen_styles: frozenset[int] = frozenset()
    """Styles whose number format ;;; shows nothing."""


@dataclass
class _Sheet:
    cells: Cells = field(default_factory=Cells)
    hidden: dict[str, str] = field(default_factory=dict)
    """What is hidden on the sheet, in words, and its first cell."""
    columns: list[tuple[int, int]] = field(default_factory=list)
    heads: Lines = field(default_factory=Lines)
    formulas: Lines = field(default_factory=Lines)


def look(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into an .xlsx. Raises ``Unreadable``."""
    package = Package(data)
    main = package.main_part("xl/workbook.xml")
    root = package.tree(main)
    if root is None:
        raise damaged()
    parts = package.targets(main)
    book = _Book(_strings(package), _unseen_styles(package))
    sheets = child(root, "sheets")
    for sheet in [] if sheets is None else sheets:
        title = attribute(sheet, "name") or ""
        where = f"{place}，工作表“{title}”"
        if attribute(sheet, "state") not in (None, "visible"):
            says = f"有隐藏的工作表“{title}”。请删去或取消隐藏后重新上传。"
            look.say(Code.HIDDEN_SHEET, Severity.STOP, place, says, title)
        _, path = parts.get(attribute(sheet, "id") or "", ("", ""))
        _look_sheet(look, package, path, book, where)
        look.text(title, f"{place}，工作表名")
    _names(look, root, place)
    _rest(look, package, place)
    look_package(look, package, place, depth)


def _look_sheet(look: Look, package: Package, path: str, book: _Book, place: str) -> None:
    stream = package.stream(path) if path else None
    if stream is None:
        return
    sheet = _Sheet()
    for element in ends(stream, "row", "col", "sheetFormatPr", "formula1", *_HEADS):
        kind = local(element)
        if kind == "row":
            _row(element, sheet, book)
            drop(element)
        elif kind == "col" and attribute(element, "hidden") in _ON:
            first = whole(attribute(element, "min"), 0)
            sheet.columns.append((first, whole(attribute(element, "max"), first)))
        elif kind == "formula1":
            sheet.formulas.add("".join(element.itertext()))
        elif element.text:
            sheet.heads.add(_CODES.sub(" ", element.text))
    sheet.cells.look(look, place)
    sheet.heads.look(look, f"{place}，页眉页脚", "")
    sheet.formulas.aside(look, f"{place}，公式")
    for what, cell in sheet.hidden.items():
        says = f"工作表里有{what}，里面还有内容。请删去或取消隐藏后重新上传。"
        look.say(Code.HIDDEN, Severity.STOP, place, says, f"{what}，从{cell}起")


def _row(element: Element, sheet: _Sheet, book: _Book) -> None:
    hidden = attribute(element, "hidden") in _ON
    first, column, number = True, 0, attribute(element, "r") or ""
    for cell in element:
        if local(cell) != "c":
            continue
        ref = attribute(cell, "r") or ""
        column = _column(ref) or column + 1
        formula = child(cell, "f")
        if formula is not None and '"' in (formula.text or ""):
            sheet.formulas.add(formula.text)
        text = _text(cell, book)
        if not text.strip() or column > MAX_COLUMNS * 64:
            continue
        ref = ref or f"{number}行"
        sheet.cells.add(ref, text, new_row=first)
        first = False
        if hidden:
            sheet.hidden.setdefault("隐藏的行", ref)
        elif any(low <= column <= high for low, high in sheet.columns):
            sheet.hidden.setdefault("隐藏的列", ref)
        elif whole(attribute(cell, "s"), -1) in book.unseen_styles:
            sheet.hidden.setdefault("用格式藏起来的单元格", ref)


def _text(cell: Element, book: _Book) -> str:
    kind = attribute(cell, "t")
    if kind == "inlineStr":
        return _plain(child(cell, "is"))
    found = child(cell, "v")
    text = (found.text or "") if found is not None else ""
    if kind == "s":
        index = whole(text, -1)
        return book.strings[index] if 0 <= index < len(book.strings) else ""
    if kind in ("str", "b", "e", "d"):
        return text
    return _number(text)


def _number(text: str) -> str:
    """Return a number as it is read: 1.3800138E10 is 13800138000."""
    if "E" not in text.upper():
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e21 else text


def _column(ref: str) -> int:
    letters = _LETTERS.match(ref)
    total = 0
    for letter in letters[0][:4] if letters else "":
        total = total * 26 + ord(letter) - 64
    return total


def _plain(element: Element | None) -> str:
    """Return the text of a string without its reading aids."""
    if element is None:
        return ""
    return "".join(
        part.text or "" for part in element.iter("{*}t") if local(part.getparent()) != "rPh"
    )


def _strings(package: Package) -> list[str]:
    stream = package.stream("xl/sharedstrings.xml", MAX_SIDE_PART_BYTES * 2)
    found: list[str] = []
    for element in [] if stream is None else ends(stream, "si"):
        found.append(_plain(element))
        drop(element)
    return found


def _unseen_styles(package: Package) -> frozenset[int]:
    root = package.tree("xl/styles.xml")
    formats = child(root, "numFmts")
    unseen = {
        attribute(one, "numFmtId")
        for one in ([] if formats is None else formats)
        if re.sub(r'"[^"]*"|@|\s', "", attribute(one, "formatCode") or "-") in (";;", ";;;")
    }
    styles = child(root, "cellXfs")
    return frozenset(
        n
        for n, one in enumerate([] if styles is None else styles)
        if attribute(one, "numFmtId") in unseen
    )


def _names(look: Look, root: Element, place: str) -> None:
    names = Lines()
    defined = child(root, "definedNames")
    for one in [] if defined is None else defined:
        names.add(f"{attribute(one, 'name')} {one.text or ''}")
    names.aside(look, f"{place}，名称")


def _rest(look: Look, package: Package, place: str) -> None:
    """Look at what stands beside the cells."""
    notes, drawn, aside = Lines(), Lines(), Lines()
    for name in sorted(package.names):
        if _COMMENTS.match(name):
            _lines(package, name, notes, "t", "text")
        elif _DRAWN.match(name):
            _lines(package, name, drawn, "p", "v")
        elif _ASIDE.match(name):
            _lines(package, name, aside, "v", "t", "connection", "dbPr")
    if notes.lines:
        says = "表格里有批注。请在WPS或Excel里删去批注后重新上传。"
        look.say(Code.COMMENTS, Severity.STOP, place, says)
    notes.aside(look, f"{place}，批注")
    drawn.look(look, f"{place}，图形文字", "")
    aside.aside(look, f"{place}，外部数据")
    if any(name.startswith("xl/revisions/") for name in package.names):
        says = "表格里有修订记录，改掉的内容还在里面。请取消共享和修订后重新上传。"
        look.say(Code.TRACKED, Severity.STOP, place, says)
    _kept_data(look, package, place)


def _kept_data(look: Look, package: Package, place: str) -> None:
    if any(name.startswith("xl/externallinks/externallink") for name in package.names):
        says = "表格引用了别的表格，里面存着那边的数据。请断开链接，只留数值。"
        look.say(Code.EXTERNAL, Severity.ASK, place, says, "外部引用")
    if "xl/connections.xml" in package.names:
        says = "表格连着数据库或别的数据源，连接里可能有地址和口令。请删去连接。"
        look.say(Code.EXTERNAL, Severity.STOP, place, says, "数据连接")
    records = [name for name in package.names if _CACHE.match(name)]
    if records:
        says = (
            "数据透视表存着全部来源数据，删去来源表也还在里面。请改成数值，或者取消保存来源数据。"
        )
        look.say(Code.HIDDEN, Severity.STOP, place, says, "数据透视表")
    kept = Lines()
    for name in sorted(records):
        stream = package.stream(name)
        for element in [] if stream is None else ends(stream, "s", "n", "d"):
            kept.add(attribute(element, "v") or "")
            drop(element)
    kept.aside(look, f"{place}，数据透视表")


def _lines(package: Package, name: str, into: Lines, *kinds: str) -> None:
    stream = package.stream(name)
    for element in [] if stream is None else ends(stream, *kinds):
        if local(element) == "text" and len(element):
            continue  # its pieces were met before it
        text = " ".join(str(one) for one in element.attrib.values()) if not len(element) else ""
        into.add("".join(element.itertext()) or text)
