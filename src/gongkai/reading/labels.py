"""The grammar of clause labels: 第一章, 一、, （一）, 1., 1.1, （1）, ①, 一是; builds no tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.kernel.chinese import number

_CN = "零〇一二三四五六七八九十百"


@dataclass(frozen=True)
class Label:
    """A label: its plain form, its style, the style's rank (0 the highest), its number."""

    text: str
    style: str
    rank: float
    number: int
    length: int
    """So many characters of the line are the label with its punctuation."""


_UNITS = (
    "年|月|日|号文|个|次|项|条|件|万|亿|元|倍|时|小时|分钟|公里|千米|米|吨|亩|平方|人|户|家|辆|处|%|％|‰"
    "|度|折|级|类|倍|天|周|季度|工作日|百分点"
)
_KINDS: tuple[tuple[str, float, re.Pattern[str]], ...] = (
    ("编", 0.0, re.compile(rf"(第\s*([{_CN}\d]+)\s*[编篇])(?![制者])\s*")),
    ("章", 1.0, re.compile(rf"(第\s*([{_CN}\d]+)\s*章)(?!程)\s*")),
    ("部分", 0.5, re.compile(rf"(第\s*([{_CN}\d]+)\s*部分)\s*[、:：]?\s*")),
    ("节", 2.0, re.compile(rf"(第\s*([{_CN}\d]+)\s*节)\s*")),
    ("条", 3.0, re.compile(rf"(第\s*([{_CN}\d]+)\s*条)(?![第例款件、和至规的])[:：]?\s*")),
    ("一", 4.0, re.compile(rf"(([{_CN}]{{1,4}}))\s*[、.．]\s*(?![{_CN}]{{1,3}}[、.．是])")),
    ("一", 4.0, re.compile(rf"(([{_CN}]{{1,3}}))(?:[,，]|[ ]+)(?=[^。；]{{4,30}}$)")),
    ("(一)", 5.0, re.compile(rf"([(（【〔\[]\s*([{_CN}]{{1,4}})\s*[)）】〕\]])\s*[、.．:：]?\s*")),
    (
        "1.1",
        6.1,
        re.compile(
            rf"((\d{{1,2}}(?:[.．]\d{{1,2}}){{1,3}}))(?!\d)\s*[、.．]?\s*(?!{_UNITS}|[-~—至])"
        ),
    ),
    ("1", 6.0, re.compile(r"((\d{1,3}))\s*[、．]\s*(?!\d{1,3}[、．])")),
    ("1", 6.0, re.compile(r"((\d{1,3}))\s*[.](?!\d)\s*")),
    ("1", 6.0, re.compile(r"((\d{1,3}))[.](?=(?:19|20)\d\d年|1?\d月)")),
    (
        "1",
        6.0,
        re.compile(rf"((\d{{1,2}}))[ \u3000]+(?!{_UNITS})(?=[\u3400-\u9fff“《][^。；]{{1,30}}$)"),
    ),
    ("(1)", 7.0, re.compile(r"([(（【〔\[]\s*(\d{1,3})\s*[)）】〕\]])\s*[、.．:：]?\s*")),
    ("1)", 7.5, re.compile(r"((\d{1,3}))\s*[)）]\s*[、.．]?\s*")),
    ("①", 8.0, re.compile(r"(([①-⑳㉑-㉟❶-❿➀-➓]))\s*[、.．]?\s*")),
    (
        "问题",
        6.0,
        re.compile(rf"((?:问题|任务|事项|举措|措施)\s*([{_CN}\d]{{1,3}}))\s*[:：、.]\s*"),
    ),
    ("a", 9.0, re.compile(r"(([A-Za-z]))[.．、)）]\s*(?=[\u3400-\u9fff“《])")),
    ("I", 4.5, re.compile(r"(([Ⅰ-Ⅻ]))\s*[、.．]?\s*")),
)
_ITEM = re.compile(rf"([{_CN}]{{1,3}})(是|要)(?![否不求])")
_ITEM_RANK = 10.0
_HALF = str.maketrans("（）．　【】〔〕０１２３４５６７８９", "(). []()0123456789")
_REFERENCE = re.compile(
    rf"\s*(?:[、和及与或至到-]\s*)[(（]?[{_CN}\d]{{1,4}}[)）]|[款项目](?=[规定所的中、和至,，；。])"
)
_BEFORE_ITEM = "。；;：:，,！!？?、\n "


