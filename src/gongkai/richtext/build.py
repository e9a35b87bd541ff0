"""A tree of HTML → blocks: what Word, WPS, Excel and browsers wrote is read for what it means."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from gongkai.richtext import addresses, lists, tables, texts
from gongkai.richtext.nodes import (
    ALIGNED,
    INDENT,
    NOTE,
    WIDTHS,
    Block,
    Cell,
    Figure,
    Numbered,
    Paragraph,
    Rule,
    Run,
)
from gongkai.richtext.source import MAX_DEPTH
from gongkai.richtext.styles import Style

_HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
_MARKS = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "u": "u", "ins": "u",
    "s": "s", "strike": "s", "del": "s", "sub": "sub", "sup": "sup",
}  # fmt: skip
_BLOCKS = {
    "p", "div", "section", "article", "aside", "main", "header", "footer", "nav", "center", "pre",
    "address", "dl", "dt", "dd", "figcaption", "caption", "li", "tr", "td", "th", "body",
    *_HEADINGS,
}  # fmt: skip
_LIST_DEPTH = 6
_NUMBER = re.compile(r"\d{1,4}")


@dataclass
class Flow:
    """Blocks as they come, and the paragraph that is being read."""

    blocks: list[Block] = field(default_factory=list)
    raw: Paragraph = field(default_factory=Paragraph)

    def flush(self) -> None:
        """End the paragraph."""
        self.blocks += texts.paragraphs(self.raw)
        self.raw = Paragraph()

    def done(self) -> list[Block]:
        """End and return the blocks."""
        self.flush()
        return self.blocks


@dataclass(frozen=True)
class Place:
    """Where in the tree the reader stands, and what holds there."""

    marks: frozenset[str] = frozenset()
    href: str = ""
    align: str = ""
    indent: bool = False
    note: bool = False
    tag: str = "p"
    depth: int = 0
    lists: int = 0


class Builder:
    """Reads a tree; counts the pictures that are not ours and were left out."""

    def __init__(self, owns: addresses.Owns) -> None:
        self.owns = owns
        self.lost = 0

    def blocks(self, body: Element) -> list[Block]:
        """Return what the tree says."""
        return lists.gather(self._inside(body, Place()))

    def _inside(self, element: Element, place: Place) -> list[Block]:
        flow = Flow()
        self._start(flow, place)
        self._children(element, flow, place)
        return flow.done()

    def _start(self, flow: Flow, place: Place) -> None:
        named = {f"text-{place.align}": True, INDENT: place.indent, NOTE: place.note}
        flow.raw = Paragraph(place.tag, tuple(name for name, on in named.items() if on))

    def _children(self, element: Element, flow: Flow, place: Place) -> None:
        self._text(element.text, flow, place)
        for child in element:
            self._element(child, flow, replace(place, depth=place.depth + 1))
            self._text(child.tail, flow, place)

    def _text(self, text: str | None, flow: Flow, place: Place) -> None:
        if text:
            flow.raw.runs.append(Run(texts.plain_text(text), place.marks, place.href))

    def _element(self, element: Element, flow: Flow, place: Place) -> None:
        style = Style.of(element.get("style"))
        if style.hidden:
            return
        if place.depth > MAX_DEPTH:
            self._text(" ".join(element.itertext()), flow, place)
            return
        if style.is_list_marker:
            self._marker(element, flow)
            return
        match element.tag:
            case "br":
                flow.raw.runs.append(Run("\n"))
            case "img":
                self._aside(flow, place, self._picture(element, ""))
            case "hr":
                self._aside(flow, place, [Rule()])
            case "ul" | "ol":
                self._aside(flow, place, self._listing(element, place))
            case "table":
                self._aside(flow, place, self._table(element, place))
            case "blockquote":
                inner = self._inside(element, replace(place, tag="p", indent=False))
                self._aside(flow, place, lists.quote(inner))
            case "figure" if element.find(".//img") is not None:
                self._aside(flow, place, self._figure(element))
            case tag if tag in _BLOCKS:
                flow.flush()
                inner_place = _block_place(element, style, place)
                self._start(flow, inner_place)
                flow.raw.numbered = _list_of(element, style)
                self._children(element, flow, inner_place)
                flow.flush()
                self._start(flow, place)
            case _:
                self._children(element, flow, _inline_place(element, style, place))

    def _aside(self, flow: Flow, place: Place, blocks: list[Block]) -> None:
        """Put blocks between what was said before and what comes after in the paragraph."""
        flow.flush()
        flow.blocks += blocks
        self._start(flow, place)

    def _marker(self, element: Element, flow: Flow) -> None:
        """Take a shown bullet or number for what it is: a list, or words of the paragraph."""
        marker = "".join(element.itertext())
        told = flow.raw.numbered
        if told is None:
            return
        flow.raw.numbered = lists.numbered(marker, told.level) if flow.raw.tag == "p" else None
        if flow.raw.numbered is None:
            flow.raw.runs.append(lists.marker_run(marker))

    def _picture(self, element: Element, caption: str) -> list[Block]:
        src = addresses.picture(element.get("src") or "", self.owns)
        if not src:
            self.lost += 1
            return []
        alt = element.get("alt")
        alt = None if alt is None else texts.one_line(alt)
        decorative = alt == "" and element.get("role") in ("presentation", "none")
        return [Figure(src, alt, decorative, caption)]

    def _figure(self, element: Element) -> list[Block]:
        words = element.find(".//figcaption")
        caption = "" if words is None else texts.one_line(" ".join(words.itertext()))
        found = [b for image in element.iter("img") for b in self._picture(image, "")]
        if found and isinstance(found[-1], Figure):
            found[-1].caption = caption
            return found
        return [Paragraph("p", (ALIGNED[0],), [Run(caption)])] if caption else []

    def _listing(self, element: Element, place: Place) -> list[Block]:
        inner = replace(place, tag="p", indent=False, lists=place.lists + 1)
        items: list[list[Block]] = []
        items.append(_words(element.text))
        for child in element:
            if child.tag in ("ul", "ol") and any(items):
                next(item for item in reversed(items) if item).extend(
                    self._listing(child, replace(inner, depth=inner.depth + 1))
                )
            else:
                holder = replace(inner, depth=inner.depth + 1)
                items.append(self._item(child, holder))
            items.append(_words(child.tail))
        found = _NUMBER.fullmatch(element.get("start") or "")
        start = int(found[0]) if found and element.tag == "ol" else 1
        made = lists.listing(element.tag, start, [item for item in items if item])
        return made if place.lists < _LIST_DEPTH else lists.flattened(made)

    def _item(self, child: Element, place: Place) -> list[Block]:
        if child.tag != "li":
            flow = Flow()
            self._start(flow, place)
            self._element(child, flow, place)
            return flow.done()
        style = Style.of(child.get("style"))
        if style.hidden:
            return []
        return self._inside(child, _block_place(child, style, place))

    def _table(self, element: Element, place: Place) -> list[Block]:
        rows: list[list[Cell]] = []
        for row, head in _rows(element):
            cells = (cell for cell in row if cell.tag in ("td", "th"))
            rows.append([self._cell(cell, head, place) for cell in cells])
        if not any(cell.rowspan > 1 for row in rows for cell in row):
            rows = [row for row in rows if row]
        words = element.find("caption")
        caption = "" if words is None else texts.one_line(" ".join(words.itertext()))
        table = tables.squared(rows, caption)
        return [table] if table else []

    def _cell(self, element: Element, head: bool, place: Place) -> Cell:
        style = Style.of(element.get("style"))
        inner = Place(depth=place.depth + 2, lists=place.lists)
        inner = _inline_place(element, style, _block_place(element, style, inner))
        header = head or element.tag == "th"
        inside = lists.in_cell(lists.gather(self._inside(element, inner)))
        if header:
            _plain_heading(inside)
        classes = tuple(name for name in WIDTHS if name in _classes(element))[:1]
        return Cell(header, inside, _span(element, "colspan"), _span(element, "rowspan"), classes)


def _rows(table: Element) -> list[tuple[Element, bool]]:
    """Return the table's own rows, those of the head first, and whether each is of the head."""
    order = {"thead": 0, "tbody": 1, "tfoot": 2}
    groups = sorted((part for part in table if part.tag in order), key=lambda p: order[p.tag])
    loose = [(row, False) for row in table if row.tag == "tr"]
    return loose + [(r, p.tag == "thead") for p in groups for r in p if r.tag == "tr"]


