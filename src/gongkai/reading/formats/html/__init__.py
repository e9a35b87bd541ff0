""".html → blocks whose every character knows its place in the page's source; drops no text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gongkai.reading.blocks import Block, Unreadable
from gongkai.reading.formats.html.page import Page, emit

_DAY = re.compile(r"(?:日期|时间|發佈|发布|來源|来源)[^。]{0,20}?[12]\d{3}[-/.年]\s?\d")
"""The line of date and source, which pages put into one bar with sharing and type size."""


def read_html(
    source: str, progress: Callable[[int, int], None] | None = None
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Return the blocks of the page and those of its head.

    Raises ``Unreadable`` (no_text) when a reader would see nothing, (too_large) for too many
    cells.
    """
    page = Page(source)
    for position in page.read():
        if progress:
            progress(position, len(source))
    blocks = emit(page.items)
    if not any(block.content.strip() for block in blocks):
        raise Unreadable("no_text", "网页里没有可读的文字，请打开网页后复制正文粘贴。")
    return tuple(_believable(blocks)), tuple(page.meta)


def _believable(blocks: list[Block]) -> list[Block]:
    """Take back clutter marks that mislead: over most of the page, or on the day it came out."""
    covered = sum(len(block.content) for block in blocks if block.clutter)
    if covered * 2 > sum(len(block.content) for block in blocks):
        return [replace(block, clutter=False) for block in blocks]
    return [
        replace(block, clutter=False) if block.clutter and _DAY.search(block.content) else block
        for block in blocks
    ]
