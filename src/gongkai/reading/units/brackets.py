"""The closing bracket of a clause that names its units and its time; other brackets stay text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.reading.deadlines import find_due, read_deadline
from gongkai.reading.folded import fold
from gongkai.reading.units import roles
from gongkai.reading.units.names import is_unit, pieces
from gongkai.reading.units.phrases import UnitPhrase, read_units

_PAIRS = {")": "(", "]": "[", "】": "【", "〕": "〔"}
_OPENING = frozenset(_PAIRS.values())
_STOPS = ("。", ";", "!", "\n", ")", "】")
_AFTER_STOPS = "。;\n"
_LONGEST = 600
_MOST = 4
_NO_UNITS = re.compile(
    r"^(?:以下|下称|简称|包括|不?含|如|例如|即|除|附|见|详见|注[:：]|注$|试行|暂行|草案|征求|修订|原|第[0-9一二三四五六七八九十百]+[条款项章节号次批]|http|www)|[〔\[(][0-9]{4}[〕\])]|^[0-9a-zA-Z.,:%-]+$"
)
_TIME_LABEL = re.compile(
    r"(?:完成|办结|办理|整改|落实|推进|实施)?(?:时限|时间节点|时间|期限|节点)(?:要求|安排)?(?:】:?|:)(?P<value>[^;。]+)"
)
_TIME_ENDS = re.compile(r"(?:前|底|内|末|完成|坚持|推进|公开|[0-9一二三四]+季度|年|月|日)$")
_TIME_BEGINS = re.compile(r"(?:[0-9]{4}年)?(?:[0-9一二三四五六七八九十]{1,3}月|年)")
_MARKS = r"[—★●※*·•◆【\[ \n-]*"
_TRAILER = re.compile(
    rf"(?:^|[。;,\n)])(?P<marks>{_MARKS})(?=(?:(?:总?牵头|(?:整改|具体)?责任|主责|承办|主办|落实|负责|配合)(?:责任)?"
    r"(?:单位|部门|科室|处室|股室)(?:\([^():]{0,20}\))?|(?:责任|分管|牵头|包保)领导|责任人"
    r"|(?:完成|办结|整改)(?:时限|时间|期限))(?:】|:))"
)


@dataclass(frozen=True)
class Bracket:
    """The closing bracket of a clause that names units; ``start``/``end`` include its brackets.

    ``due_text`` is the value of a deadline field inside it (完成时限：2019年底前), to be read by
    ``deadlines.read_deadline``; ``text`` is the whole inside, without the brackets.
    """

    text: str
    start: int
    end: int
    units: UnitPhrase
    units_text: str = ""
    due_text: str | None = None


def split_bracket(text: str) -> tuple[str, Bracket | None]:
    """Split a clause into its own words and its closing bracket, if that names units or a time.

    Several closing brackets in a row (units, then deadline) count as one; so does a last line
    责任单位：… without brackets. Offsets are into ``text``.
    """
    folded = fold(text, spaces=True).text
    found = _bracketed(folded) or _trailing_line(folded)
    if found is None:
        return text, None
    start, end, inner = found
    insides = [text[low:high].strip() for low, high in inner]
    bracket = _read(insides, start, end)
    return (text[:start].rstrip(), bracket) if bracket else (text, None)


def find_brackets(text: str) -> list[Bracket]:
    """Find the brackets that name units or a time for the words before them, in their order.

    Some documents put one behind each sentence of a clause (…。（市交通委负责落实）…。（…）): each
    speaks of what stands between it and the one before. Brackets inside a sentence stay text.
    """
    folded = fold(text, spaces=True).text
    found: list[Bracket] = []
    for start, end in _outermost(folded):
        inside = folded[start + 1 : end - 1]
        if (
            end - start <= _LONGEST
            and _ends_a_sentence(folded, start, end)
            and _names_something(inside)
        ):
            bracket = _read([text[start + 1 : end - 1].strip()], start, end)
            found += [bracket] if bracket else []
    return found


def _outermost(folded: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for at, char in enumerate(folded):
        if char in _OPENING:
            opened.append(at)
        elif char in _PAIRS and opened and folded[opened[-1]] == _PAIRS[char]:
            start = opened.pop()
            if not opened:
                yield start, at + 1


def _ends_a_sentence(folded: str, start: int, end: int) -> bool:
    before = folded[max(0, start - 3) : start].rstrip()
    after = folded[end : end + 3].lstrip(" ")
    return before.endswith(_STOPS) or not after or after[0] in _AFTER_STOPS


def _bracketed(folded: str) -> tuple[int, int, list[tuple[int, int]]] | None:
    """Return start, end and the insides of the brackets that close a clause and name something."""
    end = len(folded.rstrip(" 。;.,、\n\t"))
    start = end
    inner: list[tuple[int, int]] = []
    while len(inner) < _MOST and (opening := _opening(folded, start)) is not None:
        inside = folded[opening + 1 : start - 1]
        if not _names_something(inside):
            break
        inner.insert(0, (opening + 1, start - 1))
        start = len(folded[:opening].rstrip(" 。;\n\t"))
        first = opening
    return (first, len(folded.rstrip()), inner) if inner else None


def _opening(folded: str, end: int) -> int | None:
    if not end or folded[end - 1] not in _PAIRS:
        return None
    close, depth = folded[end - 1], 0
    for at in range(end - 1, max(-1, end - _LONGEST), -1):
        if folded[at] == close:
            depth += 1
        elif folded[at] == _PAIRS[close]:
            depth -= 1
            if not depth:
                return at
    return None


def _names_something(inside: str) -> bool:
    if _NO_UNITS.search(inside.strip()):
        return False
    parts = roles.labelled(inside)
    if any(role is not None for role, _ in parts):
        return True
    names = pieces(inside)
    said = [roles.part(name) for name in names]
    if any(p.role and is_unit(_bare(p.name)) for p in said):
        return True
    return all(is_unit(_bare(name)) or _is_time(name) for name in names) if names else False


def _bare(name: str) -> str:
    return roles.without_others(roles.without_manner(name.removeprefix("由")))[0]


def _is_time(piece: str) -> bool:
    if _TIME_ENDS.search(piece) and read_deadline(piece, year=2000) is not None:
        return True
    return bool(_TIME_BEGINS.match(piece)) and find_due(piece, year=2000) is not None


def _trailing_line(folded: str) -> tuple[int, int, list[tuple[int, int]]] | None:
    low = max(0, len(folded) - _LONGEST)
    found = _TRAILER.search(folded, low)
    if not found:
        return None
    return found.start("marks"), len(folded.rstrip()), [(found.end(), len(folded.rstrip(" 。\n")))]


def _read(insides: list[str], start: int, end: int) -> Bracket | None:
    whole = "；".join(insides)
    plain = fold(whole).text
    label = _TIME_LABEL.search(plain)
    due_text = label["value"] if label else None
    unit_text = whole
    if due_text is None:
        times = [piece for piece in pieces(plain) if _is_time(piece) and not is_unit(piece)]
        due_text = "、".join(times) or None
        unit_text = "、".join(p for p in pieces(plain) if p not in times) if times else whole
    return Bracket(whole, start, end, read_units(unit_text, bracket=True), unit_text, due_text)