def find_label(text: str, start: int = 0) -> Label | None:
    """Return the label that begins at ``start``, or None; a year or a count is no label.

    一是 and the like are found by ``find_item``, for they count only in a run.
    """
    for style, rank, pattern in _KINDS:
        match = pattern.match(text, start)
        if match is None or _REFERENCE.match(text, match.end(1)):
            continue
        plain = match[1].translate(_HALF).replace(" ", "")
        dots = plain.count(".") if style == "1.1" else 0
        return Label(
            plain.replace("[", "(").replace("]", ")"),
            style + "." * dots,
            rank + 0.1 * dots,
            _number(match[2]),
            match.end() - start,
        )
    return None


def find_item(text: str, start: int = 0) -> Label | None:
    """Return the 一是 or 二要 that begins at ``start``, or None."""
    match = _ITEM.match(text, start)
    if match is None:
        return None
    return Label(match[0], f"一{match[2]}", _ITEM_RANK, number(match[1]) or 0, len(match[0]))


def _number(text: str) -> int:
    last = text.translate(_HALF).rpartition(".")[2]
    for first in "①❶➀Ⅰ":
        if len(last) == 1 and 0 <= ord(last) - ord(first) < 20:
            return ord(last) - ord(first) + 1
    if last.isascii() and last.isalpha():
        return ord(last.lower()) - 96
    return number(last) or 0


# Labels inside a paragraph


def find_run(
    text: str, start: int = 0, *, item: bool = False, without: frozenset[str] = frozenset()
) -> list[tuple[int, Label]]:
    """Return (index, label) of each member of the first enumeration inside a paragraph.

    A run starts with one and counts on; it may jump one number once it has two members. A stray
    四是 is no enumeration and gives nothing. What stands at the head of the text may start with
    any number, 二是 only where the caller knows (``item``) that it goes on with a run. Styles
    ``without`` are not looked at: a run inside an item has another style than the item.
    """
    runs: dict[str, list[tuple[int, Label]]] = {}
    for index, label in _inside(text, start):
        if label.style in without:
            continue
        run = runs.setdefault(label.style, [])
        at_head = index == 0 and (item or label.rank < _ITEM_RANK)
        last = run[-1][1].number if run else 0
        jumps = len(run) > 1 and label.number == last + 2
        if label.number == last + 1 or jumps or (at_head and not run):
            run.append((index, label))
    real = [run for run in runs.values() if len(run) > 1]
    return min(real, key=lambda run: run[0][0], default=[])


_CANDIDATE = re.compile(
    rf"(?:^|(?<=[{_BEFORE_ITEM}]))(?:[{_CN}]{{1,3}}[是要、]|[(（]\s*[{_CN}\d]{{1,4}}\s*[)）]|\d{{1,2}}[.．、)）])"
    r"|[①-⑳]"
)
_ANYWHERE = frozenset(("一是", "一要", "①"))
_CLOSED = "。；;：:！!？?\n"


def _inside(text: str, start: int) -> Iterator[tuple[int, Label]]:
    depth = _Depth(text)
    for match in _CANDIDATE.finditer(text, start):
        index = match.start()
        if depth.at(index):
            continue
        label = find_item(text, index) or find_label(text, index)
        if label is not None and (label.style in _ANYWHERE or _after_stop(text, index, start)):
            yield index, label


def _after_stop(text: str, index: int, start: int) -> bool:
    """（1） and 1. inside a paragraph begin an item only behind the end of a sentence."""
    before = text[max(start, index - 8) : index].rstrip()[-1:]
    return not before or before in _CLOSED


class _Depth:
    """Tells whether a place stands inside quotes or brackets; asked in ascending order."""

    def __init__(self, text: str) -> None:
        self._marks = re.finditer(r"[“”《》。\n]", text)
        self._next = next(self._marks, None)
        self._depth = 0

    def at(self, index: int) -> int:
        """Return how deep ``index`` stands."""
        while self._next is not None and self._next.start() < index:
            mark, self._next = self._next[0], next(self._marks, None)
            # A quote that is never closed ends with its sentence.
            self._depth = (
                0 if mark in "。\n" else max(0, self._depth + (1 if mark in "“《" else -1))
            )
        return self._depth
