"""What a check found, as a value that may be kept: it never holds a whole personal number."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from gongkai.kernel.words import Worded

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
    WRONG_WORD = "wording.wrong_word", "用词"
    NUMBER_FORM = "wording.number_form", "文号写法"
    NO_SUCH_DAY = "wording.no_such_day", "日期"
    UNPAIRED = "wording.unpaired", "括号、引号"
    NO_ALTERNATIVE = "wording.no_alternative", "图片说明"
    DOES_NOT_OPEN = "file.does_not_open", "附件打不开"
    COMMENTS = "file.comments", "批注"
    TRACKED = "file.tracked_changes", "修订痕迹"
    HIDDEN = "file.hidden", "隐藏内容"
    METADATA = "file.metadata", "文件属性"
    NOT_LOOKED_AT = "file.not_looked_at", "没有查到的内容"


@dataclass(frozen=True)
class Finding:
    """Something that was found: where, in which words, what to do.

    ``start`` and ``end`` are offsets in the text of that place; ``excerpt`` is masked where it is
    personal. ``around`` is a digest of the words beside it, so that the same number elsewhere is
    another finding and an edit far away is none.
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

    @property
    def key(self) -> str:
        """Return what tells this finding from all others, the same when it is found again."""
        parts = "\x1f".join((self.check, self.place, self.excerpt, self.suggestion, self.around))
        return hashlib.sha256(parts.encode()).hexdigest()


def masked(number: str) -> str:
    """Return a personal number that can be recognised and not used: 138****8000."""
    head, tail = number[:3], number[-4:]
    return f"{head}{'*' * max(len(number) - 7, 4)}{tail}"


def unspoken(text: str) -> str:
    """Return words for an excerpt: digits that could be a person's are left out, line ends too."""
    return _LONG_NUMBER.sub("…", text).replace("\n", " ")


def beside(text: str, start: int, end: int) -> str:
    """Return a digest of the few words around a place."""
    words = text[max(start - 12, 0) : start] + "\x00" + text[end : end + 12]
    return hashlib.sha256(words.encode()).hexdigest()[:16]
