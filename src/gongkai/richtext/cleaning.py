"""What of HTML is let through: the elements of an official document, no style, no script."""

from __future__ import annotations

import html as entities
import re

import nh3

TAGS = {
    "p", "h2", "h3", "h4", "strong", "em", "s", "sub", "sup", "blockquote", "ul", "ol", "li",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img", "a",
    "br", "hr",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
CLASSES = {"p": {"text-center", "text-right", "indent"}, "td": {"text-center", "text-right"}}
_RENAMED = (("b", "strong"), ("i", "em"), ("del", "s"), ("strike", "s"), ("h1", "h2"))
_IMAGE = re.compile(r"/files/\d+/")
_NO_TEXT = {"script", "style", "title", "head", "xml", "template", "noscript", "svg", "math"}
_EMPTY = re.compile(r"<p(?: [^>]*)?>(?:\s|&nbsp;|\u3000|<br>)*</p>")


def sanitise(html: str) -> str:
    """Return the HTML with only what an official document needs; the same again for its own result.

    Images are shown only from our own store, links lead to http, https or mail. What Word and WPS
    put on the clipboard besides (styles, office elements, empty paragraphs) is left out.
    """
    for old, new in _RENAMED:
        html = re.sub(rf"(?i)<(/?){old}(?=[\s>])", rf"<\1{new}", html)
    clean = nh3.clean(
        html,
        tags=TAGS,
        clean_content_tags=_NO_TEXT,
        attributes=ATTRIBUTES,
        allowed_classes=CLASSES,
        attribute_filter=_attribute,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
        strip_comments=True,
    )
    clean = clean.replace(' class=""', "")
    while (less := _EMPTY.sub("", clean)) != clean:
        clean = less
    return clean.strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src" and not _IMAGE.fullmatch(value):
        return None
    if name in ("colspan", "rowspan") and not value.isdigit():
        return None
    if name == "scope" and value not in ("row", "col"):
        return None
    return value


def from_typed(text: str) -> str:
    """Return what was typed as HTML: plain lines become paragraphs, HTML is sanitised."""
    if re.search(r"<(?:p|h[2-4]|table|ul|ol|div|br)\b", text, re.IGNORECASE):
        return sanitise(text)
    lines = (line.strip(" \t\u3000") for line in text.splitlines())
    return sanitise("".join(f"<p>{entities.escape(line)}</p>" for line in lines if line))
