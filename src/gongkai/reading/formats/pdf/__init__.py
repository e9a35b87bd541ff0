""".pdf with text → text and blocks, unpacked in a process of its own with limits."""

from gongkai.reading.formats.pdf.process import read_pdf

__all__ = ["read_pdf"]
