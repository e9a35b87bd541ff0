"""What a .pdf carries besides its pages, told and taken out; runs in the worker only."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

_PEOPLE = {
    "/Author": "作者",
    "/Title": "标题",
    "/Subject": "主题",
    "/Keywords": "关键词",
    "/Company": "单位",
    "/Manager": "经理",
    "/SourceModified": "",
}
_XMP = {
    "dc:creator": "作者",
    "dc:title": "标题",
    "dc:description": "主题",
    "pdf:Keywords": "关键词",
    "dc:subject": "关键词",
    "dc:contributor": "参与人",
}
_TOOLS = ("/Producer", "/Creator", "/CreationDate", "/ModDate", "/Trapped", "/SourceModified")
_NOTES = frozenset(
    ("/Text", "/Popup", "/Highlight", "/Underline", "/Squiggly", "/StrikeOut", "/Caret")
) | {"/FreeText", "/Ink", "/FileAttachment", "/Redact", "/Sound", "/Movie", "/RichMedia", "/Screen"}
"""Annotations that are notes on a page. Stamps, links and fields are part of what it says."""
_DEEPEST = 40
_MOST_INSIDE = 100_000
"""Dictionaries written inside one object: pages have dozens."""


def about(document: Pdf, data: bytes) -> tuple[dict[str, Any], list[tuple[str, bytes]]]:
    """Return what there is besides the pages, in words, and the files attached."""
    files = [*_attached(document)]
    notes, links = [], []
    for note in _annotations(document):
        kind = str(note.get("/Subtype", ""))
        words = " ".join(_text(note.get(key)) for key in ("/Contents", "/T", "/Subj")).strip()
        if kind in _NOTES:
            notes.append(words or "（空）")
        action = note.get("/A")
        if kind == "/Link" and isinstance(action, Dictionary):
            links.append(_text(action.get("/URI")))
    found = {
        "properties": _properties(document),
        "notes": notes,
        "links": [link for link in links if link],
        "fields": [*_fields(document.Root.get("/AcroForm"))],
        "scripts": any(_is_script(one) for one in _dictionaries(document)),
        "layers": bool(_hidden_layers(document)),
        "revisions": _has_revisions(document, data),
        "signed": is_signed(document),
    }
    return found, files


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _properties(document: Pdf) -> dict[str, str]:
    found = {}
    for key, value in document.docinfo.items():
        text = _text(value)
        if key not in _TOOLS and text:
            found[_PEOPLE.get(key) or key.lstrip("/")] = text
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        for key, word in _XMP.items():
            said: Any = metadata.get(key)
            text = "、".join(map(str, said)) if isinstance(said, list | set) else _text(said)
            if text:
                found.setdefault(word, text)
    return found


def _annotations(document: Pdf) -> Iterator[Dictionary]:
    for page in document.pages:
        notes = page.obj.get("/Annots")
        for note in notes if isinstance(notes, Array) else ():
            if isinstance(note, Dictionary):
                yield note


def _attached(document: Pdf) -> Iterator[tuple[str, bytes]]:
    for name, file in document.attachments.items():
        yield file.filename or name, file.get_file().read_bytes()
    for note in _annotations(document):
        spec: Any = note.get("/FS")
        if note.get("/Subtype") == "/FileAttachment" and isinstance(spec, Dictionary):
            stream: Any = spec.get("/EF", Dictionary()).get("/F")
            if isinstance(stream, Stream):
                yield _text(spec.get("/UF") or spec.get("/F")) or "附件", stream.read_bytes()


def _fields(form: object, depth: int = 0) -> Iterator[str]:
    """Yield what stands in the fields of a form."""
    if not isinstance(form, Dictionary) or depth > _DEEPEST:
        return
    if form.get("/FT") != "/Sig":
        words = " ".join(_text(form.get(key)) for key in ("/TU", "/V") if _is_plain(form.get(key)))
        if words.strip():
            yield words.strip()
    inner = form.get("/Fields") or form.get("/Kids")
    for field in inner if isinstance(inner, Array) else ():
        yield from _fields(field, depth + 1)


def _is_plain(value: object) -> bool:
    return value is not None and not isinstance(value, Dictionary | Stream | Array)


def is_signed(document: Pdf) -> bool:
    """Say whether a field of the document holds a signature."""

    def signed(form: object, depth: int = 0) -> bool:
        if not isinstance(form, Dictionary) or depth > _DEEPEST:
            return False
        if form.get("/FT") == "/Sig" and isinstance(form.get("/V"), Dictionary):
            return True
        inner = form.get("/Fields") or form.get("/Kids")
        return isinstance(inner, Array) and any(signed(one, depth + 1) for one in inner)

    return signed(document.Root.get("/AcroForm"))


def _dictionaries(document: Pdf) -> Iterator[Any]:
    """Yield every dictionary and stream, those inside other objects too, each once."""
    for top in document.objects:
        waiting: list[Any] = [top]
        for _ in range(_MOST_INSIDE):
            if not waiting:
                break
            one = waiting.pop()
            if isinstance(one, Dictionary | Stream):
                yield one
                waiting += [inner for _, inner in one.items() if _is_inside(inner)]
            elif isinstance(one, Array):
                waiting += [inner for inner in one if _is_inside(inner)]


def _is_inside(one: object) -> bool:
    return isinstance(one, Dictionary | Array) and not one.is_indirect


def _is_script(one: object) -> bool:
    return isinstance(one, Dictionary) and (
        one.get("/S") in ("/JavaScript", "/Launch") or "/JS" in one
    )


def _hidden_layers(document: Pdf) -> list[Any]:
    layers = document.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return []
    usual = layers.get("/D", Dictionary())
    off = usual.get("/OFF")
    return [*off] if isinstance(off, Array) else []


def _has_revisions(document: Pdf, data: bytes) -> bool:
    once = 2 if document.is_linearized else 1
    return len(re.findall(rb"startxref\s+\d+\s+%%EOF", data)) > once


def cleaned(document: Pdf, data: bytes) -> tuple[bytes, list[str]]:
    """Return the document without what its pages do not show, and the words for what is gone.

    A signed document stays as it is: any change would break the signature.
    """
    if is_signed(document):
        return b"", []
    removed: dict[str, None] = {}
    if _properties(document):
        removed["文件属性"] = None
    if _has_revisions(document, data):
        removed["早先版本"] = None
    _drop_notes(document, removed)
    _drop_names(document, removed)
    _drop_keys(document, removed)
    if not removed:
        return b"", []
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    document.remove_unreferenced_resources()
    out = io.BytesIO()
    document.save(
        out,
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        fix_metadata_version=False,
    )
    return out.getvalue(), [*removed]


def _drop_notes(document: Pdf, removed: dict[str, None]) -> None:
    for page in document.pages:
        notes = page.obj.get("/Annots")
        if not isinstance(notes, Array):
            continue
        kept = []
        for note in notes:
            if isinstance(note, Dictionary) and str(note.get("/Subtype", "")) in _NOTES:
                attached = note.get("/Subtype") == "/FileAttachment"
                removed["夹带的文件" if attached else "批注"] = None
                continue
            if isinstance(note, Dictionary):
                for key in ("/T", "/Popup", "/RC", "/IRT", "/Subj"):
                    # /T names the author of a note, but the field of a form.
                    if key in note and note.get("/Subtype") != "/Widget":
                        del note[key]
            kept.append(note)
        page.obj["/Annots"] = Array(kept)


def _drop_names(document: Pdf, removed: dict[str, None]) -> None:
    names = document.Root.get("/Names")
    if isinstance(names, Dictionary):
        for key, words in (("/EmbeddedFiles", "夹带的文件"), ("/JavaScript", "脚本")):
            if key in names:
                del names[key]
                removed[words] = None
    for key in ("/AF", "/PieceInfo", "/Metadata", "/Collection"):
        if key in document.Root:
            if key == "/AF":
                removed["夹带的文件"] = None
            del document.Root[key]


def _drop_keys(document: Pdf, removed: dict[str, None]) -> None:
    """Take scripts and private data out of every object."""
    for one in [*_dictionaries(document)]:
        for key in ("/OpenAction", "/AA", "/A", "/Next"):
            if key in one and _is_script(one.get(key)):
                del one[key]
                removed["脚本"] = None
        if "/AA" in one:
            del one["/AA"]
            removed["脚本"] = None
        if _is_script(one):
            for key in ("/JS", "/S"):
                if key in one:
                    del one[key]
            removed["脚本"] = None
        for key in ("/PieceInfo", "/Thumb", "/LastModified"):
            if key in one and one.get("/Type") in (Name.Page, Name.Catalog, Name.XObject, None):
                del one[key]
        if "/Metadata" in one and one.get("/Type") != Name.Catalog:
            del one["/Metadata"]
