"""Looks into a .docx: what is read, what is hidden, struck out or noted beside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.reading.formats.package import (
    Element,
    Package,
    attribute,
    child,
    drop,
    ends,
    local,
    switched_on,
    value,
)
from gongkai.screening.files.looking import Look
from gongkai.screening.files.office import look_package
from gongkai.screening.files.passages import Lines
from gongkai.screening.findings import Code, Severity

_READ = (
    (re.compile(r"word/document\d*\.xml$"), ""),
    (re.compile(r"word/header\d*\.xml$"), "，页眉"),
    (re.compile(r"word/footer\d*\.xml$"), "，页脚"),
    (re.compile(r"word/footnotes\.xml$"), "，脚注"),
    (re.compile(r"word/endnotes\.xml$"), "，尾注"),
    (re.compile(r"word/(?:charts/chart|diagrams/data)\d*\.xml$"), "，图表"),
)
_BESIDE = (
    (re.compile(r"word/comments\.xml$"), "，批注"),
    (re.compile(r"word/glossary/document\.xml$"), "，自动图文集"),
    (re.compile(r"customxml/item\d+\.xml$"), "，自定义数据"),
)
_CHANGES = (
    *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
    *("rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange", "sectPrChange"),
    *("tblGridChange", "tblPrExChange"),
)
_STRUCK = frozenset(("del", "moveFrom"))


@dataclass
class _Part:
    """What one part of the document says: openly, hidden, and struck out."""

    seen: Lines = field(default_factory=Lines)
    hidden: Lines = field(default_factory=Lines)
    struck: Lines = field(default_factory=Lines)
    codes: Lines = field(default_factory=Lines)
    changed: bool = False


def look(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into a .docx. Raises ``Unreadable``."""
    package = Package(data)
    hiding = hiding_styles(package)
    whole = _Part()
    for part, where in sorted(_parts(package, _READ)):
        read = _Part()
        _read(package, part, hiding, read)
        read.seen.look(look, place + where, "，第{}段")
        for mine, theirs in ((whole.hidden, read.hidden), (whole.struck, read.struck)):
            mine.lines += theirs.lines
        whole.codes.lines += read.codes.lines
        whole.changed = whole.changed or read.changed
    _say(look, whole, place)
    for part, where in sorted(_parts(package, _BESIDE)):
        read = _Part()
        _read(package, part, hiding, read)
        if where == "，批注" and (read.seen.lines or read.hidden.lines):
            says = "文件里有批注。请在Word、WPS里删去批注后重新上传。"
            look.say(Code.COMMENTS, Severity.STOP, place, says)
        read.seen.aside(look, place + where)
    look_package(look, package, place, depth)


def _parts(
    package: Package, kinds: tuple[tuple[re.Pattern[str], str], ...]
) -> list[tuple[str, str]]:
    names = package.names | {package.main_part("word/document.xml").lower()}
    found = []
    for name in names:
        found += [(name, where) for pattern, where in kinds if pattern.match(name)]
    main = package.main_part("word/document.xml").lower()
    if kinds is _READ and all(name != main for name, _ in found):
        found.append((main, ""))
    return found


def _say(look: Look, whole: _Part, place: str) -> None:
    if whole.changed:
        says = "文件里有修订痕迹，删掉的字还在里面。请接受全部修订后重新上传。"
        look.say(Code.TRACKED, Severity.STOP, place, says)
    if whole.hidden.lines:
        says = "文件里有隐藏文字。请显示出来，删去或公开。"
        look.say(Code.HIDDEN_TEXT, Severity.STOP, place, says, whole.hidden.lines[0][:40])
    whole.hidden.aside(look, f"{place}，隐藏文字")
    whole.struck.aside(look, f"{place}，修订中删去的文字")
    whole.codes.aside(look, f"{place}，域代码")


def hiding_styles(package: Package) -> frozenset[str]:
    """Return the styles that hide their text, also through the style they are based on."""
    root = package.tree("word/styles.xml")
    based: dict[str, str] = {}
    own: dict[str, bool | None] = {}
    for style in [] if root is None else root:
        if local(style) == "style":
            key = attribute(style, "styleId") or ""
            based[key] = value(style, "basedOn") or ""
            mark = child(style, "rPr", "vanish")
            own[key] = None if mark is None else switched_on(style, "rPr", "vanish")

    def hides(key: str) -> bool:
        for _ in range(20):
            if own.get(key) is not None:
                return bool(own[key])
            key = based.get(key, "")
        return False

    return frozenset(key for key in own if hides(key))


def _read(package: Package, name: str, hiding: frozenset[str], into: _Part) -> None:
    stream = package.stream(name)
    if stream is None:
        return
    for element in ends(stream, "p", "v", *_CHANGES):
        kind = local(element)
        if kind == "p":
            _paragraph(element, hiding, into)
            drop(element)
        elif kind in _CHANGES:
            into.changed = into.changed or "wordprocessingml" in str(element.tag)
        elif kind == "v" and element.text:  # a value kept in a chart
            into.seen.add(element.text)


def _paragraph(element: Element, hiding: frozenset[str], into: _Part) -> None:
    hides = value(element, "pPr", "pStyle") in hiding
    seen: list[str] = []
    hidden: list[str] = []
    struck: list[str] = []
    codes: list[str] = []
    for part in element.iter(
        "{*}t",
        "{*}tab",
        "{*}br",
        "{*}cr",
        "{*}noBreakHyphen",
        "{*}delText",
        "{*}instrText",
        "{*}docPr",
    ):
        kind = local(part)
        if kind == "instrText":
            codes.append(part.text or "")
        elif kind == "docPr":  # the words that stand for a picture
            codes += [f"\n{part.get(key)}\n" for key in ("descr", "title") if part.get(key)]
        elif kind == "delText" or _stands_in(part, element, _STRUCK):
            struck.append(part.text or "")
        else:
            text = {"t": part.text or "", "noBreakHyphen": "-", "tab": " "}.get(kind, "\n")
            run = _run_of(part, element)
            (hidden if is_hidden(run, hides, hiding) else seen).append(text)
    for lines, words in ((into.seen, seen), (into.hidden, hidden), (into.struck, struck)):
        lines.add("".join(words))
    into.codes.add("".join(codes))


def _stands_in(part: Element, top: Element, names: frozenset[str]) -> bool:
    while part is not None and part is not top:
        if local(part) in names:
            return True
        part = part.getparent()
    return False


def _run_of(part: Element, top: Element) -> Element | None:
    while part is not None and part is not top:
        if local(part) == "r":
            return part
        part = part.getparent()
    return None


def is_hidden(run: Element | None, paragraph_hides: bool, hiding: frozenset[str]) -> bool:
    """Say whether a run is hidden: by itself, by its style, or by the style of its paragraph."""
    mark = child(run, "rPr", "vanish")
    if mark is not None:
        return switched_on(run, "rPr", "vanish")
    return value(run, "rPr", "rStyle") in hiding or paragraph_hides
