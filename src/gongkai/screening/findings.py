"""What a check found, as a value that may be kept: it never holds a whole personal number."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gongkai.kernel.words import Worded

_MOST_SHOWN = 100
_LONG_NUMBER = re.compile(r"[0-9０-９][0-9０-９Xx \-]{3,}[0-9０-９Xx]")


class Severity(Worded):
    """What a finding asks for."""

    STOP = "stop", "必须处理"
    ASK = "ask", "请核实"
    NOTE = "note", "提示"


class Code(Worded):
    """What was found."""

    ID_NUMBER = "personal.id_number", "身份证号码"
    MOBILE = "personal.mobile", "手机号码"
    BANK_CARD = "personal.bank_card", "银行卡号"
    PASSPORT = "personal.passport", "护照号码"
    WRONG_WORD = "wording.wrong_word", "用词"
    REPEATED = "wording.repeated", "重复"
    NUMBER_FORM = "wording.number_form", "文号写法"
    NO_SUCH_DAY = "wording.no_such_day", "日期"
    WEEKDAY = "wording.weekday", "星期"
    NUMBERING = "wording.numbering", "序号"
    UNPAIRED = "wording.unpaired", "括号、引号"
    PUNCTUATION = "wording.punctuation", "标点"
    HALF_WIDTH = "wording.half_width", "半角标点"
    SPACING = "wording.spacing", "空格"
    NO_ALTERNATIVE = "wording.no_alternative", "图片说明"
    DEAD_LINK = "link.dead", "链接打不开"
    INNER_LINK = "link.inner", "公众打不开的链接"
    UNTRIED_LINK = "link.untried", "没有试开的链接"
    DOES_NOT_OPEN = "file.does_not_open", "附件打不开"
    WRONG_KIND = "file.wrong_kind", "文件类型"
    ENCRYPTED = "file.encrypted", "加密"
    COMMENTS = "file.comments", "批注"
    TRACKED = "file.tracked_changes", "修订痕迹"
    HIDDEN = "file.hidden", "隐藏内容"
    HIDDEN_TEXT = "file.hidden_text", "隐藏文字"
    HIDDEN_SHEET = "file.hidden_sheet", "隐藏的工作表"
    METADATA = "file.metadata", "文件属性"
    LOCATION = "file.location", "拍摄位置"
    EMBEDDED = "file.embedded", "嵌入的文件"
    EXTERNAL = "file.external", "外部链接"
    MACRO = "file.macro", "宏"
    PROGRAM = "file.program", "程序"
    SIGNED = "file.signed", "电子签章"
    REVISIONS = "file.revisions", "早先版本"
    NOT_LOOKED_AT = "file.not_looked_at", "没有查到的内容"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that was found: where, in which words, what to do.

    ``start`` and ``end`` are offsets in the text of that place; ``excerpt`` is masked where it is
    personal. ``within`` is the part of the place that no edit elsewhere moves (a file without its
    paragraph), and ``around`` a digest of the words beside: the same number elsewhere is another
    finding, and an edit far away is none.
    """

    check: Code
    severity: Severity
    place: str
    start: int
    end: int
    excerpt: str
    says: str
    suggestion: str = ""
    around: str = ""
    within: str = ""

    @property
    def key(self) -> str:
        """Return what tells this finding from all others, the same when it is found again."""
        seen = self.around or self.excerpt
        parts = "\x1f".join((self.check, self.within or self.place, seen, self.suggestion))
        return hashlib.sha256(parts.encode()).hexdigest()


def each_once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return each finding once; one that stands in several places says in how many.

    Of one kind at most a hundred are shown in one place; the rest are one more finding, which is
    another as soon as one of them changes.
    """
    first: dict[str, Finding] = {}
    times: dict[str, int] = {}
    for one in findings:
        key = one.key
        first.setdefault(key, one)
        times[key] = times.get(key, 0) + 1
    shown: list[Finding] = []
    rest: dict[tuple[Code, str], list[Finding]] = {}
    listed: dict[tuple[Code, str], int] = {}
    for key, one in first.items():
        kind = one.check, one.within or one.place
        listed[kind] = listed.get(kind, 0) + 1
        if listed[kind] > _MOST_SHOWN:
            rest.setdefault(kind, []).append(one)
        else:
            many = f"{one.place}等{times[key]}处" if times[key] > 1 else one.place
            shown.append(replace(one, place=many))
    return (*shown, *(_summary(kind, left) for kind, left in rest.items()))


def _summary(kind: tuple[Code, str], left: list[Finding]) -> Finding:
    _, place = kind
    says = f"同类问题还有{len(left)}处没有列出。请先处理列出的，再检查一次。"
    around = hashlib.sha256("".join(one.key for one in left).encode()).hexdigest()
    return replace(
        left[0], place=place, start=0, end=0, excerpt="", says=says, suggestion="", around=around
    )


def masked(number: str) -> str:
    """Return a personal number that can be recognised and not used: 138****8000."""
    shown = 2 if len(number) < 10 else 3
    tail = 2 if len(number) < 10 else 4
    return f"{number[:shown]}{'*' * (len(number) - shown - tail)}{number[-tail:]}"


def unspoken(text: str) -> str:
    """Return words for an excerpt, with every long number left out, on one line."""
    return _LONG_NUMBER.sub("…", text).replace("\n", " ").replace("\t", " ")


def beside(text: str, start: int, end: int, *, secret: bytes = b"", value: str = "") -> str:
    """Return a digest of the few words around a place.

    ``value`` goes into it under ``secret`` only: without a key it could be guessed back from
    the digest, with one a changed number is another finding.
    """
    words = f"{text[max(start - 12, 0) : start]}\x00{text[end : end + 12]}"
    plain = re.sub(r"\d", "#", words)
    if not secret:
        return hashlib.sha256(f"{plain}\x00{masked(value)}".encode()).hexdigest()[:32]
    return hmac.digest(secret, f"{plain}\x00{value}".encode(), "sha256").hex()[:32]
