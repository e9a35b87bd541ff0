"""Looks into a .zip: every file in it, within limits of depth, number, size and ratio."""

from __future__ import annotations

import io
import posixpath
import zipfile

from gongkai.reading.blocks import Unreadable
from gongkai.screening.files.looking import Look
from gongkai.screening.findings import Code, Severity

_RATIO_FROM = 4 * 1024 * 1024
_LEAVINGS = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
_DAMAGED = "压缩包已损坏或没有传完整，请重新压缩后上传。"


def look(look: Look, data: bytes, name: str, place: str, depth: int) -> None:
    """Look into a .zip. Raises ``Unreadable``."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = [info for info in package.infolist() if not info.is_dir()]
            if package.comment:
                words = package.comment.decode("utf-8", "replace")
                look.aside(words, f"{place}，压缩包注释")
            _look_all(look, package, infos, place, depth)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise Unreadable("damaged", _DAMAGED) from error


def _look_all(
    look: Look, package: zipfile.ZipFile, infos: list[zipfile.ZipInfo], place: str, depth: int
) -> None:
    if not infos:
        raise Unreadable("empty", "压缩包是空的，请确认选的是原文件。")
    names = [member_name(info) for info in infos]
    look.text("\n".join(names), f"{place}，文件名")
    for info, name in zip(infos, names, strict=True):
        inner = f"{place}内“{name}”"
        if is_leaving(name):
            says = "压缩包里有系统自动生成的文件，公开件里会去掉。"
            look.say(Code.METADATA, Severity.NOTE, place, says, posixpath.basename(name))
        elif info.flag_bits & 1:
            look.opened = False
            says = "压缩包里的文件加了密码，公众打不开。请去掉密码后重新压缩。"
            look.say(Code.ENCRYPTED, Severity.STOP, inner, says)
        elif _is_bomb(look, info):
            says = "解开后太大，不像正常的文件，没有查。请单独上传。"
            look.say(Code.NOT_LOOKED_AT, Severity.ASK, inner, says)
        else:
            look.inside(name, read_member(package, info, look.limits.unpacked), inner, depth + 1)


def _is_bomb(look: Look, info: zipfile.ZipInfo) -> bool:
    ratio = info.file_size / max(info.compress_size, 1)
    if info.file_size > _RATIO_FROM and ratio > look.limits.ratio:
        return True
    return look.unpacked + info.file_size > look.limits.unpacked


def read_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    """Return a member's bytes, never more than it declares. Raises ``Unreadable``."""
    most = min(info.file_size, limit)
    try:
        with package.open(info) as stream:
            data = stream.read(most + 1)
    except Exception as error:  # zlib, lzma and the file layer raise many kinds
        raise Unreadable("damaged", _DAMAGED) from error
    if len(data) > most:
        raise Unreadable("too_large_unpacked", "解开后太大，不像正常的文件，没有查。请单独上传。")
    return data


def member_name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; Windows in Chinese writes it in GBK and does not say so."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gbk"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def is_leaving(name: str) -> bool:
    """Say whether a member is what a system leaves behind in every folder."""
    low = name.lower()
    return low.startswith(_LEAVINGS[0]) or posixpath.basename(low) in _LEAVINGS[1:]
