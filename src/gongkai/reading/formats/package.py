"""Parts of an office file, unpacked within limits, and their XML read safely. Knows no format."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from lxml import etree

from gongkai.reading.blocks import Unreadable
from gongkai.reading.limits import (
    MAX_ENTRIES,
    MAX_PART_BYTES,
    MAX_RATIO,
    MAX_SIDE_PART_BYTES,
    MAX_UNPACKED_BYTES,
    RATIO_FROM_BYTES,
)

Element = Any
"""An lxml element; the library has no types."""

_ENTRY = b"PK\x01\x02"
_DAMAGED = "文件已损坏或没有传完整，请重新下载，或在 Word、WPS 中打开后另存再上传。"
_SAFE = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def damaged() -> Unreadable:
    """Return the refusal of a file that is broken inside."""
    return Unreadable("damaged", _DAMAGED)


def _bomb() -> Unreadable:
    return Unreadable(
        "too_large_unpacked", "文件解开后太大，不像正常的文件，请在 Word、WPS 中另存后再上传。"
    )


@dataclass
class Stream:
    """A part being unpacked; counts what really comes out and stops at the limit."""

    raw: Any
    total: int
    limit: int
    done: int = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises ``Unreadable`` (too_large_unpacked, damaged)."""
        wanted = self.limit + 1 - self.done if size < 0 else size
        try:
            piece: bytes = self.raw.read(wanted)
        except Exception as error:  # zlib, zipfile and the file layer raise many kinds
            raise damaged() from error
        self.done += len(piece)
        if self.done > self.limit:
            raise _bomb()
        return piece


@dataclass
class Package:
    """An office file opened as a package. Raises ``Unreadable`` for bombs and broken ones."""

    data: bytes
    _parts: dict[str, zipfile.ZipInfo] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Counted before opening: the library builds an object for each entry.
        if self.data.count(_ENTRY) > MAX_ENTRIES:
            raise _bomb()
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(self.data))
        except Exception as error:  # broken directories raise many kinds
            raise damaged() from error
        infos = self._zip.infolist()
        self._parts = {info.filename.lower().lstrip("/"): info for info in infos}
        if sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
            raise _bomb()
        if any(info.flag_bits & 1 for info in infos):
            raise Unreadable("encrypted", "文件加了密码，请去掉密码后再上传。")

    @property
    def names(self) -> set[str]:
        """The names of all parts, in lower case."""
        return set(self._parts)

    def stream(self, name: str, limit: int = MAX_PART_BYTES) -> Stream | None:
        """Open a part for reading piece by piece; None when there is none of that name."""
        info = self._parts.get(name.lower())
        if info is None:
            return None
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > RATIO_FROM_BYTES and ratio > MAX_RATIO:
            raise _bomb()
        if info.file_size > limit:
            raise _bomb()
        try:
            return Stream(self._zip.open(info), info.file_size, limit)
        except Exception as error:  # unknown compression, local header elsewhere
            raise damaged() from error

    def tree(self, name: str) -> Element | None:
        """Return the root of a small part, None when there is none of that name."""
        stream = self.stream(name, MAX_SIDE_PART_BYTES)
        if stream is None:
            return None
        try:
            root = etree.fromstring(stream.read(), etree.XMLParser(**_SAFE))
        except (etree.LxmlError, ValueError) as error:
            raise damaged() from error
        _refuse_dtd(root)
        return root

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Return the part's relations: id → (last word of the type, name of the target part)."""
        folder, file = posixpath.split(name)
        root = self.tree(posixpath.join(folder, "_rels", file + ".rels"))
        found: dict[str, tuple[str, str]] = {}
        for relation in [] if root is None else root:
            target = unquote(relation.get("Target") or "")
            if relation.get("TargetMode") == "External" or not target:
                continue
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id") or ""] = (last_word(relation.get("Type") or ""), path)
        return found

    def main_part(self, otherwise: str) -> str:
        """Return the name of the part that holds the document itself."""
        for kind, path in self.targets("").values():
            if kind == "officeDocument" and path.lower() in self._parts:
                return path
        return otherwise


def last_word(text: str) -> str:
    """Return what follows the last slash."""
    return text.rpartition("/")[2]


def local(element: Element) -> str:
    """Return the element's name without its namespace, "" for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant along the path of names, None when a step is missing."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """Return the ``val`` attribute of the descendant along the path, None without either."""
    found = child(element, *path)
    return None if found is None else attribute(found, "val")


def switched_on(element: Element | None, *path: str) -> bool:
    """Tell whether an on/off property is there and not switched off."""
    found = child(element, *path)
    return found is not None and attribute(found, "val") not in ("0", "false", "off", "none")


def whole(text: str | None, otherwise: int) -> int:
    """Return a small whole number written in an attribute, ``otherwise`` when it is none."""
    try:
        number = int(text or "")
    except ValueError:
        return otherwise
    return number if abs(number) < 1_000_000_000 else otherwise


def ends(stream: Stream, *names: str) -> Iterator[Element]:
    """Yield the elements of these names as each ends; the caller clears what it has used.

    Raises ``Unreadable`` (damaged) for XML that is broken or has a document type.
    """
    tags = [f"{{*}}{name}" for name in names]
    checked = False
    try:
        for _, element in etree.iterparse(stream, events=("end",), tag=tags, **_SAFE):
            if not checked:
                _refuse_dtd(element)
                checked = True
            yield element
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise damaged() from error


def drop(element: Element) -> None:
    """Free the element and all before it under its parent."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_dtd(element: Element) -> None:
    # Office programs never write one; it is how entities are made to explode or to fetch files.
    if element.getroottree().docinfo.internalDTD is not None:
        raise damaged()
