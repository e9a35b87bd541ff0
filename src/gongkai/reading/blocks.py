"""The values that stand between a file and its meaning: text, blocks, refusal. Opens no files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

SourceKind = Literal["txt", "html", "docx", "xlsx", "pdf", "paste"]
BlockKind = Literal["line", "para", "heading", "title", "cell", "note", "meta"]

UnreadableCode = Literal[
    "missing",
    "not_a_file",
    "no_access",
    "empty",
    "encrypted",
    "damaged",
    "too_large",
    "too_large_unpacked",
    "old_format",
    "not_a_document",
    "no_text",
    "no_register",
]


class Unreadable(Exception):
    """The bytes cannot be read as a document; ``sentence`` says why and what to do next."""

    def __init__(self, code: UnreadableCode, sentence: str) -> None:
        super().__init__(sentence)
        self.code: UnreadableCode = code
        self.sentence = sentence


@dataclass(frozen=True, eq=False)
class Block:
    """One line, paragraph, heading or table cell, as a reader sees it, and where it came from.

    ``content`` is what is seen (in .html without tags and entities, in .pdf without line
    breaks inside a paragraph); ``at[i]`` is the offset in ``Source.text`` of ``content[i]``.
    ``start`` and ``end`` are the whole block in ``Source.text``. An empty cell is a block with
    empty content. All cells of one table share ``table``; ``row`` and ``col`` count from 0 in
    its grid, and a merged cell is one block with its ``rowspan`` and ``colspan``.
    """

    start: int
    end: int
    kind: BlockKind
    content: str
    at: Sequence[int]
    level: int | None = None
    """Outline level from 1, where the file knows it (h1–h6, heading styles, list depth)."""
    where: str | None = None
    """For people: "第3页", "第12段", "表1第3行第2列", "Sheet1!B4"; None where lines say it all."""
    tag: str = ""
    """In .html the last elements above the text, as "div.share>ul>li"; a meta block's name."""
    clutter: bool = False
    """In .html: stands in navigation, breadcrumb, share bar, footer or the like, by its tags."""
    table: int | None = None
    row: int | None = None
    col: int | None = None
    rowspan: int = 1
    colspan: int = 1
    wide: Mapping[int, int] = field(default_factory=dict)
    """Index of a character in ``content`` → how many characters it takes in the source
    (entities); all others take one."""

    def span(self, first: int = 0, last: int | None = None) -> tuple[int, int]:
        """Return start and end in ``Source.text`` of ``content[first:last]``."""
        last = len(self.content) if last is None else min(last, len(self.content))
        if first >= last:
            point = self.at[first] if first < len(self.content) else self.end
            return point, point
        return self.at[first], self.at[last - 1] + self.wide.get(last - 1, 1)


@dataclass(frozen=True, eq=False)
class Source:
    """A decoded document: ``text`` is what ``gongkai read --text`` prints, before any cleaning."""

    text: str
    kind: SourceKind
    name: str
    blocks: tuple[Block, ...]
    meta: tuple[Block, ...] = ()
    """In .html what stands in the head: blocks of kind "meta" with ``tag`` "title" or the
    name of the meta element (ArticleTitle, PubDate, ContentSource …); never part of the body."""
