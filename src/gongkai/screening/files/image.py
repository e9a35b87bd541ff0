"""Looks into pictures: whether they open, where and by whom they were taken, their words."""

from __future__ import annotations

import io
import re
import warnings
from typing import Any

from PIL import ExifTags, Image

from gongkai.reading.blocks import Unreadable
from gongkai.screening import ocr
from gongkai.screening.files.looking import Look
from gongkai.screening.findings import Code, Severity

_MOST_PIXELS = 100_000_000
_PEOPLE = {
    "Artist": "作者",
    "Copyright": "版权",
    "XPAuthor": "作者",
    "XPComment": "备注",
    "XPTitle": "标题",
    "XPSubject": "主题",
    "XPKeywords": "关键词",
    "ImageDescription": "说明",
    "UserComment": "备注",
    "HostComputer": "电脑",
    "CameraOwnerName": "相机主人",
    "BodySerialNumber": "相机序号",
}
_PNG = {
    "Author": "作者",
    "Description": "说明",
    "Comment": "备注",
    "comment": "备注",
    "Title": "标题",
}
_CREATOR = re.compile(r"<dc:creator>.{0,200}?<rdf:li[^>]*>([^<]{1,200})<", re.DOTALL)
_UNREAD = "图片里的文字没有查，请人工核对有没有个人信息。"


def look(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into a picture. Raises ``Unreadable``."""
    look_at_picture(look, data, place)
    look.pictures.setdefault(place, []).append(data)


def look_at_picture(look: Look, data: bytes, place: str) -> None:
    """Look at what a picture carries besides itself. Raises ``Unreadable``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            located, people = _about(data)
    except Unreadable:
        raise
    except Exception:  # the decoders raise anything on broken pictures
        raise Unreadable("damaged", "图片已损坏或没有传完整，请重新上传。") from None
    if located:
        says = "照片里记着拍摄地点的经纬度。公开件里会去掉；自己另发时请先删去。"
        look.say(Code.LOCATION, Severity.ASK, place, says)
    look.properties(people, place)


def _about(data: bytes) -> tuple[bool, dict[str, str]]:
    """Decode a picture; return whether it says where it was taken, and what it says of people."""
    with Image.open(io.BytesIO(data)) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            raise Unreadable("too_large_unpacked", "图片太大，没有查。请缩小后再上传。")
        picture.load()
        exif = picture.getexif()
        return bool(exif.get_ifd(ExifTags.IFD.GPSInfo)), _people(exif, dict(picture.info))


def _people(exif: Image.Exif, said: dict[Any, Any]) -> dict[str, str]:
    found = {}
    tags = dict(exif.items()) | dict(exif.get_ifd(ExifTags.IFD.Exif).items())
    for tag, value in tags.items():
        word = _PEOPLE.get(ExifTags.TAGS.get(tag, ""))
        text = _text(value)
        if word and text:
            found[word] = text
    packet = _text(said.get("xmp") or said.get("XML:com.adobe.xmp") or "")
    creator = _CREATOR.search(packet)
    if creator:
        found["作者"] = creator[1].strip()
    for key, word in _PNG.items():
        text = _text(said.get(key, ""))
        if text:
            found[word] = text
    return found


def _text(value: object) -> str:
    if isinstance(value, tuple) and value and all(isinstance(one, int) for one in value):
        value = bytes(one & 0xFF for one in value)
    if isinstance(value, bytes):
        wide = value.startswith(b"UNICODE\x00") or (len(value) > 2 and value[1:2] == b"\x00")
        value = value.removeprefix(b"UNICODE\x00").removeprefix(b"ASCII\x00\x00\x00")
        value = value.decode("utf-16-le" if wide else "utf-8", "ignore")
    return str(value).replace("\x00", "").strip()


def read_pictures(look: Look) -> None:
    """Read the words in all pictures that were met, where that can be done; else say it was not."""
    for place, pictures in look.pictures.items():
        if not ocr.is_installed():
            many = f"共{len(pictures)}张" if len(pictures) > 1 else ""
            says = f"{many}{_UNREAD}" if many else _UNREAD
            look.say(Code.NOT_LOOKED_AT, Severity.NOTE, place, says)
            continue
        for number, data in enumerate(pictures, 1):
            words = ocr.words_in(data)
            spot = (
                f"{place}，图片里的文字" if len(pictures) == 1 else f"{place}，图片{number}里的文字"
            )
            if words:
                look.aside(words, spot)
