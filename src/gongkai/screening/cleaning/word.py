"""Cleans a Word document: changes accepted, comments, hidden text and marks of editing gone."""

from __future__ import annotations

import re
from typing import Any

from gongkai.reading.formats.package import child, local, switched_on, value
from gongkai.screening.cleaning.package import Parts, remove, unwrap
from gongkai.screening.files.docx import hiding_styles, is_hidden

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_GOING = {
    **dict.fromkeys(("comments", "commentsExtended", "commentsIds", "commentsExtensible"), "批注"),
    "people": "批注",
    "attachedTemplate": "模板路径",
    "mailMergeSource": "外部数据",
    "glossaryDocument": "自动图文集",
    "recipientData": "外部数据",
}
_MARKS = frozenset(("commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"))
_STRUCK = frozenset(("del", "moveFrom"))
_PUT_IN = frozenset(("ins", "moveTo"))
_RANGES = re.compile(
    r"(?:move(?:From|To)Range|customXml(?:Ins|Del|MoveFrom|MoveTo)Range)(?:Start|End)"
)
_CHANGED = re.compile(
    r".*PrChange|tblGridChange|numberingChange|cellIns|cellMerge|delText|delInstrText"
)
_SETTINGS = {
    "rsids": "编辑标识",
    "docVars": "自定义数据",
    "mailMerge": "外部数据",
    "attachedTemplate": "模板路径",
    "trackRevisions": "修订痕迹",
}
_KEEPS_A_FIELD = frozenset(("fldChar",))


def clean(parts: Parts, drop_hidden: bool) -> None:
    """Take out of a document what it does not show."""
    hiding = hiding_styles(parts.source)
    parts.unlink(_GOING)
    for name in parts.names(r"word/(?:[^/]+|charts/[^/]+|diagrams/[^/]+)\.xml"):
        root = parts.tree(name)
        if name.lower() == "word/settings.xml":
            _clean_settings(root, parts)
        _accept(root, parts)
        _drop_marks(root, parts)
        if name.lower() != "word/styles.xml":
            _drop_hidden(root, hiding, parts)


def _clean_settings(root: Any, parts: Parts) -> None:
    for element in list(root):
        words = _SETTINGS.get(local(element))
        if words is not None:
            remove(element)
            parts.removed[words] = None


def _is_word(element: Any) -> bool:
    return isinstance(element.tag, str) and "wordprocessingml" in element.tag


def _accept(root: Any, parts: Parts) -> None:
    """Accept all changes: what was struck out goes, what was put in stays."""
    before = len(parts.removed)
    for paragraph in [e for e in root.iter("{*}p") if _mark_is_struck(e)]:
        _join_to_next(paragraph)
        parts.removed["修订痕迹"] = None
    for row in list(root.iter("{*}tr")):
        if child(row, "trPr", "del") is not None:
            remove(row)
            parts.removed["修订痕迹"] = None
    for cell in list(root.iter("{*}tc")):
        if child(cell, "tcPr", "cellDel") is not None:
            remove(cell)
            parts.removed["修订痕迹"] = None
    for element in [e for e in root.iter() if _is_word(e)]:
        name = local(element)
        if name in _PUT_IN:
            unwrap(element)
        elif name in _STRUCK or _CHANGED.fullmatch(name) or _RANGES.fullmatch(name):
            remove(element)
        else:
            continue
        parts.removed["修订痕迹"] = None
    if len(parts.removed) != before:
        _drop_empty_tables(root)


def _mark_is_struck(paragraph: Any) -> bool:
    return child(paragraph, "pPr", "rPr", "del") is not None


def _join_to_next(paragraph: Any) -> None:
    """Join a paragraph whose end was struck out to the one after it, which keeps its look."""
    following = paragraph.getnext()
    parent = paragraph.getparent()
    if following is None or local(following) != "p" or parent is None:
        mark = child(paragraph, "pPr", "rPr", "del")
        remove(mark)
        return
    at = 1 if len(following) and local(following[0]) == "pPr" else 0
    for inner in [one for one in paragraph if local(one) != "pPr"]:
        following.insert(at, inner)
        at += 1
    parent.remove(paragraph)


def _drop_empty_tables(root: Any) -> None:
    for table in list(root.iter("{*}tbl")):
        if child(table, "tr") is None and child(table, "sdt") is None:
            remove(table)


def _drop_marks(root: Any, parts: Parts) -> None:
    """Take out the places of comments, marks of editing and links to data that is gone."""
    for element in [e for e in root.iter() if _is_word(e)]:
        name = local(element)
        if name in _MARKS or name == "dataBinding":
            remove(element)
            if name in _MARKS:
                parts.removed["批注"] = None
        elif name == "rsid":
            remove(element)
            parts.removed["编辑标识"] = None
        elif name == "bookmarkStart" and element.get(f"{{{_W}}}name") == "_GoBack":
            remove(element)
        for key in [key for key in element.attrib if "}rsid" in key]:
            del element.attrib[key]
            parts.removed["编辑标识"] = None


def _drop_hidden(root: Any, hiding: frozenset[str], parts: Parts) -> None:
    for paragraph in list(root.iter("{*}p")):
        if not _is_word(paragraph):
            continue
        hides = value(paragraph, "pPr", "pStyle") in hiding
        own = [run for run in paragraph.iter("{*}r") if _owner(run) is paragraph]
        gone = [run for run in own if is_hidden(run, hides, hiding)]
        for run in gone:
            _drop_run(run, parts)
        mark_hidden = switched_on(paragraph, "pPr", "rPr", "vanish")
        if gone and len(gone) == len(own) and mark_hidden:
            _drop_paragraph(paragraph)


def _owner(run: Any) -> Any:
    """Return the paragraph a run belongs to; a text box has paragraphs of its own."""
    return next((one for one in run.iterancestors() if local(one) == "p"), None)


def _drop_run(run: Any, parts: Parts) -> None:
    if any(local(inner) not in ("rPr", "lastRenderedPageBreak") for inner in run):
        parts.removed["隐藏文字"] = None
    if not any(local(inner) in _KEEPS_A_FIELD for inner in run):
        remove(run)
        return
    for inner in list(run):
        if local(inner) not in _KEEPS_A_FIELD:
            remove(inner)


def _drop_paragraph(paragraph: Any) -> None:
    parent = paragraph.getparent()
    if parent is None or child(paragraph, "pPr", "sectPr") is not None:
        return
    holds_one = local(parent) in ("tc", "txbxContent", "comment", "footnote", "hdr", "ftr")
    if not holds_one or sum(local(one) == "p" for one in parent) > 1:
        parent.remove(paragraph)
