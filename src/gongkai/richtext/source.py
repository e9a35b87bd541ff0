"""Any HTML → a tree in which scripts, comments and foreign elements are gone; judges no content."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree.ElementTree import Element, TreeBuilder

import nh3

MAX_DEPTH = 80
"""Elements inside one another; Word nests some twenty, beyond this only the text is taken."""

_GONE = {
    "script", "style", "xml", "title", "head", "template", "noscript", "iframe", "object",
    "svg", "math", "select", "textarea", "audio", "video", "canvas",
}  # fmt: skip
_READ = {
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "br", "caption", "center",
    "cite", "code", "col", "colgroup", "dd", "del", "div", "dl", "dt", "em", "figcaption", "figure",
    "font", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "li",
    "main", "mark", "nav", "ol", "p", "pre", "q", "s", "section", "small", "span", "strike",
    "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul",
}  # fmt: skip
_KEPT = {
    "*": {"style", "class", "align"},
    "a": {"href"},
    "img": {"src", "alt", "role"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


_VOID = {"br", "hr", "img", "col"}


class _Tree(HTMLParser):
    """Builds the tree of HTML that is already well nested, exactly as it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._builder = TreeBuilder()
        self._builder.start("body", {})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; a void one is closed at once."""
        self._builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in _VOID:
            self._builder.end(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close an element."""
        if tag not in _VOID:
            self._builder.end(tag)

    def handle_data(self, data: str) -> None:
        """Take text."""
        self._builder.data(data)

    def root(self) -> Element:
        """Return the element that holds all."""
        self.close()
        self._builder.end("body")
        return self._builder.close()


def parse(html: str) -> Element:
    """Return the element whose children are what the HTML shows.

    It is read by the rules of browsers, so that what comes after sees the tree that they see;
    their reader also closes what was left open and takes out what no body may hold.
    """
    known = nh3.clean(
        html.encode("utf-8", "ignore").decode().replace("\x00", ""),
        tags=_READ,
        clean_content_tags=_GONE,
        attributes=_KEPT,
        link_rel=None,
        strip_comments=True,
        url_schemes={"http", "https", "mailto"},
    )
    tree = _Tree()
    tree.feed(known)
    return tree.root()
