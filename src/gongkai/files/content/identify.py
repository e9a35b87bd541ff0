"""Finds a file's kind from its bytes and checks that its name agrees."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePath

from gongkai.files.content import refusals
from gongkai.files.content.packages import package_kind
from gongkai.files.content.portable import portable_kind
from gongkai.files.content.text import text_kind
from gongkai.files.states import Kind

_HEAD = 4096
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = {
    b"Rar!\x1a\x07": "RAR 压缩包",
    b"7z\xbc\xaf\x27\x1c": "7z 压缩包",
    b"\x1f\x8b": "压缩包",
    b"MZ": "程序文件",
    b"\x7fELF": "程序文件",
    b"GIF8": "GIF 图片",
    b"BM": "BMP 图片",
    b"{\\rtf": "RTF 文档",
}


def identify(path: Path, name: str, kinds: Iterable[Kind]) -> Kind:
    """Return the kind of the file at ``path``, uploaded as ``name``, wanted as one of ``kinds``.

    Raises ``Refused`` (``files.…``) when it is empty, of another kind, encrypted, old, damaged,
    carries macros, unpacks too large, or when its name says something else than its content.
    """
    wanted = frozenset(kinds)
    said = PurePath(name).suffix.lstrip(".").lower()
    kind = _kind(path, said, wanted)
    if kind not in wanted:
        raise refusals.wrong_kind(wanted, kind.label)
    if said and said not in kind.extensions:
        raise refusals.mismatch(said, kind)
    return kind


def _kind(path: Path, said: str, wanted: frozenset[Kind]) -> Kind:
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise refusals.empty()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return package_kind(path, wanted)
    if head.startswith(_OLE):
        raise _old(path, wanted)
    if b"%PDF-" in head[:1024]:
        return portable_kind(path)
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if head.startswith(b"\xff\xd8\xff"):
        return Kind.JPG
    kind = text_kind(path, said)
    if kind is None or head.startswith(b"{\\rtf"):
        raise refusals.wrong_kind(wanted, _foreign(head))
    return kind


def _foreign(head: bytes) -> str:
    return next((w for start, w in _FOREIGN.items() if head.startswith(start)), "这类文件")


def _old(path: Path, wanted: frozenset[Kind]) -> Exception:
    """Say which old office format it is, from the names of its streams (UTF-16)."""
    data = path.read_bytes()

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if holds("EncryptedPackage"):
        return refusals.encrypted()
    if holds("WordDocument"):
        return refusals.old_format("旧版 Word 或 WPS 文档", ".docx")
    if holds("Workbook") or holds("Book"):
        return refusals.old_format("旧版 Excel 或 WPS 表格", ".xlsx")
    return refusals.wrong_kind(wanted)
