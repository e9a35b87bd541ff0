"""Looks at a text: personal numbers, wrong words, wrong forms; one pass for each kind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from gongkai.screening.findings import Code, Finding, Severity, beside, masked, unspoken
from gongkai.screening.lexicon import Lexicon
from gongkai.screening.numbers import is_bank_card, is_id_number

_DIGITS = re.compile(r"(?<![0-9A-Za-z])(?:\d[ \-]?){14,18}[0-9Xx](?![0-9A-Za-z])")
_MOBILE = re.compile(r"(?<![0-9A-Za-z\-〔])1[3-9]\d(?:[ \-]?\d{4}){2}(?![0-9A-Za-z])")
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,10}[发函字办令规通])([\[［【(（])(\d{4})([\]］】)）])(第?)(0*)(\d+)号"
)
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】"}
_CLOSING = {close: open_ for open_, close in _PAIRS.items()}


def screen_text(text: str, *, place: str, lexicon: Lexicon, day: date) -> tuple[Finding, ...]:
    """Return what is found in a text, in its order; linear in its length.

    ``place`` is how the finding says where it is; ``day`` says which words are wrong by then.
    """
    found = [
        *_personal(text, place),
        *_words(text, place, lexicon, day),
        *_forms(text, place),
        *_unpaired(text, place),
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def _personal(text: str, place: str) -> Iterator[Finding]:
    """Yield personal numbers, also written full-width or with spaces between."""
    narrow = _narrow(text)
    taken: list[tuple[int, int]] = []
    for match in _DIGITS.finditer(narrow):
        number = re.sub(r"[ \-]", "", match[0])
        if is_id_number(number):
            yield _number(text, place, match, number, Code.ID_NUMBER)
        elif number.isdigit() and is_bank_card(number):
            yield _number(text, place, match, number, Code.BANK_CARD)
        else:
            continue
        taken.append(match.span())
    for match in _MOBILE.finditer(narrow):
        if not any(start <= match.start() < end for start, end in taken):
            number = re.sub(r"[ \-]", "", match[0])
            yield _number(text, place, match, number, Code.MOBILE)


def _narrow(text: str) -> str:
    """Return the text with full-width digits and letters narrow, of the same length."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFKC", char) if "０" <= char <= "ｚ" else char for char in text
    )


_DO = {
    Code.ID_NUMBER: "有身份证号码。请删去，或只留末四位。",
    Code.BANK_CARD: "有银行卡号。请删去。",
    Code.MOBILE: "有手机号码。是个人号码的请删去；公开的办公号码，核实后注明放行。",
}


def _number(text: str, place: str, match: re.Match[str], number: str, code: Code) -> Finding:
    start, end = match.span()
    return Finding(
        code,
        Severity.STOP,
        place,
        start,
        end,
        masked(number),
        _DO[code],
        around=beside(text, start, end),
    )


def _words(text: str, place: str, lexicon: Lexicon, day: date) -> Iterator[Finding]:
    for start, entry in lexicon.find(text, day):
        end = start + len(entry.word)
        says = f"“{entry.word}”{entry.reason}" if entry.reason else f"“{entry.word}”疑为错字。"
        yield Finding(
            Code.WRONG_WORD,
            Severity.ASK,
            place,
            start,
            end,
            unspoken(text[max(start - 8, 0) : end + 8]),
            says,
            entry.suggestion,
            beside(text, start, end),
        )


def _forms(text: str, place: str) -> Iterator[Finding]:
    for match in _NUMBER.finditer(text):
        right = f"{match[1]}〔{match[3]}〕{match[7]}号"
        says = "发文字号的年份用六角括号〔〕，序号不加“第”、不补0。"
        yield _form(text, place, match, Code.NUMBER_FORM, says, right)
    for match in _DAY.finditer(text):
        try:
            date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            yield _form(text, place, match, Code.NO_SUCH_DAY, "没有这一天，请核对日期。", "")


def _form(
    text: str, place: str, match: re.Match[str], code: Code, says: str, right: str
) -> Finding:
    start, end = match.span()
    around = beside(text, start, end)
    return Finding(code, Severity.ASK, place, start, end, match[0], says, right, around)


def _unpaired(text: str, place: str) -> Iterator[Finding]:
    """Yield brackets and quotes of a paragraph that have no counterpart in it."""
    offset = 0
    for line in text.split("\n"):
        yield from _unpaired_in(text, line, offset, place)
        offset += len(line) + 1


def _unpaired_in(text: str, line: str, offset: int, place: str) -> Iterator[Finding]:
    waiting: list[tuple[str, int]] = []
    alone: list[int] = []
    for n, char in enumerate(line):
        if char in _PAIRS:
            waiting.append((char, n))
        elif char in _CLOSING:
            if waiting and waiting[-1][0] == _CLOSING[char]:
                waiting.pop()
            elif not _enumerates(line, n):
                alone.append(n)
    for n in [*alone, *(n for _, n in waiting)]:
        start = offset + n
        yield Finding(
            Code.UNPAIRED,
            Severity.NOTE,
            place,
            start,
            start + 1,
            unspoken(line[max(n - 10, 0) : n + 11]),
            f"“{line[n]}”没有成对，请核对。",
            around=beside(text, start, start + 1),
        )


def _enumerates(line: str, n: int) -> bool:
    """Say whether a closing bracket stands behind a bare number, as in 1）and 一）."""
    return line[n] == "）" and n > 0 and line[n - 1] in "0123456789一二三四五六七八九十"
