"""Bytes → text: finds the encoding of plain text and .html. Splits and cleans nothing."""

from __future__ import annotations

import codecs
import re
import unicodedata

from gongkai.reading.blocks import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BROKEN = re.compile("[\x00-\x08\x0e-\x19\x1c-\x1f\x7f\ufffd\ufffe\uffff]")
_USUAL = re.compile(
    "[\t\n\r -~\u00a0\u00b7\u2010-\u2027\u2460-\u249b\u3000-\u301f\u4e00-\u9fff\uff00-\uff5e]"
)
_NOT_TEXT = "文件不是文字，请上传 .txt、.html、.docx、.xlsx 或带文字的 .pdf。"
_SAMPLE = 1 << 16
_MAX_BROKEN = 0.01
"""Share of characters that may be broken: one damaged byte shall not stop an office, a picture
or a program has far more."""
_MAX_STRANGE = 0.3
"""Share of unassigned and private characters above which it is another encoding."""
_WIDE_ENOUGH = 0.9
"""Share of everyday characters from which bytes without a mark are taken as UTF-16."""


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the text without its byte order mark, newlines as in the file.

    Tries the byte order mark, then UTF-16 by how its bytes lie, then UTF-8, ``declared`` (by
    an .html page) and GB18030. A few broken bytes become U+FFFD. Raises ``Unreadable``
    (not_a_document) when no reading gives text.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _plausible(data[len(bom) :].decode(encoding, "replace"))
    wide = _utf16_without_bom(data[:_SAMPLE])
    if wide:
        return _plausible(data.decode(wide, "replace"))
    return _plausible(_eight_bit(data, declared or "gb18030"))


def _eight_bit(data: bytes, declared: str) -> str:
    for encoding in dict.fromkeys(("utf-8", declared, "gb18030")):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    # All are broken somewhere: the one with less breakage is meant.
    return min((data.decode(name, "replace") for name in ("utf-8", "gb18030")), key=_broken_share)


def _utf16_without_bom(sample: bytes) -> str | None:
    sample = sample[: len(sample) // 2 * 2]
    if len(sample) < 4 or (b"\x00" not in sample and _reads_as_bytes(sample)):
        return None
    shares = {
        name: _usual_share(sample.decode(name, "replace")) for name in ("utf-16-le", "utf-16-be")
    }
    best = max(shares, key=lambda name: shares[name])
    return best if shares[best] > _WIDE_ENOUGH else None


def _reads_as_bytes(sample: bytes) -> bool:
    """Tell whether UTF-8 or GB18030 gives sense; only without it may UTF-16 be tried."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return _usual_share(sample.decode("gb18030", "replace")) > _WIDE_ENOUGH
    return True


def _usual_share(text: str) -> float:
    return len(_USUAL.findall(text)) / max(len(text), 1)


def _broken_share(text: str) -> float:
    return len(_BROKEN.findall(text)) / max(len(text), 1)


def _plausible(text: str) -> str:
    broken = len(_BROKEN.findall(text))
    if broken > max(1, len(text) * _MAX_BROKEN) or 0 < broken == len(text.strip()):
        raise Unreadable("not_a_document", _NOT_TEXT)
    sample = text[:_SAMPLE]
    strange = sum(unicodedata.category(char) in ("Cn", "Co", "Cs") for char in sample)
    if strange > len(sample) * _MAX_STRANGE:
        raise Unreadable("not_a_document", _NOT_TEXT)
    return text
