"""Words that are wrong, with what is right, from when and where they are right after all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

import ahocorasick

from gongkai.screening.findings import Severity

COLUMNS = ("word", "suggestion", "reason", "since", "until", "exceptions", "severity")
_NAMES = ("错误写法", "正确写法", "理由", "起始日", "截止日", "例外", "级别")
_SEVERITIES = {one.label: one for one in Severity} | {one.value: one for one in Severity}
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A word that is wrong, from a day on or until one; ``exceptions`` are words around it in
    which it is right (按装 in 按装配图)."""

    word: str
    suggestion: str
    reason: str = ""
    since: date | None = None
    until: date | None = None
    exceptions: tuple[str, ...] = ()
    severity: Severity = Severity.ASK

    def holds(self, day: date) -> bool:
        """Say whether the word is wrong on a day: from ``since`` on, and before ``until``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )


@dataclass(frozen=True)
class Lexicon:
    """Entries found in one pass over a text; of those that overlap, the first and longest counts.

    A word may have several entries, each for its own time.
    """

    entries: tuple[Entry, ...]
    _automaton: ahocorasick.Automaton | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile the entries."""
        by_word: dict[str, list[Entry]] = {}
        for entry in self.entries:
            if entry.word:
                by_word.setdefault(entry.word, []).append(entry)
        automaton = None
        if by_word:
            automaton = ahocorasick.Automaton()
            for word, entries in by_word.items():
                automaton.add_word(word, tuple(entries))
            automaton.make_automaton()
        object.__setattr__(self, "_automaton", automaton)

    def find(self, text: str, day: date) -> Iterator[tuple[int, Entry]]:
        """Yield the places of wrong words, with their entries."""
        places = []
        for end, entries in self._automaton.iter(text) if self._automaton else ():
            for entry in entries:
                start = end + 1 - len(entry.word)
                if entry.holds(day) and not _is_right(entry, text, start):
                    places.append((start, -len(entry.word), entry))
                    break
        reached = 0
        for start, length, entry in sorted(places, key=lambda place: place[:2]):
            if start >= reached:
                yield start, entry
                reached = start - length


def _is_right(entry: Entry, text: str, start: int) -> bool:
    """Say whether the word stands here inside one of its exceptions."""
    for words in entry.exceptions:
        at = words.find(entry.word)
        while at >= 0:
            if start >= at and text.startswith(words, start - at):
                return True
            at = words.find(entry.word, at + 1)
    return False


@dataclass(frozen=True, slots=True)
class RowError:
    """A row of a table of entries that cannot be taken, with what to do about it."""

    row: int
    says: str

    def __str__(self) -> str:
        return f"第{self.row}行：{self.says}"


def parse_entries(table: str) -> tuple[tuple[Entry, ...], tuple[RowError, ...]]:
    """Return the entries of a .csv, and an error for each row that is none.

    The first row names the columns, in English or Chinese; ``exceptions`` stand in one cell
    with | between them, days as 2024-01-31; only word and suggestion have to be filled.
    """
    rows = csv.reader(io.StringIO(table.lstrip("\ufeff")), strict=False)
    names = dict(zip(_NAMES, COLUMNS, strict=True))
    head = [names.get(cell.strip(), cell.strip()) for cell in next(rows, [])]
    if not {"word", "suggestion"} <= set(head):
        return (), (RowError(1, f"首行要有列名：{'、'.join(_NAMES)}。"),)
    entries: list[Entry] = []
    errors: list[RowError] = []
    seen: set[tuple[str, date | None, date | None]] = set()
    for number, cells in enumerate(rows, 2):
        row = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
        if not any(row.values()):
            continue
        try:
            entry = _entry(row)
            if (entry.word, entry.since, entry.until) in seen:
                raise _Wrong(f"“{entry.word}”上面已有一条同样起止日期的，请删去一条。")
        except _Wrong as wrong:
            errors.append(RowError(number, str(wrong)))
        else:
            seen.add((entry.word, entry.since, entry.until))
            entries.append(entry)
    return tuple(entries), tuple(errors)


class _Wrong(ValueError):
    pass


def _entry(row: dict[str, str]) -> Entry:
    word, suggestion = row.get("word", ""), row.get("suggestion", "")
    if not word:
        raise _Wrong("没有填错误写法。")
    if not suggestion:
        raise _Wrong(f"“{word}”没有填正确写法。")
    if word == suggestion:
        raise _Wrong(f"“{word}”的正确写法与错误写法相同。")
    if len(word) < 2 or len(word) > _LONGEST or "\n" in word:
        raise _Wrong(f"错误写法要有2至{_LONGEST}个字，单个字会到处误报。")
    exceptions = tuple(filter(None, (one.strip() for one in row.get("exceptions", "").split("|"))))
    for one in exceptions:
        if word not in one:
            raise _Wrong(f"例外“{one}”里没有“{word}”，请写出包含它的词语。")
    since, until = (_day(row.get(name, "")) for name in ("since", "until"))
    if since and until and since >= until:
        raise _Wrong("起始日应早于截止日。")
    severity = _SEVERITIES.get(row.get("severity", "") or Severity.ASK.value)
    if severity is None:
        raise _Wrong(f"级别请填{'、'.join(one.label for one in Severity)}之一。")
    return Entry(word, suggestion, row.get("reason", ""), since, until, exceptions, severity)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Wrong(f"日期“{text}”读不懂，请写成2024-01-31。") from None


def format_entries(entries: Iterable[Entry]) -> str:
    """Return the entries as a .csv with Chinese column names, which ``parse_entries`` reads."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_NAMES)
    for one in entries:
        days = [day.isoformat() if day else "" for day in (one.since, one.until)]
        tail = ["|".join(one.exceptions), one.severity.label]
        writer.writerow([one.word, one.suggestion, one.reason, *days, *tail])
    return out.getvalue()


@cache
def shipped_entries() -> tuple[Entry, ...]:
    """Return the entries that come with the product. Raises ``ValueError`` for a broken table."""
    table = files("gongkai.screening").joinpath("data/lexicon.csv").read_text("utf-8")
    entries, errors = parse_entries(table)
    if errors:
        raise ValueError("；".join(map(str, errors)))
    return entries


@cache
def shipped_lexicon() -> Lexicon:
    """Return the lexicon that comes with the product."""
    return Lexicon(shipped_entries())
