"""Chooses how a file is cleaned, and says what was taken out of it."""

from __future__ import annotations

import base64
import io
import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.reading.limits import MAX_ENTRIES, MAX_UNPACKED_BYTES
from gongkai.screening.cleaning import sheets, slides, word
from gongkai.screening.cleaning.package import MOMENT, Parts, clean_package
from gongkai.screening.cleaning.pictures import clean_picture
from gongkai.screening.files.archive import is_leaving, member_name, read_member
from gongkai.screening.files.kinds import kind_of
from gongkai.screening.sandbox import run

_DEEPEST = 4
_OFFICE: dict[str, Callable[[Parts, bool], None]] = {
    "docx": word.clean,
    "xlsx": sheets.clean,
    "pptx": slides.clean,
}
_WITHOUT_MACROS = {
    ".docm": ".docx",
    ".dotm": ".dotx",
    ".xlsm": ".xlsx",
    ".xltm": ".xltx",
    ".pptm": ".pptx",
    ".potm": ".potx",
    ".ppsm": ".ppsx",
}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A file as it may be published; ``removed`` says in words what was taken out, if anything.

    ``name`` differs from the name given where macros were taken out: .docm becomes .docx.
    """

    data: bytes
    removed: tuple[str, ...] = ()
    name: str = ""


def clean_copy(name: str, data: bytes, *, drop_hidden: bool = False) -> Cleaned:
    """Return a .docx, .xlsx, .pptx, .pdf, picture or .zip without what it does not show.

    Tracked changes are accepted: what was struck out goes, what was put in stays. Hidden sheets,
    rows, columns and slides are part of the work and stay, for the checks to stop at, unless
    ``drop_hidden``. Signed PDFs, other files and what does not open are returned as they are.
    The same bytes give the same copy.
    """
    return _clean(name, data, drop_hidden, 0)


def _clean(name: str, data: bytes, drop_hidden: bool, depth: int) -> Cleaned:
    kind = kind_of(name, data)
    try:
        if kind in _OFFICE:
            return _clean_office(name, data, kind, drop_hidden, depth)
        if kind == "pdf":
            return _clean_pdf(name, data)
        if kind == "image":
            copy, removed = clean_picture(data)
            return Cleaned(copy, removed, name)
        if kind == "zip" and depth < _DEEPEST:
            return _clean_archive(name, data, drop_hidden, depth)
    except Exception:  # broken files raise many kinds; the checks say what is wrong with it
        return Cleaned(data, (), name)
    return Cleaned(data, (), name)


def _clean_office(name: str, data: bytes, kind: str, drop_hidden: bool, depth: int) -> Cleaned:
    parts = Parts.of(data)

    def clean_inner(inner: str, content: bytes) -> bytes:
        if depth >= _DEEPEST:
            return content
        copy = _clean(inner, content, drop_hidden, depth + 1)
        for words in copy.removed:
            parts.removed[words] = None
        return copy.data

    _OFFICE[kind](parts, drop_hidden)
    clean_package(parts, clean_inner)
    if not parts.removed:
        return Cleaned(data, (), name)
    stem, ending = posixpath.splitext(name)
    ending = _WITHOUT_MACROS.get(ending.lower(), ending) if "宏" in parts.removed else ending
    return Cleaned(parts.packed(), tuple(parts.removed), stem + ending)


def _clean_pdf(name: str, data: bytes) -> Cleaned:
    messages = list(run("clean", data))
    copy = next((message["copy"] for message in messages if "copy" in message), None)
    if copy is None:
        return Cleaned(data, (), name)
    removed = next(message["removed"] for message in messages if "removed" in message)
    return Cleaned(base64.b64decode(copy), tuple(removed), name)


def _clean_archive(name: str, data: bytes, drop_hidden: bool, depth: int) -> Cleaned:
    removed: dict[str, None] = {}
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        infos = package.infolist()
        if len(infos) > MAX_ENTRIES or sum(one.file_size for one in infos) > MAX_UNPACKED_BYTES:
            return Cleaned(data, (), name)
        if package.comment:
            removed["压缩包注释"] = None
        for info in infos:
            inner = member_name(info)
            if is_leaving(inner):
                removed["系统文件"] = None
                continue
            content = b"" if info.is_dir() else read_member(package, info, MAX_UNPACKED_BYTES)
            cleaned = _clean(inner, content, drop_hidden, depth + 1)
            removed |= dict.fromkeys(cleaned.removed)
            member = zipfile.ZipInfo(cleaned.name or inner, MOMENT)
            member.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(member, cleaned.data)
    if not removed:
        return Cleaned(data, (), name)
    return Cleaned(out.getvalue(), tuple(removed), name)
