"""What a body says: its text, paragraphs, pictures and links. Changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.richtext.build import Builder
from gongkai.richtext.nodes import (
    INDENT,
    Block,
    Figure,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from gongkai.richtext.source import parse


@dataclass(frozen=True)
class Image:
    """A picture in a body; ``alt`` None: nobody has said what it shows."""

    src: str
    alt: str | None
    decorative: bool
    caption: str


@dataclass(frozen=True)
class Link:
    """A link in a body."""

    href: str
    text: str


def _blocks(html: str) -> list[Block]:
    return Builder(lambda _src: True).blocks(parse(html))


def _walk(blocks: list[Block]) -> Iterator[Paragraph | Figure | Table]:
    for block in blocks:
        match block:
            case Paragraph() | Figure():
                yield block
            case Listing():
                for item in block.items:
                    yield from _walk(item)
            case Quote():
                yield from _walk(block.blocks)
            case Table():
                yield block
                for row in block.rows:
                    for cell in row:
                        yield from _walk(cell.blocks)
            case _:
                continue


def paragraphs(html: str) -> list[str]:
    """Return the words of the body by paragraph, headings, captions and cells too."""
    found: list[str] = []
    for block in _walk(_blocks(html)):
        words = block.text if isinstance(block, Paragraph) else block.caption
        if words:
            found.append(words)
    return found


def plain(html: str) -> str:
    """Return the words of the body as text, one paragraph a line, the cells of a row on one."""
    return "\n".join(_lines(_blocks(html)))


def _lines(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case Figure():
                if block.caption:
                    yield block.caption
            case Listing():
                for item in block.items:
                    yield from _lines(item)
            case Quote():
                yield from _lines(block.blocks)
            case Table():
                if block.caption:
                    yield block.caption
                for row in block.rows:
                    yield "\t".join(" ".join(_lines(c.blocks)).replace("\n", " ") for c in row)
            case Rule():
                continue


def images(html: str) -> list[Image]:
    """Return the pictures in their order."""
    found = (block for block in _walk(_blocks(html)) if isinstance(block, Figure))
    return [Image(f.src, f.alt, f.decorative, f.caption) for f in found]


def missing_alternatives(html: str) -> list[Image]:
    """Return the pictures whose words are missing and that are not marked as decoration."""
    return [image for image in images(html) if not image.alt and not image.decorative]


def tables_without_headings(html: str) -> int:
    """Return how many tables have no heading cell: a screen reader reads them as numbers only."""
    found = (block for block in _walk(_blocks(html)) if isinstance(block, Table))
    return sum(not any(cell.header for row in table.rows for cell in row) for table in found)


def links(html: str) -> list[Link]:
    """Return the links in their order, each with its words."""
    found: list[Link] = []
    for block in _walk(_blocks(html)):
        last = ""
        for run in block.runs if isinstance(block, Paragraph) else []:
            if run.href and run.href == last:
                found[-1] = Link(run.href, found[-1].text + run.text)
            elif run.href:
                found.append(Link(run.href, run.text))
            last = run.href
    return found


def as_typed(html: str) -> str:
    """Return the body for the plain box: text where nothing is lost by it, else the HTML."""
    blocks = _blocks(html)
    simple = all(
        isinstance(b, Paragraph) and b.tag == "p" and set(b.classes) <= {INDENT} and _bare(b.runs)
        for b in blocks
    )
    if not simple or any(b.text.startswith("<") for b in blocks if isinstance(b, Paragraph)):
        return html
    return "\n".join(
        ("　　" if INDENT in b.classes else "") + b.text for b in blocks if isinstance(b, Paragraph)
    )


def _bare(runs: list[Run]) -> bool:
    return all(not run.marks and not run.href and run.text != "\n" for run in runs)
