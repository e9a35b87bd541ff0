"""Makes the copy of a file that may be published: what it does not show is taken out."""

from gongkai.screening.cleaning.copies import Cleaned, clean_copy

__all__ = ["Cleaned", "clean_copy"]
