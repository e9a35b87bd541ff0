"""Looks into an .ofd: the text of its pages, notes on them, who made it, files in it."""

from __future__ import annotations

import posixpath
import re

from gongkai.reading.formats.package import Package, drop, ends, local
from gongkai.screening.files.looking import Look
from gongkai.screening.files.passages import Lines
from gongkai.screening.findings import Code, Severity

_PAGE = re.compile(r"doc_\d+/(?:pages|tpls)/[^/]+/content\.xml$")
_NOTE = re.compile(r"doc_\d+/annots/.+\.xml$")
_FILES = re.compile(r"doc_\d+/attachs/.+\.(?!xml$)[^.]+$")
_PEOPLE = {
    "Author": "作者",
    "Title": "标题",
    "Subject": "主题",
    "Abstract": "摘要",
    "Keyword": "关键词",
}


def look(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into an .ofd. Raises ``Unreadable``."""
    package = Package(data)
    pages = Lines()
    for part in sorted((one for one in package.names if _PAGE.match(one)), key=_number):
        pages.add(_words(package, part))
    pages.look(look, place, "，第{}页")
    notes = Lines()
    for part in sorted(one for one in package.names if _NOTE.match(one)):
        notes.add(_words(package, part))
    if notes.lines:
        says = "文件里有注释。请核实能否公开，不能的删去后重新导出。"
        look.say(Code.COMMENTS, Severity.ASK, place, says)
        notes.aside(look, f"{place}，注释")
    root = package.tree("ofd.xml")
    found = {}
    for element in [] if root is None else root.iter():
        if local(element) in _PEOPLE and (element.text or "").strip():
            found[_PEOPLE[local(element)]] = element.text.strip()
    look.properties(found, place)
    for part in sorted(one for one in package.names if _FILES.match(one)):
        _attached(look, package, part, place, depth)
    if not pages.lines:
        says = "版式文件里没有文字，可能是扫描件，请人工核对有没有个人信息。"
        look.say(Code.NOT_LOOKED_AT, Severity.NOTE, place, says)


def _attached(look: Look, package: Package, part: str, place: str, depth: int) -> None:
    short = posixpath.basename(part)
    says = "版式文件里带着附件。请核实能否公开。"
    look.say(Code.EMBEDDED, Severity.ASK, place, says, short)
    stream = package.stream(part)
    if stream is not None:
        look.inside(short, stream.read(), f"{place}内的附件“{short}”", depth + 1)


def _number(part: str) -> tuple[int, str]:
    digits = re.findall(r"\d+", part)
    return int(digits[-1][:9]) if digits else 0, part


def _words(package: Package, part: str) -> str:
    """Return the text of a page: one piece of text is a line or a part of one."""
    stream = package.stream(part)
    if stream is None:
        return ""
    pieces: list[str] = []
    for element in ends(stream, "TextObject"):
        pieces.append("".join(code.text or "" for code in element.iter("{*}TextCode")))
        drop(element)
    return "\n".join(pieces)
