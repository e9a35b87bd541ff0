"""Looks into a .pptx: slides, hidden slides, speaker's notes, comments."""

from __future__ import annotations

import re

from gongkai.reading.formats.package import Package, damaged, drop, ends
from gongkai.screening.files.looking import Look
from gongkai.screening.files.office import look_package
from gongkai.screening.files.passages import Lines
from gongkai.screening.findings import Code, Severity

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml$")
_NOTES = re.compile(r"ppt/notesslides/notesslide(\d+)\.xml$")
_COMMENTS = re.compile(r"ppt/comments/[^/]+\.xml$")
_DRAWN = re.compile(r"ppt/(?:charts/chart|diagrams/data)\d*\.xml$")


def look(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into a .pptx. Raises ``Unreadable``."""
    package = Package(data)
    if package.tree(package.main_part("ppt/presentation.xml")) is None:
        raise damaged()
    slides = _numbered(package, _SLIDE)
    for number, part in slides:
        words = _words(package, part)
        words.look(look, f"{place}，第{number}张幻灯片", "")
        root = package.tree(part)
        if root is not None and root.get("show") in ("0", "false"):
            says = f"第{number}张幻灯片是隐藏的。请删去或取消隐藏后重新上传。"
            look.say(Code.HIDDEN, Severity.STOP, place, says, f"第{number}张幻灯片")
    _notes(look, package, place)
    drawn = Lines()
    for part in sorted(one for one in package.names if _DRAWN.match(one)):
        drawn.lines += _words(package, part).lines
    drawn.look(look, f"{place}，图表", "")
    look_package(look, package, place, depth)


def _notes(look: Look, package: Package, place: str) -> None:
    notes = Lines()
    for _, part in _numbered(package, _NOTES):
        # Of a page of notes nothing is left but its page number when nobody wrote on it.
        notes.lines += [line for line in _words(package, part).lines if not line.strip().isdigit()]
    if notes.lines:
        says = "演示文稿有备注页，备注会跟着公开。请核实，不公开的删去。"
        look.say(Code.HIDDEN_TEXT, Severity.STOP, place, says, notes.lines[0][:40])
    notes.look(look, f"{place}，备注", "")
    said = Lines()
    for part in sorted(one for one in package.names if _COMMENTS.match(one)):
        said.lines += _words(package, part, "text", "t").lines
    if said.lines:
        says = "演示文稿里有批注。请删去批注后重新上传。"
        look.say(Code.COMMENTS, Severity.STOP, place, says)
    said.aside(look, f"{place}，批注")


def _numbered(package: Package, pattern: re.Pattern[str]) -> list[tuple[int, str]]:
    found = []
    for name in package.names:
        match = pattern.match(name)
        if match:
            found.append((int(match[1][:6]), name))
    return sorted(found)


def _words(package: Package, part: str, *kinds: str) -> Lines:
    """Return the paragraphs of a part, or what its elements of these names say."""
    lines = Lines()
    stream = package.stream(part)
    for element in [] if stream is None else ends(stream, *(kinds or ("p", "v"))):
        if kinds or not len(element):
            lines.add(element.text or "")
        else:
            lines.add("".join(t.text or "" for t in element.iter("{*}t")))
            drop(element)
    return lines
