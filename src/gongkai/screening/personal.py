"""Finds personal numbers in a text, however they are grouped; judges words and files nowhere."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from gongkai.screening.findings import Code, Finding, Severity, beside, masked
from gongkai.screening.numbers import is_bank_card, is_id_number, is_rounded_id_number

_GAP = "[ \u00a0\u3000\\-\u2010-\u2014_.·\u200b]"
_STEP = "[ \u00a0\u3000\\-\u2010-\u2014\u200b]"
"""Between groups of a long number; points stand between decimals."""
_RUN = re.compile(
    rf"(?<![0-9A-Za-z])[0-9](?:{_STEP}?[0-9]){{11,60}}(?:{_STEP}?[Xx])?(?![0-9A-Za-z])"
)
_GROUP = re.compile(r"[0-9Xx]+")
_MOBILE = re.compile(
    r"(?:(?<![0-9A-Za-z〔])(?<!\d[.\-/])|(?<=\+86)|(?<=0086)|(?<=86[ \-])|(?<=[Tt]el)|(?<=TEL))"
    rf"1[3-9][0-9](?:{_GAP}?[0-9]{{4}}{_GAP}?[0-9]{{4}}|{_GAP}[0-9]{{3}}{_GAP}[0-9]{{5}})"
    r"(?![0-9A-Za-z]|\.\d\d?(?!\d)|[万亿]?(?:元|美元|平方|立方|公里|吨|千瓦))"
)
_PASSPORT = re.compile(
    r"护照(?:号码|号)?[^0-9A-Za-z\n\t]{0,6}(?<![A-Za-z])([EGDSP][A-Z]?[0-9]{7,8})(?![0-9A-Za-z])"
)
_ID_SHAPES = {
    (18,),
    (15,),
    (6, 8, 4),
    (6, 4, 4, 4),
    (6, 4, 2, 2, 4),
    (6, 12),
    (3, 3, 4, 4, 4),
    (6, 6, 3),
}
_CARD_SHAPES = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4)} | {(4, 4, 4, 4, n) for n in (1, 2, 3)}
_LONG_CARD = range(7, 14)
_MONEY = re.compile(r"\.\d|[万亿]?元")
_NOT_A_CARD = re.compile(
    r"(?:索引号|发票|代码|编码|编号|文号|案号|批号|条码|流水号|订单|单号|受理号|项目号)[^，。；\n\t]{0,8}$"
)
_SAYS = {
    Code.ID_NUMBER: "有身份证号码。请删去，或只留末四位。",
    Code.BANK_CARD: "有银行卡号。请删去。",
    Code.MOBILE: "有手机号码。是个人号码的请删去；公开的办公号码，核实后注明放行。",
    Code.PASSPORT: "有护照号码。请删去。",
}
_ROUNDED = "像是被表格软件改了末三位的身份证号码。请核实，是的请删去。"


def personal(text: str, place: str, day: date, secret: bytes) -> Iterator[Finding]:
    """Yield personal numbers, also written full-width or in groups, in one pass for each kind."""
    narrow = _narrow(text)
    taken: list[tuple[int, int]] = []

    def finding(start: int, end: int, number: str, code: Code) -> Finding:
        taken.append((start, end))
        rounded = code is Code.ID_NUMBER and number.endswith("000") and not is_id_number(number)
        return Finding(
            code,
            Severity.ASK if rounded else Severity.STOP,
            place,
            start,
            end,
            masked(number),
            _ROUNDED if rounded else _SAYS[code],
            around=beside(text, start, end, secret=secret, value=number),
        )

    for match in _RUN.finditer(narrow):
        for start, end, number, code in _long(narrow, match, day):
            yield finding(start, end, number, code)
    for match in _MOBILE.finditer(narrow):
        if not any(start <= match.start() < end for start, end in _near(taken, match.start())):
            yield finding(match.start(), match.end(), _digits(match[0]), Code.MOBILE)
    for match in _PASSPORT.finditer(narrow):
        yield finding(match.start(1), match.end(1), match[1], Code.PASSPORT)


def _narrow(text: str) -> str:
    """Return the text with full-width digits and letters narrow, of the same length."""
    if text.isascii():
        return text
    return text.translate(_NARROW)


_NARROW = {
    code: unicodedata.normalize("NFKC", chr(code)) for code in range(ord("０"), ord("ｚ") + 1)
} | {ord("＋"): "+", ord("－"): "-"}


def _near(taken: list[tuple[int, int]], start: int) -> list[tuple[int, int]]:
    """Return those of the places in order that may reach to this one: at most a few."""
    at = bisect_right(taken, (start, start + 100))
    return taken[max(at - 2, 0) : at]


def _digits(text: str) -> str:
    return re.sub(r"[^0-9Xx]", "", text)


def _long(text: str, match: re.Match[str], day: date) -> Iterator[tuple[int, int, str, Code]]:
    """Yield identity numbers and cards in a run of digits: each whole group or groups of a shape
    in which such numbers are written, never a piece of a longer number."""
    groups = [
        (m.start() + match.start(), m.end() + match.start()) for m in _GROUP.finditer(match[0])
    ]
    groups = _tail_joined(text, groups)
    first = 0
    while first < len(groups):
        length = 1
        for length in range(min(5, len(groups) - first), 0, -1):
            start, end = groups[first][0], groups[first + length - 1][1]
            code = _kind(text, groups[first : first + length], day)
            if code is not None:
                yield start, end, _digits(text[start:end]), code
                break
        first += length


def _tail_joined(text: str, groups: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join an X that stands alone at the end to the group before it."""
    if len(groups) > 1 and text[groups[-1][0] : groups[-1][1]] in ("X", "x"):
        return [*groups[:-2], (groups[-2][0], groups[-1][1])]
    return groups


def _kind(text: str, groups: list[tuple[int, int]], day: date) -> Code | None:
    start, end = groups[0][0], groups[-1][1]
    sizes = tuple(len(_digits(text[one:two])) for one, two in groups)
    if len({text[a[1] : b[0]] for a, b in pairwise(groups)}) > 1:
        return None  # numbers are grouped by one sign
    number = _digits(text[start:end])
    if sizes in _ID_SHAPES and is_id_number(number, day):
        return Code.ID_NUMBER
    if sizes == (18,) and is_rounded_id_number(number, day):
        return Code.ID_NUMBER
    grouped = sizes in _CARD_SHAPES or (
        len(sizes) == 2 and sizes[0] == 6 and sizes[1] in _LONG_CARD
    )
    if (len(sizes) == 1 or grouped) and number.isdigit() and is_bank_card(number):
        return Code.BANK_CARD if _may_be_card(text, start, end) else None
    return None


def _may_be_card(text: str, start: int, end: int) -> bool:
    """Say no of decimals, sums, and numbers that the words before call something else."""
    if _MONEY.match(text, end) or (
        start > 1 and text[start - 1] in ".-/" and text[start - 2].isdigit()
    ):
        return False
    if end + 1 < len(text) and text[end] in "-/" and text[end + 1].isdigit():
        return False
    return _NOT_A_CARD.search(text[max(start - 24, 0) : start]) is None
