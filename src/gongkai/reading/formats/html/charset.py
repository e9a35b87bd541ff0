"""Which bytes are a page, and which encoding a page names. Decodes nothing."""

from __future__ import annotations

import re

_HEAD = 4096
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.I
)
_KNOWN = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5hkscs",
}
_ELEMENT = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|style|script|table|tbody|tr|td|div|section"
    r"|article|main|p|span|font|center|h[1-6]|ul|ol|li|br|hr|a|b|strong|img|form|input)\b[^<>]*>",
    re.I,
)
_CLOSING = re.compile(r"</(?:html|body|div|p|td|table|li|h[1-6])\s*>", re.I)
_COMMENTS = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*|<\?xml\b[^>]{0,200}\?>\s*)*", re.S)


def declared(data: bytes) -> str | None:
    """Return the Chinese encoding that the page's head names, or None; UTF-8 is tried anyway."""
    match = _DECLARED.search(data[:_HEAD])
    return _KNOWN.get(match[1].decode("ascii", "replace").lower()) if match else None


def is_page(text: str, name: str) -> bool:
    """Tell whether the text is the source of a page or a piece of one.

    It is when it begins with an element, or is named .html and closes one somewhere.
    """
    start = _COMMENTS.match(text)
    position = start.end() if start else 0
    if _ELEMENT.match(text, position):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml", ".shtml")) and bool(
        _CLOSING.search(text)
    )
