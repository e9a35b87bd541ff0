"""What the styles of a .docx say of a paragraph: title, outline level, list. Reads no text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from gongkai.reading.formats.package import Element, attribute, child, local, value, whole

_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])$", re.I)
_TITLE = re.compile(r"(?:title|标题|文档标题)$", re.I)
_CONTENTS = re.compile(r"(?:toc|目录)\s*[1-9]?$|(?:toc|contents) heading$", re.I)


@dataclass(frozen=True)
class Style:
    """A paragraph style by itself; what it leaves open its base says."""

    name: str
    base: str | None
    outline: int | None
    list_id: str | None
    depth: int | None


@dataclass
class Styles:
    """All paragraph styles of a document."""

    _styles: dict[str, Style] = field(default_factory=dict)
    _default: str = ""

    @classmethod
    def of(cls, root: Element | None) -> Styles:
        """Read the styles part; None gives a document without styles."""
        styles = cls()
        for element in [] if root is None else root:
            if local(element) != "style":
                continue
            key = attribute(element, "styleId") or ""
            styles._styles[key] = _style(element)
            if attribute(element, "type") == "paragraph" and attribute(element, "default") == "1":
                styles._default = key
        return styles

    def _chain(self, key: str | None) -> Iterator[Style]:
        seen: set[str] = set()
        key = key or self._default
        while key and key not in seen and key in self._styles:
            seen.add(key)
            yield self._styles[key]
            key = self._styles[key].base or ""

    def is_title(self, key: str | None) -> bool:
        """Tell whether the style is that of the document's title."""
        return any(_TITLE.match(style.name) for style in self._chain(key))

    def is_contents(self, key: str | None) -> bool:
        """Tell whether the style is that of the generated table of contents."""
        return any(_CONTENTS.match(style.name) for style in self._chain(key))

    def level(self, key: str | None) -> int | None:
        """Return the outline level from 1 that the style gives, None for body text."""
        for style in self._chain(key):
            if style.outline is not None:
                return style.outline + 1 if style.outline < 9 else None
            named = _HEADING.match(style.name)
            if named:
                return int(named[1])
        return None

    def list_id(self, key: str | None) -> str | None:
        """Return the list that the style puts its paragraphs in."""
        return next((one.list_id for one in self._chain(key) if one.list_id is not None), None)

    def depth(self, key: str | None) -> int | None:
        """Return the level of the list that the style names, from 0."""
        return next((one.depth for one in self._chain(key) if one.depth is not None), None)


def _style(element: Element) -> Style:
    properties = child(element, "pPr")
    outline, depth = value(properties, "outlineLvl"), value(properties, "numPr", "ilvl")
    return Style(
        name=value(element, "name") or "",
        base=value(element, "basedOn"),
        outline=None if outline is None else whole(outline, 9),
        list_id=value(properties, "numPr", "numId"),
        depth=None if depth is None else whole(depth, 0),
    )
