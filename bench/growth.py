"""Measures how the reader's time grows with length, on texts made to take for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bench.measuring import Measure, clocked, interleaved
from bench.plan import GROWING
from gongkai.reading.read import read
from gongkai.reading.source import Unreadable, load, paste
from gongkai.reading.tests import builders, endless

LONGER = 10
AIM = 15
"""Ten for ten times the length would be exact; a hundred is what must not be."""

WORST = 3
"""Of many texts each is read once at both lengths, and the worst of them again and again."""

Pair = tuple[Callable[[], object], Callable[[], object]]


def measure(names: tuple[str, ...], *, times: int, share: float) -> Iterator[Measure]:
    """Yield a measure for each kind of text: the worst of its texts, ten times as long over one.

    ``share`` of the usual length is taken of each.
    """
    for name in names:
        pairs = MAKERS[name.removeprefix("growth.")](share)
        yield max((_measure(name, text, pair, times) for text, pair in _worst(pairs)), key=_ratio)


def _ratio(measure: Measure) -> float:
    return measure.ratio


def _worst(pairs: Mapping[str, Pair]) -> list[tuple[str, Pair]]:
    once = {text: clocked(long) / clocked(short) for text, (short, long) in pairs.items()}
    return [(text, pairs[text]) for text in sorted(once, key=once.__getitem__)[-WORST:]]


def _measure(name: str, text: str, pair: Pair, times: int) -> Measure:
    short, long = pair
    works = {"short": lambda: clocked(short), "long": lambda: clocked(long)}
    found = interleaved(works, times)
    baseline = f"a tenth of the text; the worst is {text!r}"
    return Measure.of(name, found["long"], found["short"], baseline, AIM)


def _finder(kind: str, share: float) -> dict[str, Pair]:
    def pair(piece: str) -> Pair:
        length = round(4_000 * share)
        return (
            lambda: endless.find_all(kind, piece, length),
            lambda: endless.find_all(kind, piece, length * LONGER),
        )

    return {piece: pair(piece) for piece in endless.PIECES[kind]}


def _reading(text: Callable[[int], str], size: int) -> Pair:
    short, long = text(size), text(size * LONGER)
    return lambda: read(paste(short)), lambda: read(paste(long))


def _texts(share: float) -> dict[str, Pair]:
    def cut(name: str) -> Callable[[int], str]:
        return lambda thousandths: endless.text_of(name, thousandths / 1000)

    return {name: _reading(cut(name), round(50 * share)) for name in endless.TEXTS}


def _documents(share: float) -> dict[str, Pair]:
    def of(name: str) -> Callable[[int], str]:
        return lambda parts: endless.document_of(name, parts)

    return {name: _reading(of(name), round(60 * share)) for name in endless.DOCUMENTS}


def _loading(data: Callable[[int], bytes], size: int, name: str) -> Pair:
    short, long = data(size), data(size * LONGER)
    return lambda: _load(short, name), lambda: _load(long, name)


def _load(data: bytes, name: str) -> None:
    try:
        load(data, name)
    except Unreadable:
        return  # what is refused is refused in time, too


def _pages(share: float) -> dict[str, Pair]:
    def of(tag: str) -> Callable[[int], bytes]:
        return lambda times: endless.page_of(tag, times)

    return {tag: _loading(of(tag), round(2_000 * share), "x.html") for tag in endless.PAGES}


def _word(share: float) -> dict[str, Pair]:
    return {"a plan over and over": _loading(builders.repeated_docx, round(10 * share), "x.docx")}


def _finders(kind: str) -> Callable[[float], dict[str, Pair]]:
    return lambda share: _finder(kind, share)


MAKERS: dict[str, Callable[[float], dict[str, Pair]]] = {
    **{kind: _finders(kind) for kind in endless.PIECES},
    "texts": _texts,
    "documents": _documents,
    "pages": _pages,
    "word": _word,
}
if set(MAKERS) != set(GROWING):
    raise AssertionError(f"the plan names other growths than these: {sorted(MAKERS)}")
