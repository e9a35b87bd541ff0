"""What stands around the words of a document: data lines, signature, imprint; finds no title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.reading.header import words
from gongkai.reading.labels import find_label

HEAD_LINES = 60
"""Data lines, number and title are looked for in so many lines."""

_FIELDS = {
    "published": (
        "发布日期|发布时间|公开日期|公开时间|公布日期|发布于|信息日期|更新时间|上网时间|网上发布日期|日期|时间|"
        "发稿时间|录入时间"
    ),
    "date": "成文日期|成文时间|发文日期|发文时间|印发日期|生成日期|制发日期|签发日期",
    "issuer": (
        "发布机构|发文机关|发文单位|制发机关|发布单位|公开主体|公开机构|发文机构|发布机关|制定机关"
    ),
    "number": "发文字号|文号|发文文号|文件编号|文件字号",
    "title": "标题|信息名称|文件名称|名称|公文标题|文件标题",
    "index": "索引号|信息索引号|信息索引|信息索取号|索取号",
    "register": "登记号|登记编号|统一登记号|统一编号|规范性文件登记号|规范性文件编号",
    "attribute": (
        "公开方式|公开属性|公开形式|公开类别|公开类型|信息公开选项|信息公开属性|公文公开选项|公开选项"
    ),
    "effective": "生效日期|生效时间|实施日期|实施时间|施行日期|施行时间",
    "lapse": "失效日期|失效时间|废止日期|废止时间|有效期至|有效期止",
    "validity": "有效性|效力状态|时效性",
    "secrecy": "密级|密级和保密期限",
    "urgency": "紧急程度",
    "other": (
        "主题分类|主题词|关键词|体裁分类|体裁|服务对象|公开范围|公开时限|来源|信息来源|文章来源|稿件来源|分类|信息分类|组配分类|"
        "内容分类|字体|字号|字体大小|浏览次数|浏览量|点击数|阅读量|访问量|作者|责任编辑|编辑|审核|内容概述|信息类别|所属类别|开放类型|"
        "语种|签发人"
    ),
}
_DAYS = frozenset({"published", "date", "effective", "lapse"})
_SPACED = {
    kind: "|".join(r"\s*".join(word) for word in group.split("|"))
    for kind, group in _FIELDS.items()
}
_FIELD = re.compile(
    r"(?:^|(?<=[\s|｜【\[（(；;]))[【\[（(]?\s*(?:"
    + "|".join(f"(?P<{kind}>{group})" for kind, group in _SPACED.items())
    + r")\s*[】\]]?\s*[:：]\s*"
)
_LABEL_ALONE = re.compile(
    r"(?:" + "|".join(f"(?P<{kind}>{group})" for kind, group in _SPACED.items()) + r")\s*[:：]?"
)
_DAY = re.compile(words.PLAIN_DAY)
_PAGE_DAY = re.compile(rf"{words.PLAIN_DAY}(?:\s+\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?)?")
_SIGNED = re.compile(rf"[（(]?\s*{words.DAY}\s*[)）]?")
_SIGNED_BY = re.compile(rf"[（(]?\s*(?P<organ>[^（(\s].{{2,60}}?)\s*[（(]?\s*{words.DAY}\s*[)）]?")
_ISSUED = re.compile(
    rf"[（(]\s*{words.DAY}\s*(?P<organ>[^（()）。]{{3,40}}?)(?:印发|发布|公布|颁布|制定)\s*[)）]"
)
"""Right below the title of rules: when and by whom they were given out."""
IMPRINT = re.compile(rf"(?P<organ>.{{0,40}}?)\s*{words.DAY}\s*印\s*发.{{0,12}}")
_FOOT = re.compile(
    r"抄\s*送\s*[:：]|抄\s*报\s*[:：]|主题词\s*[:：]|公开(?:方式|属性|范围)\s*[:：]|[（(]?\s*[此本]件\S{0,20}[)）]?$"
    r"|[（(]\s*(?:联系人|联系电话|联系方式|共印).{0,80}[)）]\s*。?$|联\s*系\s*(?:人|电话|方式)\s*[:：].{0,60}$"
    r"|—\s*\d+\s*—$|-\s*\d+\s*-$|共印\s*\d+\s*份|签发人\s*[:：]"
)
_MOST_SIGNERS = 6
_REDHEAD = re.compile(
    r"(?P<organ>.{3,40}?(?:局|委员会|委|办公室|政府|厅|办|中心|院|小组|部))\s*文\s*件"
)


@dataclass
class Frame:
    """What the lines around the text say; ``used`` are their indexes.

    ``at`` tells of each thing found the lines where it stands, of a table the cells, counted
    row by row.
    """

    published: str | None = None
    date: str | None = None
    issuer: str | None = None
    number: str | None = None
    title: str | None = None
    index: str | None = None
    register: str | None = None
    attribute: str | None = None
    effective: str | None = None
    lapse: str | None = None
    validity: str | None = None
    secrecy: str | None = None
    urgency: str | None = None
    signed_at: list[int] = field(default_factory=list)
    used: set[int] = field(default_factory=set)
    at: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def note(self, kind: str, value: str, at: int) -> None:
        """Keep the value of a data field, the first that says something."""
        value = value.strip(" 【[|｜】]")
        if kind in _DAYS:
            day = _DAY.search(value) or re.search(words.DAY, value)
            value = (words.iso_day(day) if day else None) or ""
        if kind == "number":
            value = words.number_of(value) or ""
        if kind == "issuer" and not words.is_organ(value):
            value = ""
        if kind != "other" and value and getattr(self, kind) is None:
            setattr(self, kind, value)
            self.at[kind] = (at,)

    def say(self, kind: str, value: str | None, at: int) -> None:
        """Keep what a line says, unless one before has said it."""
        if value and getattr(self, kind) is None:
            setattr(self, kind, value)
            self.at[kind] = (at,)

    def take(self, data: Frame) -> None:
        """Take from data fields what the lines themselves do not say."""
        for kind in _FIELDS:
            if kind != "other" and getattr(self, kind) is None and getattr(data, kind) is not None:
                setattr(self, kind, getattr(data, kind))
                self.at[kind] = data.at[kind]


def read_frame(texts: Sequence[str]) -> Frame:
    """Find data lines, number, red head, signature and imprint among the lines."""
    frame = Frame()
    data = Frame()
    _data_lines(texts, data)
    frame.used |= data.used
    for index, text in enumerate(texts):
        if index in frame.used or len(text) > 120:
            continue
        if index < HEAD_LINES:
            _head_line(frame, index, text)
            _decree(frame, index, texts)
        _foot_line(frame, index, text)
    _signature(texts, frame)
    frame.take(data)
    return frame


def fields_of_cells(rows: Sequence[Sequence[str]]) -> Frame | None:
    """Read a table of data fields (索引号, 发文机关 …); None when the table is something else."""
    frame = Frame()
    cells = [text for row in rows for text in row]
    labels = [index for index, text in enumerate(cells) if _field_name(text)]
    inline = [text for text in cells if _FIELD.match(text)]
    if len(labels) + len(inline) < max(2, len([text for text in cells if text]) * 0.3):
        return None
    for index in labels:
        value = cells[index + 1] if index + 1 < len(cells) else ""
        if index + 1 not in labels:
            frame.note(_field_name(cells[index]) or "other", value, index + 1)
    for index, text in enumerate(cells):
        for kind, value in _pairs(text) if _FIELD.match(text) else ():
            frame.note(kind, value, index)
    return frame


def _field_name(text: str) -> str | None:
    match = _LABEL_ALONE.fullmatch(text.strip())
    return match.lastgroup if match else None


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    found = list(_FIELD.finditer(text))
    for match, following in zip(found, [*found[1:], None], strict=True):
        yield (
            match.lastgroup or "other",
            text[match.end() : following.start() if following else None],
        )


def _data_lines(texts: Sequence[str], frame: Frame) -> None:
    waiting = None
    for index, text in enumerate(texts[:HEAD_LINES]):
        if waiting and len(text) <= 60 and not _FIELD.match(text):
            frame.note(waiting, text, index)
            frame.used.add(index)
            waiting = None
            continue
        waiting = None
        if len(text) > 160 or not _FIELD.match(text) or find_label(text):
            continue
        pairs = list(_pairs(text))
        vague = text.lstrip("【[(（ ")[:2] in ("日期", "时间")
        if vague and not _DAY.match(pairs[0][1].strip()):
            continue  # 时间：a meeting's, not the page's
        for kind, value in pairs:
            frame.note(kind, value, index)
        frame.used.add(index)
        if not pairs[-1][1].strip() and pairs[-1][0] != "other":
            waiting = pairs[-1][0]


def _head_line(frame: Frame, index: int, text: str) -> None:
    day = _PAGE_DAY.fullmatch(text)
    if day and index < 12 and "年" not in text:
        frame.published = words.iso_day(day)
        frame.at["published"] = (index,)
        frame.used.add(index)
    number = words.NUMBER.match(text)
    rest = text[number.end() :].strip() if number else "x"
    if number and frame.number is None and (not rest or rest.startswith(("签发人", "附件"))):
        frame.number = words.plain_number(number)
        frame.at["number"] = (index,)
        frame.used.add(index)
    issued = _ISSUED.fullmatch(text)
    if issued and words.is_organ(issued["organ"]):
        frame.say("issuer", words.close_up(issued["organ"]), index)
        frame.say("published", words.iso_day(issued), index)
        frame.used.add(index)
    redhead = _REDHEAD.fullmatch(words.close_up(text))
    if redhead and index < 12:
        frame.say("issuer", redhead["organ"], index)
        frame.used.add(index)


def _decree(frame: Frame, index: int, texts: Sequence[str]) -> None:
    """Take 清江市人民政府令 with 第12号 beside or below it."""
    lines = texts[index : index + 2]
    for count in range(1, len(lines) + 1):
        text = words.close_up("".join(lines[:count]))
        number = words.number_of(text) if words.ORDER.fullmatch(text) else None
        if number and frame.number is None:
            frame.number = number
            frame.at["number"] = tuple(range(index, index + count))
            frame.say("issuer", number[: number.index("令")], index)
            frame.used.update(frame.at["number"])
            return


def _foot_line(frame: Frame, index: int, text: str) -> None:
    imprint = IMPRINT.fullmatch(text)
    if imprint:
        frame.say("published", words.iso_day(imprint), index)
        frame.used.add(index)
    elif _FOOT.match(text):
        frame.used.add(index)


@dataclass(frozen=True)
class _Signed:
    day: str
    organ: str | None
    at: tuple[int, ...]


def _signature(texts: Sequence[str], frame: Frame) -> None:
    """Take the first day that stands under an organ's name, else the last that stands alone."""
    found: list[_Signed] = []
    for index, text in enumerate(texts):
        signed = None if index in frame.used or len(text) > 80 else _signed(texts, index)
        if signed:
            frame.used.update(signed.at)
            frame.signed_at.append(index)
            found.append(signed)
    best = next((one for one in found if one.organ), found[-1] if found else None)
    if best:
        frame.date = best.day
        frame.at["date"] = best.at[-1:]
        if best.organ:
            frame.issuer = best.organ
            frame.at["issuer"] = best.at[:-1] or best.at


def _signed(texts: Sequence[str], index: int) -> _Signed | None:
    text = texts[index]
    alone = _SIGNED.fullmatch(text)
    if alone and (day := words.iso_day(alone)):
        first = index
        while first and index - first < _MOST_SIGNERS and _signs(texts[first - 1]):
            first -= 1
        organs = [name for one in texts[first:index] for name in words.organs(one)]
        return _Signed(day, "、".join(organs) or None, tuple(range(first, index + 1)))
    together = None if alone else _SIGNED_BY.fullmatch(text)
    if together and words.is_organ(together["organ"]) and (day := words.iso_day(together)):
        return _Signed(day, words.close_up(together["organ"]), (index,))
    return None


def _signs(text: str) -> bool:
    return words.is_organ(text) and not words.ends_title(text) and not find_label(text)
