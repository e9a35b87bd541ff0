"""What a document says of itself: title, issuer, number, dates, addressees, attachments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gongkai.kernel.chinese import fold, number
from gongkai.reading.clean import Line
from gongkai.reading.header import titles, words
from gongkai.reading.header.attachments import Attachments, find_attachments
from gongkai.reading.header.frame import HEAD_LINES, Frame, fields_of_cells, read_frame
from gongkai.reading.labels import find_label

__all__ = ["Header", "fields_of_cells", "read_header"]

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年|(二[〇○零][〇○零一二三四五六七八九]{2})年")
_YEAR_AHEAD = 400
_ADDRESSED = re.compile(
    r"[局委办厅院会队站所]|单位|[科处股]室|部门|政府|公司|街道|乡|镇|企业|学校|中心|同志"
)
_NOT_ADDRESSED = re.compile(
    r"^附|如下|^现将|^根据|^为|要求是|通知[:：]$|^[^:：]*(?:时间|地点|日期)[:：]$"
)
_IN_TITLE = re.compile(
    r"(?:印发|转发|发布|公布|下达)(?:《(?P<quoted>[^》]+)》|(?P<plain>.{4,80}?))的(?:通知|函|决定|公告)"
)


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
    own_names: frozenset[str] = frozenset()
    """Folded names of the document itself and what hangs on it: no citations of others."""
    used: frozenset[int] = frozenset()
    """Indexes of the lines that belong to head, foot and signature, not to the body."""
    inner: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Title lines of attached papers: index of the first → all."""
    begins: frozenset[int] = frozenset()
    """Lines that close what stands above them: a signature, a list of attachments, 附件1."""
    at: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """Where the lines are that say the title, the addressees, the attachments and what the frame
    holds; of what only a table of data fields says, see ``data``."""
    frame: Frame = field(default_factory=Frame)
    """What data lines, signature and imprint say, further fields (索引号, 公开方式) with it."""
    data: Frame | None = None

    def is_own(self, title: str, number: str | None) -> bool:
        """Say whether a citation names the document itself or what hangs on it."""
        if title:
            return fold(title) in self.own_names
        return bool(number) and fold(number or "") == fold(self.number or "")


def read_header(
    lines: Sequence[Line], meta: Sequence[Line] = (), data: Frame | None = None
) -> Header:
    """Read what a document says of itself from its lines, tables left out.

    ``meta`` are the data of an .html's head, ``data`` what a table of data fields says.
    """
    texts = [line.text.translate(words.HALF_DIGITS) for line in lines]
    frame = read_frame(texts)
    hung = find_attachments(texts, frame.used)
    used = frame.used | hung.used
    addressed = _addressed_line(texts, used)
    end = _head_end(texts, used, addressed)
    title = titles.find_title(lines, texts, end, used)
    used |= set(title.at) | _above(texts, title.at[0]) if title else set()
    used |= {addressed} if addressed is not None else set()
    name = (
        title.text
        if title
        else titles.page_title(meta) or frame.title or (data.title if data else None)
    )
    known = [*hung.names, *_names_in(name)]
    inner = titles.inner_titles(texts, end if title is None else title.at[-1] + 1, used, known)
    inner = [one for one in inner if _heads_paper(one, frame, hung, known, used)]
    own = name or (inner[0].text if inner else None)
    return _filled(
        Header(
            title=own,
            number=frame.number or (data.number if data else None),
            date=frame.date,
            published=frame.published or _page_day(meta),
            year=_year(own, texts, used, frame.date),
            addressees=_addressees(texts[addressed]) if addressed is not None else (),
            attachments=tuple(hung.names),
            own_names=frozenset(fold(one) for one in (own or "", *known, *(i.text for i in inner))),
            used=frozenset(used),
            inner={one.at[0]: one.at for one in inner},
            begins=frozenset(hung.used | set(frame.signed_at)),
            at=frame.at
            | ({"title": title.at if title else inner[0].at} if title or inner else {})
            | ({"addressees": (addressed,)} if addressed is not None else {})
            | {"attachments": tuple(sorted(hung.used))},
            frame=frame,
            data=data,
        ),
        frame,
        data,
    )


