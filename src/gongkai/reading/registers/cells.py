"""One cell of a register → the value that is kept, or why it cannot be; knows no rows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.reading.document_number import judge
from gongkai.reading.elements.marks import attribute_of
from gongkai.reading.header import words
from gongkai.reading.registers.values import FIELDS, Field

LONGEST = {"title": 300, "abstract": 5_000, "ground": 2_000, "remark": 2_000}
_LONGEST = 500
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!")
_NOTHING = frozenset({"/", "-", "—", "——", "－", "无", "暂无", "\\", "空"})
_DAYS = (
    re.compile(words.DAY),
    re.compile(rf"{words.PLAIN_DAY}(?:[T\s]+\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}}(?:\.\d+)?)?)?"),
    re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})"),
)
_MONTH = re.compile(r"(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*月?")
_SERIAL = re.compile(r"[2-7]\d{4}")
"""A day as the number that a sheet keeps, its format lost: 20000 to 79999 are 1954 to 2118."""
_EPOCH = date(1899, 12, 30)
_LASTING = frozenset({"长期", "长期有效", "永久", "无期限", "未定", "长期公开"})
_YES = frozenset({"是", "√", "公开", "已公开", "y", "yes", "1", "true"})
_NO = frozenset({"否", "×", "x", "不公开", "n", "no", "0", "false"})
_VALIDITY = {
    "valid": "有效|现行有效|继续有效|生效|执行中|有效期内|是",
    "amended": "已修改|修改|已修订|修订|部分修改|部分有效|部分失效",
    "lapsed": "失效|已失效|过期|自行失效|宣布失效|到期",
    "repealed": "废止|已废止|无效|停止执行|否",
}
_STATES = {word: state for state, some in _VALIDITY.items() for word in some.split("|")}


@dataclass(frozen=True)
class Read:
    """The value of a cell ("" for none) and what is wrong with what stands there."""

    value: str = ""
    trouble: str = ""
    blocks: bool = True


def read_cell(kind: Field, text: str) -> Read:
    """Read one cell; the sentence of its trouble says what to write instead."""
    if text.upper().startswith(_ERRORS):
        return Read("", "公式出错，请填写实际内容。")
    most = LONGEST.get(kind, _LONGEST)
    if len(text) > most:
        return Read("", f"{FIELDS[kind]}超过{most}字，请核对是否填错了列。")
    reader = _READERS.get(kind)
    return reader(text) if reader else Read(_one_line(text) if kind == "title" else text)


def is_nothing(text: str) -> bool:
    """Say whether a cell only says that there is nothing: /, —, 无."""
    return text in _NOTHING


def _one_line(text: str) -> str:
    return re.sub(r"\s*\n\s*", "", text)


def _day(text: str) -> Read:
    plain = text.translate(words.HALF_DIGITS).strip()
    for pattern in _DAYS:
        match = pattern.fullmatch(plain)
        if match:
            iso = words.iso_day(match)
            return Read(iso) if iso else Read("", f"没有“{text}”这一天，请核对。")
    if _SERIAL.fullmatch(plain):
        return Read((_EPOCH + timedelta(days=int(plain))).isoformat())
    if _MONTH.fullmatch(plain):
        return Read("", f"“{text}”只有年月，请补上日，例如2026-03-05。")
    return Read("", f"“{text}”不是日期，请写成2026-03-05。")


def _last_day(text: str) -> Read:
    return Read() if re.sub(r"\s", "", text) in _LASTING else _day(text)


def _attribute(text: str) -> Read:
    plain = re.sub(r"\s", "", text).casefold()
    if plain in _YES:
        return Read("proactive")
    if plain in _NO:
        return Read("closed")
    found = attribute_of(text)
    if found:
        return Read(found)
    return Read("", f"不认识公开属性“{text[:40]}”，请写主动公开、依申请公开或不予公开。")


def _validity(text: str) -> Read:
    state = _STATES.get(re.sub(r"\s", "", text))
    if state:
        return Read(state)
    return Read("", f"不认识效力“{text[:40]}”，请写有效、已修改、失效或废止。", blocks=False)


def _number(text: str) -> Read:
    verdict = judge(_one_line(text))
    if not verdict.problems:
        return Read(verdict.right or text)
    says = "".join(verdict.problems)
    if verdict.right:
        return Read(verdict.right, f"{says}已按“{verdict.right}”读取，请核对。", blocks=False)
    return Read(text, f"发文字号“{text[:60]}”：{says}", blocks=False)


def _secrecy(text: str) -> Read:
    if re.search(r"绝密|机密|秘密", text) and not re.search(r"非|不|无", text):
        return Read(text, f"密级为“{text[:40]}”，国家秘密不得公开，也不要导入本平台。")
    return Read(text)


_READERS: dict[Field, Callable[[str], Read]] = {
    "formed_on": _day,
    "published_on": _day,
    "effective_on": _day,
    "lapses_on": _last_day,
    "attribute": _attribute,
    "validity": _validity,
    "number": _number,
    "secrecy": _secrecy,
}
