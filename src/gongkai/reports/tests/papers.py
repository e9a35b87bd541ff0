"""Reports as files, made on the spot: Word, sheet, printed page, and such as nobody can read."""

from __future__ import annotations

import io

import docx
import openpyxl
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def as_docx(text: str) -> bytes:
    """Return the report as Word saves it, its first line the title."""
    out = io.BytesIO()
    paper = docx.Document()
    for line in text.splitlines():
        paper.add_paragraph(line)
    paper.save(out)
    return out.getvalue()


def as_xlsx(text: str) -> bytes:
    """Return the report as a sheet, one line a row."""
    out = io.BytesIO()
    book = openpyxl.Workbook()
    for line in filter(None, text.splitlines()):
        book.active.append([line])
    book.save(out)
    return out.getvalue()


def as_pdf(text: str, *, password: str = "") -> bytes:
    """Return the report as a printed page; with a password it opens for nobody else."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    style = ParagraphStyle(
        "body", fontName="STSong-Light", wordWrap="CJK", fontSize=16, leading=28, firstLineIndent=32
    )
    out = io.BytesIO()
    story = [Paragraph(line, style) for line in filter(None, text.splitlines())]
    locked = {"encrypt": password} if password else {}
    SimpleDocTemplate(out, pagesize=A4, **locked).build(story)
    return out.getvalue()


def locked_docx() -> bytes:
    """Return what Word makes of a report saved with a password."""
    return OLE + b"\0" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
