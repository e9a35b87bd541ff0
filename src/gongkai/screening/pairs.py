"""Finds brackets and quotes without counterpart, and titles inside titles; judges no words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.screening.findings import Code, Finding, Severity, beside, unspoken

_PAIRS = {"（": "）", "(": ")", "《": "》", "〈": "〉", "“": "”", "‘": "’", "〔": "〕", "【": "】"}
_PAIRS |= {"「": "」", "『": "』", "［": "］", "[": "]"}
_KIND = {"（": "(", "）": ")", "［": "[", "］": "]"}
_CLOSING = {_KIND.get(close, close): _KIND.get(open_, open_) for open_, close in _PAIRS.items()}
_SIGNS = re.compile(f"[{re.escape(''.join([*_PAIRS, *_PAIRS.values()]))}]")
_NEAR = 600
"""Characters over which a bracket may run on into following lines: a wrapped line, a quotation."""
_NUMBERED = re.compile(
    r"(?:^|[\s。；;，,:：、（(])(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])$"
)
_LIMIT = 40


def unpaired(text: str, place: str) -> Iterator[Finding]:
    """Yield brackets and quotes that have no counterpart in their paragraph or just behind it,
    and a title's brackets inside a title's brackets; at most forty."""
    lonely: list[int] = []
    open_: list[tuple[str, int]] = []
    for match in _SIGNS.finditer(text):
        sign, at = _KIND.get(match[0], match[0]), match.start()
        while open_ and at - open_[0][1] > _NEAR:
            lonely.append(open_.pop(0)[1])
        if sign not in _CLOSING:
            open_.append((sign, at))
        else:
            lonely += _close(text, sign, at, open_)
    lonely += [at for _, at in open_]
    for at in sorted(lonely)[:_LIMIT]:
        yield _finding(text, at, place)


def _close(text: str, sign: str, at: int, open_: list[tuple[str, int]]) -> list[int]:
    """Close the nearest open counterpart; return what is left alone by that."""
    for back in range(len(open_) - 1, -1, -1):
        kind, since = open_[back]
        if kind != _CLOSING[sign]:
            continue
        between = text[since:at]
        if "\n" in between and back < len(open_) - 1:
            break  # over lines only what is plainly one pair
        alone = [place for _, place in open_[back + 1 :]]
        del open_[back:]
        return alone
    return [] if _is_label(text, sign, at) else [at]


def _is_label(text: str, sign: str, at: int) -> bool:
    """Say whether a closing bracket stands behind a bare number or letter, as in 1）and 一）;
    an apostrophe, as in ’98, is none either."""
    if sign == "’":
        return (at > 0 and text[at - 1].isascii()) or text[at + 1 : at + 2].isdigit()
    return sign == ")" and _NUMBERED.search(text[max(at - 5, 0) : at]) is not None


def _finding(text: str, at: int, place: str) -> Finding:
    line_start = text.rfind("\n", 0, at) + 1
    line_end = text.find("\n", at)
    line_end = len(text) if line_end < 0 else line_end
    return Finding(
        Code.UNPAIRED,
        Severity.NOTE,
        place,
        at,
        at + 1,
        unspoken(text[max(at - 10, line_start) : min(at + 11, line_end)]),
        f"“{text[at]}”没有成对，请核对。",
        around=beside(text, at, at + 1),
    )
