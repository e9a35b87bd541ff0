"""The conversion itself: mammoth with styles of Chinese documents, then the one gate."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import mammoth

from gongkai.reading.blocks import Unreadable
from gongkai.reading.formats.docx.styles import Styles
from gongkai.reading.formats.package import damaged
from gongkai.richtext.clean import sanitise
from gongkai.richtext.nodes import ALIGNED, INDENT
from gongkai.richtext.word.package import MAX_BYTES, MAX_PICTURE, prepare

_KINDS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
_CAPTION = re.compile(r"(caption|题注)$", re.I)
_TAGS = ("p", "h2", "h3", "h4")
_STYLE_MAP = "\n".join(
    f"p[style-name='kept {tag} {name}'] => {tag}.{name}:fresh"
    for tag in _TAGS
    for name in (*ALIGNED, INDENT, "plain")
)
_NOTES = re.compile(r'<ol>((?:<li id="(?:foot|end)note-(?:(?!<ol>).)*?</li>)+)</ol>\s*$', re.S)
_NOTE = re.compile(r'<li id="(?:foot|end)note-[^"]*">(.*?)</li>', re.S)
_BACK = re.compile(r'\s*<a href="#(?:foot|end)note-ref-[^"]*">↑</a>')


@dataclass(frozen=True)
class Picture:
    """A picture out of the document, with the words that the document has for it."""

    name: str
    data: bytes
    alt: str


@dataclass(frozen=True)
class Converted:
    """A draft: its body, its title if one is marked, its pictures, and what to look at."""

    html: str
    images: tuple[Picture, ...] = ()
    warnings: tuple[str, ...] = ()
    title: str = ""


Store = Callable[[Picture], str]
"""Keeps a picture and returns its address, a path of ours; "" where it cannot be kept."""


class _Pictures:
    def __init__(self, store: Store) -> None:
        self.store = store
        self.kept: dict[str, Picture] = {}
        self.lost = 0

    def take(self, image: Any) -> dict[str, str]:
        """Keep one picture; what a browser cannot show is left out and counted."""
        kind = _KINDS.get(image.content_type or "")
        with image.open() as opened:
            data = opened.read(MAX_PICTURE + 1)
        if kind and 0 < len(data) <= MAX_PICTURE:
            alt = (image.alt_text or "").strip()
            picture = Picture(f"图{len(self.kept) + 1}.{kind}", data, alt)
            if address := self.store(picture):
                self.kept[address] = picture
                return {"src": address, **({"alt": alt} if alt else {})}
        self.lost += 1
        return {"src": ""}


def from_docx(data: bytes, store: Store) -> Converted:
    """Return a Word document as a draft; ``store`` keeps each picture and gives its address.

    Tracked changes count as accepted; comments, text boxes and links within the document are
    not taken over, and ``warnings`` says so. Raises ``Unreadable`` for what is no .docx, is
    damaged, or is made to explode.
    """
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large_unpacked", "文件超过50 MB，请压缩其中的图片后再上传。")
    prepared = prepare(data)
    pictures = _Pictures(store)
    titles: list[str] = []
    try:
        result = mammoth.convert_to_html(
            io.BytesIO(prepared.data),
            style_map=_STYLE_MAP + "\nu => u",
            convert_image=mammoth.images.img_element(pictures.take),
            transform_document=mammoth.transforms.paragraph(_styled(prepared.styles, titles)),
            include_embedded_style_map=False,
        )
    except (RecursionError, KeyError, ValueError, AttributeError, TypeError, OSError) as error:
        raise damaged() from error
    html = sanitise(_with_notes(result.value), pictures.kept.__contains__)
    told = {
        "文中有修订痕迹，已按接受修订后的文字取入，请核对。": prepared.changes,
        "批注没有取入。": prepared.comments,
        "文本框里的文字可能没有取入，请核对。": prepared.boxes,
        f"有{pictures.lost}张图片不能在网页上显示，没有取入，请另存为 PNG 后插入。": pictures.lost,
        "文中没有可以取入的文字，可能是扫描件。": not html,
    }
    warnings = tuple(sentence for sentence, on in told.items() if on)
    return Converted(html, tuple(pictures.kept.values()), warnings, titles[0] if titles else "")


def _styled(styles: Styles, titles: list[str]) -> Callable[[Any], Any]:
    """Return how a paragraph gets the name under which the style map knows it."""

    def change(paragraph: Any) -> Any:
        level = styles.level(paragraph.style_id)
        title = styles.is_title(paragraph.style_id)
        if paragraph.numbering is not None and not level and not title:
            return paragraph.copy(style_id=None, style_name=None)
        tag = _TAGS[1] if title else _TAGS[min(level or 0, 3)]
        if title:
            titles.append(_text(paragraph).strip())
        caption = bool(_CAPTION.search(paragraph.style_name or ""))
        look = _look(paragraph, centred=title or caption)
        return paragraph.copy(style_id=None, style_name=f"kept {tag} {look}", numbering=None)

    return change


def _look(paragraph: Any, *, centred: bool) -> str:
    if paragraph.alignment in ("center", "right", "end"):
        return ALIGNED[0] if paragraph.alignment == "center" else ALIGNED[1]
    if centred and not paragraph.alignment:
        return ALIGNED[0]
    first = str(paragraph.indent.first_line or "") if paragraph.indent else ""
    return INDENT if first.isdigit() and int(first) >= 200 else "plain"


def _text(element: Any) -> str:
    inner = "".join(_text(one) for one in getattr(element, "children", None) or ())
    return str(getattr(element, "value", "") or "") + inner


def _with_notes(html: str) -> str:
    """Put notes as paragraphs at the end, each with the number that stands in the text."""
    found = _NOTES.search(html)
    if not found:
        return html
    told = []
    for number, note in enumerate(_NOTE.findall(found[1]), start=1):
        words = _BACK.sub("", note).replace("<p>", f'<p class="note">[{number}] ', 1)
        told.append(words)
    return html[: found.start()] + "".join(told)
