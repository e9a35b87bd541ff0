"""Lists: what may stand in an item, and paragraphs of office programs that are lists in truth."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.richtext import tables
from gongkai.richtext.nodes import (
    INDENT,
    Block,
    Figure,
    Listing,
    Numbered,
    Paragraph,
    Quote,
    Run,
    Table,
)
from gongkai.richtext.texts import without_bullet

_DIGITS = re.compile(r"(\d{1,4})[.)．]")
# Single letters are bullets of the symbol fonts: § ▪, Ø ➢, ü ✓, l ●, n ■, u ◆, v ❖, o ○.
_SYMBOL = re.compile(r"[§Øüqlnuvo]|[^\w\s(（]")


def numbered(marker: str, level: int) -> Numbered | None:
    """Return what a shown marker makes of its paragraph; None where it is part of the words.

    The numbers of official documents (一、 （一） 1.1) are words: a browser would number otherwise.
    """
    marker = marker.strip()
    if found := _DIGITS.fullmatch(marker):
        return Numbered("ol", level, int(found[1]))
    return Numbered("ul", level) if not marker or _SYMBOL.fullmatch(marker) else None


def gather(blocks: list[Block]) -> list[Block]:
    """Put paragraphs that stand in lists of an office program into lists."""
    out: list[Block] = []
    waiting: list[Paragraph] = []
    for block in blocks:
        listed = block
        if isinstance(block, Paragraph) and not block.numbered:
            listed = without_bullet(block) or block
        if isinstance(listed, Paragraph) and listed.numbered:
            waiting.append(listed)
            continue
        out += _nested(waiting)
        waiting = []
        out.append(block)
    return out + _nested(waiting)


def _nested(paragraphs: list[Paragraph]) -> list[Block]:
    out: list[Block] = []
    stack: list[tuple[int, Listing]] = []
    for paragraph in paragraphs:
        told = paragraph.numbered or Numbered("ul", 1)
        while stack and stack[-1][0] > told.level and len(stack) > 1:
            stack.pop()
        if stack and stack[-1][0] > told.level:
            stack = []
        item: list[Block] = [_item_paragraph(paragraph)]
        if stack and stack[-1][0] == told.level:
            listing = stack[-1][1]
            follows = listing.start + len(listing.items) == told.number
            if listing.tag == told.tag and (told.tag == "ul" or follows):
                listing.items.append(item)
                continue
            stack.pop()
        listing = Listing(told.tag, [item], told.number if told.tag == "ol" else 1)
        (stack[-1][1].items[-1] if stack else out).append(listing)
        stack.append((told.level, listing))
    return out


def _item_paragraph(paragraph: Paragraph) -> Paragraph:
    classes = tuple(name for name in paragraph.classes if name != INDENT)
    return replace(paragraph, tag="p", classes=classes, numbered=None)


def listing(tag: str, start: int, items: list[list[Block]]) -> list[Block]:
    """Return the list; what cannot stand in an item stands behind it, and the list goes on."""
    out: list[Block] = []
    current = Listing(tag, [], start)
    number = start
    for item in items:
        inside: list[Block] = []
        outside: list[Block] = []
        for block in _flat(item):
            allowed = isinstance(block, Paragraph | Listing) and not outside
            (inside if allowed else outside).append(block)
        inside = [_item_paragraph(b) if isinstance(b, Paragraph) else b for b in inside]
        if inside and isinstance(inside[0], Listing):
            inside = _without_own_words(current, inside)
        if inside:
            current.items.append(inside)
            number += 1
        if outside:
            out += [current] if current.items else []
            out += outside
            current = Listing(tag, [], number if tag == "ol" else 1)
    return out + ([current] if current.items else [])


def _without_own_words(current: Listing, inside: list[Block]) -> list[Block]:
    """Hang an item that starts with a list under the one before it, or take its items up."""
    if current.items:
        current.items[-1] += inside
        return []
    for block in inside:
        if isinstance(block, Listing):
            current.items += block.items
        elif current.items:
            current.items[-1].append(block)
    return []


def _flat(blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    for block in blocks:
        out += block.blocks if isinstance(block, Quote) else [block]
    return out


def quote(blocks: list[Block]) -> list[Block]:
    """Return the quotation; what cannot stand in it stands between its parts."""
    out: list[Block] = []
    for block in _flat(blocks):
        if isinstance(block, Paragraph | Listing):
            if isinstance(block, Paragraph):
                block = replace(block, tag="p")
            if out and isinstance(out[-1], Quote):
                out[-1].blocks.append(block)
            else:
                out.append(Quote([block]))
        else:
            out.append(block)
    return out


def in_cell(blocks: list[Block]) -> list[Block]:
    """Return what a cell may hold: paragraphs, lists and pictures."""
    out: list[Block] = []
    for block in blocks:
        match block:
            case Paragraph():
                out.append(replace(block, tag="p"))
            case Listing() | Figure():
                out.append(block)
            case Quote():
                out += block.blocks
            case Table():
                out += tables.words(block)
            case _:
                continue
    return out


def marker_run(marker: str) -> Run:
    """Return a marker as words in front of its paragraph."""
    marker = marker.strip()
    return Run(marker if not marker[-1:].isascii() else f"{marker} ")


def flattened(blocks: list[Block]) -> list[Block]:
    """Return the paragraphs of lists that stand too deep to be told apart."""
    out: list[Block] = []
    for block in blocks:
        if isinstance(block, Listing):
            for item in block.items:
                out += flattened(item)
        else:
            out.append(block)
    return out