def _plain_heading(blocks: list[Block]) -> None:
    """Take strong off: a heading cell is strong as it is."""
    for block in blocks:
        if isinstance(block, Paragraph):
            kept = (Run(run.text, run.marks - {"strong"}, run.href) for run in block.runs)
            block.runs = texts.joined(list(kept))


def _span(element: Element, name: str) -> int:
    found = _NUMBER.fullmatch(element.get(name) or "")
    return int(found[0]) if found else 1


def _classes(element: Element) -> set[str]:
    return set((element.get("class") or "").split())


def _list_of(element: Element, style: Style) -> Numbered | None:
    return Numbered("ul", min(style.list_level, 9)) if style.list_level else None


def _words(text: str | None) -> list[Block]:
    return list(texts.paragraphs(Paragraph(runs=[Run(texts.plain_text(text or ""))])))


def _block_place(element: Element, style: Style, place: Place) -> Place:
    """Return what holds inside a block: its kind, its alignment, its indent."""
    classes = _classes(element)
    align = style.align or (element.get("align") or "").lower()
    if element.tag == "center":
        align = "center"
    named = {"text-center": "center", "text-right": "right"}
    align = next((named[name] for name in ALIGNED if name in classes), align)
    if align not in ("center", "right"):
        align = "" if align else place.align
    return replace(
        place,
        tag=_HEADINGS.get(element.tag, place.tag),
        align=align,
        indent=place.indent or INDENT in classes or style.indented,
        note=place.note or NOTE in classes,
    )


def _inline_place(element: Element, style: Style, place: Place) -> Place:
    """Return what holds inside a span of text: its marks and its link."""
    on, off = style.marks()
    named = _MARKS.get(element.tag)
    marks = (place.marks | ({named} if named else set())) - off | on
    href = addresses.link(element.get("href") or "") if element.tag == "a" else ""
    return replace(place, marks=frozenset(marks), href=href or place.href)
