"""Reads the words in a picture where the extra ``ocr`` is installed; knows no file format."""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec
from typing import Any

_LONGEST_SIDE = 3_000


def is_installed() -> bool:
    """Say whether pictures can be read here: ``pip install gongkai[ocr]``."""
    return find_spec("rapidocr_onnxruntime") is not None


def words_in(data: bytes) -> str:
    """Return the lines of words in a picture, "" for one without or one that does not open."""
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as picture:
            plain = ImageOps.exif_transpose(picture).convert("RGB")
            plain.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
            out = io.BytesIO()
            plain.save(out, "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return ""
    found, _ = _engine()(out.getvalue())
    return "\n".join(str(line[1]) for line in found or ())


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR()
