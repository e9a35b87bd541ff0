"""Looks into one file and all that stands in it; says what could not be looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.reading.blocks import Unreadable
from gongkai.screening.files import archive, docx, image, ofd, pdf, plain, pptx, xlsx
from gongkai.screening.files.kinds import kind_of, name_of, other_kind
from gongkai.screening.files.looking import Limits, Look
from gongkai.screening.findings import Code, Finding, Severity, each_once
from gongkai.screening.lexicon import Lexicon

_OPENERS: dict[str, Callable[[Look, bytes, str, str, int], None]] = {
    "docx": docx.look,
    "xlsx": xlsx.look,
    "pptx": pptx.look,
    "ofd": ofd.look,
    "pdf": pdf.look,
    "zip": archive.look,
    "image": image.look,
    "html": plain.look_page,
    "text": plain.look_text,
}
_CLOSED = {
    "ole": "旧版的.doc、.xls、.ppt、.wps文件查不了里面的内容。请另存为.docx或.xlsx后重新上传。",
    "odf": "查不了.odt、.ods文件的内容。请另存为.docx或.xlsx后重新上传。",
    "rtf": "查不了.rtf文件的内容。请另存为.docx后重新上传。",
    "archive": "查不了.rar、.7z等压缩包的内容。请改用.zip，或者把里面的文件逐个上传。",
}


@dataclass(frozen=True, slots=True)
class Screened:
    """What was found in a file; ``opened`` is false when it, or a file in it, did not open."""

    findings: tuple[Finding, ...]
    text_length: int
    opened: bool
    files: int
    """How many files were looked at, this one and those in it."""


def screen_file(
    name: str,
    data: bytes,
    *,
    lexicon: Lexicon,
    day: date,
    secret: bytes = b"",
    limits: Limits | None = None,
) -> Screened:
    """Return what is found in a file: that it does not open, what it hides, and in all its text.

    What cannot be looked into is a finding of its own, never silence. The same finding at several
    places of a file is one, which says at how many.
    """
    look = Look(lexicon, day, secret, limits or Limits(), look_into)
    place = f"附件“{name}”"
    look.text(name.rpartition(".")[0] or name, f"{place}，文件名")
    look_into(look, name, data, place)
    image.read_pictures(look)
    return Screened(each_once(look.findings), look.text_length, look.opened, look.files)


def look_into(look: Look, name: str, data: bytes, place: str, depth: int = 0) -> None:
    """Look into a file that may stand in another."""
    if depth > look.limits.depth or not look.takes(len(data)):
        says = "压缩包或文件里的内容太多、层次太深，没有查完。请分开上传。"
        look.say(Code.NOT_LOOKED_AT, Severity.ASK, place, says)
        return
    kind = kind_of(name, data)
    promised = other_kind(name, kind)
    if promised:
        says = f"按扩展名是{promised}，内容却是{name_of(kind)}，别人可能打不开。请改正扩展名。"
        look.say(Code.WRONG_KIND, Severity.ASK, place, says)
    try:
        _open(look, name, data, place, depth, kind)
    except Unreadable as problem:
        _refused(look, place, problem)
    except (RecursionError, MemoryError):
        look.opened = False
        says = "文件里的内容太多或嵌套太深，没有查完。请另存一份简单的再上传。"
        look.say(Code.NOT_LOOKED_AT, Severity.ASK, place, says)


def _open(look: Look, name: str, data: bytes, place: str, depth: int, kind: str) -> None:
    if kind in _OPENERS:
        _OPENERS[kind](look, data, name, place, depth)
    elif kind in _CLOSED:
        look.say(Code.NOT_LOOKED_AT, Severity.ASK, place, _CLOSED[kind])
    elif kind == "program":
        look.say(Code.PROGRAM, Severity.STOP, place, "这是程序或脚本，不能公开。请删去。")
    elif kind == "encrypted":
        raise Unreadable("encrypted", "文件加了密码，公众打不开。请去掉密码后重新上传。")
    else:
        raise Unreadable("empty", "文件是空的，请确认选的是原文件。")


def _refused(look: Look, place: str, problem: Unreadable) -> None:
    look.opened = False
    if problem.code == "encrypted":
        look.say(Code.ENCRYPTED, Severity.STOP, place, problem.sentence)
    elif problem.code in ("too_large", "too_large_unpacked", "old_format"):
        look.say(Code.NOT_LOOKED_AT, Severity.ASK, place, problem.sentence)
    else:
        look.say(Code.DOES_NOT_OPEN, Severity.STOP, place, f"打不开：{problem.sentence}")
