"""Rich text of official documents: what is let through, and what it says as plain text."""

from gongkai.richtext.cleaning import from_typed, sanitise
from gongkai.richtext.reading import missing_alternatives, paragraphs, plain

__all__ = ["from_typed", "missing_alternatives", "paragraphs", "plain", "sanitise"]
