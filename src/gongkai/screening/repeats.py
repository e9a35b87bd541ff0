"""Finds words and sentences written twice in a row, and numbering that skips; no spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.kernel.chinese import number
from gongkai.screening.findings import Code, Finding, Severity, beside, unspoken
from gongkai.screening.forms import found

_HAN = "\u3400-\u9fff"
_TWICE = re.compile(rf"([{_HAN}]{{2,8}})\1")
_MEANT = re.compile(
    r"^[一二两几每逐很最极太更].|^(?:很多|许多|非常|多少|某某|等等|哈哈|谢谢|永远|多多|好好|认真|仔细|研究|讨论|商量|学习|考虑|休息|了解|层层|步步)$"
)
_BEHIND = ("部", "厅", "局", "司", "处", "科", "所", "院", "家", "者", "员", "学", "化")
"""After a doubled word one of these makes another word of the second: 中央财政财政部门."""
_SENTENCE = re.compile(r"[^。！？\n\t]*(?:[。！？]|[\n\t]|$)")
_NUMERAL = "[一二三四五六七八九十]{1,3}"
_LABELS = {
    "一、": re.compile(rf"(?:^|[\n\t \u3000])({_NUMERAL})、"),
    "（一）": re.compile(rf"(?:^|[\n\t \u3000])[（(]({_NUMERAL})[）)]"),
    "1.": re.compile(r"(?:^|\n)[ \u3000]*(\d{1,2})[.．、](?![\d])"),
    "一是": re.compile(rf"(?:^|[。；：:;\n \u3000])({_NUMERAL})是(?!年|月|日)"),
}


def repeats(text: str, place: str) -> Iterator[Finding]:
    """Yield words and whole sentences that stand twice in a row."""
    for match in _TWICE.finditer(text):
        word = match[1]
        if _MEANT.match(word) or len(set(word)) == 1 or "越" in word:
            continue
        if len(word) == 2 and text[match.end() : match.end() + 1] in _BEHIND:
            continue
        says = f"“{word}”连着写了两遍，请核对。"
        # Two characters may be meant twice (商量商量), three hardly ever.
        severity = Severity.NOTE if len(word) == 2 else Severity.ASK
        yield found(text, match, place, Code.REPEATED, says, word, severity)
    before: re.Match[str] | None = None
    for match in _SENTENCE.finditer(text):
        same = before is not None and match[0] == before[0]
        if same and len(match[0]) > 8 and match[0][-1] in "。！？":
            says = "同一句话连着写了两遍，请核对。"
            one = found(text, match, place, Code.REPEATED, says)
            yield Finding(
                one.check,
                one.severity,
                place,
                one.start,
                one.end,
                unspoken(match[0][:60]),
                says,
                around=one.around,
            )
        before = match


def numbering(text: str, place: str) -> Iterator[Finding]:
    """Yield labels that do not go on from the one before them: 一、二、四、; at most ten of a kind.

    A count may begin anew at one anywhere.
    """
    for kind, pattern in _LABELS.items():
        last, told, words = 0, 0, ""
        for match in pattern.finditer(text):
            value = number(match[1])
            if value is None:
                continue
            again = text[match.start(1) : match.end() + 8]  # a heading over the next page
            if value not in (1, last + 1) and again != words and told < 10:
                told += 1
                yield _skipped(text, match, place, kind, last)
            last, words = value, again


def _skipped(text: str, match: re.Match[str], place: str, kind: str, last: int) -> Finding:
    start, end = match.span(1)
    before = f"前一个是第{last}个" if last else "前面没有第一个"
    return Finding(
        Code.NUMBERING,
        Severity.NOTE,
        place,
        start,
        end,
        unspoken(text[start : end + 12]),
        f"“{kind}”一类的序号不连续，{before}，请核对。",
        around=beside(text, start, end, value=match[1]),
    )
