"""What a document says of itself: title, issuer, number, dates, addressees, attachments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.kernel.chinese import number
from gongkai.reading.clean import Line
from gongkai.reading.labels import find_label

_CN = "零〇○一二三四五六七八九十"
_UP_TO_31 = rf"(\d{{1,2}}|[{_CN}]{{1,3}})"
_DAY = rf"([12]\d{{3}}|[{_CN}]{{4}})\s*年\s*{_UP_TO_31}\s*月\s*{_UP_TO_31}\s*日"
_SIGNED = re.compile(rf"^{_DAY}$")
_SIGNED_AFTER = re.compile(rf"^(.{{2,40}}?)\s*{_DAY}$")
_NUMBER = re.compile(
    r"^[一-龥]{1,14}\s*[〔\[［（(]\s*\d{4}\s*[〕\]］）)]\s*(?:第\s*)?\d{1,5}\s*号$"
)
_PUBLISHED = re.compile(
    r"(?:(?:发布|公布|公开|更新)?(?:日期|时间)|发布于)\s*[:：]?\s*"
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})"
)
_TITLE_END = re.compile(
    r"(?:要点|方案|通知|意见|办法|规定|分工|分工表|分解表|任务表|报告|计划|总结|细则|函|公告|通告|决定|安排"
    r"|清单|情况|制度|规则|纲要|规划|汇报|台账)(?:[（(][^（）()]{1,20}[)）])?$"
)
_TITLE_OF_ISSUER = re.compile(r"^(.{3,40}?)关于(?:印发|做好|进一步|开展|加强|公布|报送|下达|调整)")
_ORGAN = re.compile(
    r"^[一-龥（）()]{2,40}(?:局|委员会|委|办公室|政府|厅|办|中心|院|处|支队|大队|公司|领导小组|部|署|会)$"
)
_ATTACHMENT = re.compile(r"^附\s*件\s*(?:\d+|[一二三四五六七八九十])?\s*[:：]\s*(.*)$")
_ATTACHED = re.compile(r"^(?:\d{1,2}\s*[.．、]\s*)?(.{2,100}?)$")
_FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|zip|rar|txt|ofd)$", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(20\d{2}|19\d{2})\s*年")
_YEAR_CN = re.compile(r"(二[〇○零][〇○零一二三四五六七八九]{2})年")
HEAD_LINES = 40
"""The head of a document is looked for in so many lines."""


@dataclass(frozen=True)
class Header:
    """What a document says of itself; None or empty where it does not."""

    title: str | None = None
    issuer: str | None = None
    number: str | None = None
    date: str | None = None
    published: str | None = None
    year: int | None = None
    addressees: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()
    """The indexes of the lines that belong to the head or the signature, not to the body."""


def read_header(lines: Sequence[Line], meta: Sequence[Line] = ()) -> Header:
    """Read what a document says of itself from its lines (tables left out)."""
    used: set[int] = set()
    texts = [line.text.strip() for line in lines]
    published = _published(texts, used)
    title = _title(lines, texts, used)
    signed, issuer = _signature(texts, used)
    return Header(
        title=title,
        issuer=issuer or _issuer_of(title),
        number=_number(texts, used),
        date=signed,
        published=published,
        year=_year(title, texts, signed),
        addressees=_addressees(texts, used),
        attachments=_attachments(texts, used),
        used=frozenset(used),
    )


def _published(texts: Sequence[str], used: set[int]) -> str | None:
    for i, text in enumerate(texts[:HEAD_LINES]):
        match = _PUBLISHED.search(text)
        if match and len(text) <= 80 and find_label(text) is None:
            used.add(i)
            return _iso(*match.groups())
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    from datetime import date

    y, m, d = (number(x) for x in (year, month, day))
    try:
        return date(y or 0, m or 0, d or 0).isoformat()
    except ValueError:
        return None


def _first_body(texts: Sequence[str]) -> int:
    return next((i for i, t in enumerate(texts) if find_label(t)), len(texts))


def _title(lines: Sequence[Line], texts: Sequence[str], used: set[int]) -> str | None:
    """Find the title: what the file marks as one, else a line that is built like one."""
    marked = [
        i
        for i, line in enumerate(lines[:HEAD_LINES])
        if line.block.kind == "title" or line.block.level == 1
    ]
    for i in marked:
        if len(texts[i]) >= 4 and find_label(texts[i]) is None:
            used.update(j for j in marked if texts[j])
            return texts[i]
    end = min(_first_body(texts), HEAD_LINES)
    for i in range(end):
        whole, first = _joined(texts, i)
        if whole is None:
            continue
        last = _goes_on(texts, i, end)
        used.update(range(first, last + 1))
        _use_repeats(texts[:end], last, used)
        return whole + "".join(texts[i + 1 : last + 1])
    return None


def _goes_on(texts: Sequence[str], i: int, end: int) -> int:
    """Return the last line of a title that is broken over lines (责任分工分解表 alone is no title)."""
    while i + 1 < end and _titleish(texts[i + 1]) and _TITLE_END.search(texts[i + 1]):
        if _stands_alone(texts[i + 1]):
            break
        i += 1
    return i


def _joined(texts: Sequence[str], i: int) -> tuple[str | None, int]:
    """Return the title that ends in line ``i`` with the index of its first line."""
    text = texts[i]
    if not _TITLE_END.search(text) or not _titleish(text):
        return None, i
    first, whole = i, text
    while first and len(whole) < 60 and _opens_title(texts[first - 1], whole):
        first -= 1
        whole = texts[first] + whole
    return (whole, first) if len(whole) >= 6 and (first < i or _stands_alone(text)) else (None, i)


def _titleish(text: str) -> bool:
    plain = re.sub(r"[《〈“(（][^》〉”)）]*[》〉”)）]", "", text)
    return 3 <= len(text) <= 90 and not any(c in "。；;:：，,？！" for c in plain)


def _opens_title(text: str, rest: str) -> bool:
    """Say whether a line is the beginning of the title whose end is ``rest``."""
    if not _titleish(text) or text == "附件" or _SIGNED.match(text) or _NUMBER.match(text):
        return False
    if _ORGAN.match(text) and not rest.startswith("关于"):
        return False
    return len(text) >= 4 and (not _stands_alone(rest) or rest.startswith("关于"))


def _stands_alone(text: str) -> bool:
    """Say whether a line names its matter: an organ, a year, or "about"."""
    return (
        bool(re.search(r"关于|\d{4}年|二〇|市|县|区|省|局|委|厅|政府|工作", text))
        and len(text) >= 8
    )


def _use_repeats(texts: Sequence[str], found: int, used: set[int]) -> None:
    """A title that is printed again above the body is head too, as is the letter's own title."""
    for i, text in enumerate(texts):
        if i > found and _TITLE_END.search(text) and _titleish(text) and _stands_alone(text):
            used.add(i)


