"""Which parts of an old text answer to which of a new one, by their words before their numbers.

Parts that stand alike go first; of the rest, parts that share rare triples of letters are weighed
against each other, a few for each, and the best pairs that keep the order are taken. Small gaps are
then weighed whole, and what is left over may have moved. The time grows with the number of parts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, product

from gongkai.comparing.plain import letters

ALIKE = 0.35
"""Parts in the same order answer to each other from this share of common pairs of letters."""

ALIKE_BY_NUMBER = 0.2
"""So much is enough for parts that bear the same number and stand between the same neighbours."""

MOVED = 0.6
"""So much is asked of parts that stand in another order."""

_SAME_NUMBER = 0.05
_MOST_CANDIDATES = 6
_RARE = 24
"""A triple of letters that stands in more parts than these says nothing."""
_MOST_ALIKE = 16
_SMALL_GAP = 900
_NEAR = 4
_FEWEST_MOVED = 6


@dataclass(frozen=True, eq=False)
class Item:
    """A part as it is weighed: its words, and its number if it bears one."""

    words: str
    label: str = ""

    @cached_property
    def letters(self) -> str:
        """Its letters and digits."""
        return letters(self.words)

    @cached_property
    def pairs(self) -> Counter[str]:
        """Its pairs of neighbouring letters."""
        return Counter(map("".join, pairwise(self.letters)))


Pair = tuple[int, int]


@dataclass(frozen=True)
class Step:
    """One step through both texts: a part of the old, of the new, or both."""

    old: int | None
    new: int | None
    moved: bool = False


def likeness(old: Item, new: Item) -> float:
    """Return how alike two parts are, 0 to 1: the share of pairs of letters that both have."""
    if old.letters == new.letters:
        return 1.0
    total = old.pairs.total() + new.pairs.total()
    return 2 * (old.pairs & new.pairs).total() / total if total else 0.0


def align(old: Sequence[Item], new: Sequence[Item]) -> list[Step]:
    """Return the steps through both texts in the order of the new one.

    What was taken out stands where it stood; what moved stands where it is now.
    """
    kept = _kept(old, new)
    kept = sorted([*kept, *_in_gaps(old, new, kept)])
    moved = _moved(old, new, kept)
    return list(_steps(len(old), len(new), kept, moved))


def _kept(old: Sequence[Item], new: Sequence[Item]) -> list[Pair]:
    """Return the pairs that keep the order and are most alike together."""
    weighed = {(i, j): 1.0 + _by_number(old[i], new[j]) for i, j in _the_same(old, new)}
    single = {i for i, _ in weighed}
    taken = {j for _, j in weighed}
    for i, j in _candidates(old, new, single, taken):
        alike = likeness(old[i], new[j])
        if alike >= ALIKE:
            weighed[i, j] = alike + _by_number(old[i], new[j])
    return _heaviest(weighed)


def _by_number(old: Item, new: Item) -> float:
    return _SAME_NUMBER if old.label and old.label == new.label else 0.0


def _the_same(old: Sequence[Item], new: Sequence[Item]) -> Iterable[Pair]:
    """Yield the parts with the same words; of words that stand often, by their rank."""
    here, there = _places(old), _places(new)
    for words, first in here.items():
        second = there.get(words, [])
        if len(first) * len(second) <= _MOST_ALIKE:
            yield from ((i, j) for i in first for j in second)
        else:
            yield from zip(first, second, strict=False)
            yield from zip(reversed(first), reversed(second), strict=False)


def _places(items: Sequence[Item]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(items):
        places[item.letters].append(index)
    return places


def _candidates(
    old: Sequence[Item], new: Sequence[Item], single: set[int], taken: set[int]
) -> Iterable[Pair]:
    """Yield for each part not found whole the few that share most rare triples with it."""
    index: dict[str, list[int]] = defaultdict(list)
    for j, item in enumerate(new):
        if j not in taken:
            for triple in _triples(item):
                index[triple].append(j)
    for i, item in enumerate(old):
        if i in single:
            continue
        shared: Counter[int] = Counter()
        for triple in _triples(item):
            places = index.get(triple, ())
            if len(places) <= _RARE:
                shared.update(places)
        yield from ((i, j) for j, _ in shared.most_common(_MOST_CANDIDATES))


def _triples(item: Item) -> set[str]:
    text = item.letters
    return {text[n : n + 3] for n in range(len(text) - 2)}


def _heaviest(weighed: dict[Pair, float]) -> list[Pair]:
    """Return the pairs, rising on both sides, whose weights together are the greatest."""
    ends: list[int] = []
    """Rising places in the new text, each with the best weight of a chain that ends there."""
    best: list[tuple[float, int]] = []
    chain: list[tuple[Pair, int]] = []
    by_old: dict[int, list[int]] = defaultdict(list)
    for i, j in weighed:
        by_old[i].append(j)
    for i in sorted(by_old):
        found = []
        for j in by_old[i]:
            place = bisect_left(ends, j)
            weight, before = best[place - 1] if place else (0.0, -1)
            chain.append(((i, j), before))
            found.append((j, weight + weighed[i, j], len(chain) - 1))
        for j, weight, at in found:
            _note(ends, best, j, (weight, at))
    at = best[-1][1] if best else -1
    kept: list[Pair] = []
    while at >= 0:
        pair, at = chain[at]
        kept.append(pair)
    return kept[::-1]


def _note(ends: list[int], best: list[tuple[float, int]], j: int, new: tuple[float, int]) -> None:
    """Keep the best weight up to each place: a later place counts only when it weighs more."""
    place = bisect_left(ends, j + 1)
    if place and best[place - 1][0] >= new[0]:
        return
    stop = place
    while stop < len(best) and best[stop][0] <= new[0]:
        stop += 1
    start = place - 1 if place and ends[place - 1] == j else place
    ends[start:stop] = [j]
    best[start:stop] = [new]


def _in_gaps(old: Sequence[Item], new: Sequence[Item], kept: Sequence[Pair]) -> Iterable[Pair]:
    """Yield pairs of what lies between two kept ones on both sides."""
    edges = [(-1, -1), *kept, (len(old), len(new))]
    for (a, c), (b, d) in pairwise(edges):
        rows, columns = range(a + 1, b), range(c + 1, d)
        if not rows or not columns:
            continue
        small = len(rows) * len(columns) <= _SMALL_GAP
        pairs = product(rows, columns) if small else _likely(old, new, rows, columns)
        yield from _heaviest(_weighed(old, new, pairs))


def _weighed(old: Sequence[Item], new: Sequence[Item], pairs: Iterable[Pair]) -> dict[Pair, float]:
    found: dict[Pair, float] = {}
    for i, j in pairs:
        alike, number = likeness(old[i], new[j]), _by_number(old[i], new[j])
        if alike >= (ALIKE_BY_NUMBER if number else ALIKE):
            found[i, j] = alike + number
    return found


def _likely(
    old: Sequence[Item], new: Sequence[Item], rows: range, columns: range
) -> Iterator[Pair]:
    """Yield what a gap too big to be weighed whole is tried by: equal numbers, near places."""
    numbered = {new[j].label: j for j in columns if new[j].label}
    for i in rows:
        if old[i].label in numbered:
            yield i, numbered[old[i].label]
        place = (i - rows.start) * len(columns) // len(rows)
        near = columns[max(0, place - _NEAR) : place + _NEAR + 1]
        yield from ((i, j) for j in near)


def _moved(old: Sequence[Item], new: Sequence[Item], kept: Sequence[Pair]) -> dict[int, int]:
    """Return where parts went that stand in another order now: new → old."""
    here, there = {i for i, _ in kept}, {j for _, j in kept}
    free = [(i, j) for i, j in _the_same(old, new) if i not in here and j not in there]
    free += list(_candidates(old, new, here, there))
    weighed = []
    for i, j in free:
        if min(len(old[i].letters), len(new[j].letters)) >= _FEWEST_MOVED:
            alike = likeness(old[i], new[j])
            weighed += [(alike, -i, -j)] if alike >= MOVED else []
    moved: dict[int, int] = {}
    for _, i, j in sorted(weighed, reverse=True):
        if -i not in here and -j not in moved:
            moved[-j] = -i
            here.add(-i)
    return moved


def _steps(olds: int, news: int, kept: Sequence[Pair], moved: dict[int, int]) -> Iterable[Step]:
    gone = set(moved.values())
    i = j = 0
    for a, c in [*kept, (olds, news)]:
        yield from (Step(n, None) for n in range(i, a) if n not in gone)
        for n in range(j, c):
            yield Step(moved[n], n, moved=True) if n in moved else Step(None, n)
        if a < olds or c < news:
            yield Step(a, c)
        i, j = a + 1, c + 1
