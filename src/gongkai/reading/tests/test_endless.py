"""Texts made to take for ever end, and what is read from them is sound; how fast, no test asks.

The guard only ends what hangs. How time grows with length is a measure of the bench.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from gongkai.reading.read import read
from gongkai.reading.source import Unreadable, load, paste
from gongkai.reading.tests import builders, endless

GUARD_SECONDS = 120
"""A hundred times what most of these take, on a machine that is busy."""


@pytest.fixture(autouse=True)
def guard() -> Iterator[None]:
    """End a test that hangs."""

    def hangs(*_: object) -> None:
        raise AssertionError(f"still reading after {GUARD_SECONDS} seconds: this hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(GUARD_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(
    ("kind", "piece"), [(kind, piece) for kind, some in endless.PIECES.items() for piece in some]
)
def test_finders_end(kind, piece) -> None:
    endless.find_all(kind, piece, 40_000)


@pytest.mark.parametrize("name", [*endless.TEXTS, "deep labels"])
def test_texts_end(name) -> None:
    source = paste(endless.DEEP if name == "deep labels" else endless.text_of(name))
    found = read(source)
    assert all(0 <= one.start <= one.end <= len(source.text) for one in found.clauses)


@pytest.mark.parametrize("name", endless.DOCUMENTS)
def test_long_documents_end_and_are_read_to_their_end(name) -> None:
    source = paste(endless.document_of(name, 600))
    found = read(source)
    last = max(one.end for one in (*found.clauses, *found.tasks))
    assert last > len(source.text) * 0.99


@pytest.mark.parametrize("tag", endless.PAGES)
def test_pages_end(tag) -> None:
    try:
        source = load(endless.page_of(tag, 32_000), "x.html")
    except Unreadable:
        return
    builders.assert_honest(source)


def test_long_word_documents_end_and_are_read_to_their_end() -> None:
    one, many = (load(builders.repeated_docx(n), "x") for n in (1, 80))
    assert len(many.blocks) == 80 * len(one.blocks)
