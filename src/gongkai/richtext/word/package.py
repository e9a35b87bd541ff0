"""A .docx checked, cut down to what a draft needs, and its wordy numbers written out as words."""

from __future__ import annotations

import io
import re
import zipfile
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from gongkai.reading.formats.docx.styles import Styles
from gongkai.reading.formats.numbering import Numbering
from gongkai.reading.formats.package import (
    Element,
    Package,
    child,
    damaged,
    local,
    value,
    whole,
)
from gongkai.richtext.lists import numbered

MAX_BYTES = 50 * 1024 * 1024
MAX_XML = 12 * 1024 * 1024
"""The library holds a part as a tree of some fifty times its size."""
MAX_PICTURE = 20 * 1024 * 1024

_WANTED = re.compile(r"(\[Content_Types\]\.xml|.*\.rels|word/[^/]*\.xml|word/media/[^/]+)", re.I)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = ("ins", "del", "moveFrom", "moveTo")


@dataclass(frozen=True)
class Prepared:
    """A package fit for conversion, its styles, and what it holds that a draft does not."""

    data: bytes
    styles: Styles
    changes: bool
    comments: bool
    boxes: bool


def prepare(data: bytes) -> Prepared:
    """Check and rewrite a .docx. Raises ``Unreadable`` for what is none, too large or damaged."""
    package = Package(data)
    main = package.main_part("word/document.xml")
    root = package.tree(main)
    if root is None or local(root) != "document":
        raise damaged()
    targets = dict(package.targets(main).values())
    styles = Styles.of(package.tree(targets.get("styles", "word/styles.xml")))
    numbering_part = package.tree(targets.get("numbering", "word/numbering.xml"))
    _write_labels(root, styles, Numbering.of(numbering_part, styles.list_id))
    found = {local(element) for element in root.iter(etree.Element)}
    return Prepared(
        data=_rewritten(data, package, main, etree.tostring(root)),
        styles=styles,
        changes=bool(found & set(_CHANGES)),
        comments="commentReference" in found,
        boxes="txbxContent" in found,
    )


def _rewritten(data: bytes, package: Package, main: str, document: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in dict.fromkeys(old.namelist()):
            if not _WANTED.fullmatch(name):
                continue
            if name.lower() == main.lower():
                new.writestr(name, document)
                continue
            media = name.lower().startswith("word/media/")
            if not media:
                package.tree(name)  # refuses a document type, which could be made to explode
            stream = package.stream(name, MAX_PICTURE if media else MAX_XML)
            if stream is not None:
                new.writestr(name, stream.read())
    return out.getvalue()


def _write_labels(root: Element, styles: Styles, numbering: Numbering) -> None:
    """Put the number that Word shows before the words, but for plain lists (ADR 0211)."""
    for paragraph in root.iter(f"{_W}p"):
        properties = child(paragraph, "pPr")
        style = value(properties, "pStyle")
        listed, depth = value(properties, "numPr", "numId"), value(properties, "numPr", "ilvl")
        list_id = listed or styles.list_id(style)
        if not list_id or list_id == "0":
            continue
        level = whole(depth, 0) if depth is not None else styles.depth(style)
        if level is None:
            level = numbering.level_of_style(list_id, style) if style and not listed else 0
        label = numbering.label(list_id, level or 0)
        heading = styles.level(style) is not None
        if label and (heading or numbered(label, 1) is None):
            _as_words(paragraph, properties, label)


def _as_words(paragraph: Element, properties: Element | None, label: str) -> None:
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        paragraph.insert(0, properties)
    if (old := child(properties, "numPr")) is not None:
        properties.remove(old)
    off = etree.SubElement(properties, f"{_W}numPr")
    for name in ("ilvl", "numId"):
        etree.SubElement(off, f"{_W}{name}").set(f"{_W}val", "0")
    run = etree.Element(f"{_W}r")
    first = child(paragraph, "r")
    if first is not None and (look := child(first, "rPr")) is not None:
        run.append(deepcopy(look))
    text = etree.SubElement(run, f"{_W}t")
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    text.text = label.rstrip("\t ") + (" " if label.rstrip()[-1:].isascii() else "")
    paragraph.insert(1, run)
