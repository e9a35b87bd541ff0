"""What other apps may use of rich text: cleaning, reading, taking over Word, the form field."""

from __future__ import annotations

from gongkai.richtext.addresses import Owns, no_pictures
from gongkai.richtext.clean import Cleaned, clean, from_either, from_text, sanitise
from gongkai.richtext.fields import RichTextField, RichTextWidget
from gongkai.richtext.look import (
    Image,
    Link,
    images,
    links,
    missing_alternatives,
    paragraphs,
    plain,
    tables_without_headings,
)
from gongkai.richtext.word import Converted, Picture, from_docx

__all__ = [
    "Cleaned",
    "Converted",
    "Image",
    "Link",
    "Owns",
    "Picture",
    "RichTextField",
    "RichTextWidget",
    "clean",
    "from_docx",
    "from_either",
    "from_text",
    "images",
    "links",
    "missing_alternatives",
    "no_pictures",
    "paragraphs",
    "plain",
    "sanitise",
    "tables_without_headings",
]
