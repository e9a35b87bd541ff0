"""Checks before publication over text and files: personal data, wrong words, traces. No tables."""

from gongkai.screening.cleaning import Cleaned, clean_copy
from gongkai.screening.files import Limits, Screened, screen_file
from gongkai.screening.findings import Code, Finding, Severity, each_once
from gongkai.screening.lexicon import (
    Entry,
    Lexicon,
    RowError,
    format_entries,
    parse_entries,
    shipped_entries,
    shipped_lexicon,
)
from gongkai.screening.text import screen_text

__all__ = [
    "Cleaned",
    "Code",
    "Entry",
    "Finding",
    "Lexicon",
    "Limits",
    "RowError",
    "Screened",
    "Severity",
    "clean_copy",
    "each_once",
    "format_entries",
    "parse_entries",
    "screen_file",
    "screen_text",
    "shipped_entries",
    "shipped_lexicon",
]
