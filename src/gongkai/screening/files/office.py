"""What .docx, .xlsx and .pptx have in common: properties, macros, links, files and pictures in
them. Knows no paragraph and no cell."""

from __future__ import annotations

import posixpath
import re

from gongkai.reading.blocks import Unreadable
from gongkai.reading.formats.package import Package, attribute, local
from gongkai.screening.files.image import look_at_picture
from gongkai.screening.files.looking import Look
from gongkai.screening.findings import Code, Severity

_PEOPLE = {
    "creator": "作者",
    "lastModifiedBy": "最后保存的人",
    "Manager": "经理",
    "Company": "单位",
    "title": "标题",
    "subject": "主题",
    "keywords": "关键词",
    "description": "备注",
    "category": "类别",
    "contentStatus": "状态",
    "HyperlinkBase": "链接基址",
}
_PROGRAMS_NAMES = frozenset(
    ("python-docx", "openpyxl", "Microsoft Office User", "Administrator", "admin", "user", "WPS")
)
_EMBEDDED = re.compile(r"(?:word|xl|ppt)/(?:embeddings/.+|activex/.+\.bin|afchunk[^/]*)$")
_PICTURE = re.compile(r"(?:word|xl|ppt)/media/.+\.(?:png|jpe?g|gif|bmp|tiff?|webp)$")
_MACROS = ("vbaproject.bin", "vbadata.xml")
_LOCAL = re.compile(r"^(?:file:|[A-Za-z]:[\\/]|\\\\)")
_DATA_LINKS = frozenset(("externalLinkPath", "attachedTemplate", "oleObject", "image", "frame"))


def look_package(look: Look, package: Package, place: str, depth: int) -> None:
    """Look at what is no text of an office file."""
    _properties(look, package, place)
    _links(look, package, place)
    names = sorted(package.names)
    if any(name.endswith(_MACROS) or "/macrosheets/" in name for name in names):
        says = "文件里有宏。公开件不得带宏，请另存为不含宏的.docx、.xlsx后重新上传。"
        look.say(Code.MACRO, Severity.STOP, place, says)
    if any(name.startswith("_xmlsignatures/") and name.endswith(".xml") for name in names):
        says = "文件有数字签名，清理隐藏信息会使签名失效。请核实是否要保留。"
        look.say(Code.SIGNED, Severity.NOTE, place, says)
    for name in names:
        if _EMBEDDED.match(name):
            _embedded(look, package, name, place, depth)
        elif _PICTURE.match(name):
            _picture(look, _bytes(package, name), place)


def _properties(look: Look, package: Package, place: str) -> None:
    found: dict[str, str] = {}
    for part in ("docprops/core.xml", "docprops/app.xml"):
        root = package.tree(part)
        for element in [] if root is None else root:
            text = (element.text or "").strip()
            if local(element) in _PEOPLE and text and text not in _PROGRAMS_NAMES:
                found[_PEOPLE[local(element)]] = text
    root = package.tree("docprops/custom.xml")
    for element in [] if root is None else root:
        text = "".join(element.itertext()).strip()
        if text and not (attribute(element, "name") or "").startswith("KSO"):
            found[attribute(element, "name") or "自定义属性"] = text
    look.properties(found, place)
    if any(name.startswith("docprops/thumbnail") for name in package.names):
        says = "文件带着首页的缩略图，可能是改动以前的样子。公开件里会去掉。"
        look.say(Code.METADATA, Severity.NOTE, place, says, "缩略图")


def _links(look: Look, package: Package, place: str) -> None:
    targets: list[str] = []
    for name in sorted(package.names):
        root = package.tree(name) if name.endswith(".rels") else None
        for relation in [] if root is None else root:
            if relation.get("TargetMode") != "External":
                continue
            target = relation.get("Target") or ""
            targets.append(target)
            kind = (relation.get("Type") or "").rpartition("/")[2]
            if _LOCAL.match(target) or kind in _DATA_LINKS:
                says = "文件连着外面的文件或模板，公众打不开，还会露出本机的路径。请断开链接。"
                look.say(Code.EXTERNAL, Severity.ASK, place, says, target)
    look.aside("\n".join(targets), f"{place}，链接")


def _embedded(look: Look, package: Package, name: str, place: str, depth: int) -> None:
    short = posixpath.basename(name)
    inner = f"{place}内嵌入的“{short}”"
    data = _bytes(package, name)
    if name.endswith(".bin"):
        says = "文件里嵌入了一个对象，查不了里面的内容。请换成图片或文字。"
        look.say(Code.EMBEDDED, Severity.ASK, place, says, short)
        return
    says = "文件里嵌入了另一个完整的文件，双击就能打开。请核实能否公开，或者换成图片。"
    look.say(Code.EMBEDDED, Severity.ASK, place, says, short)
    look.inside(short, data, inner, depth + 1)


def _picture(look: Look, data: bytes, place: str) -> None:
    try:
        look_at_picture(look, data, place)
    except Unreadable:  # a broken picture keeps nobody from reading the document
        return
    look.pictures.setdefault(place, []).append(data)


def _bytes(package: Package, name: str) -> bytes:
    stream = package.stream(name)
    return stream.read() if stream is not None else b""
