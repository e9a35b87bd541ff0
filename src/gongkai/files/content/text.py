"""Tells text from bytes: which encodings are read, what makes it a web page."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from gongkai.files.states import Kind

_HTML = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAG = re.compile(r"<(?:!doctype|html|body|div|p|table|h[1-6]|meta|span|br)\b", re.I)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_kind(path: Path, said: str) -> Kind | None:
    """Return txt, csv or html; None for what is no text in UTF-8, UTF-16 with mark or GB18030.

    Text is what its name says it is: a page of source code saved as .txt is a text. Without a
    telling name, a file that begins as a web page is one.
    """
    text = _decoded(path.read_bytes())
    if text is None:
        return None
    if said in Kind.HTML.extensions and _TAG.search(text):
        return Kind.HTML
    if said == Kind.CSV.value:
        return Kind.CSV
    if said == Kind.TXT.value:
        return Kind.TXT
    return Kind.HTML if _HTML.match(text) else Kind.TXT


def _decoded(data: bytes) -> str | None:
    marked = [encoding for mark, encoding in _MARKED if data.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            # Not the end: a text that was cut in the middle of a character is a text still.
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        return None if _CONTROL.search(text) else text
    return None
