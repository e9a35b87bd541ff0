"""When the words of a running sentence make a time its deadline (ADR 30); cells are not here."""

from __future__ import annotations

import re

from gongkai.reading.deadlines.days import Day
from gongkai.reading.deadlines.limits import Span

_NEAR = 40
_LISTED = re.compile(r"[、和及与]|以及")
_SENTENCE = re.compile(r"[。;!?\n]")
_SEGMENT = re.compile(r"[,。;:!?\n]")
_WAS_BEFORE = re.compile(r"已(?!具备|废止|建成的|有)|截至|截止到?目前|曾于|原定")
_WAS_AFTER = re.compile(
    r"(?<![为除受终完末未明罢])了(?![解如结却然])|均已|已(?:经|全部|基本)?(?:完成|公开|发布|实现|建成)"
)
_NOT_AFTER = re.compile(
    r"(?:的?(?:绩效|年度|综合)?(?:考核|考评|评比|评优|总结|述职|评议)|前后|未|以来|以后|之后|后|起(?!草))"
)
_DOES = re.compile(
    r"(?:[,]?(?:全面|基本|全部|前?力争|确保|实现|完成|建成|办结|报送|上报|上线|达到|编制完|整改到位|落实到位|迁移|各(?:开展|组织|召开|进行|举办|报送|公开|公布|通报)"
    r"|(?:印发|出台|公布|公开|发布)(?![的了《]|实施|以来)))"
)
_MUST = re.compile(
    r"(?:力争|确保|争取|务必|务于|须于|应于|要于|须在|应在|要在|最迟于?|不迟于|(?<![收得接看达提直])到|计划于?|拟于|限于?|截止(?:时间为?|日期为?)?[:]?)$"
)
_SUPERIOR = re.compile(
    r"按照?(?:国家|中央|国务院|上级|省|市|州|盟|县|区|部|厅)[^,。;、\n]{0,10}?"
    r"(?:时间节点|时限|时间安排|时间要求|时序进度|进度安排|统一安排|统一部署|统一要求)[^,。;\n]{0,4}?(?:完成|推进|落实|实施|报送|开展)"
)
_TRIGGER = re.compile(
    r"(?:起(?:计?算)?|(?<![前今以最])后|之日|当日)[,]?(?:的|在|于|应当?|须|要|最迟|原则上|一般|计)*$"
)
_WEAK_PROMPTLY = re.compile(
    r"(?:及时|即时|第一时间|随时|立即|实时)(?:转为[^,。;]{0,8})?(?:向社会|对外|全面|主动|准确|依法|予以|进行|发现并){0,3}"
    r"(?:公开|发布|公布|公示|更新|回应|答复|回复|报送|上报|调整|转发|推送|解读|清理|整改|处置|处理|通报|报告|梳理|移送|归档|澄清)"
)
_WEAK_STANDING = re.compile(
    r"(?:常态化|长期|持续|经常性地?)(?:开展|推进|推动|做好|坚持|公开|更新|加强|深化|优化|抓好|落实|提升|完善|规范|强化|跟踪|发布)"
    r"|长期坚持|常抓不懈"
)
_LONGEST_WEAK = 90


def deadlines(text: str, days: list[Day], year: int | None) -> list[Day]:
    """Return the days that the words around them make deadlines still to come.

    In 6月30日和12月31日前 what stands behind the last day is said of both.
    """
    kept: list[Day] = []
    for day in reversed(days):
        listed = kept and _LISTED.fullmatch(text[day.end : kept[-1].start])
        if _is_deadline(text, day, year) or (listed and day.on and not day.begins):
            kept.append(day)
    return kept[::-1]


def _is_deadline(text: str, day: Day, year: int | None) -> bool:
    """Say whether the words around a day of a running text make it a deadline still to come."""
    if day.begins or day.impossible or _tells_of_past(text, day):
        return False
    if day.on is None:
        return day.recurs  # 每年1月31日前 in rules that name no year
    if year is not None and day.on.year < year:
        return False
    if day.marked:
        if text[day.start : day.end].endswith("终"):
            return False  # 年终有考核, 年终考核时: an occasion
        bare_end = not text[day.start : day.end].endswith("前")
        return not (bare_end and _NOT_AFTER.match(text, day.end))
    if day.recurs:
        return True
    before = text[max(0, day.start - 6) : day.start]
    return bool(_MUST.search(before) or _DOES.match(text, day.end))


def _tells_of_past(text: str, day: Day) -> bool:
    low, high = max(0, day.start - _NEAR), day.end + _NEAR
    before = _last_piece(_SEGMENT, text[low : day.start])
    if _WAS_BEFORE.search(before):
        return True
    after = _SENTENCE.split(text[day.end : high], maxsplit=1)[0]
    return _WAS_AFTER.search(after) is not None


def _last_piece(breaks: re.Pattern[str], text: str) -> str:
    return breaks.split(text)[-1]


def superior(text: str) -> re.Match[str] | None:
    """Find 按省里时间节点完成; 根据市委统一部署 at the head of a sentence is no deadline."""
    return _SUPERIOR.search(text)


def triggered(text: str, spans: list[Span]) -> Span | None:
    """Return the first limit that is said to be counted from something (之日起, 印发后)."""
    for span in spans:
        if _TRIGGER.search(text, max(0, span.start - 12), span.start):
            return span
    return None


def weak(text: str) -> tuple[re.Match[str], bool] | None:
    """Find 及时公开 (True) or 持续推进 (False) in what is one short sentence."""
    sentence = text.rstrip("。;!?\n")
    if len(sentence) > _LONGEST_WEAK or _SENTENCE.search(sentence):
        return None
    if found := _WEAK_PROMPTLY.search(sentence):
        return found, True
    if found := _WEAK_STANDING.search(sentence):
        return found, False
    return None
