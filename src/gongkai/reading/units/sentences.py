"""The units that a sentence of running text gives itself; rather none than a wrong one."""

from __future__ import annotations

import re
from dataclasses import replace

from gongkai.reading.folded import fold
from gongkai.reading.units.names import is_unit, is_vague, pieces
from gongkai.reading.units.phrases import UnitPhrase, phrase_of, read_roles, widened
from gongkai.reading.units.roles import without_manner, without_others

_BY = re.compile(
    r"(?:^|(?<![理缘事来自因不])由)(?P<names>[^,。;:“”《》\n由]{2,40}?)"
    r"(?P<verb>牵头|(?:具体|统一|分别|共同)?负责(?!人)|主办|承办|会同|组织(?!部|科|处|人事)|统筹|汇总|落实|指导(?!科|处))"
)
_SUBJECT = re.compile(
    r"(?:^|[,。;:\n])(?P<names>[^,。;:“”《》\n]{2,40}?)"
    r"(?P<verb>要|应当?|须|必须|需要?|牵头|(?:具体|统一|分别|共同)?负责(?!人|同志)|统一(?=受理|组织|发布|管理)|会同|适时|定期)(?!求|急)"
)
_GIVEN = re.compile(
    r"(?<![理缘事来自因不])由(?P<names>[^,。;:“”《》\n由]{2,40}?)"
    r"(?P<verb>(?=[在于向对按]|予以|进行|公开|公布|公示|公告|发布|审核|审定|制定|起草|编制|受理))"
)
_WHEN = re.compile(
    r"(?:^|[,。;:\n])(?P<names>[^,。;:“”《》\n]{2,40}?)(?P<verb>将?[于在]?"
    r"(?=每[年季月周半个学]|[0-9]{1,4}年|(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})月|年[底内末]|[上下]半年|第?[一二三四1-4]季度|[0-9]+个?(?:工作日|小时|天|日)内|收到))"
)
"""县政府办公室每季度通报: a unit, and behind it when it does its part."""
_TOGETHER = re.compile(
    r"(?:会同|联合)(?P<names>[^,。;:“”《》\n]{2,40}?)"
    r"(?=[对就于在按,。;]|组织|开展|进行|负责|制定|建立|做好|加强|研究|共同|定期|联合|抓好|落实|推进|每|$)"
)
_NO_SUBJECT = re.compile(r"网站$|平台$|窗口$|中心户$")
_NO_NAME = re.compile(
    r"[的对将把为在按于从向以是不被让使并且再也还都已]|加强|推进|做好|完善|建立|进行|开展|涉及|根据|结合|通过|利用|"
    r"确保|坚持|依托|报送|报请|牵头|起草|拟定|主管|要求|推动|督促|引导|鼓励|指导各|组织各|负责|起来|成立|调整|落实|"
    r"加快|深化|强化|优化|认真|切实|积极|充分|同时|全面|进一步|我[局委厅市县]"
)
_TELLS_OF_PAST = re.compile(r"(?<![为除受])了(?![解如结却])|已(?:经|于|将|对|在|全部|按)")


def find_units(sentence: str) -> UnitPhrase | None:
    """Find the units that a sentence of running text gives itself (由办公室牵头), or None.

    Only names that end like a unit's, with 由 … 牵头 or as the subject of 要, 应, 负责; none in a
    sentence that tells what was done.
    """
    text = fold(sentence).text
    wide = "（" in sentence
    if _TELLS_OF_PAST.search(text):
        return None
    for pattern in (_BY, _SUBJECT, _GIVEN, _WHEN):
        for found in pattern.finditer(text):
            names = _names(found["names"])
            if names:
                phrase = _with_others(text, found, _phrase(text, found, names))
                return widened(phrase) if wide else phrase
    return None


def _names(text: str) -> list[str]:
    names = [without_others(without_manner(piece))[0] for piece in pieces(text)]
    if all(_is_name(name) for name in names):
        return names
    return []


def _with_others(text: str, first: re.Match[str], phrase: UnitPhrase) -> UnitPhrase:
    """Add who else is told to do something: A局要在4月前公布，B局要在20日内公开."""
    if first.re is not _SUBJECT or phrase.support:
        return phrase
    others = [name for one in _SUBJECT.finditer(text, first.end()) for name in _names(one["names"])]
    return replace(phrase, lead=tuple(dict.fromkeys((*phrase.lead, *others))))


def _is_name(name: str) -> bool:
    if _NO_NAME.search(name) or _NO_SUBJECT.search(name):
        return False
    return is_unit(name) and not is_vague(name)


def _phrase(text: str, found: re.Match[str], names: list[str]) -> UnitPhrase:
    end = re.compile(r"[。;\n]").search(text, found.end())
    phrase = read_roles(text[found.start("names") : end.start() if end else len(text)])
    if not set(names) <= {*phrase.lead, *phrase.support}:
        phrase = phrase_of([(name, "named") for name in names])
    others = _companions(text, found)
    known = {*phrase.lead, *phrase.support}
    return replace(phrase, support=(*phrase.support, *(one for one in others if one not in known)))


def _companions(text: str, found: re.Match[str]) -> list[str]:
    """Return the units that do it together with those before 会同."""
    behind = _TOGETHER.match(text, found.start("verb"))
    return _names(behind["names"]) if behind else []
