"""What a file is by its bytes, and why it cannot be taken; no tables, no names trusted."""

from gongkai.files.content.identify import identify

__all__ = ["identify"]
