"""Cleans a presentation: comments, speaker's notes, and, where asked, hidden slides."""

from __future__ import annotations

from typing import Any

from gongkai.reading.formats.package import attribute, local
from gongkai.screening.cleaning.package import Parts, remove

_GOING = {
    **dict.fromkeys(("comments", "commentAuthors", "authors"), "批注"),
    "notesSlide": "备注",
    "customXml": "自定义数据",
    "tags": "自定义数据",
}


def clean(parts: Parts, drop_hidden: bool) -> None:
    """Take out of a presentation what it does not show."""
    gone = parts.unlink(_GOING)
    main = parts.main("ppt/presentation.xml")
    root = parts.tree(main)
    for element in [e for e in root.iter() if local(e) in ("custDataLst", "tags")]:
        if local(element) == "custDataLst" or attribute(element, "id") in gone:
            remove(element)
    for name in parts.names(r"ppt/slide(?:s|Layouts|Masters)/[^/]+\.xml"):
        for element in list(parts.tree(name).iter("{*}custDataLst")):
            remove(element)
    if drop_hidden:
        _drop_slides(parts, main, root)


def _drop_slides(parts: Parts, main: str, root: Any) -> None:
    ids: set[str] = set()
    for start, relation, target in list(parts.relations()):
        if start != main or not (relation.get("Type") or "").endswith("/slide") or not target:
            continue
        if parts.tree(target).get("show") in ("0", "false"):
            ids.add(relation.get("Id") or "")
            remove(relation)
            parts.removed["隐藏的幻灯片"] = None
    numbers = set()
    for element in [e for e in root.iter() if local(e) == "sldId"]:
        if any(key.endswith("}id") and value in ids for key, value in element.attrib.items()):
            numbers.add(element.get("id"))
            remove(element)
    for element in [e for e in root.iter() if local(e) == "sldId" and e.get("id") in numbers]:
        remove(element)  # of the sections, which list the same numbers
