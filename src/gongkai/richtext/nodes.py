"""What a body is made of: blocks and runs of text. Knows neither HTML nor where it came from."""

from __future__ import annotations

from dataclasses import dataclass, field

MARKS = ("strong", "em", "u", "s", "sub", "sup")
"""The marks of a run of text, in the order in which they are written, outermost first."""

ALIGNED = ("text-center", "text-right")
INDENT = "indent"
NOTE = "note"
WIDTHS = tuple(f"w-{share}" for share in range(10, 100, 10))
"""Shares of a table's width in per cent: the content policy forbids widths of one's own."""

PARAGRAPH_CLASSES = (*ALIGNED, INDENT, NOTE)
CELL_CLASSES = WIDTHS


@dataclass(frozen=True)
class Run:
    """Text with its marks and, for a link, its address; a line break is the text ``\\n``."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


@dataclass(frozen=True)
class Numbered:
    """That a paragraph of an office program stands in a list: its kind, level and number."""

    tag: str
    level: int
    number: int = 1


@dataclass
class Paragraph:
    """A paragraph or, by its tag, a heading."""

    tag: str = "p"
    classes: tuple[str, ...] = ()
    runs: list[Run] = field(default_factory=list)
    numbered: Numbered | None = None

    @property
    def text(self) -> str:
        """The words without marks."""
        return "".join(run.text for run in self.runs)


@dataclass
class Listing:
    """A list; each item holds paragraphs, lists and pictures, first a paragraph."""

    tag: str
    items: list[list[Block]]
    start: int = 1


@dataclass
class Quote:
    """Words of others: paragraphs and lists."""

    blocks: list[Block]


@dataclass
class Figure:
    """A picture with the words that stand for it; ``alt`` None: nobody has said them yet."""

    src: str
    alt: str | None = None
    decorative: bool = False
    caption: str = ""


@dataclass
class Rule:
    """A line across the page."""


@dataclass
class Cell:
    """One cell of a table, over as many columns and rows as it is merged from."""

    header: bool
    blocks: list[Block]
    colspan: int = 1
    rowspan: int = 1
    classes: tuple[str, ...] = ()


@dataclass
class Table:
    """A table whose rows all fill its width."""

    rows: list[list[Cell]]
    caption: str = ""


Block = Paragraph | Listing | Quote | Figure | Rule | Table
