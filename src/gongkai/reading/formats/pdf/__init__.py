""".pdf with text → text and blocks, unpacked in a process of its own with limits."""

from gongkai.reading.formats.pdf.process import check_opens, read_pdf

__all__ = ["check_opens", "read_pdf"]
