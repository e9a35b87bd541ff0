"""Plain text → one block a line. Decodes nothing and joins nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.reading.blocks import Block

_LINE = re.compile(r"[^\r\n\x0b\x0c\u2028\u2029]*(\r\n|[\r\n\x0b\x0c\u2028\u2029]|$)")


def line_blocks(text: str) -> Iterator[Block]:
    """Yield every line of ``text``, blank ones too, without its line end."""
    position = 0
    while position < len(text):
        match = _LINE.match(text, position)
        if match is None:  # pragma: no cover - the pattern matches everywhere
            return
        start, end = match.start(), match.start(1)
        yield Block(start, end, "line", text[start:end], range(start, end))
        position = match.end()
