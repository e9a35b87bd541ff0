"""Shares and counts that are to be reached → ``Target``; cadences and limits are not here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Literal, NamedTuple

from gongkai.reading import numerals
from gongkai.reading.folded import Folded, fold
from gongkai.reading.result import Target

Op = Literal[">=", "<=", "=", ">", "<"]

_UNIT = (
    r"‰|个百分点|人次|场次|个(?!工作日|月|小时|自然日|百分点|年|季|星期|方面|阶段|钟头)|家|件|项|条|篇|期|场|次|人|户|所|处|座|公里|千米|平方米|平方公里|亩|台|套|批|名|部|份|类|种|村|宗|张|幅|吨|"
    r"亿元|万元|元|栏|例|支|辆|艘|对|组|站|米|公顷|班|课时|学时|小时(?!内|以内|之内)|分(?!钟|别|类|工|管|为|步|级|批|期)|字|轮|起|间|栋|株|棵|页|本|款|档|门"
)
_AT_LEAST = r"不少于|不得少于|不低于|不得低于|不小于|至少|最少|不下于|保底"
_AT_MOST = r"不超过|不得超过|不高于|不得高于|不多于|不大于|控制在|(?:压减|压缩|降低|减少|降)[到至]"
_REACH = r"达到|达|(?:提高|提升|增加|扩大)[到至]|增至|实现|确保|力争|保持在|稳定在|完成"
_MORE = r"超过|高于|大于|突破|多于"
_LESS = r"低于|少于|小于"
_OPS: tuple[tuple[str, Op], ...] = (
    (_AT_LEAST, ">="),
    (_AT_MOST, "<="),
    (_REACH, ">="),
    (_MORE, ">"),
    (_LESS, "<"),
)
_WORDS = re.compile("|".join(f"(?P<op{i}>{words})" for i, (words, _) in enumerate(_OPS)))
_SHARE = re.compile(
    rf"(?:(?P<many>[两三四五六七八九2-9])个)?[“\"'‘「]?(?P<number>{numerals.PERCENT})[”\"'’」]?(?P<after>以上|以内|以下)?"
)
_COUNT = re.compile(
    rf"(?<![0-9.第每\-A-Za-z])(?P<number>{numerals.DECIMAL}|(?<=[于到达少过])[两二三四五六七八九十百千]{{1,4}}(?!分之))(?P<unit>{_UNIT}|加(?=[,。;、]|$))(?P<after>以上|以内|以下)?"
)
_DOES = re.compile(
    r"新建|新增|新设|建成|创建|培育|打造|建设|组建|选树|评选|出列|脱贫|摘帽|退出|举办|召开|组织|开展|发布|推出|编制|制定|"
    r"出台|培训|解读|征集|推广|整治|改造|搬迁|招录|完成|引进|认定|选派|制作|拍摄|撰写|刊发|报送|上报|公开|办结|建立|开设|开通|申报|争取"
)
_RATE = re.compile(r"(?:率|比例|比重|占比|覆盖面|度|权重)(?:均|都|全部|各)?(?:为|要|应)?$")
_WAS = re.compile(
    r"(?<![为除受])了(?![解如结却])|已(?!具备)|共计|累计|合计|截至|同比|比上年|较上年|由原来|其中(?![^;]{0,40}(?:不低于|不少于|不得低于|不得少于|至少|达到|力争|确保))|我[局委县市]共|全年共|共有?[0-9]|共(?:办理|承办|收到|受理|公开|发布|组织|召开|开展)"
)
_EACH = re.compile(r"每[^,。;]{0,6}$")
_CHANGES = re.compile(r"(?:压减|压缩|缩短|减少|降低|下降|精简|提高|提升|增长|增加|上升)(?:了)?$")
_YEARLY = re.compile(r"每(?:年|季|月|半年|周|个月|个季)|全年|一年|一季度一")
_TIMES = frozenset({"次", "场", "场次", "轮"})
_SENTENCE = re.compile(r"[。;!?\n]")
_QUOTES = {"“": "”", "「": "」", "‘": "’", "《": "》", "(": ")"}
_BREAKS = ",、:"
_GLUE = re.compile(
    r"^(?:(?:[0-9]{4}年)?(?:年?[底末内])前?|并且|而且|且|并|和|及|以及|与|同时|其中|即|使|的|确保|力争|实现|要求)+(?=.{4})"
)
_NEAR, _LONGEST = 12, 36


class _Found(NamedTuple):
    start: int
    end: int
    value: Decimal
    unit: str
    op: Op
    whole_list: bool


def find_targets(text: str, *, each_year: bool = False) -> list[Target]:
    """Find the shares (不低于4%, 覆盖率100%) and counts (新建平台2家) that a text asks for.

    A bare rate (公开率100%) is to be reached: ``>=``. Not how often a year (不少于1次: a cadence)
    unless ``each_year`` (it is due at another time), nor within which days (a limit), and nothing
    that a sentence tells as done. Counts are whole (2.3万人 is 23000 of 人).
    """
    folded = fold(text)
    targets: dict[Target, None] = {}
    for start, end in _sentences(folded.text):
        if not _WAS.search(folded.text, start, end):
            for found in _in_sentence(folded.text, start, end, each_year=each_year):
                targets[_target(folded, found, start)] = None
    return list(targets)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _SENTENCE.finditer(text):
        yield at, found.start()
        at = found.end()
    yield at, len(text)


def _in_sentence(text: str, start: int, end: int, *, each_year: bool) -> list[_Found]:
    counts = [
        m for m in _COUNT.finditer(text, start, end) if each_year or not _comes_back(m, start)
    ]
    found = [
        *filter(None, (_share(text, m, start) for m in _SHARE.finditer(text, start, end))),
        *filter(None, (_count(text, m, start) for m in counts)),
    ]
    return sorted(found)


def _comes_back(found: re.Match[str], start: int) -> bool:
    """Say whether a count is how often a year: 每年不少于1次."""
    low = max(start, found.start() - _LONGEST)
    return found["unit"] in _TIMES and bool(_YEARLY.search(found.string, low, found.start()))


def _share(text: str, found: re.Match[str], start: int) -> _Found | None:
    read = numerals.percent(found["number"])
    before = text[max(start, found.start() - _NEAR) : found.start()]
    op = _op(before, found["after"])
    if op is None and (found["many"] or _RATE.search(before) or _CHANGES.search(before)):
        op = ">="
    if read is None or op is None:
        return None
    return _Found(*found.span(), read[0], "%", op, found["many"] is not None)


def _count(text: str, found: re.Match[str], start: int) -> _Found | None:
    read = numerals.decimal(found["number"]) or _spelled(found["number"])
    low = _phrase_low(text, start, found.start())
    before = text[max(low, found.start() - _NEAR) : found.start()]
    op = _op(before, found["after"])
    unit = found["unit"]
    if op is None and _DOES.search(_in_same_quotes(before)):
        op = ">="
    if read is None or op is None or _EACH.search(before):
        return None
    return _Found(found.start(), found.end(), *_scaled(read[0], unit), op, whole_list=False)


def _spelled(written: str) -> tuple[Decimal, Decimal] | None:
    value = numerals.whole(written)
    return (Decimal(value), Decimal(0)) if value else None


def _scaled(value: Decimal, unit: str) -> tuple[Decimal, str]:
    if unit in ("万元", "亿元"):
        return value * (10_000 if unit == "万元" else 100_000_000), "元"
    if unit == "加":
        return value, "家"  # a slip of the keyboard that 家 is typed with
    return value, unit


def _op(before: str, after: str | None) -> Op | None:
    words = [m for m in _WORDS.finditer(before) if not before[m.end() :].strip('为到约在“"')]
    op = next((_OPS[i][1] for m in words[-1:] for i in range(len(_OPS)) if m[f"op{i}"]), None)
    if after in ("以内", "以下"):
        return "<="
    if after == "以上" and op in (">=", ">"):
        return ">="
    if after == "以上" and op is None and _RATE.search(before):
        return ">="
    return op


def _in_same_quotes(before: str) -> str:
    """Return what stands before a number inside the quotes that it stands in."""
    return re.split(r"[“「‘《(]", before)[-1]


def _phrase_low(text: str, start: int, at: int) -> int:
    """Return where the phrase begins in which ``at`` stands; quoted commas do not end it."""
    closed: list[str] = []
    for place in range(at - 1, max(start, at - _LONGEST) - 1, -1):
        char = text[place]
        if char in _QUOTES.values():
            closed.append(char)
        elif char in _QUOTES:
            if closed:
                closed.pop()
        elif char in _BREAKS and not closed:
            return place + 1
    return max(start, at - _LONGEST)


def _target(folded: Folded, found: _Found, start: int) -> Target:
    low = _list_low(folded.text, start, found.start) if found.whole_list else None
    if low is None:
        low = _phrase_low(folded.text, start, found.start)
    glue = _GLUE.match(folded.text[low : found.start])
    low += glue.end() if glue else 0
    low = max(low, folded.text.rfind("且", low, found.start) + 1, _open_quote(folded, low, found))
    return Target(float(found.value), found.unit, found.op, _tail(folded, low, found))


def _open_quote(folded: Folded, low: int, found: _Found) -> int:
    """Return where the words begin inside a quotation that goes on after them, else 0."""
    opened = folded.text.rfind("“", low, found.start)
    closed = folded.text.rfind("”", low, found.start)
    if opened < closed or found.unit == "%" or folded.text.startswith("”", found.end):
        return 0
    return opened + 1


def _tail(folded: Folded, low: int, found: _Found) -> str:
    """Give a count the noun that follows it (出列12个贫困村)."""
    end = found.end
    if found.unit != "%":
        noun = re.compile(r"[一-鿿]{1,20}(?=[,。;、:\n”）)]|$)").match(folded.text, end)
        end = noun.end() if noun else end
    return folded.words(low, end).strip(",、 ").lstrip("”").rstrip("“")


def _list_low(text: str, start: int, at: int) -> int:
    """Go back over 按时办结率、反馈率、… to where the list of rates begins."""
    low = max(text.rfind(mark, max(start, at - 2 * _LONGEST), at) for mark in ",:")
    return low + 1 if low >= 0 else max(start, at - 2 * _LONGEST)
