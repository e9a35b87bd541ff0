""".docx → text and blocks: paragraphs with their labels and tables, in the order of the body."""

from gongkai.reading.formats.docx.document import read_docx

__all__ = ["read_docx"]
