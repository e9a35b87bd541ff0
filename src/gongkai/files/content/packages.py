"""Opens office packages (zip) with limits: what they are, that they carry no programs."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from gongkai.files.content import refusals
from gongkai.files.states import Kind

MAX_ENTRIES = 10_000
MAX_UNPACKED = 400 * 2**20
MAX_RATIO = 400  # a part that packs better than this, and is not small, is a bomb
RATIO_FROM = 16 * 2**20
_CHUNK = 2**20
_MACROS = re.compile(r"vbaproject|vbadata|(^|/)macrosheets/|(^|/)dialogsheets/", re.I)
_MACRO_TYPE = re.compile(rb"macroEnabled|vbaProject|ms-excel\.(?:intl)?macrosheet", re.I)
_TYPES = "[Content_Types].xml"
_FOREIGN = {
    "OFD.xml": "OFD 版式文件",
    "ppt/presentation.xml": "演示文稿",
    "content.xml": "ODF 文档",
}


def package_kind(path: Path, wanted: frozenset[Kind]) -> Kind:
    """Return docx or xlsx. Raises ``Refused`` for any other package, and for a dangerous one."""
    try:
        with zipfile.ZipFile(path) as package:
            names = _checked_names(package)
            kind = _kind(names, wanted)
            _check_macros(package, names)
            _check_whole(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
        raise refusals.damaged() from error
    return kind


def _checked_names(package: zipfile.ZipFile) -> set[str]:
    """Check the directory alone: how many, how large, encrypted, strange or doubled names."""
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
        raise refusals.unpacks_too_large()
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise refusals.encrypted()
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
            raise refusals.unpacks_too_large()
        if entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename):
            raise refusals.damaged()
    names = {entry.filename for entry in entries}
    if len({name.lower() for name in names}) != len(entries):
        raise refusals.damaged()  # two parts of one name: programs would read different ones
    return names


def _kind(names: set[str], wanted: frozenset[Kind]) -> Kind:
    if _TYPES in names and "word/document.xml" in names:
        return Kind.DOCX
    if _TYPES in names and "xl/workbook.xml" in names:
        return Kind.XLSX
    if "xl/workbook.bin" in names:
        raise refusals.old_format("二进制 Excel 表格（.xlsb）", ".xlsx")
    found = next((what for part, what in _FOREIGN.items() if part in names), "压缩包")
    raise refusals.wrong_kind(wanted, found)


def _check_macros(package: zipfile.ZipFile, names: set[str]) -> None:
    if any(_MACROS.search(name) for name in names):
        raise refusals.macros()
    with package.open(_TYPES) as part:
        if _MACRO_TYPE.search(part.read(4 * 2**20)):
            raise refusals.macros()


def _check_whole(package: zipfile.ZipFile) -> None:
    """Unpack every part once, in pieces, within the limit: sums must fit, sizes must be true."""
    seen = 0
    for entry in package.infolist():
        with package.open(entry) as part:
            while piece := part.read(_CHUNK):
                seen += len(piece)
                if seen > MAX_UNPACKED:
                    raise refusals.unpacks_too_large()
