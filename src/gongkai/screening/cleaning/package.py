"""An office file in parts that can be changed; what nothing leads to any more is left out."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml import etree

from gongkai.reading.formats.package import Package, local
from gongkai.screening.cleaning.pictures import clean_picture

MOMENT = (1980, 1, 1, 0, 0, 0)
"""The day on every member of a copy: the same bytes give the same copy."""

_TYPES = "[Content_Types].xml"
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False, "load_dtd": False}
_EMPTY = {
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
_SPOKEN = re.compile(
    rb"<(?!dcterms:|cp:revision|TotalTime|Pages|Words|Char|Lines|Para)[^>]*>[^<]+<"
)
_GOING = {
    "custom-properties": "文件属性",
    "thumbnail": "缩略图",
    "vbaProject": "宏",
    "wordVbaData": "宏",
    "origin": "数字签名",
    "customXml": "自定义数据",
    "printerSettings": "打印设置",
}
"""Relations that lead to nothing a reader sees, by the last word of their type."""
_WITH_MACROS = (
    ("ms-word.document.macroEnabled", "wordprocessingml.document"),
    ("ms-word.template.macroEnabledTemplate", "wordprocessingml.template"),
    ("ms-excel.sheet.macroEnabled", "spreadsheetml.sheet"),
    ("ms-excel.template.macroEnabled", "spreadsheetml.template"),
    ("ms-powerpoint.presentation.macroEnabled", "presentationml.presentation"),
    ("ms-powerpoint.slideshow.macroEnabled", "presentationml.slideshow"),
    ("ms-powerpoint.template.macroEnabled", "presentationml.template"),
)
"""Types of documents that may hold macros, and of those that may not."""
_PICTURE = re.compile(r"(?:word|xl|ppt)/media/[^/]+\.(?:jpe?g|png|webp)$", re.IGNORECASE)
_INNER = re.compile(r"(?:word|xl|ppt)/embeddings/[^/]+\.(?:doc|xls|ppt)[xm]$", re.IGNORECASE)


@dataclass
class Parts:
    """The parts of a package by name, and in words what was taken out."""

    source: Package
    data: dict[str, bytes]
    removed: dict[str, None] = field(default_factory=dict)
    _trees: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes) -> Parts:
        """Read a package. Raises ``Unreadable`` for bombs, broken and encrypted ones."""
        source = Package(data)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            read = {
                info.filename: package.read(info)
                for info in package.infolist()
                if not info.is_dir()
            }
        return cls(source, read)

    def tree(self, name: str) -> Any:
        """Return the root of a part, to be changed in place."""
        if name not in self._trees:
            self._trees[name] = etree.fromstring(self.data[name], etree.XMLParser(**_PARSER))
        return self._trees[name]

    def names(self, pattern: str) -> list[str]:
        """Return the parts whose whole name fits."""
        return [name for name in self.data if re.fullmatch(pattern, name, re.IGNORECASE)]

    def relations(self) -> Iterator[tuple[str, Any, str]]:
        """Yield each relation: the part it starts from, itself, the part it leads to or ""."""
        for name in self.names(r"(?:.*/)?_rels/[^/]*\.rels"):
            folder, _, file = name.rpartition("/")
            folder = folder.removesuffix("_rels").rstrip("/")
            start = posixpath.join(folder, file.removesuffix(".rels"))
            for relation in list(self.tree(name)):
                yield start, relation, self._target(folder, relation)

    def _target(self, folder: str, relation: Any) -> str:
        target = unquote(relation.get("Target") or "")
        if relation.get("TargetMode") == "External" or not target:
            return ""
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return next((name for name in self.data if name.lower() == path.lower()), "")

    def main(self, otherwise: str) -> str:
        """Return the name of the part that holds the document itself."""
        wanted = self.source.main_part(otherwise).lower()
        return next(name for name in self.data if name.lower() == wanted)

    def unlink(self, going: dict[str, str], *, from_: str = "") -> set[str]:
        """Drop the relations of these kinds, and say so; returns the ids that lead nowhere now."""
        ids = set()
        for start, relation, _ in self.relations():
            words = going.get((relation.get("Type") or "").rpartition("/")[2])
            if words is not None and (not from_ or start == from_):
                ids.add(relation.get("Id") or "")
                relation.getparent().remove(relation)
                self.removed[words] = None
        return ids

    def packed(self) -> bytes:
        """Return the package of all parts that something leads to."""
        reached = self._reached()
        types = self.tree(_TYPES)
        for kind in list(types):
            name = str(kind.get("PartName", "")).lstrip("/").lower()
            if local(kind) == "Override" and name not in reached:
                types.remove(kind)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in sorted(self.data, key=lambda one: one != _TYPES):
                if name == _TYPES or name.lower() in reached:
                    member = zipfile.ZipInfo(name, MOMENT)
                    member.compress_type = zipfile.ZIP_DEFLATED
                    copy.writestr(member, self._bytes(name))
        return out.getvalue()

    def _bytes(self, name: str) -> bytes:
        if name not in self._trees:
            return self.data[name]
        if name == _TYPES and "宏" in self.removed:
            for kind in self._trees[name]:
                for before, after in _WITH_MACROS:
                    if kind.get("ContentType") == f"application/vnd.{before}.main+xml":
                        plain = f"application/vnd.openxmlformats-officedocument.{after}.main+xml"
                        kind.set("ContentType", plain)
        tree = self._trees[name]
        return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))

    def _reached(self) -> set[str]:
        leads: dict[str, set[str]] = {}
        for start, _, target in self.relations():
            leads.setdefault(start.lower(), set()).add(target.lower())
        reached: set[str] = set()
        waiting = [""]
        while waiting:
            start = waiting.pop()
            for target in leads.get(start, set()) - reached - {""}:
                reached.add(target)
                waiting.append(target)
        folders = {posixpath.split(name) for name in reached} | {("", "")}
        return reached | {
            posixpath.join(folder, "_rels", f"{file}.rels") for folder, file in folders
        }


def clean_package(parts: Parts, clean_inner: Callable[[str, bytes], bytes]) -> None:
    """Take out what office files of all kinds carry unseen; clean the files and pictures inside."""
    for name, empty in _EMPTY.items():
        if name in parts.data and parts.data[name] != empty:
            if _SPOKEN.search(parts.data[name]):
                parts.removed["文件属性"] = None
            parts.data[name] = empty
    parts.unlink(_GOING)
    for name in parts.data:
        if _PICTURE.match(name):
            parts.data[name], removed = clean_picture(parts.data[name])
            parts.removed |= dict.fromkeys(removed)
        elif _INNER.match(name):
            parts.data[name] = clean_inner(posixpath.basename(name), parts.data[name])


def unwrap(element: Any) -> None:
    """Put what stands in an element in its place."""
    parent = element.getparent()
    if parent is None:
        return
    at = parent.index(element)
    for inner in list(element):
        parent.insert(at, inner)
        at += 1
    parent.remove(element)


def remove(element: Any) -> None:
    """Take an element out of its tree."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
