"""From when and until when a document is in force, by its own words; other papers' days are not."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gongkai.kernel.chinese import number
from gongkai.reading.clean import Line
from gongkai.reading.elements import places
from gongkai.reading.elements.values import Found
from gongkai.reading.folded import Folded, fold
from gongkai.reading.header import words

_FORCE = r"(?:正式)?(?:施行|实施|执行|生效|试行)(?!以来|后|前|之|情况|期间)"
_ON = re.compile(rf"(?:自|从|于)?(?:{words.DAY})(?:之日)?起?(?:开始)?{_FORCE}")
_FROM_ISSUE = re.compile(
    rf"自(?P<act>发布|公布|印发|颁布|下发|签发|发文|通过)之日起(?:满?(?P<n>\d{{1,3}})日后?)?{_FORCE}"
)
_COUNT = r"\d{1,3}|[一二两三四五六七八九十]{1,3}"
_TERM = re.compile(
    rf"(?:有效期|试行期|施行期|执行期)限?(?:暂定|定)?(?:为|是)?(?P<n>{_COUNT})(?P<unit>年|个月)"
    rf"|试行(?P<m>{_COUNT})年"
)
_UNTIL = re.compile(rf"(?:有效期|试行期)限?[^，。；]{{0,20}}?(?:至|到|止于){words.DAY}")
_UNTIL_ALONE = re.compile(rf"(?:有效至|施行至|执行至|至){words.DAY}(?:止|失效|废止)")
_OWN = re.compile(
    r"本(?:办法|规定|细则|通知|意见|方案|规则|决定|通告|公告|制度|措施|规范|预案|文件|标准|规程|政策|条例|令|实施)"
)
_SENTENCE = re.compile(r"[^。；;\n]+")
_WORTH = re.compile(r"施行|实施|执行|生效|试行|有效")
_BY_ISSUE = frozenset({"发布", "公布", "颁布", "发文"})


@dataclass(frozen=True)
class Force:
    """What the words say: days as they stand or as counted from others."""

    effective: Found | None = None
    lapses: Found | None = None
    term: Found | None = None


@dataclass(frozen=True)
class _Seen:
    weight: int
    found: Found
    by: str = ""
    """发布, 印发 …: counted from the day of that, with so many days after."""
    after: int = 0


@dataclass
class _Sightings:
    effective: list[_Seen]
    lapses: list[_Seen]
    terms: list[_Seen]


def find_force(
    lines: Iterable[Line],
    *,
    own: frozenset[str],
    formed: str | None,
    published: str | None,
) -> Force:
    """Find when the document comes into force and lapses.

    ``own`` are folded names of the document; a sentence about another 《…》 weighs little. A term
    of years ends on the day before the one of equal name (ADR 0220).
    """
    seen = _Sightings([], [], [])
    for line in lines:
        if _WORTH.search(line.text):
            _look(line, own, seen)
    effective = _counted(_best(seen.effective, "施行"), formed, published)
    term = _best(seen.terms, "有效期")
    lapses = _best(seen.lapses, "失效")
    found = lapses.found if lapses else None
    if found is None and term:
        found = _end_of(term.found, effective.value if effective else "")
    return Force(effective, found, term.found if term else None)


def _look(line: Line, own: frozenset[str], seen: _Sightings) -> None:
    for match in _SENTENCE.finditer(line.text):
        folded = fold(match[0])
        if not _WORTH.search(folded.text):
            continue
        weight = _weight(folded.text, own)
        for found, by, after in _effective(line, match.start(), folded):
            seen.effective.append(_Seen(weight, found, by, after))
        for pattern in (_UNTIL, _UNTIL_ALONE):
            until = pattern.search(folded.text)
            iso = words.iso_day(until) if until else None
            if until and iso:
                found = _part(line, match.start(), folded, until, iso)
                seen.lapses.append(_Seen(weight, found))
                break
        term = _TERM.search(folded.text)
        if term:
            value = _years(term)
            if value:
                found = _part(line, match.start(), folded, term, value)
                seen.terms.append(_Seen(weight, found))


def _weight(sentence: str, own: frozenset[str]) -> int:
    """Weigh a sentence: what speaks of this document counts most, of another one least."""
    if _OWN.search(sentence):
        return 3
    named = re.findall(r"《([^》]{1,120})》", sentence)
    if any(_plain(one) in own for one in named):
        return 2
    return 0 if named else 1


def _plain(title: str) -> str:
    return fold(title, lines=False).text.casefold()


def _effective(line: Line, begin: int, folded: Folded) -> Iterator[tuple[Found, str, int]]:
    for match in _ON.finditer(folded.text):
        iso = words.iso_day(match)
        if iso:
            yield _part(line, begin, folded, match, iso), "", 0
        else:
            doubt = "施行日期不存在，请核对原文。"
            yield replace(_part(line, begin, folded, match, ""), doubts=(doubt,)), "", 0
    for match in _FROM_ISSUE.finditer(folded.text):
        yield _part(line, begin, folded, match, ""), match["act"], int(match["n"] or 0)


def _part(line: Line, begin: int, folded: Folded, match: re.Match[str], value: str) -> Found:
    first, last = folded.span(*match.span())
    return places.part(line, begin + first, begin + last, value)


def _best(seen: list[_Seen], what: str) -> _Seen | None:
    """Return the sighting that weighs most, the last of equals, in doubt where they differ."""
    if not seen:
        return None
    most = max(one.weight for one in seen)
    equals = [one for one in seen if one.weight == most]
    best = equals[-1]
    if len({(one.found.value, one.by, one.after) for one in equals}) > 1:
        said = "”“".join(dict.fromkeys(one.found.text for one in equals))
        doubt = f"文中有几处写到{what}：“{said}”，请核对哪一处说的是本文件。"
        best = replace(best, found=replace(best.found, doubts=(*best.found.doubts, doubt)))
    elif most == 0:
        doubt = f"这句话说的可能是别的文件的{what}，请核对。"
        best = replace(best, found=replace(best.found, doubts=(*best.found.doubts, doubt)))
    return best


def _counted(seen: _Seen | None, formed: str | None, published: str | None) -> Found | None:
    """Count 自发布之日起 from the day of it, as far as that is known."""
    if seen is None or not seen.by:
        return seen.found if seen else None
    base = published or formed if seen.by in _BY_ISSUE else formed or published
    if base is None:
        doubt = f"自{seen.by}之日起施行，文中没有{seen.by}日期，{seen.by}后再填。"
        return replace(seen.found, doubts=(*seen.found.doubts, doubt))
    day = (date.fromisoformat(base) + timedelta(days=seen.after)).isoformat()
    doubt = f"自{seen.by}之日起施行，暂按{base}推算，{seen.by}后请核对。"
    return replace(seen.found, value=day, doubts=(*seen.found.doubts, doubt))


def _years(match: re.Match[str]) -> str:
    count = number((match["n"] or match["m"] or "").replace("两", "二"))
    return f"{count}{match['unit'] or '年'}" if count else ""


def _end_of(term: Found, effective: str) -> Found:
    """Return the day on which a term ends that counts from the day of coming into force."""
    if not effective:
        doubt = f"写了有效期{term.value}，没有施行日期，失效日期请补填。"
        return replace(term, value="", doubts=(doubt,))
    count = int(re.match(r"\d+", term.value)[0])  # type: ignore[index]  # values begin with it
    months = count * (12 if term.value.endswith("年") else 1)
    day = last_day(date.fromisoformat(effective), months)
    if day is None:
        return replace(term, value="", doubts=("有效期太长，失效日期请核对。",))
    doubt = f"由施行日期{effective}和有效期{term.value}推算，请核对。"
    return replace(term, value=day.isoformat(), doubts=(doubt,))


def last_day(begins: date, months: int) -> date | None:
    """Return the last day of a term of months that begins on a day; None beyond the calendar.

    Five years from 1 May 2026 end on 30 April 2031.
    """
    count = begins.year * 12 + begins.month - 1 + months
    year, month = divmod(count, 12)
    if year > date.max.year:
        return None
    days = calendar.monthrange(year, month + 1)[1]
    if begins.day > days:
        return date(year, month + 1, days)
    return date(year, month + 1, begins.day) - timedelta(days=1)
