"""What rich text says: its paragraphs as plain text, its images without words."""

from __future__ import annotations

from lxml import html as parser

_BLOCKS = {"p", "h2", "h3", "h4", "li", "td", "th", "caption", "figcaption", "blockquote"}


def paragraphs(html: str) -> list[str]:
    """Return the text of each paragraph, heading, list entry and cell, in reading order."""
    if not html.strip():
        return []
    found: list[str] = []
    for element in parser.fragment_fromstring(html, create_parent="div").iter():
        if element.tag in _BLOCKS and not any(
            child.tag in _BLOCKS for child in element.iterdescendants()
        ):
            text = " ".join("".join(element.itertext()).split())
            if text:
                found.append(text)
    return found


def plain(html: str) -> str:
    """Return rich text as plain text, a line for each paragraph; loose words are not lost."""
    lines = paragraphs(html)
    if lines or not html.strip():
        return "\n".join(lines)
    return str(parser.fragment_fromstring(html, create_parent="div").text_content()).strip()


def missing_alternatives(html: str) -> int:
    """Return how many images have no words for who cannot see them."""
    if not html.strip():
        return 0
    images = parser.fragment_fromstring(html, create_parent="div").iter("img")
    return sum(not (image.get("alt") or "").strip() for image in images)
