"""The reader's first step: bytes or pasted text → ``Source``. Knows nothing of clauses or tasks.

The content decides what a file is, never its name.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.reading.blocks import Block, Source, Unreadable
from gongkai.reading.formats.lines import line_blocks
from gongkai.reading.limits import MAX_BYTES, MAX_CHARACTERS

__all__ = ["Block", "Progress", "Source", "Unreadable", "load", "paste"]

Progress = Callable[[int, int], None]
"""Called with what is done and the total, in units of the format (pages, paragraphs, bytes)."""


def paste(text: str, *, name: str = "粘贴的文字") -> Source:
    """Return pasted text as a source, one block a line; offsets are those of ``text``.

    A leading byte order mark is taken off; what no database can hold (NUL, half surrogates)
    becomes U+FFFD, one for one. Raises ``Unreadable`` (empty, too_large).
    """
    text = storable(text.removeprefix("\ufeff"))
    if len(text) > MAX_CHARACTERS:
        raise Unreadable("too_large", f"文字超过 {MAX_CHARACTERS // 10_000} 万字，请分成几份再读。")
    if not text.strip():
        raise Unreadable("empty", "没有文字，请粘贴文件的正文。")
    return Source(text, "paste", name, tuple(line_blocks(text)))


def load(data: bytes, name: str, *, progress: Progress | None = None) -> Source:
    """Return the file's text and blocks, its kind decided by its content.

    Raises ``Unreadable`` with a code and a sentence, and nothing else, for any bytes.
    """
    if not data.strip():
        raise Unreadable("empty", "文件是空的，请确认上传的是原文件。")
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", f"文件超过 {MAX_BYTES >> 20} MB，请去掉图片或分成几份再读。")
    text = data.decode("utf-8-sig")
    return Source(text, "txt", name, tuple(line_blocks(text)))


def storable(text: str) -> str:
    """Replace NUL and lone surrogates by U+FFFD, one for one, so that offsets stay."""
    text = text.replace("\x00", "\ufffd")
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
