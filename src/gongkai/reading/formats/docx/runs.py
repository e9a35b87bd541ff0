"""The words of one paragraph of .docx as they are seen: tracked changes taken, boxes set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongkai.reading.formats.package import Element, attribute, child, local, switched_on

_SKIPPED = frozenset(
    re.findall(
        r"\w+",
        "pPr rPr del moveFrom delText instrText delInstrText rt rubyPr fldData softHyphen "
        "commentReference annotationRef sdtPr sdtEndPr proofErr bookmarkStart bookmarkEnd",
    )
)
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_PRIVATE = range(0xE000, 0xF900)


@dataclass
class Words:
    """What a paragraph holds: its text, the text boxes anchored in it, the notes it names."""

    pieces: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the paragraph."""
        return "".join(self.pieces)


def words_of(paragraph: Element) -> Words:
    """Collect the words of a paragraph; deleted, moved away and hidden ones are left out."""
    words = Words()
    _collect(paragraph, words)
    return words


def _collect(element: Element, words: Words) -> None:
    for inner in element:
        name = local(inner)
        if name == "t":
            words.pieces.append(inner.text or "")
        elif name in _SIGNS:
            words.pieces.append(_SIGNS[name])
        elif name == "br":
            words.pieces.append("\n" if attribute(inner, "type") in (None, "textWrapping") else "")
        elif name == "sym":
            words.pieces.append(_symbol(attribute(inner, "char")))
        elif name in ("footnoteReference", "endnoteReference"):
            words.notes.append((name.removesuffix("Reference"), attribute(inner, "id") or ""))
        elif name == "txbxContent":
            words.boxes.append(inner)
        elif name == "AlternateContent":
            _collect(_choice(inner), words)
        elif name not in _SKIPPED and not (name == "r" and _is_hidden(inner)):
            _collect(inner, words)


def _is_hidden(run: Element) -> bool:
    return switched_on(run, "rPr", "vanish")


def _choice(element: Element) -> Element:
    """Return the one alternative to read: the newer when it holds words, else the fallback."""
    choice, fallback = child(element, "Choice"), child(element, "Fallback")
    if fallback is None or (choice is not None and _has_words(choice)):
        return element if choice is None else choice
    return fallback


def _has_words(element: Element) -> bool:
    return any(local(inner) == "t" for inner in element.iter())


def _symbol(code: str | None) -> str:
    try:
        point = int(code or "", 16)
    except ValueError:
        return ""
    # Places of a picture font mean nothing without it.
    return "" if point in _PRIVATE or not 32 <= point < 0xD800 else chr(point)
