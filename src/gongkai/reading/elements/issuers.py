"""Who issues a document, and which of joint issuers its number belongs to."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongkai.reading.elements import places
from gongkai.reading.elements.values import Found
from gongkai.reading.header import words
from gongkai.reading.opening import Opened

_PARTED = re.compile(r"[、，,;；\s]+")
_LETTERS_END = re.compile(
    r"(?:公开办函|办发明电|办函|发明电|发电|发|函|字|规范|规|通|告|令|党|呈|议|电)$"
)
_TAIL = re.compile(r"文件$")
_FEWEST = 2


def find_issuers(opened: Opened) -> tuple[Found, ...]:
    """Return the issuers, the one of the document number first.

    A signature goes before the title, and that before a red head or a data field.
    """
    header = opened.header
    names = _names(header.issuer or "")
    more = _title_names(header.title or "")
    if len(more) > len(names):
        names, lines = more, places.lines_of(opened, "title")
    elif "issuer" in header.at and header.issuer == header.frame.issuer:
        lines = places.lines_of(opened, "issuer")
    else:
        lines = [*places.lines_of(opened, "title"), *places.lines_of(opened, "issuer")]
    if not names:
        return ()
    lead, doubt = lead_of(names, header.number)
    order = [names[lead], *names[:lead], *names[lead + 1 :]]
    found = [places.named(lines, name) for name in order]
    if doubt:
        found[0] = places.named(lines, order[0], doubt)
    return tuple(found)


def _names(text: str) -> list[str]:
    parts = [_TAIL.sub("", words.close_up(part)) for part in _PARTED.split(text) if part]
    if len(parts) > 1 and all(words.is_organ(part) for part in parts):
        return list(dict.fromkeys(parts))
    return [words.close_up(text)] if text else []


def _title_names(title: str) -> list[str]:
    match = words.ISSUER_OF_TITLE.match(title)
    return _names(match["organ"]) if match else []


def lead_of(names: Sequence[str], number: str | None) -> tuple[int, str]:
    """Return the index of the issuer whose sign the number bears, and a doubt where none fits.

    A sign is letters of the name in its order: 清卫发 belongs to 清江市卫生健康委员会.
    """
    sign = re.split(r"[〔\[（(【令]", number or "")[0]
    core = _LETTERS_END.sub("", sign) or sign
    if not core:
        return 0, "没有发文字号，暂以第一个署名的机关为主办机关。" if len(names) > 1 else ""
    fits = [_fit(core, name) for name in names]
    best = max(range(len(names)), key=lambda index: (fits[index], -index))
    if fits[best] < min(_FEWEST, len(core)):
        return 0, f"发文字号的机关代字“{sign}”与署名机关对不上，请核对主办机关。"
    if fits.count(fits[best]) > 1:
        return best, f"从机关代字“{sign}”看不出哪个是主办机关，请核对。"
    return best, ""


def _fit(sign: str, name: str) -> int:
    """Return how many letters of the sign stand in the name, one behind the other."""
    at = count = 0
    for char in sign:
        place = name.find(char, at)
        if place < 0:
            break
        at, count = place + 1, count + 1
    return count
