""".html → blocks whose every character knows its place in the page's source; drops no text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gongkai.reading.blocks import Block, Unreadable
from gongkai.reading.formats.html.page import Page, emit


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
    """Take the clutter marks off when they would cover most of the page: names can mislead."""
    covered = sum(len(block.content) for block in blocks if block.clutter)
    if covered * 2 <= sum(len(block.content) for block in blocks):
        return blocks
    return [replace(block, clutter=False) for block in blocks]
