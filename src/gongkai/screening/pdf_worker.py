"""The process that opens one .pdf from its standard input: looks, cleans, or draws its pages.

Run as a process of its own, with limits of memory and time, because the streams of a .pdf can
hide any size and broken files can keep a parser busy for ever (ADR 0022).
"""

from __future__ import annotations

import base64
import contextlib
import io
import json
import logging
import sys
import warnings
from collections.abc import Iterator
from typing import Any

from gongkai.reading.limits import MAX_PAGES, PDF_CPU_SECONDS, PDF_MEMORY_BYTES
from gongkai.screening.pdf_parts import about, cleaned

_DAMAGED = ["damaged", "文件已损坏或没有传完整，请重新下载，或在原软件中重新导出.pdf再上传。"]
_ENCRYPTED = ["encrypted", "文件加了密码，公众打不开。请去掉密码后重新上传。"]
_TOO_BIG = ["too_large_unpacked", "文件解开后太大，不像正常的文件，请重新导出.pdf再上传。"]
_TOO_MANY = ["too_large", f"文件超过{MAX_PAGES}页，没有查完。请分成几份。"]
_MOST_ATTACHED = 50 * 1024 * 1024
_MOST_DRAWN = 50


class _TooManyPages(Exception):
    pass


def messages(verb: str, data: bytes, options: list[str]) -> Iterator[dict[str, Any]]:
    """Yield what there is to say, then "done" or an "error" with code and sentence."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    try:
        if verb == "look":
            yield from _look(data)
        elif verb == "clean":
            yield from _clean(data)
        else:
            yield from _draw(data, [int(one) for one in options[0].split(",")])
    except _TooManyPages:
        yield {"error": _TOO_MANY}
    except Exception as error:  # the libraries raise anything on broken files
        yield {"error": _reason(error)}
    else:
        yield {"done": True}


def _look(data: bytes) -> Iterator[dict[str, Any]]:
    import pikepdf
    import pypdfium2

    with pikepdf.open(io.BytesIO(data)) as document:
        if len(document.pages) > MAX_PAGES:
            raise _TooManyPages
        if not document.pages:
            raise ValueError("no pages")
        found, files = about(document, data)
        yield {"about": found}
        for name, content in files:
            if len(content) <= _MOST_ATTACHED:
                yield {"file": name, "data": base64.b64encode(content).decode()}
    document = pypdfium2.PdfDocument(data)
    for page in document:
        words = page.get_textpage().get_text_bounded()
        yield {"page": words.replace("\ufffe", "").replace("\x00", "")}
        page.close()


def _clean(data: bytes) -> Iterator[dict[str, Any]]:
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as document:
        copy, removed = cleaned(document, data)
    if removed:
        yield {"copy": base64.b64encode(copy).decode()}
    yield {"removed": removed}


def _draw(data: bytes, numbers: list[int]) -> Iterator[dict[str, Any]]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    for number in numbers[:_MOST_DRAWN]:
        out = io.BytesIO()
        document[number].render(scale=2).to_pil().save(out, "PNG")
        yield {"number": number, "picture": base64.b64encode(out.getvalue()).decode()}


def _reason(error: BaseException | None) -> list[str]:
    while error is not None:
        name = type(error).__name__
        if name == "MemoryError":
            return _TOO_BIG
        if "Password" in name or "password" in str(error).lower():
            return _ENCRYPTED
        error = error.__cause__ or error.__context__
    return _DAMAGED


def _limit_self() -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (PDF_MEMORY_BYTES, PDF_MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (PDF_CPU_SECONDS, PDF_CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read standard input, print the messages one a line."""
    _limit_self()
    verb, *options = sys.argv[1:]
    for message in messages(verb, sys.stdin.buffer.read(), options):
        sys.stdout.write(json.dumps(message) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
