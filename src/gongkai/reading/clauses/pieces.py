"""Which lines and parts of lines begin a clause: labels, runs inside a paragraph, bare headings."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gongkai.reading.clauses.node import sentence_ends
from gongkai.reading.clean import Line
from gongkai.reading.labels import Label, find_item, find_label, find_run
from gongkai.reading.units import split_bracket

FIELD_LINE = re.compile(
    r"[（(\[【—★●※*·•◆\s-]*(?:总?牵头|责任|主责|负责|承办|主办|协办|落实|配合|参与|完成|办结|整改|时间|时限)"
    r"(?:责任|完成)?(?:单位|部门|科室|处室|股室|时限|时间|期限|节点|要求|领导|人)?(?:及责任人|要求)?\s*(?:[】\]]\s*[:：]?|[:：])"
)
_BARE = re.compile(r"[\u3400-\u9fff“《（][\u3400-\u9fff“”《》（）、，,“”·0-9A-Za-z+ ]{2,28}")
_STOPPED = ("。", "；", ";", "！", "：", ":", "，")
_NOT_BARE = re.compile(r"^附|[日号]$|^[（(]|^根据|^按照|^关于|^注|^如")
_BRACKETS = frozenset("）)】]")
_MUCH_LONGER = 2
_FEWEST_BARE = 2


@dataclass(frozen=True, eq=False)
class Piece:
    """A line or a part of one; with a label when it begins a clause. ``line`` is without it."""

    line: Line
    begin: int
    """Where the piece, its label included, begins in the source."""
    label: Label | None = None
    inline: bool = False
    """Begins inside a paragraph."""
    back_to: str | None = None
    """Words behind a run of this style inside a paragraph: they are its parent's."""


def pieces(
    line: Line, *, item: bool = False, inline: bool = False, within: frozenset[str] = frozenset()
) -> Iterator[Piece]:
    """Cut a line where enumerations inside it begin; ``item``: its 二是 goes on with a run.

    ``within`` are the styles of the runs that the line stands in; each of them is cut once, so
    that the time stays linear whatever the line holds.
    """
    label = find_label(line.text) or (find_item(line.text) if item else None)
    run = find_run(line.text, item=item, without=within)
    if run and run[0][0] > 0 and label:
        run = find_run(line.text, label.length, without=within | {label.style})
    if not run:
        yield _piece(line, label, inline=inline)
        return
    begins = [index for index, _ in run]
    if begins[0] > 0:
        yield _piece(line.part(0, begins[0]), label, inline=inline)
    last = _item_end(line.text, begins)
    within |= {run[0][1].style}
    for begin, end in zip(begins, [*begins[1:], last], strict=True):
        yield from pieces(
            line.part(begin, end), item=True, inline=inline or begin > 0, within=within
        )
    behind = line.part(last)
    if behind.text:
        yield Piece(behind, behind.at[0], back_to=run[0][1].style)


def _item_end(text: str, begins: Sequence[int]) -> int:
    """Return where the last item of a run ends.

    Items parted by ； are one sentence, and what follows it is their parent's; so is a bracket
    that names units behind them all.
    """
    tails = [text[max(0, begin - 8) : begin].rstrip() for begin in begins[1:]]
    _, bracket = split_bracket(text[begins[-1] :])
    if bracket and not any(tail.rstrip("；;，,、。")[-1:] in _BRACKETS for tail in tails if tail):
        return begins[-1] + bracket.start
    if not tails or any(tail[-1:] in "。！？" for tail in tails):
        return len(text)
    stop = next(sentence_ends(text[begins[-1] :]), None)
    return len(text) if stop is None else begins[-1] + stop


def _piece(line: Line, label: Label | None, *, inline: bool) -> Piece:
    begin = line.at[0] if line.text else line.block.start
    return Piece(line.part(label.length) if label else line, begin, label, inline)


# Across lines


def item_lines(lines: Sequence[Line]) -> set[int]:
    """Return the lines that begin with a 一是, 二是 … of a run over several paragraphs."""
    found: set[int] = set()
    open_runs: dict[str, list[int]] = {}
    for index, line in enumerate(lines):
        label = find_item(line.text)
        if label is None:
            continue
        run = [] if label.number == 1 else open_runs.get(label.style, [])
        if label.number != len(run) + 1:
            continue
        run.append(index)
        open_runs[label.style] = run
        if len(run) > 1:
            found.update(run)
    return found


def bare_headings(lines: Sequence[Line], skipped: Callable[[int], bool]) -> set[int]:
    """Return the short lines that head the longer ones below them without any number.

    One alone may be anything; there have to be at least two. Headings that the file marks as
    such are not looked at here.
    """
    kept = [index for index in range(len(lines)) if not skipped(index)]
    found = {
        index
        for before, index, after in zip([None, *kept], kept, kept[1:], strict=False)
        if _heads(lines, before, index, after)
    }
    return found if len(found) >= _FEWEST_BARE else set()


def _is_only_label(text: str) -> bool:
    label = find_label(text)
    return label is not None and label.length >= len(text)


def _heads(lines: Sequence[Line], before: int | None, index: int, after: int) -> bool:
    text, below = lines[index].text, lines[after].text
    if lines[index].block.kind in ("heading", "title", "cell") or find_label(text):
        return False
    if not _BARE.fullmatch(text) or text.endswith(_STOPPED) or _NOT_BARE.search(text):
        return False
    if before is not None and _is_only_label(lines[before].text):
        return False  # the heading that the label above it stands for
    if before is not None and not lines[before].text.endswith(
        ("。", "；", "：", ":", "）", ")", ".", "】", "]", "〕")
    ):
        return False
    long = len(below) > _MUCH_LONGER * len(text) and bool(re.search("[。；：]", below))
    return long or find_label(below) is not None
