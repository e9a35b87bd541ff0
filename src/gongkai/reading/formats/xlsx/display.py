"""A cell's value and number format → what the cell displays in a Chinese office. Reads no file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

_BUILTIN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"', 32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 36: 'yyyy"年"m"月"',
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss",
    47: "mm:ss.0", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 57: 'yyyy"年"m"月"', 58: 'm"月"d"日"',
}  # fmt: skip
_TOKEN = re.compile(
    r'"([^"]*)"|\\(.)|_.|\*.|\[([^\]]*)\]|(AM/PM|A/P|上午/下午)|(y+|m+|d+|h+|s+|a{3,4})|(.)',
    re.I | re.S,
)
_DATE_LETTER = re.compile(r"[ymdhsa]", re.I)
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.I)
_NUMBER = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*)?")
_WEEK = "一二三四五六日"
_MAX_SERIAL = 2_958_466
"""The day after 9999-12-31."""


def builtin(number: int) -> str:
    """Return the format that has this built-in number, as Excel and WPS show it in Chinese."""
    return _BUILTIN.get(number, "General")


def display(value: float, code: str, *, since_1904: bool = False) -> str:
    """Return a number as the format displays it: 43617 with yyyy/m/d → "2019/6/1"."""
    section, signed = _section(value, code)
    bare = _QUOTED.sub("", section)
    minus = "-" if signed and value < 0 else ""
    if _shows_moment(bare):
        return _moment(value, section, since_1904)
    if _NUMBER.search(bare) and "E+" not in bare and "/" not in bare:
        return minus + _number(value, section)
    if ";" in code and not bare.strip():
        return _literal(section)
    return plain(value)


def day_of(value: float, code: str, *, since_1904: bool = False) -> str | None:
    """Return the ISO day of a number whose format shows a day, its year or not; else None."""
    bare = _QUOTED.sub("", _section(value, code)[0])
    if not _shows_moment(bare) or "d" not in bare.lower() or not 1 <= value < _MAX_SERIAL:
        return None
    return _from_serial(value, since_1904).date().isoformat()


def _shows_moment(bare: str) -> bool:
    return "general" not in bare.lower() and _DATE_LETTER.search(bare) is not None


def plain(value: float) -> str:
    """Return a number as a cell without format shows it: at most eleven digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.11g}"


def _section(value: float, code: str) -> tuple[str, bool]:
    """Return the part of the format for the value's sign, and whether a minus must be shown."""
    sections = _split(code)
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _split(code: str) -> list[str]:
    found, quoted = [""], False
    for char in code:
        quoted ^= char == '"'
        if char == ";" and not quoted:
            found.append("")
        else:
            found[-1] += char
    return found


def _number(value: float, section: str) -> str:
    match = _NUMBER.search(_QUOTED.sub(lambda quoted: "\0" * len(quoted[0]), section))
    if match is None:
        return plain(value)
    whole_part, _, decimals = match[0].rstrip(",").partition(".")
    number = abs(Decimal(repr(value))) * 100 ** section.count("%")
    rounded = number.quantize(Decimal(1).scaleb(-len(decimals)), ROUND_HALF_UP)
    digits, _, fraction = f"{rounded:,f}".partition(".")
    digits = digits if "," in whole_part else digits.replace(",", "")
    while fraction.endswith("0") and len(fraction) > len(decimals.rstrip("#?")):
        fraction = fraction[:-1]
    text = digits.zfill(whole_part.count("0")) + (f".{fraction}" if fraction else "")
    return _literal(section[: match.start()]) + text + _literal(section[match.end() :])


def _literal(part: str) -> str:
    text = ""
    for quoted, escaped, bracket, _, letters, other in _TOKEN.findall(part):
        currency = bracket[1:].partition("-")[0] if bracket.startswith("$") else ""
        text += quoted or escaped or currency or letters or other
    return text


def _moment(value: float, section: str, since_1904: bool) -> str:
    if not 0 <= value < _MAX_SERIAL:
        return plain(value)
    moment = _from_serial(value, since_1904)
    tokens = [*_pieces(section)]
    half = any(kind == "half" for kind, _ in tokens)
    shown = ""
    for index, (kind, text) in enumerate(tokens):
        if kind == "letters":
            shown += _field(moment, text, _is_minute(tokens, index), half, value)
        elif kind == "half":
            morning, _, afternoon = text.partition("/")
            shown += morning if moment.hour < 12 else afternoon
        else:
            shown += text
    return shown.strip()


def _from_serial(value: float, since_1904: bool) -> datetime:
    # Excel counts a 29 February 1900 that never was: days before it stand one later.
    start = date(1904, 1, 1) if since_1904 else date(1899, 12, 31 if value < 60 else 30)
    seconds = round(value * 86_400)
    day = start + timedelta(days=min(seconds // 86_400, (date.max - start).days))
    midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 - a sheet's days have no zone
    return midnight + timedelta(seconds=seconds % 86_400)


def _pieces(section: str) -> Iterator[tuple[str, str]]:
    for match in _TOKEN.finditer(section):
        quoted, escaped, bracket, half, letters, other = match.groups()
        if bracket is not None:
            if bracket.lower().strip("hms") == "":
                yield "letters", f"[{bracket}]"
        elif half:
            yield "half", half.upper()
        elif letters:
            yield "letters", letters
        else:
            yield "literal", quoted or escaped or other or ""


def _is_minute(tokens: list[tuple[str, str]], index: int) -> bool:
    letters = [
        (place, text.lower()) for place, (kind, text) in enumerate(tokens) if kind == "letters"
    ]
    place = next(number for number, (at, _) in enumerate(letters) if at == index)
    before = letters[place - 1][1] if place else ""
    after = letters[place + 1][1] if place + 1 < len(letters) else ""
    return before.strip("[").startswith("h") or after.startswith("s")


def _field(moment: datetime, letters: str, minute: bool, half: bool, value: float) -> str:
    low = letters.lower()
    if low.startswith("["):
        seconds = round(value * 86_400)
        return str(seconds // {"h": 3600, "m": 60, "s": 1}[low[1]])
    sign, size = low[0], len(low)
    if sign == "y":
        return f"{moment.year:04d}" if size > 2 else f"{moment.year % 100:02d}"
    if sign == "a" or (sign == "d" and size > 2):
        return ("星期" if size == 4 else "周" if sign == "d" else "") + _WEEK[moment.weekday()]
    if sign == "m" and not minute and size > 2:
        return f"{moment.month}月"
    hour = (moment.hour % 12 or 12) if half else moment.hour
    number = {
        "m": moment.minute if minute else moment.month,
        "d": moment.day,
        "h": hour,
        "s": moment.second,
    }[sign]
    return f"{number:02d}" if size > 1 else str(number)