def _issuer_of(title: str | None) -> str | None:
    match = _TITLE_OF_ISSUER.match(title or "")
    organ = match[1] if match else ""
    return organ if _ORGAN.match(organ) else None


def _signature(texts: Sequence[str], used: set[int]) -> tuple[str | None, str | None]:
    """Find the signature: a day that stands alone, with the organ in the line above it."""
    for i, text in enumerate(texts):
        match = _SIGNED.match(text)
        if match:
            used.add(i)
            return _iso(*match.groups()), _organ_above(texts, i, used)
        both = _SIGNED_AFTER.match(text)
        if both and _ORGAN.match(both[1].strip()):
            used.add(i)
            return _iso(*both.groups()[1:]), both[1].strip()
    return None, None


def _organ_above(texts: Sequence[str], i: int, used: set[int]) -> str | None:
    if i and _ORGAN.match(texts[i - 1].replace(" ", "")):
        used.add(i - 1)
        return texts[i - 1].replace(" ", "")
    return None


def _number(texts: Sequence[str], used: set[int]) -> str | None:
    for i, text in enumerate(texts[:HEAD_LINES]):
        if _NUMBER.match(text):
            used.add(i)
            return re.sub(r"\s", "", text)
    return None


def _year(title: str | None, texts: Sequence[str], signed: str | None) -> int | None:
    """The year it is for: its title's, else the commonest of its beginning, else the day's."""
    for text in (title or "", "\n".join(texts[:6])[:800]):
        years = [int(y) for y in _YEAR.findall(text)]
        years += [number(y) or 0 for y in _YEAR_CN.findall(text)]
        if years:
            common = Counter(years).most_common()
            most = [y for y, n in common if n == common[0][1]]
            return max(most)
    return int(signed[:4]) if signed else None


def _addressees(texts: Sequence[str], used: set[int]) -> tuple[str, ...]:
    for i, text in enumerate(texts[: min(_first_body(texts), HEAD_LINES)]):
        if text.endswith((":", "：")) and 3 <= len(text) <= 200 and _addressed(text):
            used.add(i)
            return tuple(x.strip() for x in _split(text[:-1]) if x.strip())
    return ()


def _addressed(text: str) -> bool:
    if text.startswith(("附件", "现将", "一、")) or "如下" in text or "。" in text:
        return False
    return bool(re.search(r"各|局|委|办|政府|单位|科室|处室|部门", text))


def _split(text: str) -> Iterable[str]:
    depth, begin = 0, 0
    for i, c in enumerate(text):
        depth += (c in "（(") - (c in "）)")
        if c in "，,、;；" and depth == 0:
            yield text[begin:i]
            begin = i + 1
    yield text[begin:]


def _attachments(texts: Sequence[str], used: set[int]) -> tuple[str, ...]:
    """Collect what the attachment lines name: behind 附件：, or in the lines below it."""
    found: list[str] = []
    for i, text in enumerate(texts):
        match = _ATTACHMENT.match(text)
        if match is None:
            continue
        used.add(i)
        if match[1].strip():
            found.append(_named(match[1]))
        found += _below(texts, i + 1, used, numbered=bool(re.match(r"\d", match[1].strip())))
    return tuple(dict.fromkeys(x for x in found if x))


def _named(text: str) -> str:
    match = _ATTACHED.match(text.strip())
    return (match[1] if match else text).strip(" 。.；;")


def _below(texts: Sequence[str], start: int, used: set[int], *, numbered: bool) -> list[str]:
    found = []
    for i in range(start, min(start + 20, len(texts))):
        text = texts[i]
        is_next = bool(re.match(r"^\d{1,2}\s*[.．、]", text)) and numbered
        if not (is_next or _FILE.search(text)) or len(text) > 120:
            break
        used.add(i)
        found.append(_named(text))
    return found
