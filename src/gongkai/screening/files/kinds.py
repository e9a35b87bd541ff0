"""What kind of file the bytes are, and whether the name says the same. Opens no document."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"7z\xbc\xaf'\x1c", "archive"),
    (b"Rar!", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"{\\rtf", "rtf"),
)
_NAMES = {
    "docx": "Word文档",
    "xlsx": "Excel表格",
    "pptx": "演示文稿",
    "pdf": "PDF文件",
    "image": "图片",
    "zip": "压缩包",
    "ole": "旧版Office文件",
    "html": "网页",
    "text": "纯文本",
}
_BY_SUFFIX = {
    **dict.fromkeys((".docx", ".docm", ".dotx", ".dotm"), "docx"),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm"), "xlsx"),
    **dict.fromkeys((".pptx", ".pptm", ".ppsx", ".ppsm", ".potx"), "pptx"),
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp"), "image"),
    **dict.fromkeys((".doc", ".xls", ".ppt", ".wps", ".et", ".dps"), "ole"),
    **dict.fromkeys((".htm", ".html"), "html"),
    ".pdf": "pdf",
    ".zip": "zip",
    ".txt": "text",
    ".csv": "text",
}
_PROGRAMS = re.compile(
    r"\.(?:exe|dll|bat|cmd|com|scr|msi|js|jse|vbs|vbe|wsf|ps1|lnk|hta|jar|apk|sh)$"
)


def kind_of(name: str, data: bytes) -> str:
    """Return docx, xlsx, pptx, ofd, odf, pdf, zip, image, ole, encrypted, archive, program, rtf,
    html, text or empty, by content first."""
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        return "empty"
    if data.startswith(_OLE):
        return "encrypted" if _ENCRYPTED in data else "ole"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _package_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    for magic, kind in _MAGIC:
        if data.startswith(magic) and not (magic in (b"BM", b"MZ") and not _binary(data)):
            return kind
    if _PROGRAMS.search(name.lower()):
        return "program"
    if suffix(name) in (".htm", ".html") or _is_page(data):
        return "html"
    return "text"


def suffix(name: str) -> str:
    """Return the name's ending in lower case: ".docx"."""
    return posixpath.splitext(name.replace("\\", "/").lower())[1]


def other_kind(name: str, kind: str) -> str:
    """Return what the name promises, in words, where the content is something else."""
    promised = _BY_SUFFIX.get(suffix(name))
    if promised is None or promised == kind or kind not in _NAMES:
        return ""
    if {promised, kind} <= {"text", "html"}:
        return ""
    return _NAMES[promised]


def name_of(kind: str) -> str:
    """Return a kind in words."""
    return _NAMES[kind]


def _package_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = {name.lower().lstrip("/") for name in package.namelist()}
    except Exception:  # broken directories raise many kinds; who opens it says what is wrong
        return "zip"
    if "[content_types].xml" in names:
        for folder, kind in (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx")):
            if any(name.startswith(folder) for name in names):
                return kind
    if "ofd.xml" in names:
        return "ofd"
    if "content.xml" in names and "mimetype" in names:
        return "odf"
    return "zip"


def _binary(data: bytes) -> bool:
    return b"\x00" in data[:512]


def _is_page(data: bytes) -> bool:
    head = data[:2048].lower()
    return b"<html" in head or b"<!doctype html" in head
