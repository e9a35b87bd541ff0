"""Words that are wrong, with what is right, from when and where they are right after all."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Entry:
    """A word that is wrong, from a day on or until one; ``exceptions`` are words around it in
    which it is right (按装 in 按装配图)."""

    word: str
    suggestion: str
    reason: str = ""
    since: date | None = None
    until: date | None = None
    exceptions: tuple[str, ...] = ()

    def holds(self, day: date) -> bool:
        """Say whether the word is wrong on a day."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True)
class Lexicon:
    """Entries found in one pass over a text; of two at one place the longer counts."""

    entries: tuple[Entry, ...]
    _by_word: dict[str, Entry] = field(init=False, repr=False, compare=False)
    _pattern: re.Pattern[str] | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the entries."""
        by_word = {entry.word: entry for entry in self.entries}
        words = sorted(by_word, key=lambda word: (-len(word), word))
        pattern = re.compile("|".join(map(re.escape, words))) if words else None
        object.__setattr__(self, "_by_word", by_word)
        object.__setattr__(self, "_pattern", pattern)

    def find(self, text: str, day: date) -> Iterator[tuple[int, Entry]]:
        """Yield the places of wrong words, with their entries."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            entry = self._by_word[match[0]]
            if entry.holds(day) and not _is_right(entry, text, match.start()):
                yield match.start(), entry


def _is_right(entry: Entry, text: str, start: int) -> bool:
    """Say whether the word stands here inside one of its exceptions."""
    for words in entry.exceptions:
        at = words.find(entry.word)
        if at >= 0 and text.startswith(words, start - at) and start >= at:
            return True
    return False


def read_entries(lines: Iterable[str]) -> Iterator[Entry]:
    """Read entries of a table with the columns word, suggestion, reason, since, until, exceptions.

    Raises ``ValueError`` with the line for what cannot be read.
    """
    for n, row in enumerate(csv.DictReader(lines), 2):
        try:
            yield Entry(
                row["word"],
                row["suggestion"],
                row["reason"],
                date.fromisoformat(row["since"]) if row["since"] else None,
                date.fromisoformat(row["until"]) if row["until"] else None,
                tuple(filter(None, row["exceptions"].split("|"))),
            )
        except (KeyError, TypeError, ValueError, AttributeError) as wrong:
            raise ValueError(f"第{n}行读不出来，请检查各列。") from wrong


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lexicon that comes with the product."""
    table = files("gongkai.screening").joinpath("data/lexicon.csv").read_text("utf-8")
    return Lexicon(tuple(read_entries(table.splitlines())))
