"""What kind of file the first bytes and the parts of a package say it is. Reads no document."""

from __future__ import annotations

from typing import Literal

from gongkai.reading.blocks import Unreadable
from gongkai.reading.formats.package import Package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_OTHERS = (
    b"\x7fELF",
    b"7z\xbc\xaf'\x1c",
    b"Rar!",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"OggS",
    b"ID3",
)
_ACCEPTED = "请上传 .txt、.html、.docx、.xlsx 或带文字的 .pdf。"


def kind_of(data: bytes) -> Literal["docx", "xlsx", "pdf", "text"]:
    """Return the kind that the content shows; "text" when only decoding can tell.

    Raises ``Unreadable`` for what is known not to be readable: old or encrypted office files,
    pictures, programs, archives, damaged packages.
    """
    if data.startswith(_OLE):
        raise _office_container(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _package_kind(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    _refuse_others(data)
    return "text"


def _office_container(data: bytes) -> Unreadable:
    if _ENCRYPTED in data:
        return Unreadable("encrypted", "文件加了密码，请用 Word 或 WPS 去掉密码后再上传。")
    return Unreadable(
        "old_format", "这是旧版 .doc、.xls 或 .wps 文件，请另存为 .docx 或 .xlsx 后再上传。"
    )


def _package_kind(data: bytes) -> Literal["docx", "xlsx"]:
    names = Package(data).names
    if "[content_types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
        raise Unreadable("not_a_document", f"这不是文字文件或表格（可能是演示文稿），{_ACCEPTED}")
    if "ofd.xml" in names:
        raise Unreadable("old_format", "暂不能读 .ofd 版式文件，请另存为 .docx 或 .pdf 后再上传。")
    if "content.xml" in names:
        raise Unreadable(
            "old_format", "暂不能读 .odt、.ods 文件，请另存为 .docx 或 .xlsx 后再上传。"
        )
    raise Unreadable("not_a_document", f"这是压缩包，请解压后上传里面的文件：{_ACCEPTED}")


def _refuse_others(data: bytes) -> None:
    if data.startswith(_PICTURES):
        raise Unreadable("not_a_document", "这是图片，请先做文字识别，或上传文件的原稿。")
    if data.startswith(b"{\\rtf"):
        raise Unreadable("old_format", "暂不能读 .rtf 文件，请另存为 .docx 后再上传。")
    if data.startswith(_OTHERS):
        raise Unreadable("not_a_document", f"这不是文字文件，{_ACCEPTED}")
    if (
        data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<?xml")
        and b"<html" not in data[:4096].lower()
    ):
        raise Unreadable("not_a_document", f"这是 XML 数据，不是文件正文，{_ACCEPTED}")
