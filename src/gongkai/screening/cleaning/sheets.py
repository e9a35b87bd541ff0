"""Cleans a workbook: notes on cells, kept data, and, where asked, what is hidden."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from gongkai.reading.formats.package import attribute, child, local, whole
from gongkai.screening.cleaning.package import Parts, remove

_GOING = {
    **dict.fromkeys(("comments", "threadedComment", "person"), "批注"),
    **dict.fromkeys(("revisionHeaders", "usernames"), "修订痕迹"),
    **dict.fromkeys(("externalLink", "externalLinkPath"), "外部引用的数据"),
    "pivotCacheRecords": "数据透视表的来源数据",
    "customProperty": "自定义数据",
}
_ON = frozenset(("1", "true"))
_LETTERS = re.compile(r"[A-Z]+")
_OUTSIDE = re.compile(r"\[\d+\]")


def clean(parts: Parts, drop_hidden: bool) -> None:
    """Take out of a workbook what it does not show."""
    main = parts.main("xl/workbook.xml")
    root = parts.tree(main)
    _drop_notes(parts)
    parts.unlink(_GOING)
    _clean_book(root, parts)
    _clean_caches(parts)
    gone = _drop_sheets(parts, main, root) if drop_hidden else []
    changed = False
    for name in parts.names(r"xl/(?:worksheets|chartsheets)/[^/]+\.xml"):
        sheet = parts.tree(name)
        _clean_sheet(sheet)
        changed = _freeze(sheet, gone) or changed
        if drop_hidden:
            changed = _drop_cells(sheet, parts) or changed
    if changed or gone:
        parts.unlink({"calcChain": "计算次序"})  # the program makes it anew
        parts.removed.pop("计算次序", None)
    if drop_hidden:
        _forget_strings(parts, main, root)


def _clean_book(root: Any, parts: Parts) -> None:
    for element in list(root.iter("{*}absPath")):
        choice = next(
            (one for one in element.iterancestors() if local(one) == "AlternateContent"), None
        )
        remove(element if choice is None else choice)
        parts.removed["文件路径"] = None
    for name in ("externalReferences", "customWorkbookViews"):
        for element in list(root.iter(f"{{*}}{name}")):
            remove(element)
    for element in root.iter("{*}fileSharing"):
        if element.attrib.pop("userName", None):
            parts.removed["文件属性"] = None
    for element in list(root.iter("{*}definedName")):
        if _OUTSIDE.search(element.text or ""):
            remove(element)


def _clean_sheet(sheet: Any) -> None:
    """Take out of a sheet what led to parts that are gone."""
    for element in list(sheet.iter("{*}customSheetViews", "{*}customProperties")):
        remove(element)
    for element in sheet.iter("{*}pageSetup"):
        for key in [key for key in element.attrib if key.endswith("}id")]:
            del element.attrib[key]


def _clean_caches(parts: Parts) -> None:
    for name in parts.names(r"xl/pivotCache/pivotCacheDefinition\d*\.xml"):
        root = parts.tree(name)
        for key in [key for key in root.attrib if key.endswith("}id")] + ["refreshedBy"]:
            root.attrib.pop(key, None)
        root.set("saveData", "0")


def _drop_notes(parts: Parts) -> None:
    """Take out of the drawings the frames of notes; drawings of nothing else go."""
    for start, relation, target in parts.relations():
        if not (relation.get("Type") or "").endswith("/vmlDrawing") or not target:
            continue
        try:
            drawing = parts.tree(target)
        except etree.LxmlError:
            continue  # some programs write drawings that are no XML, with nothing to read
        for data in list(drawing.iter("{*}ClientData")):
            if attribute(data, "ObjectType") == "Note" and data.getparent() is not None:
                remove(data.getparent())
        if not any(local(one) == "shape" for one in drawing.iter()):
            key = relation.get("Id")
            remove(relation)
            for element in list(parts.tree(start).iter("{*}legacyDrawing")):
                if attribute(element, "id") == key:
                    remove(element)


def _freeze(sheet: Any, gone: list[str]) -> bool:
    """Leave only the values of formulas that ask other workbooks or sheets that are gone."""
    changed = False
    for formula in list(sheet.iter("{*}f")):
        text = formula.text or ""
        if _OUTSIDE.search(text) or any(_names(text, title) for title in gone):
            remove(formula)
            changed = True
    return changed


def _names(text: str, title: str) -> bool:
    quoted = title.replace("'", "''")
    return f"{title}!" in text or f"'{quoted}'!" in text


def _drop_sheets(parts: Parts, main: str, root: Any) -> list[str]:
    """Drop hidden sheets; return their titles."""
    sheets = child(root, "sheets")
    gone, ids, kept = [], set(), []
    for place, sheet in enumerate([] if sheets is None else list(sheets)):
        if attribute(sheet, "state") in (None, "visible"):
            kept.append(place)
            continue
        gone.append(attribute(sheet, "name") or "")
        ids.add(attribute(sheet, "id"))
        remove(sheet)
    if not gone:
        return []
    parts.removed["隐藏的工作表"] = None
    for start, relation, target in list(parts.relations()):
        if start == main and relation.get("Id") in ids:
            remove(relation)
            parts.data.pop(target, None)
    _move_places(root, kept, gone)
    return gone


def _move_places(root: Any, kept: list[int], gone: list[str]) -> None:
    """Names and the open tab count sheets: count the kept ones."""
    for name in list(root.iter("{*}definedName")):
        local_to = name.get("localSheetId")
        lost = local_to is not None and whole(local_to, -1) not in kept
        if lost or any(_names(name.text or "", title) for title in gone):
            remove(name)
        elif local_to is not None:
            name.set("localSheetId", str(kept.index(whole(local_to, -1))))
    for view in root.iter("{*}workbookView"):
        for key in ("activeTab", "firstSheet"):
            if key in view.attrib:
                place = whole(view.get(key), 0)
                view.set(key, str(kept.index(place) if place in kept else 0))


def _drop_cells(sheet: Any, parts: Parts) -> bool:
    """Empty the cells of hidden rows and columns."""
    columns = [
        (whole(attribute(one, "min"), 0), whole(attribute(one, "max"), 0))
        for one in sheet.iter("{*}col")
        if attribute(one, "hidden") in _ON
    ]
    changed = False
    for row in sheet.iter("{*}row"):
        hidden = attribute(row, "hidden") in _ON
        for cell in list(row):
            column = _column(attribute(cell, "r") or "")
            if (hidden or any(low <= column <= high for low, high in columns)) and len(cell):
                remove(cell)
                changed = True
    if changed:
        parts.removed["隐藏的行和列"] = None
    return changed


def _column(ref: str) -> int:
    letters = _LETTERS.match(ref)
    total = 0
    for letter in letters[0][:4] if letters else "":
        total = total * 26 + ord(letter) - 64
    return total


def _forget_strings(parts: Parts, main: str, root: Any) -> None:
    """Empty the shared strings that no cell shows any more."""
    used: set[int] = set()
    for name in parts.names(r"xl/worksheets/[^/]+\.xml"):
        for cell in parts.tree(name).iter("{*}c"):
            if attribute(cell, "t") == "s":
                used.add(whole(getattr(child(cell, "v"), "text", None), -1))
    for name in parts.names(r"xl/sharedStrings\.xml"):
        for number, string in enumerate(parts.tree(name)):
            if number not in used:
                for inner in list(string):
                    string.remove(inner)
