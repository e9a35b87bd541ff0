"""How a figure is computed again and written out, how a report is headed; texts only, no tables."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import combinations, permutations

_NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?|\d")
_HIDDEN = re.compile(r"[“\"]\d+[”\"]|(?:19|20)\d\d年")
"""What is a name or a year and no amount: “12345”, 2026年."""

_MOST = 14
"""So many numbers of one claim are tried; a longer one is shown without its sum."""


NO_TITLE = "未读出标题"

_TITLE = re.compile(r"[^\t。；;！!？?：:]{6,60}")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]+[）)、.．]")
_REPORTED = re.compile(r"现将([^。；;：:\n]{4,60}?(?:报告|汇报))如下")


def written_out(kind: str, text: str, *, stated: float, computed: float) -> str:
    """Return how ``computed`` comes from the numbers of ``text``; "" when that cannot be shown.

    ``kind`` is sum, share, rate or change; percents as 71.4.
    """
    numbers = _numbers(text)
    if len(numbers) > _MOST:
        return ""
    if kind == "sum":
        return _as_sum(numbers, _exact(stated), _exact(computed))
    return _as_percent(numbers, _exact(stated), _exact(computed))


def heading(text: str, *, file_name: str) -> str:
    """Return what to call a report whose reader found no title.

    Its first line where that can be a title, else what it says it reports (现将…报告如下), else
    the name of its file, said to be one.
    """
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    if _TITLE.fullmatch(first) and not _NUMBERED.match(first):
        return first
    said = _REPORTED.search(text)
    return said[1] if said else f"{NO_TITLE}（{file_name}）"


def cited(title: str) -> str:
    """Return a report's title as a sentence names it; what is no title gets no title marks."""
    return title if title.startswith(NO_TITLE) else f"《{title}》"


def plain(value: float) -> str:
    """Return a number as people write it: 66, not 66.0."""
    return f"{_exact(value):f}"


def _exact(value: float) -> Decimal:
    whole = Decimal(str(value))
    return whole.quantize(Decimal(1)) if whole == whole.to_integral() else whole


def _numbers(text: str) -> list[Decimal]:
    shown = _HIDDEN.sub(" ", text)
    return [Decimal(re.sub("[,，]", "", found[0])) for found in _NUMBER.finditer(shown)]


def _as_sum(numbers: list[Decimal], stated: Decimal, computed: Decimal) -> str:
    """Find the longest run of parts that adds up, the stated total itself left out."""
    parts = list(numbers)
    if stated in parts:
        parts.remove(stated)
    for length in range(len(parts), 1, -1):
        for start in range(len(parts) - length + 1):
            run = parts[start : start + length]
            if sum(run) == computed:
                return f"{' + '.join(map(str, run))} = {computed}"
    return ""


def _as_percent(numbers: list[Decimal], stated: Decimal, computed: Decimal) -> str:
    """Find two of the numbers of which one is so many per cent of, more or less than the other."""
    usable = [number for number in numbers if number != stated and number > 0]
    for old, new in combinations(usable, 2):
        if _near((new - old).copy_abs() * 100 / old, computed):
            high, low = max(old, new), min(old, new)
            return f"({high} − {low}) ÷ {old} = {computed} %"
    for part, whole in permutations(usable, 2):
        if part <= whole and _near(part * 100 / whole, computed):
            return f"{part} ÷ {whole} = {computed} %"
    return ""


def _near(value: Decimal, shown: Decimal) -> bool:
    """Say whether ``shown`` is ``value`` rounded to its own digits."""
    exponent = shown.as_tuple().exponent
    half = Decimal(5).scaleb(min(int(exponent), 0) - 1)
    return abs(value - shown) <= half
