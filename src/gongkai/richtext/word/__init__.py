"""A Word document → a draft: clean HTML, its pictures, and what was not taken over."""

from gongkai.richtext.word.convert import Converted, Picture, from_docx

__all__ = ["Converted", "Picture", "from_docx"]
