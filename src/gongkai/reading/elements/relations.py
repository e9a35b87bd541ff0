"""What a document does to the documents that it names: amends, repeals, replaces, implements."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.kernel.chinese import fold
from gongkai.reading.citations import find_citations
from gongkai.reading.clean import Line
from gongkai.reading.elements.values import Relation, RelationKind
from gongkai.reading.header import Header
from gongkai.reading.labels import find_label
from gongkai.reading.result import Citation

_RANK: dict[RelationKind, int] = {
    "repeals": 0, "replaces": 1, "amends": 2, "implements": 3, "cites": 4,
}  # fmt: skip
_REACH = 60
"""So many characters beside a name are read for what is done to it."""

_JOINED = re.compile(r"[\s、，,和及与或以]{0,6}|[\s、，,]{0,2}(?:以及|并|等)?[\s、，,]{0,2}")
_STOP = re.compile(r"[。；;！!\n]")

_REPEALED_BEHIND = re.compile(
    r"[^，。；决定]{0,24}?[，,]?(?:同时|予以|即行|即|一并|现予|相应|宣布|自[^，。；]{1,24}起)*[，,]?"
    r"(?:同时|一并)?(?:废止|失效|停止执行|停止施行|不再执行|停止使用)"
)
_REPEALED_BEFORE = re.compile(r"(?:废止|宣布失效|停止执行)(?:和宣布失效)?[^，。；《了]{0,8}$")
_REPLACED_BEFORE = re.compile(r"(?:代替|替代|取代)[^，。；《]{0,4}$")
_REPLACED_BEHIND = re.compile(r"[^，。；]{0,8}(?:由|被|以)本[^，。；]{1,8}(?:代替|替代|取代|替换)")
_AMENDED_BEHIND = re.compile(
    r"[^，。；《》]{0,24}(?:(?:作|作出|做|做出|进行)(?:了)?(?:如下|以下|相应|部分)?(?:修改|修订|修正|调整)"
    r"|予以(?:修改|修订|修正)|(?:修改|修订|调整)为|增加一[条款项]|删除)"
)
_AMENDED_BEFORE = re.compile(r"(?:修改|修订|修正)(?:完善)?$")
"""修订了 tells what was done at some time before, and does nothing now."""
_IMPLEMENTED = re.compile(
    r"(?:贯彻|落实|实施|推进|抓好)(?:好)?[^，。；：《》]{0,16}$|(?<!不再)(?<!停止)执行[^，。；：《》]{0,10}$"
)
_BASIS = re.compile(r"(?:根据|依据|按照|依照|遵照|遵循)[^，。；：《》]{0,16}$")
_MADE = re.compile(
    r"制定|制订|特制|印发|下发|出台|现(?:将|就|提出|公布)|提出(?:以下|如下)|结合[^，。；]{0,16}实际|修订|修改|决定"
)
_SHORT_NAME = re.compile(
    r"(?:以下)?(?:统称|简称)(?:为)?[“\"《]{0,2}([^”\"》）)]{2,30})[”\"》]{0,2}"
)
_OF_REPEAL = re.compile(r"关于(?:公布)?(?:废止|宣布失效|[^，。]{0,10}废止)")
_OF_AMENDING = re.compile(r"关于(?:公布)?(?:修改|修订|修正)")
_LISTED = re.compile(r"部分|一批|[若几]|文件(?:目录|清单)?")


@dataclass(frozen=True)
class _Group:
    """Names that stand in a row, so that what is said of one is said of all."""

    citations: tuple[Citation, ...]

    @property
    def start(self) -> int:
        return self.citations[0].start

    @property
    def end(self) -> int:
        return self.citations[-1].end


def find_relations(lines: Iterable[Line], header: Header) -> tuple[Relation, ...]:
    """Find each document that is named, once, by the strongest thing done to it.

    ``lines`` are the head's and the body's, cells of tables with them. The document itself is
    left out, but not an earlier one of the same name that it repeals or amends.
    """
    found: dict[tuple[str, str | None], Relation] = {}
    short: set[str] = set()
    for line in lines:
        if "《" not in line.text and "号" not in line.text and "中华人民共和国" not in line.text:
            continue
        short.update(fold(match[1]) for match in _SHORT_NAME.finditer(line.text))
        for one in _in_line(line, header.title or ""):
            if _is_named(one, header, short):
                _keep(found, one)
    return tuple(sorted(_merged(found), key=lambda one: one.start))


def _is_named(one: Relation, header: Header, short: set[str]) -> bool:
    if one.title and not one.number and fold(one.title) in short:
        return False
    if not header.is_own(one.title, one.number):
        return True
    earlier = one.number is not None and fold(one.number) != fold(header.number or "")
    return bool(one.title) and (earlier or one.kind in ("repeals", "replaces"))


def _keep(found: dict[tuple[str, str | None], Relation], one: Relation) -> None:
    key = (fold(one.title), one.number)
    before = found.get(key)
    if before is None or _RANK[one.kind] < _RANK[before.kind]:
        found[key] = one


def _merged(found: dict[tuple[str, str | None], Relation]) -> Iterator[Relation]:
    """Yield each document once: one known by title and number takes in what names half of it."""
    full = {title: one for (title, number), one in found.items() if title and number}
    numbered = {one.number: one for one in full.values()}
    strongest: dict[tuple[str, str | None], Relation] = {}
    for (title, number), one in found.items():
        whole = full.get(title) if title and not number else None
        whole = whole or (numbered.get(number) if number and not title else None)
        target = whole or one
        key = (fold(target.title), target.number)
        before = strongest.get(key, target)
        kind = min(before.kind, one.kind, key=_RANK.__getitem__)
        place = one if _RANK[one.kind] < _RANK[before.kind] else before
        strongest[key] = Relation(
            kind, target.title, target.number, place.text, place.start, place.end
        )
    yield from strongest.values()


def _in_line(line: Line, title: str) -> Iterator[Relation]:
    citations = find_citations(line.text)
    if not citations:
        return
    text = line.text
    stops = [match.start() for match in _STOP.finditer(text)]
    groups = list(_grouped(text, citations))
    default = _by_title(line, title)
    for number, group in enumerate(groups):
        left = groups[number - 1].end if number else 0
        right = groups[number + 1].start if number + 1 < len(groups) else len(text)
        begin, end = _sentence(stops, group.start, group.end, len(text))
        before = text[max(left, begin, group.start - _REACH) : group.start]
        behind = text[group.end : min(right, end, group.end + _REACH)]
        kind = _kind(before, behind, text[group.end : min(end, group.end + 4 * _REACH)])
        if right < end and behind and kind == "repeals" and _takes_next(behind):
            kind = _kind(before, "", text[group.end : min(end, group.end + 4 * _REACH)])
        if kind == "cites" and default and not _BASIS.search(before):
            kind = default
        for one in group.citations:
            start = group.start - len(before)
            stretch = text[start : group.end + len(behind)].strip()
            yield Relation(kind, one.title, one.number, stretch, *line.span(one.start, one.end))


def _grouped(text: str, citations: Sequence[Citation]) -> Iterator[_Group]:
    run = [citations[0]]
    for one in citations[1:]:
        if _JOINED.fullmatch(text, run[-1].end, max(one.start, run[-1].end)):
            run.append(one)
        else:
            yield _Group(tuple(run))
            run = [one]
    yield _Group(tuple(run))


def _sentence(stops: Sequence[int], start: int, end: int, length: int) -> tuple[int, int]:
    """Return the sentence around a stretch; stops inside the stretch are its own."""
    before = bisect_left(stops, start)
    after = bisect_right(stops, end - 1)
    begin = stops[before - 1] + 1 if before else 0
    return begin, stops[after] if after < len(stops) else length


def _takes_next(behind: str) -> bool:
    """Say whether the verb behind a name has the next name as its object: 废止《…》."""
    return re.search(r"(?:废止|失效|停止执行)[^，。；]{0,8}$", behind) is not None


def _kind(before: str, behind: str, rest: str) -> RelationKind:
    if _REPEALED_BEFORE.search(before):
        return "repeals"
    if _REPLACED_BEFORE.search(before) or _REPLACED_BEHIND.match(behind):
        return "replaces"
    basis = _BASIS.search(before)
    if not basis and _REPEALED_BEHIND.match(behind):
        return "repeals"
    if _AMENDED_BEFORE.search(before):
        return "amends"
    if not basis and _AMENDED_BEHIND.match(behind):
        return "amends"
    if _IMPLEMENTED.search(before) or (basis and _MADE.search(rest)):
        return "implements"
    return "cites"


def _by_title(line: Line, title: str) -> RelationKind | None:
    """Return what a paper that repeals or amends a list of others does to what it lists."""
    if line.block.kind != "cell" and not find_label(line.text):
        return None
    if not _LISTED.search(title):
        return None
    if _OF_REPEAL.search(title):
        return "repeals"
    return "amends" if _OF_AMENDING.search(title) else None