def _filled(header: Header, frame: Frame, data: Frame | None) -> Header:
    of_title = words.ISSUER_OF_TITLE.match(header.title or "")
    issuer = frame.issuer if frame.signed_at and frame.issuer else None
    issuer = issuer or (of_title["organ"].strip() if of_title else None) or frame.issuer
    return replace(
        header,
        issuer=issuer or (data.issuer if data else None),
        date=header.date or (data.date if data else None),
        published=header.published or (data.published if data else None),
    )


def _above(texts: Sequence[str], title: int) -> set[int]:
    """Return the lines above the title: they are the page's, not the text's."""
    return {index for index in range(title) if "。" not in texts[index]}


def _addressed_line(texts: Sequence[str], used: set[int]) -> int | None:
    """Return the line that names whom the document is sent to, before anything numbered."""
    for index, text in enumerate(texts[:HEAD_LINES]):
        if find_label(text) or "。" in text:
            return None
        if index in used or not text.endswith((":", "：")) or len(text) > 300:
            continue
        if _ADDRESSED.search(text) and not _NOT_ADDRESSED.search(text):
            return index
    return None


def _addressees(text: str) -> tuple[str, ...]:
    parts, depth, begin = [], 0, 0
    for index, char in enumerate(text):
        depth += (char in "（(") - (char in "）)")
        if char in "，,、;；:：" and depth <= 0:
            parts.append(text[begin:index])
            begin = index + 1
    return tuple(words.close_up(part.strip()) for part in parts if part.strip())


def _head_end(texts: Sequence[str], used: set[int], addressed: int | None) -> int:
    """Return the index of the first line that is no longer head but the document's words."""
    if addressed is not None:
        return addressed
    for index, text in enumerate(texts):
        if index in used:
            continue
        if (
            find_label(text)
            or "。" in text
            or text.endswith(("：", ":", "；", "，"))
            or len(text) > 90
        ):
            return index
    return len(texts)


def _heads_paper(
    title: titles.Title, frame: Frame, hung: Attachments, known: Sequence[str], used: set[int]
) -> bool:
    """Say whether a title-like line really heads a paper: named before, or right behind a mark."""
    if fold(title.text) in {fold(name) for name in known}:
        return True
    before = title.at[0] - 1
    while before in used:
        if before in frame.signed_at or before in hung.begins:
            return True
        before -= 1
    return False


def _names_in(title: str | None) -> Iterator[str]:
    for match in _IN_TITLE.finditer(title or ""):
        yield match["quoted"] or match["plain"]


def _year(
    title: str | None, texts: Sequence[str], used: set[int], signed: str | None
) -> int | None:
    """Return the year the document is for: its title's, else its beginning's, else the day's."""
    named = _years(title or "")
    if named:
        return max(named)
    beginning = "".join(text for index, text in enumerate(texts[:HEAD_LINES]) if index not in used)
    counted = Counter(_years(beginning[:_YEAR_AHEAD]))
    signed_in = int(signed[:4]) if signed else None
    if not counted or (signed_in and (signed_in in counted or max(counted) < signed_in - 1)):
        return signed_in
    most = max(counted.values())
    return max(year for year, times in counted.items() if times == most)


def _years(text: str) -> list[int]:
    return [number(match[1] or match[2].replace("○", "〇")) or 0 for match in _YEAR.finditer(text)]


def _page_day(meta: Sequence[Line]) -> str | None:
    named = ("pubdate", "publishdate", "publish-date", "pubtime", "article:published_time")
    for line in meta:
        day = re.match(words.PLAIN_DAY, line.text) if line.block.tag.lower() in named else None
        if day:
            return words.iso_day(day)
    return None
