"""Measures comparing: two documents ten times as long over two, how much of one is the other's."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bench.measuring import Measure, clocked, interleaved
from gongkai.comparing import compare_clauses, compare_versions, overlap, parts_of
from gongkai.reading.source import paste

LONGER = 10
CLAUSES = 50
AIM = 15
"""Ten for ten times the length would be exact; a hundred is what must not be."""


def measure(names: tuple[str, ...], *, times: int, share: float) -> Iterator[Measure]:
    """Yield a measure for each way of comparing; ``share`` of the usual length is taken."""
    size = max(5, round(CLAUSES * share))
    for name in names:
        make = MAKERS[name.removeprefix("compare.")]
        short, long = make(size), make(size * LONGER)
        works = {"short": lambda s=short: clocked(s), "long": lambda s=long: clocked(s)}
        found = interleaved(works, times)
        baseline = f"two measures of {size} clauses; the others have {LONGER} times as many"
        yield Measure.of(name, found["long"], found["short"], baseline, AIM)


def clauses(count: int, *, revised: bool) -> list[str]:
    """Return the clauses of measures: of the revised ones each fifth is changed, one is new."""
    found = []
    for n in range(1, count + 1):
        amount = n * 3 if revised and n % 5 == 0 else n
        found.append(
            f"第{n}类企业申请资金的，应当在每年{n % 12 + 1}月底前向第{n % 9 + 1}服务窗口提交材料，"
            f"经审核符合条件的，给予{amount}万元补贴，并在门户网站公示{n % 7 + 5}个工作日。"
        )
    if revised:
        found.insert(count // 2, "鼓励银行为企业提供信用贷款，具体办法由金融部门另行制定。")
    return found


def _text(count: int, *, revised: bool) -> str:
    numbered = enumerate(clauses(count, revised=revised), 1)
    return "\n".join(f"第{n}条　{text}" for n, text in numbered)


def _overlap(count: int) -> Callable[[], object]:
    policy, material = _text(count, revised=False), _text(count, revised=True)
    if overlap(material, policy).share < 0.5:
        raise AssertionError("what the material repeats was not found")
    return lambda: overlap(material, policy)


def _clauses(count: int) -> Callable[[], object]:
    sides = [parts_of(paste(_text(count, revised=revised))) for revised in (False, True)]
    pairs = compare_clauses(*sides)
    if [one.kind for one in pairs].count("added") != 1:
        raise AssertionError("the clause that was put in was not found")
    return lambda: compare_clauses(*sides)


def _versions(count: int) -> Callable[[], object]:
    old, new = (clauses(count, revised=revised) for revised in (False, True))
    return lambda: compare_versions(old, new)


MAKERS: dict[str, Callable[[int], Callable[[], object]]] = {
    "overlap": _overlap,
    "clauses": _clauses,
    "versions": _versions,
}
