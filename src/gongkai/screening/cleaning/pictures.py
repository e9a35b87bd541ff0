"""Cleans pictures: who took them, where, with what; the picture itself stays as it is."""

from __future__ import annotations

import io
import struct
import warnings
import zlib

from PIL import ExifTags, Image, ImageOps

_KEPT_SEGMENTS = frozenset((0xE0, 0xEE))
"""Segments of a JPEG that its colours need: JFIF, Adobe. ICC profiles (E2) are looked at."""
_GOING_CHUNKS = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"dSIG"))
_ABOUT = "拍摄位置、作者等信息"
_MOST_PIXELS = 100_000_000


def clean_picture(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a picture without what it says of itself, turned the way it is shown.

    JPEG, PNG and WebP keep every pixel, but for a photo that lay on its side; a TIFF is written
    anew without loss. Others, and broken ones, are returned as they are.
    """
    copy = data
    try:
        if data.startswith(b"\xff\xd8\xff"):
            copy = _jpeg(data)
        elif data.startswith(b"\x89PNG\r\n\x1a\n"):
            copy = _png(data)
        elif data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            copy = _webp(data)
        elif data.startswith((b"II*\x00", b"MM\x00*")):
            copy = _tiff(data)
    except Exception:  # the checks say of a broken picture that it does not open
        return data, ()
    return (copy, (_ABOUT,)) if copy != data else (data, ())


def _jpeg(data: bytes) -> bytes:
    turned = _upright(data)
    out = bytearray(b"\xff\xd8")
    at = 2
    while at + 4 <= len(turned):
        if turned[at] != 0xFF:
            raise ValueError("no segment")
        mark = turned[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        end = at + 2 + struct.unpack(">H", turned[at + 2 : at + 4])[0]
        if mark == 0xDA:
            return bytes(out) + turned[at : _end_of_scans(turned, end)]
        profile = mark == 0xE2 and turned[at + 4 : at + 15] == b"ICC_PROFILE"
        about = 0xE0 <= mark <= 0xEF and mark not in _KEPT_SEGMENTS and not profile
        if not about and mark != 0xFE:
            out += turned[at:end]
        at = end
    raise ValueError("no picture")


def _end_of_scans(data: bytes, at: int) -> int:
    """Return where the picture ends; what cameras append behind is left out."""
    end = data.find(b"\xff\xd9", at)
    return len(data) if end < 0 else end + 2


def _upright(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as picture:
        if picture.getexif().get(ExifTags.Base.Orientation, 1) in (0, 1):
            return data
        if picture.width * picture.height > _MOST_PIXELS:
            raise ValueError("too large")
        turned = ImageOps.exif_transpose(picture)
        out = io.BytesIO()
        turned.save(out, "JPEG", quality=95, icc_profile=picture.info.get("icc_profile"))
        return out.getvalue()


def _png(data: bytes) -> bytes:
    out, at = bytearray(data[:8]), 8
    while at + 12 <= len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if (
            end > len(data)
            or zlib.crc32(data[at + 4 : end - 4]) != struct.unpack(">I", data[end - 4 : end])[0]
        ):
            raise ValueError("broken chunk")
        if kind not in _GOING_CHUNKS:
            out += data[at:end]
        at = end
        if kind == b"IEND":
            return bytes(out)
    raise ValueError("no end")


def _webp(data: bytes) -> bytes:
    out, at = bytearray(), 12
    while at + 8 <= len(data):
        kind, (length,) = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])
        end = at + 8 + length + (length & 1)
        chunk = bytearray(data[at:end])
        if kind == b"VP8X":
            chunk[8] &= 0b11110011  # no EXIF, no XMP
        if kind not in (b"EXIF", b"XMP "):
            out += chunk
        at = end
    return b"RIFF" + struct.pack("<I", len(out) + 4) + b"WEBP" + bytes(out)


def _tiff(data: bytes) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(io.BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST_PIXELS or getattr(picture, "n_frames", 1) > 1:
                return data
            tags = set(picture.getexif())
            if not tags & _ABOUT_TAGS:
                return data
            upright = ImageOps.exif_transpose(picture)
            plain = Image.frombytes(upright.mode, upright.size, upright.tobytes())
            if upright.palette is not None:
                plain.putpalette(upright.getpalette() or [])
            out = io.BytesIO()
            plain.save(out, "TIFF", compression=picture.info.get("compression", "tiff_lzw"))
            return out.getvalue()


_ABOUT_TAGS = {
    ExifTags.Base.Artist,
    ExifTags.Base.Copyright,
    ExifTags.Base.HostComputer,
    ExifTags.Base.ImageDescription,
    ExifTags.Base.Make,
    ExifTags.Base.Model,
    ExifTags.Base.DateTime,
    ExifTags.Base.Software,
    ExifTags.IFD.GPSInfo,
    ExifTags.IFD.Exif,
    700,
    *range(0x9C9B, 0x9CA0),
}
"""What a TIFF says of its making: who, with what, when, where; XMP and the fields of Windows."""
