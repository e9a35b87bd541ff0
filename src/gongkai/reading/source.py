"""The reader's first step: bytes or pasted text → ``Source``. Knows nothing of clauses or tasks.

The content decides what a file is, never its name.
"""

from __future__ import annotations

from collections.abc import Callable

from gongkai.reading.blocks import Block, Source, SourceKind, Unreadable
from gongkai.reading.formats.draft import check_characters
from gongkai.reading.formats.signature import kind_of
from gongkai.reading.limits import MAX_BYTES

__all__ = ["Block", "Progress", "Source", "Unreadable", "load", "paste", "too_large"]

Progress = Callable[[int, int], None]
"""Called with what is done and the total, in units of the format (pages, parts, characters)."""


def paste(text: str, *, name: str = "粘贴的文字") -> Source:
    """Return pasted text as a source, one block a line; offsets are those of ``text``.

    A leading byte order mark is taken off; what no database can hold (NUL, half surrogates)
    becomes U+FFFD, one for one. Raises ``Unreadable`` (empty, too_large).
    """
    from gongkai.reading.formats.lines import line_blocks

    text = _storable(text.removeprefix("\ufeff"))
    check_characters(len(text))
    if not text.strip():
        raise Unreadable("empty", "没有文字，请粘贴文件的正文。")
    return Source(text, "paste", name, tuple(line_blocks(text)))


def load(data: bytes, name: str, *, progress: Progress | None = None) -> Source:
    """Return the file's text and blocks, its kind decided by its content.

    Raises ``Unreadable`` with a code and a sentence, and nothing else, for any bytes.
    """
    if len(data) > MAX_BYTES:
        raise too_large()
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise Unreadable("empty", "文件是空的，请确认选的是原文件。")
    kind = kind_of(data)
    if kind == "text":
        return _text_or_page(data, name, progress)
    try:
        text, blocks = _read(kind, data, progress)
    except (RecursionError, MemoryError) as error:
        raise Unreadable(
            "too_large_unpacked", "文件里的内容太多或嵌套太深，请另存一份简单的再上传。"
        ) from error
    if not any(block.content.strip() for block in blocks):
        raise Unreadable("no_text", "文件里没有文字，请确认选的是原文件。")
    return Source(text, kind, name, blocks)


def too_large() -> Unreadable:
    """Return the refusal of a file over the limit, for callers who know its size beforehand."""
    return Unreadable("too_large", f"文件超过 {MAX_BYTES >> 20} MB，请去掉图片或分成几份再读。")


def _read(
    kind: SourceKind, data: bytes, progress: Progress | None
) -> tuple[str, tuple[Block, ...]]:
    # Imported where they are used: a plain text is read without loading the .pdf library.
    if kind == "docx":
        from gongkai.reading.formats.docx import read_docx

        return read_docx(data, progress)
    if kind == "xlsx":
        from gongkai.reading.formats.xlsx import read_xlsx

        return read_xlsx(data, progress)
    from gongkai.reading.formats.pdf import read_pdf

    return read_pdf(data, progress)


def _text_or_page(data: bytes, name: str, progress: Progress | None) -> Source:
    from gongkai.reading.formats.html import charset, read_html
    from gongkai.reading.formats.lines import line_blocks
    from gongkai.reading.formats.text import decode

    text = _storable(decode(data, declared=charset.declared(data)))
    check_characters(len(text))
    if charset.is_page(text, name):
        blocks, meta = read_html(text, progress)
        return Source(text, "html", name, blocks, meta)
    if not text.strip():
        raise Unreadable("empty", "文件里没有文字，请确认选的是原文件。")
    return Source(text, "txt", name, tuple(line_blocks(text)))


def _storable(text: str) -> str:
    """Replace NUL and lone surrogates by U+FFFD, one for one, so that offsets stay."""
    text = text.replace("\x00", "\ufffd")
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
