"""Looks into a file: does it open, what does it say, what traces does it carry."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date

from gongkai.reading.source import Unreadable, load
from gongkai.screening.findings import Code, Finding, Severity
from gongkai.screening.lexicon import Lexicon
from gongkai.screening.text import screen_text

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
MOST_PART = 64 * 1024 * 1024
"""Bytes of one part of an office file that are looked at."""
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_VANISH = re.compile(rb"<w:vanish\s*/>|<w:vanish [^>]*w:val=\"(?:1|true|on)\"")
_HIDDEN_SHEET = re.compile(rb"<sheet [^>]*state=\"(?:hidden|veryHidden)\"")
_HIDDEN_ROWS = re.compile(rb"<(?:row|col) [^>]*hidden=\"(?:1|true)\"")
_PERSON = re.compile(rb"<(?:dc:creator|cp:lastModifiedBy)>([^<]+)<")


def screen_file(name: str, data: bytes, *, lexicon: Lexicon, day: date) -> tuple[Finding, ...]:
    """Return what is found in a file: that it does not open, its traces, and all of its text.

    A file that cannot be looked into is a finding of its own, never silence.
    """
    place = f"附件“{name}”"
    if data.startswith(_IMAGES):
        says = "图片里的文字没有查，请人工核对有没有个人信息。"
        return (_of_file(Code.NOT_LOOKED_AT, Severity.NOTE, place, says),)
    found = list(_traces(data, place))
    try:
        text = load(data, name).text
    except Unreadable as problem:
        severity = Severity.NOTE if problem.code == "no_text" else Severity.STOP
        code = Code.NOT_LOOKED_AT if problem.code == "no_text" else Code.DOES_NOT_OPEN
        return (*found, _of_file(code, severity, place, f"附件没有读出文字：{problem}"))
    return (*found, *screen_text(f"{text}\n{name}", place=place, lexicon=lexicon, day=day))


def _of_file(code: Code, severity: Severity, place: str, says: str, excerpt: str = "") -> Finding:
    return Finding(code, severity, place, 0, 0, excerpt, says)


def _traces(data: bytes, place: str) -> Iterator[Finding]:
    """Yield what an office file carries besides what it shows."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {info.filename: info for info in package.infolist()}
            yield from _traces_in(package, parts, place)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        return  # what does not open is said by the reader


def _traces_in(
    package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo], place: str
) -> Iterator[Finding]:
    if any(re.match(r"(?:word|xl)/(?:threadedC|c)omments", name) for name in parts):
        says = "文件里有批注。请在Word、WPS或Excel里删去批注后重新上传。"
        yield _of_file(Code.COMMENTS, Severity.STOP, place, says)
    if _has(package, parts, r"word/.*\.xml", _TRACKED):
        says = "文件里有修订痕迹，删掉的字还在里面。请接受全部修订后重新上传。"
        yield _of_file(Code.TRACKED, Severity.STOP, place, says)
    if _has(package, parts, r"word/.*\.xml", _VANISH):
        says = "文件里有隐藏文字。请显示出来，删去或公开。"
        yield _of_file(Code.HIDDEN, Severity.STOP, place, says)
    if _has(package, parts, r"xl/workbook\.xml", _HIDDEN_SHEET):
        says = "文件里有隐藏的工作表。请删去或取消隐藏后重新上传。"
        yield _of_file(Code.HIDDEN, Severity.STOP, place, says, "工作表")
    if _has(package, parts, r"xl/worksheets/.*\.xml", _HIDDEN_ROWS):
        says = "工作表里有隐藏的行或列。请删去或取消隐藏后重新上传。"
        yield _of_file(Code.HIDDEN, Severity.STOP, place, says, "行、列")
    people = _people(package, parts)
    if people:
        says = f"文件属性里有人名：{'、'.join(people)}。不宜公开的，请在文件属性里删去。"
        yield _of_file(Code.METADATA, Severity.ASK, place, says)


def _has(
    package: zipfile.ZipFile,
    parts: dict[str, zipfile.ZipInfo],
    which: str,
    pattern: re.Pattern[bytes],
) -> bool:
    return any(
        pattern.search(_part(package, info))
        for name, info in parts.items()
        if re.fullmatch(which, name)
    )


def _part(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with package.open(info) as stream:
        return stream.read(MOST_PART)


def _people(package: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> list[str]:
    info = parts.get("docProps/core.xml")
    if info is None:
        return []
    names = (found.decode("utf-8", "replace") for found in _PERSON.findall(_part(package, info)))
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))
