"""Any HTML or plain text → the one form in which a body is kept; the only gate to it."""

from __future__ import annotations

from dataclasses import dataclass

import nh3

from gongkai.richtext import texts
from gongkai.richtext.addresses import Owns, no_pictures
from gongkai.richtext.build import Builder
from gongkai.richtext.nodes import PARAGRAPH_CLASSES, WIDTHS, Block, Paragraph, Run
from gongkai.richtext.source import parse
from gongkai.richtext.write import write

TAGS = {
    "p", "h2", "h3", "h4", "strong", "em", "u", "s", "sub", "sup", "blockquote", "ul", "ol", "li",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "a",
    "br", "hr",
}  # fmt: skip
"""Every element that a body may have."""

_ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt", "role"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
}
_TEXT_CLASSES = set(PARAGRAPH_CLASSES)
_CLASSES = {
    "p": _TEXT_CLASSES, "h2": _TEXT_CLASSES, "h3": _TEXT_CLASSES, "h4": _TEXT_CLASSES,
    "th": set(WIDTHS), "td": set(WIDTHS),
}  # fmt: skip


@dataclass(frozen=True)
class Cleaned:
    """A clean body, and how many pictures were left out because they are not our files."""

    html: str
    lost_pictures: int = 0


def sanitise(html: str, owns: Owns = no_pictures) -> str:
    """Return the body as it is kept: known elements only, nothing that acts, no style.

    ``owns`` tells which pictures are our own files; others are left out. Cleaning what is
    clean changes nothing.
    """
    return clean(html, owns).html


def clean(html: str, owns: Owns = no_pictures) -> Cleaned:
    """Return the body as it is kept, and what it cost."""
    builder = Builder(owns)
    written = write(builder.blocks(parse(html)))
    # What we wrote is clean by construction; this second lock is a library many eyes look at.
    locked = nh3.clean(
        written,
        tags=TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        link_rel=None,
        url_schemes={"http", "https", "mailto"},
    )
    return Cleaned(locked, builder.lost)


def from_text(text: str) -> str:
    """Return typed text as a body: each line a paragraph, spaces before it an indent."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    blocks: list[Block] = []
    for line in lines:
        blocks += texts.paragraphs(Paragraph(runs=[Run(texts.plain_text(line))]))
    return sanitise(write(blocks))


def from_either(value: str, owns: Owns = no_pictures) -> str:
    """Return what came from the editor or, without script, from the plain box, as a body."""
    return sanitise(value, owns) if value.lstrip().startswith("<") else from_text(value)
