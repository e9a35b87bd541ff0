"""How the words of a document's head and foot look: days, numbers, organs, titles; no more."""

from __future__ import annotations

import re
from datetime import date

from gongkai.kernel.chinese import number

_CN = "零〇○Ｏ0一二三四五六七八九十"
DAY = (
    rf"(?P<y>[12]\d{{3}}|[{_CN}]{{4}})\s*年\s*(?P<m>\d{{1,2}}|[{_CN}]{{1,3}})\s*月"
    rf"\s*(?P<d>\d{{1,2}}|[{_CN}]{{1,3}})\s*日"
)
PLAIN_DAY = r"(?P<y>[12]\d{3})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})\s*日?"
NUMBER = re.compile(
    r"(?P<organ>[一-龥A-Za-z]{1,14})\s*[〔\[［（(【]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]］）)】]"
    r"\s*(?P<no>(?:第\s*)?\d{1,5}\s*号)"
)
ORDER = re.compile(
    r"(?P<organ>[一-龥]{2,20}令)\s*(?P<year>(?:19|20)\d{2}\s*年)?"
    r"\s*第\s*(?P<no>\d{1,5}|[零〇一二三四五六七八九十百千]{1,7})\s*号"
)
"""The number of a decree: 国务院令第711号."""
HALF_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_ORGAN_END = (
    "局|委员会|委|办公室|政府|厅|办|中心|院|处|科|支队|大队|总队|公司|集团|领导小组|部|署|总站|站|所|会|校|学校|医院|"
    "街道|党组|法院|馆|队|司|机关|社"
)
ORGAN = re.compile(rf"[一-龥（）()·]{{1,38}}(?:{_ORGAN_END})(?:[（(][一-龥]{{1,8}}[)）])?")
ISSUER_OF_TITLE = re.compile(rf"^(?P<organ>[一-龥（）()、 ]{{2,60}}?(?:{_ORGAN_END}))\s*关于")
_TITLE_WORDS = (
    "要点|方案|通知|意见|办法|规定|分工|分解|表|报告|计划|总结|细则|函|公告|通告|通报|批复|决定|决议|安排|清单|目录|"
    "情况|制度|规则|纲要|规划|汇报|台账|措施|条例|指南|规程|任务|举措|要求|请示|纪要|预案|标准|指引|说明|责任书|公报"
)
TITLE_END = re.compile(rf"(?:{_TITLE_WORDS})(?:\s*[（(〔][^（）()〔〕。]{{1,20}}[)）〕])*$")
TITLE_TAIL = re.compile(
    r"^[（(](?:试行|暂行|征求意见稿|草案|修订稿?|送审稿|讨论稿|公开征求意见稿|代拟稿|(?:20\d\d|二[〇○零]..)年版?)[)）]$"
)
_FEWEST_OF_NAME = 4
_QUOTED = re.compile(r"[《〈“(（「][^》〉”)）」]*[》〉”)）」]")
_STOPS = re.compile(r"[。；;:：！？!?|]")
MATTER = re.compile(r"关于|(?:19|20)\d{2}|二[〇○零]|[市县区省州局委厅部旗院办]|政府|政务|工作")


def iso_day(match: re.Match[str]) -> str | None:
    """Return the day of a match of ``DAY`` or ``PLAIN_DAY``, None when no calendar has it."""
    year, month, day = (number(match[name].replace("Ｏ", "〇")) or 0 for name in ("y", "m", "d"))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def plain_number(match: re.Match[str]) -> str:
    """Return a 文号 in its usual writing: 清交发〔2026〕8号."""
    return f"{match['organ']}〔{match['year']}〕" + re.sub(r"\s", "", match["no"])


def number_of(text: str) -> str | None:
    """Return the number that a text consists of, in its usual writing; None for none."""
    order = ORDER.fullmatch(text)
    if order:
        no = number(order["no"])
        year = re.sub(r"\s", "", order["year"] or "")
        return f"{order['organ']}{year}第{no}号" if no else None
    found = NUMBER.fullmatch(text)
    return plain_number(found) if found else None


def close_up(text: str) -> str:
    """Take the spaces out of words that were spaced for looks: 通  知."""
    return re.sub(r"(?<=[^\x00-\xff])\s+(?=[^\x00-\xff])", "", text)


def is_organ(text: str) -> bool:
    """Say whether a line is nothing but the name of an organ."""
    plain = close_up(text)
    return plain == "办公室" or (len(text) >= 3 and ORGAN.fullmatch(plain) is not None)


def organs(text: str) -> list[str]:
    """Return the organs that a line of nothing but names gives, parted by wide spaces."""
    parts = text.split()
    if len(parts) > 1 and all(len(part) >= _FEWEST_OF_NAME and is_organ(part) for part in parts):
        return parts
    return [close_up(text)]


def is_titleish(text: str) -> bool:
    """Say whether a line could be (part of) a title: short, no sentence in it."""
    return 2 <= len(text) <= 90 and not _STOPS.search(_QUOTED.sub("", text))


def ends_title(text: str) -> bool:
    """Say whether a line ends as titles end: 通知, 方案, 分解表, 办法(试行)."""
    return is_titleish(text) and TITLE_END.search(close_up(text)) is not None


def stands_alone(text: str) -> bool:
    """Say whether a title's line names its matter, and so is more than the tail 责任分工分解表."""
    return len(text) >= 8 and MATTER.search(_QUOTED.sub("", text[:-3])) is not None
