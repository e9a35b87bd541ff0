"""Files to upload, made on the spot: good ones, strange ones, bad ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
TYPES = "[Content_Types].xml"
PLAIN_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def word() -> bytes:
    out = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph("清江市交通运输局政务公开工作要点")
    paper.save(out)
    return out.getvalue()


def sheet() -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["序号", "任务"])
    book.save(out)
    return out.getvalue()


def empty_word() -> bytes:
    """A Word document in which nothing was written."""
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def pdf(text: str = "", *, password: str = "", owner: str = "") -> bytes:
    """A page with a picture; ``owner`` is asked only by who would change it."""
    out = io.BytesIO()
    lock = StandardEncryption(password, ownerPassword=owner) if password or owner else None
    page = canvas.Canvas(out, encrypt=lock)
    page.rect(72, 720, 100, 100, fill=1)
    page.drawString(72, 600, text)
    page.save()
    return out.getvalue()


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
        )

    header = chunk(b"IHDR", struct.pack("!IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
    )


def jpg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xd9"


def old(stream: str) -> bytes:
    """An office file of before 2007: the name of its main stream stands in it in UTF-16."""
    return OLE + b"\0" * 504 + stream.encode("utf-16-le") + b"\0" * 512


def package(parts: dict[str, str | bytes], base: bytes | None = None) -> bytes:
    """A zip of parts; with ``base`` they are added to those of another package."""
    out = io.BytesIO(base or b"")
    with zipfile.ZipFile(out, "a" if base else "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def word_with_macros() -> bytes:
    return package({"word/vbaProject.bin": b"x"}, word())


def sheet_with_macros() -> bytes:
    """A sheet of the kind of program that came before VBA."""
    return package({"xl/macrosheets/sheet1.xml": "<x/>"}, sheet())


def bomb(size: int) -> bytes:
    """A Word document with a part of ``size`` zeros."""
    return package({"word/media/image1.bmp": b"\0" * size}, base=word())


def doubled() -> bytes:
    """Two parts whose names differ in case only: one program reads the first, one the second."""
    return package({"WORD/document.xml": "<x/>"}, base=word())


def locked() -> bytes:
    """A zip whose entries say that they are encrypted."""
    data = bytearray(word())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def corrupted() -> bytes:
    """A Word document with one byte of its text turned over."""
    data = bytearray(word())
    name = b"word/document.xml"
    data[data.find(name) + len(name) + 40] ^= 0xFF
    return bytes(data)
