"""Looks into a .pdf through the worker that unpacks it: text, notes, fields, files in it."""

from __future__ import annotations

import base64
import re
from typing import Any, cast

from gongkai.reading.blocks import Unreadable, UnreadableCode
from gongkai.screening import ocr
from gongkai.screening.files.looking import Look
from gongkai.screening.files.passages import Lines
from gongkai.screening.findings import Code, Severity
from gongkai.screening.sandbox import run

_LABEL = re.compile(
    r"\s*(?:[0-9]{1,3}[.．、)]|[一二三四五六七八九十]{1,3}、|[（(]|第[一二三四五六七八九十百0-9]+[章节条]|附件)"
)
_STOPS = tuple("。！？；：:;.!?")
_TOO_BIG = "文件解开后太大，不像正常的文件，没有查完。请在原软件中重新导出.pdf后上传。"


def look(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into a .pdf. Raises ``Unreadable``."""
    messages = list(run("look", data))
    for message in messages:
        if "error" in message:
            code, sentence = message["error"]
            raise Unreadable(cast(UnreadableCode, code), sentence)
    if not messages or "done" not in messages[-1]:
        raise Unreadable("too_large_unpacked", _TOO_BIG)
    pages = Lines([_joined(message["page"]) for message in messages if "page" in message])
    if any(page.strip() for page in pages.lines):
        pages.look(look, place, "，第{}页")
    _unread(look, data, pages.lines, place)
    about: dict[str, Any] = next((m["about"] for m in messages if "about" in m), {})
    _about(look, about, place)
    for message in messages:
        if "file" in message:
            _attached(look, message, place, depth)


def _joined(page: str) -> str:
    """Return a page with lines that the page's right edge broke joined again."""
    lines = [line.rstrip() for line in page.splitlines() if line.strip()]
    longest = max((len(line) for line in lines), default=0)
    text, before = "", ""
    for line in lines:
        runs_on = len(before) >= max(0.85 * longest, 12) and not before.endswith(_STOPS)
        text += (
            line if text and runs_on and not _LABEL.match(line) else f"\n{line}" if text else line
        )
        before = line
    return text


def _unread(look: Look, data: bytes, pages: list[str], place: str) -> None:
    """Say which pages have no text: scans; read them where that can be done."""
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if not empty:
        return
    if ocr.is_installed():
        for message in run("render", data, ",".join(str(n - 1) for n in empty)):
            if "picture" in message:
                spot = f"{place}，第{message['number'] + 1}页"
                look.pictures.setdefault(spot, []).append(base64.b64decode(message["picture"]))
        return
    which = "、".join(map(str, empty[:10])) + ("等" if len(empty) > 10 else "")
    says = f"第{which}页没有文字，可能是扫描件，请人工核对有没有个人信息。"
    look.say(Code.NOT_LOOKED_AT, Severity.NOTE, place, says)


def _about(look: Look, about: dict[str, Any], place: str) -> None:
    look.properties(about.get("properties", {}), place)
    notes = Lines([*about.get("notes", [])])
    if notes.lines:
        says = "文件里有批注。公开件里会去掉；有要保留的，请写进正文。"
        look.say(Code.COMMENTS, Severity.STOP, place, says)
        notes.aside(look, f"{place}，批注")
    Lines([*about.get("fields", [])]).look(look, f"{place}，表单", "")
    look.aside("\n".join(about.get("links", [])), f"{place}，链接")
    if about.get("scripts"):
        says = "文件里有脚本。公开件不得带脚本，请重新导出。"
        look.say(Code.MACRO, Severity.STOP, place, says)
    if about.get("layers"):
        says = "文件里有隐藏的图层，打开就能看见。请删去或显示后重新导出。"
        look.say(Code.HIDDEN, Severity.STOP, place, says)
    if about.get("revisions"):
        says = "文件里留着修改以前的版本，能够恢复。公开件里会去掉。"
        if about.get("signed"):
            says = "文件里留着修改以前的版本，能够恢复。因有电子签章未作清理，请用最终版重新盖章。"
        look.say(Code.REVISIONS, Severity.ASK, place, says)
    if about.get("signed"):
        says = "文件有电子签章，清理隐藏信息会使签章失效，所以没有清理。请核实。"
        look.say(Code.SIGNED, Severity.NOTE, place, says)


def _attached(look: Look, message: dict[str, Any], place: str, depth: int) -> None:
    name = str(message["file"])
    says = "文件里夹着另一个文件。公开件里会去掉；要公开的请单独上传。"
    look.say(Code.EMBEDDED, Severity.STOP, place, says, name)
    data = base64.b64decode(message["data"])
    look.inside(name, data, f"{place}内的附件“{name}”", depth + 1)
