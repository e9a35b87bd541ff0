"""The grammar of document numbers (发文字号): what breaks it, why, and the right form."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gongkai.kernel.chinese import number

_HAN = "\u4e00-\u9fff"
_NUMBER = re.compile(rf"[{_HAN}A-Za-z]{{1,20}}〔(?:19|20)[0-9]{{2}}〕[1-9][0-9]*号")
_ORDER = re.compile(rf"[{_HAN}]{{1,20}}令(?:(?:19|20)[0-9]{{2}}年)?第[1-9][0-9]*号")
_FIGURES = "0-9零〇○一二三四五六七八九十百千"
_OPEN, _CLOSE = r"\[［(（【{〖〔﹝〈<", r"\]］)）】}〗〕﹞〉>"
_LOOSE = re.compile(
    rf"(?P<organ>[^{_OPEN}{_CLOSE}0-9]{{0,40}}?)(?P<open>[{_OPEN}])(?P<year>[{_FIGURES}]{{1,6}})"
    rf"(?P<nian>年度?)?(?P<close>[{_CLOSE}])(?P<di>第)?(?P<no>[{_FIGURES}]{{1,12}})(?P<hao>号)?(?P<rest>.*)",
    re.S,
)
_LOOSE_ORDER = re.compile(
    rf"(?P<organ>[{_HAN}]{{1,20}}?)(?P<early>令)?(?P<year>(?:19|20)[0-9]{{2}}年)?"
    rf"(?P<di>第)?(?P<no>[{_FIGURES}]{{1,12}})(?P<hao>号)?(?P<late>令)?"
)
_ORGAN = re.compile(rf"[{_HAN}A-Za-z]{{1,20}}")
_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_LONGEST = 200
_USUAL = "机关代字、〔四位年份〕、序号、“号”，例如清卫发〔2026〕8号"


@dataclass(frozen=True)
class Verdict:
    """Why a number breaks the grammar, in sentences, and how it is written rightly.

    ``right`` is None when that cannot be told from what stands there.
    """

    problems: tuple[str, ...] = ()
    right: str | None = None


def number_problems(text: str) -> tuple[str, ...]:
    """Return why a text is no document number as it must be written; nothing for a right one.

    GB/T 9704–2012 7.2.5: organ's sign, year in 〔〕, serial without 第 and leading zeros, 号;
    decrees are counted through (国务院令第711号). The last sentence gives the right form where
    it can be told.
    """
    verdict = judge(text)
    if not verdict.problems:
        return ()
    advice = (f"应写作“{verdict.right}”。",) if verdict.right else ()
    return verdict.problems + advice


def right_number(text: str) -> str | None:
    """Return the number in its right form; None when it cannot be told."""
    return judge(text).right


def judge(text: str) -> Verdict:
    """Judge one number; what is right already comes back as it is."""
    if _NUMBER.fullmatch(text) or _ORDER.fullmatch(text):
        return Verdict((), text)
    if not text.strip():
        return Verdict(("没有发文字号。",))
    if len(text) > _LONGEST:
        return Verdict((f"太长，不是发文字号。写法是{_USUAL}。",))
    plain, problems = _plain(text)
    if _NUMBER.fullmatch(plain) or _ORDER.fullmatch(plain):
        return Verdict(tuple(problems), plain)
    loose = _LOOSE.fullmatch(plain)
    if loose:
        return _loose(loose, problems)
    order = _LOOSE_ORDER.fullmatch(plain)
    if order and (order["early"] or order["late"]):
        return _order(order, problems)
    return Verdict((*problems, f"不是发文字号的写法。写法是{_USUAL}。"))


def _plain(text: str) -> tuple[str, list[str]]:
    """Return the text half-width, without spaces and an enclosing bracket, and what that mended."""
    problems = []
    plain = "".join(
        unicodedata.normalize("NFKC", char) if char.isalnum() and ord(char) > 0xFF00 else char
        for char in text
    )
    if plain != text:
        problems.append("数字和字母要用半角。")
    closed = _SPACE.sub("", plain)
    if closed != plain:
        problems.append("字与字之间不留空格。")
    around = re.fullmatch(r"[(（](.*[号）)〕])[)）]", closed)
    if around:
        closed = around[1]
        problems.append("外面不加括号。")
    return closed, problems


def _loose(match: re.Match[str], problems: list[str]) -> Verdict:
    year, no = number(match["year"].replace("○", "〇")), number(match["no"].replace("○", "〇"))
    if match["rest"]:
        problems.append(_rest(match["rest"]))
    if (match["open"], match["close"]) != ("〔", "〕"):
        problems.append(f"年份要用六角括号〔〕，不用“{match['open']}{match['close']}”。")
    if match["nian"]:
        problems.append("括号里只写四位年份，不写“年”。")
    if match["di"]:
        problems.append("序号前面不加“第”。")
    if match["no"].startswith("0") and no:
        problems.append("序号前面不补0。")
    if not match["no"].isascii() or not match["year"].isascii():
        problems.append("年份和序号用阿拉伯数字。")
    if not match["hao"]:
        problems.append("末尾要写“号”。")
    unsound = [*_unsound_organ(match["organ"]), *_unsound_count(year, no)]
    right = None if unsound else f"{match['organ']}〔{year}〕{no}号"
    return Verdict((*problems, *unsound), right)


def _rest(rest: str) -> str:
    if re.search(rf"[{_OPEN}].*[{_CLOSE}].*\d", rest):
        return "联合发文只标主办机关的发文字号。"
    return f"序号后面不写“{rest[:20]}”。"


def _unsound_organ(organ: str) -> list[str]:
    if not organ:
        return ["年份前面要写机关代字，例如清卫发。"]
    if not _ORGAN.fullmatch(organ):
        return ["机关代字只用汉字和字母，不超过20个字。"]
    return []


def _unsound_count(year: int | None, no: int | None) -> list[str]:
    found = []
    if year is None or not 1900 <= year < 2100:
        found.append("年份要写全四位，例如〔2026〕。")
    if not no:
        found.append("序号从1编起。")
    return found


def _order(match: re.Match[str], problems: list[str]) -> Verdict:
    no = number(match["no"].replace("○", "〇"))
    if match["late"]:
        problems.append("“令”写在序号前面。")
    if not match["di"]:
        problems.append("令的序号前面要写“第”。")
    if match["no"].startswith("0") and no:
        problems.append("序号前面不补0。")
    if not match["no"].isascii():
        problems.append("序号用阿拉伯数字。")
    if not match["hao"]:
        problems.append("末尾要写“号”。")
    if not no:
        return Verdict((*problems, "序号从1编起。"))
    return Verdict(tuple(problems), f"{match['organ']}令{match['year'] or ''}第{no}号")
