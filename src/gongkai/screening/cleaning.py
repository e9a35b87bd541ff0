"""Makes the public copy of an office file: what it does not show is taken out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PROPERTIES = {
    "docProps/core.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b"<cp:coreProperties xmlns:cp="
        b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        b"<Properties xmlns="
        b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
}
_LEFT_OUT = re.compile(
    r"docProps/(?:custom\.xml|thumbnail\.\w+)"
    r"|word/(?:comments\w*|people)\.xml"
    r"|xl/(?:comments\d*|persons/person\d*|threadedComments/threadedComment\d*)\.xml"
)
_MARKS = ("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef")
_GONE = ("del", "moveFrom", "delText", "delInstrText", "moveFromRangeStart", "moveFromRangeEnd")
_KEPT = ("ins", "moveTo")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_SAID = {
    "properties": "文件属性（作者、单位、修改人）",
    "comments": "批注",
    "tracked": "修订痕迹",
    "hidden": "隐藏文字",
}


@dataclass(frozen=True)
class Cleaned:
    """A file as it may be published; ``removed`` says in words what was taken out, if anything."""

    data: bytes
    removed: tuple[str, ...] = ()


def clean_copy(data: bytes) -> Cleaned:
    """Return a .docx or .xlsx without properties, comments, tracked changes and hidden text.

    Tracked changes are accepted: what was struck out goes, what was put in stays. Other files,
    and what does not open, are returned as they are. The same bytes give the same copy.
    """
    if not data.startswith(b"PK"):
        return Cleaned(data)
    try:
        return _cleaned(data)
    except (zipfile.BadZipFile, etree.XMLSyntaxError, NotImplementedError, RuntimeError, OSError):
        return Cleaned(data)


def _cleaned(data: bytes) -> Cleaned:
    removed: dict[str, None] = {}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        if not any(name.startswith(("word/", "xl/")) for name in package.namelist()):
            return Cleaned(data)
        for info in package.infolist():
            part = _part(info.filename, package.read(info), removed)
            if part is not None:  # a fixed date: the same bytes give the same copy
                copy.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), part)
    if not removed:
        return Cleaned(data)
    return Cleaned(out.getvalue(), tuple(_SAID[one] for one in removed))


def _part(name: str, data: bytes, removed: dict[str, None]) -> bytes | None:
    """Return a part as it goes into the copy; None for one that does not."""
    if _LEFT_OUT.fullmatch(name):
        removed["comments" if "omment" in name or "person" in name else "properties"] = None
        return None
    if name in _PROPERTIES:
        if re.search(rb">[^<\s][^<]*<", data):
            removed["properties"] = None
        return _PROPERTIES[name]
    if name.endswith(".rels"):
        return _changed(data, _drop_relations)
    if name == "[Content_Types].xml":
        return _changed(data, _drop_types)
    if re.fullmatch(r"word/[^/]*\.xml", name):
        return _changed(data, lambda root: _accept(root, removed))
    return data


def _changed(data: bytes, change: Callable[[etree._Element], None]) -> bytes:
    root = etree.fromstring(data, _PARSER)
    change(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _drop_relations(root: etree._Element) -> None:
    for relation in list(root):
        target = str(relation.get("Target", "")).lstrip("/")
        plain = re.sub(r"^(?:\.\./)+", "", target)
        if any(_LEFT_OUT.fullmatch(way + plain) for way in ("", "word/", "xl/", "docProps/")):
            root.remove(relation)


def _drop_types(root: etree._Element) -> None:
    for kind in list(root):
        if _LEFT_OUT.fullmatch(str(kind.get("PartName", "")).lstrip("/")):
            root.remove(kind)


def _accept(root: etree._Element, removed: dict[str, None]) -> None:
    """Take comments' marks, struck-out and hidden text out of a part of a document."""
    for element in list(_named(root, _MARKS)):
        _remove(element)
    for element in list(_named(root, _GONE)):
        removed["tracked"] = None
        _remove(element)
    for element in list(_named(root, _KEPT)):
        removed["tracked"] = None
        _unwrap(element)
    for element in [e for e in root.iter() if _local(e).endswith("PrChange")]:
        removed["tracked"] = None
        _remove(element)
    for run in list(root.iter(f"{{{_W}}}r")):
        if _is_hidden(run):
            removed["hidden"] = None
            _remove(run)


def _named(root: etree._Element, names: tuple[str, ...]) -> Iterator[etree._Element]:
    yield from root.iter(*(f"{{{_W}}}{name}" for name in names))


def _local(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{{{_W}}}rPr/{{{_W}}}vanish")
    return mark is not None and mark.get(f"{{{_W}}}val", "1") not in ("0", "false", "off")


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for child in list(element):
        parent.insert(at, child)
        at += 1
    parent.remove(element)
