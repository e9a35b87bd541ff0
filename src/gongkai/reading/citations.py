"""Documents and laws that a text names → ``Citation``; does not look them up."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.reading.folded import Folded, fold
from gongkai.reading.result import Citation

_HAN = "一-鿿"
_YEAR = r"[〔\[(【〈][ ]?(?:19|20)[0-9]{2}[ ]?年?[〕\])】〉]"
_ISSUED = rf"(?P<issued>[{_HAN}]{{1,14}}?[ ]?{_YEAR}[ ]?第?[ ]?[0-9]{{1,5}}[ ]?号)"
_ORDER = (
    rf"(?P<order>(?:中华人民共和国)?[{_HAN}]{{0,24}}?(?<![命指])令(?:[〔\[(]?(?:19|20)[0-9]{{2}}年?[〕\])]?)?"
    r"第[0-9一二三四五六七八九十百零〇]{1,6}号)"
)
_NUMBER = re.compile(rf"{_ISSUED}|{_ORDER}")
_STANDARD_YEAR = re.compile(r"[\[(【〈]((?:19|20)[0-9]{2})年?[\])】〉]")
_LEADING = re.compile(
    r"^(?:.*?(?:根据|按照|依据|依照|贯彻|落实|执行|转发|印发|参照|对照|见|及|(?<!共)和|与|以及|的|以|文号|文件|了|经|即|由|为|由于|发布|公布|通过)(?=[一-鿿]{1,14}[〔\[(【〈令])|第)"
)
_BEHIND = re.compile(r"[ \n]{0,3}[(\[【](?P<inside>[^《》]{0,80})")
_DOCUMENT_END = re.compile(
    r"(?:通知|意见|办法|条例|规定|方案|要点|法|典|细则|决定|规划|纲要|指引|指南|目录|清单|标准|计划|公约|报告|年报|"
    r"公告|通告|通报|批复|复函|函|纪要|制度|措施|举措|规则|规程|准则|章程|解释|解读|预案|规范|表|手册|流程|协议|合同|"
    r"守则|公报|议案|倡议书|白皮书|纲领|条约|名单|导则|要求|建议|政策|工作法|机制|说明|台账|领导信息|信息|简则|须知|"
    r"答复|议程|布局|战略|部署|分工|分解表|责任书|承诺书|清单表|体系|指标|任务书|图|若干)"
    r"(?:[(〔\[][^()〔〕]{1,20}[)〕\]])*$"
)
_NOT_CITED = re.compile(
    r"[ ]?(?:专栏|栏目|专题|专刊|专版|杂志|报纸|节目|频道|微信公众号|等?报刊|一书)"
)
_LAW = re.compile(rf"中华人民共和国[{_HAN}]{{2,20}}?(?:法(?![律规制院治人定庭官])|条例)")
_LONGEST = 300
_DEEPEST = 4
_OPEN, _CLOSE = "《", "》"


def find_citations(text: str) -> list[Citation]:
    """Find each 《title》 with its 文号, each 文号 that stands alone, each law named in full.

    Offsets are into ``text``; the caller joins repeats and leaves out the document's own
    number. A 文号 that stands alone has the title "". Year brackets are given as 〔〕. Papers
    and columns (《人民日报》, 《…》专栏) are no documents.
    """
    folded = fold(text, spaces=True)
    found: list[Citation] = []
    covered = 0
    for start, end in _titles(folded.text):
        found += _between(folded, covered, start)
        citation, covered = _titled(folded, start, end, found)
        if citation:
            found.append(citation)
    found += _between(folded, covered, len(folded.text))
    return found


def _titles(text: str) -> Iterator[tuple[int, int]]:
    """Yield the outermost 《…》; one that never closes is none."""
    at = text.find(_OPEN)
    while at >= 0:
        end = _closing(text, at)
        if end:
            yield at, end
        at = text.find(_OPEN, end or at + 1)


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for at in range(start, min(len(text), start + _LONGEST)):
        if text[at] == _OPEN:
            depth += 1
            if depth > _DEEPEST:
                return None
        elif text[at] == _CLOSE:
            depth -= 1
            if not depth:
                return at + 1
    return None


def _titled(
    folded: Folded, start: int, end: int, before: list[Citation]
) -> tuple[Citation | None, int]:
    """Return the citation of a title and where its words end, its number included."""
    title = re.sub(r"\s", "", folded.original[start + 1 : end - 1])
    number, last = _number_behind(folded.text, end)
    first = start
    if number is None and before and before[-1].end == start and not before[-1].title:
        single = before.pop()  # 国办发〔2019〕14号《关于…的通知》
        number, first = single.number, single.start
    named = _DOCUMENT_END.search(fold(title).text) is not None
    if not title or (number is None and (not named or _NOT_CITED.match(folded.text, end))):
        return None, last
    return Citation(title, number, first, last), last


def _number_behind(text: str, end: int) -> tuple[str | None, int]:
    behind = _BEHIND.match(text, end)
    found = _NUMBER.search(text, behind.start("inside"), behind.end("inside")) if behind else None
    if not found:
        return None, end
    number = found["issued"] or found["order"]
    last = found.end()
    closing = re.compile(r"[^()\[\]【】]{0,40}[)\]】]").match(text, last)
    return _standard(_own_words(number)), closing.end() if closing else last


def _between(folded: Folded, start: int, end: int) -> list[Citation]:
    """Return the numbers and the laws that stand in text outside of titles."""
    found = []
    for match in _NUMBER.finditer(folded.text, start, end):
        number = _own_words(match[0])
        first = match.end() - len(number)
        found.append(Citation("", _standard(number), first, match.end()))
    for match in _LAW.finditer(folded.text, start, end):
        found.append(Citation(match[0], None, *match.span()))
    return sorted(found, key=lambda citation: citation.start)


def _own_words(number: str) -> str:
    """Take 根据, 按照 off the front of what was taken for an issuer's sign."""
    while (leading := _LEADING.match(number)) and leading.end() < len(number):
        number = number[leading.end() :]
    return number


def _standard(number: str) -> str:
    return _STANDARD_YEAR.sub(r"〔\1〕", number.replace(" ", ""))
