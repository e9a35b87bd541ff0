"""The process that unpacks one .pdf from its standard input and prints each page as JSON.

With ``--open`` it only opens the file and counts its pages.

Run as a process of its own, with limits of memory and time, because the streams of a .pdf can
hide any size and broken files can keep the parser busy for ever.
"""

from __future__ import annotations

import contextlib
import io
import json
import logging
import sys
from collections.abc import Iterator
from typing import Any

from gongkai.reading.formats.pdf.page import PageText, text_of_page
from gongkai.reading.limits import MAX_PAGES, PDF_CPU_SECONDS, PDF_MEMORY_BYTES, PDF_OPEN_SECONDS

_DAMAGED = ["damaged", "文件已损坏或没有传完整，请重新下载，或在原软件中重新导出 .pdf 再上传。"]
_ENCRYPTED = ["encrypted", "文件加了密码，请去掉密码后再上传。"]
_TOO_BIG = ["too_large_unpacked", "文件解开后太大，不像正常的文件，请重新导出 .pdf 再上传。"]
_TOO_MANY = ["too_large", f"文件超过 {MAX_PAGES} 页，请分成几份再读。"]


def messages(data: bytes, *, only_open: bool = False) -> Iterator[dict[str, Any]]:
    """Yield a message for each page, then "done" or an "error" with code and sentence.

    ``only_open`` looks no further than whether the file opens and has pages.
    """
    logging.disable(logging.CRITICAL)
    try:
        for page, count in _pages(data, only_open):
            yield {"page": page.as_json(), "of": count}
    except _TooManyPages:
        yield {"error": _TOO_MANY}
    except Exception as error:  # the parser raises anything on broken files
        yield {"error": _reason(error)}
    else:
        yield {"done": True}


class _TooManyPages(Exception):
    pass


def _pages(data: bytes, only_open: bool) -> Iterator[tuple[PageText, int]]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as document:
        count = len(document.pages)
        if count > MAX_PAGES:
            raise _TooManyPages
        if not count:
            raise ValueError("no pages")
        for number, page in enumerate(() if only_open else document.pages, 1):
            yield text_of_page(page, number), count
            page.close()


def _reason(error: BaseException | None) -> list[str]:
    # The library wraps what happened below in exceptions of its own.
    while error is not None:
        wrapped = [error, *(one for one in error.args if isinstance(one, BaseException))]
        names = " ".join(type(one).__name__ for one in wrapped)
        if "MemoryError" in names:
            return _TOO_BIG
        if "Password" in names or "Encryption" in names:
            return _ENCRYPTED
        error = error.__cause__ or error.__context__
    return _DAMAGED


def _limit_self(seconds: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY_BYTES, PDF_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read standard input, print the messages one a line."""
    only_open = "--open" in sys.argv[1:]
    _limit_self(PDF_OPEN_SECONDS if only_open else PDF_CPU_SECONDS)
    for message in messages(sys.stdin.buffer.read(), only_open=only_open):
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
