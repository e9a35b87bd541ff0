"""Automatic numbers of .docx lists → the labels that the reader sees. Reads no paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from gongkai.reading.formats.package import (
    Element,
    attribute,
    child,
    local,
    switched_on,
    value,
    whole,
)

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
_MAX_LEVEL = 8


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千", zero: str = "零") -> str:
    """Return a number from 1 to 9999 in Chinese: 十二, 一百零五."""
    if not 0 < number < 10_000:
        return str(number)
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            words += (zero if gap and words else "") + digits[digit]
            words += units[power - 1] if power else ""
        gap = not digit
    return words.removeprefix(digits[1]) if words.startswith(digits[1] + "十") else words


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    words = ""
    for size, sign in _ROMAN:
        words += sign * (number // size)
        number %= size
    return words


def _letter(number: int) -> str:
    return (
        chr(64 + (number - 1) % 26 + 1) * ((number - 1) // 26 + 1)
        if 0 < number < 500
        else str(number)
    )


def _from(first: str, last: int) -> Callable[[int], str]:
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= last else str(number)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(digit)) for digit in str(number))


def _formal(number: int) -> str:
    return chinese(number, _FORMAL, "拾佰仟")


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda number: _letter(number).lower(),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _from("①", 20),
    "decimalEnclosedCircleChinese": _from("①", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "decimalEnclosedFullstop": _from("⒈", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "japaneseLegal": _formal,
    "none": lambda number: "",
}


@dataclass(frozen=True)
class Level:
    """How one level of a list counts and looks."""

    start: int = 1
    format: str = "decimal"
    text: str = ""
    legal: bool = False
    suffix: str = "tab"
    restart: int | None = None
    """Level (from 1) after which it starts again; 0 never; None after any higher level."""
    style: str | None = None


@dataclass
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _lists: dict[str, _List] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element | None, list_of_style: Callable[[str], str | None]) -> Numbering:
        """Read the numbering part; ``list_of_style`` gives the list that a style names."""
        numbering, links = cls(), dict[str, str]()
        for element in [] if root is None else root:
            if local(element) == "abstractNum":
                number = attribute(element, "abstractNumId") or ""
                numbering._levels[number] = _levels(element)
                links[number] = value(element, "numStyleLink") or ""
            elif local(element) == "num":
                numbering._lists[attribute(element, "numId") or ""] = _list(element)
        for number, style in links.items():
            linked = numbering._lists.get(list_of_style(style) or "") if style else None
            if linked and not numbering._levels[number]:
                numbering._levels[number] = numbering._levels.get(linked.abstract, {})
        return numbering

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """Return the level of the list that belongs to the paragraph style."""
        found = self._lists.get(list_id)
        levels = self._levels.get(found.abstract, {}) if found else {}
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def label(self, list_id: str, depth: int) -> str:
        """Count one more paragraph of the list at the level (from 0) and return its label."""
        counted = self._lists.get(list_id)
        if counted is None or not 0 <= depth <= _MAX_LEVEL:
            return ""
        counts = self._counts.setdefault(counted.abstract, {})
        if list_id not in self._seen:
            self._seen.add(list_id)
            for overridden, start in counted.starts.items():
                counts[overridden] = start - 1
        start = counted.starts.get(depth, self._level(counted, depth).start)
        counts[depth] = counts.get(depth, start - 1) + 1
        self._restart_below(counted, counts, depth)
        return self._render(counted, counts, depth)

    def _level(self, counted: _List, depth: int) -> Level:
        return counted.levels.get(depth) or self._levels.get(counted.abstract, {}).get(
            depth, Level()
        )

    def _restart_below(self, counted: _List, counts: dict[int, int], depth: int) -> None:
        for lower in [lower for lower in counts if lower > depth]:
            restart = self._level(counted, lower).restart
            if restart is None or depth < restart:
                counts.pop(lower)

    def _render(self, counted: _List, counts: dict[int, int], depth: int) -> str:
        level = self._level(counted, depth)
        if level.format == "bullet":
            return ""

        def shown(match: re.Match[str]) -> str:
            other = int(match[1]) - 1
            of_other = self._level(counted, other)
            number = counts.get(other, of_other.start)
            form = _FORMATS.get(of_other.format, str)
            if level.legal and of_other.format != "none":
                form = str
            return form(number)

        label = _PLACE.sub(shown, level.text).strip()
        apart = label and level.suffix != "nothing" and label[-1].isalnum()
        return label + " " if apart else label


def _levels(element: Element) -> dict[int, Level]:
    return {
        whole(attribute(level, "ilvl"), 0): _level(level)
        for level in element
        if local(level) == "lvl"
    }


def _level(element: Element) -> Level:
    restart = value(element, "lvlRestart")
    form = value(element, "numFmt")
    if form is None:  # newer formats stand behind a choice, the old one as the fallback
        form = value(element, "AlternateContent", "Fallback", "numFmt")
    return Level(
        start=whole(value(element, "start"), 0 if child(element, "start") is None else 1),
        format=form or "decimal",
        text=value(element, "lvlText") or "",
        legal=switched_on(element, "isLgl"),
        suffix=value(element, "suff") or "tab",
        restart=None if restart is None else whole(restart, 0),
        style=value(element, "pStyle"),
    )


def _list(element: Element) -> _List:
    found = _List(value(element, "abstractNumId") or "")
    for override in element:
        if local(override) != "lvlOverride":
            continue
        depth = whole(attribute(override, "ilvl"), 0)
        start = value(override, "startOverride")
        level = child(override, "lvl")
        if level is not None:
            found.levels[depth] = _level(level)
        if start is not None:
            found.starts[depth] = whole(start, 1)
            if depth in found.levels:
                found.levels[depth] = replace(found.levels[depth], start=found.starts[depth])
    return found
