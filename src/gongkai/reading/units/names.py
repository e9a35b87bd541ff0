"""What a unit's name looks like, and how a list of names comes apart; who leads is not here."""

from __future__ import annotations

import re

_ENDS = (
    "局|科|处|室|办|部|委|厅|股|署|司|院|所|站|队|社|中心|公司|集团|单位|部门|机构|机关|政府|企业|"
    "协会|学会|商会|联合会|委员会|村委会|居委会|管委会|工会|基金会|红十字会|残联|妇联|工商联|文联|社科联|侨联|科协|党组|支部|小组|工作组|组|专班|学校|医院|银行|支行|分行|海关|街道|乡镇|镇街|乡|镇|县区|区县|"
    "县市区|市区|地市|市州|州市|县市|各县|各区|各市|各州|各地|各方|开发区|高新区|新区|园区|示范区|社区|村|"
    "团场|林场|农场|馆|基地|指挥部|党校|运营商|窗口"
)
UNIT_END = re.compile(rf"(?:{_ENDS})(?:\([^()]{{1,12}}\))?$")
_STRONG_END = re.compile(
    r"(?:局|科|处|室|办|部|委|厅|股|署|院|中心|公司|集团|单位|部门|机构|政府|委员会|协会|管委会|支队|大队|"
    r"总队|中队|科室|处室|股室|党委|工会|街道|乡镇|[县市区]\)|各县|各区|学校|医院|企业|站|所|馆|小组|专班)$"
)
_WHOLE_BODY = re.compile(r"(?:局|委|厅|市|县|区|[省州])机关$")
_SETS_END = re.compile(r"(?:单位|科室|处室|部门|股室)$")
_NOT_UNITS = re.compile(
    r"^(?:各|有关|相关|全[局市县区]|主要|分管|其他|本|我|和|与|及|以及|同级|上级|下级)$"
)
VAGUE = re.compile(
    r"(?:相关|有关|涉及|其他|其它|责任|相应|职能)的?(?:各)?(?:业务|职能|责任|成员|执[法收]|所属|下属|直属|局属|企事业|市直|县直)?"
    r"(?:科室|处室|股室|单位|部门|机构|企业|处|科|室|县区|县市区|地区|乡镇|方面|各方)"
)
_JOIN = re.compile(r"以及|[和与及]|暨")
_SEPARATOR = "、,;\n/|·①②③④⑤⑥⑦⑧⑨⑩"
_ALL_OF = re.compile(r"各(?:[省市州盟县区旗]、){1,3}[省市州盟县区旗](?:级)?(?:人民)?政府")
"""各县、区政府 is one set; the second half alone would name one government."""
_BROKEN = re.compile(r"^(?:[省市州盟县区旗局]|国家)\w{1,6}$")
_LONGEST = 400
_OPEN, _CLOSE = "([【〔", ")]】〕"


def is_unit(name: str) -> bool:
    """Say whether a name looks like a unit or a set of units."""
    return 2 <= len(name) <= 30 and not _NOT_UNITS.match(name) and bool(UNIT_END.search(name))


def is_vague(name: str) -> bool:
    """Say whether a name stands for units that it does not tell (局机关相关科室)."""
    return VAGUE.search(name) is not None


def pieces(text: str) -> list[str]:
    """Take a folded list apart at its commas, outside brackets, and at 和, 与, 及 between units."""
    parts: list[str] = []
    for part in _at_commas(_mended(text)):
        parts += _at_joins(part)
    return [part for part in parts if part]


def _mended(text: str) -> str:
    """Take out the line break inside a name: in a narrow cell 市发展 stands above 改革委."""
    lines = text.split("\n")
    whole: list[str] = lines[:1]
    for line in lines[1:]:
        above = whole[-1]
        if _BROKEN.match(above) and not UNIT_END.search(above) and is_unit(above + line):
            whole[-1] = above + line
        else:
            whole.append(line)
    return "\n".join(whole)


def _at_commas(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    together = {at for found in _ALL_OF.finditer(text) for at in range(*found.span())}
    for at, char in enumerate(text):
        if at in together:
            continue
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif (
            (depth == 0 and char in _SEPARATOR)
            or char == "\n"
            or (char == " " and _splits(text, at))
        ):
            parts.append(text[start:at])
            start, depth = at + 1, 0
    return [*parts, text[start:]]


def _splits(text: str, at: int) -> bool:
    """A space parts two names; inside a spaced-out one (办 公 室) it does not."""
    low = max(0, at - 12)
    before = re.split(r"[、,;\n/ ]", text[low:at])[-1]
    after = text[at + 1 : at + 3]
    return len(before) >= 2 and len(after.strip()) == 2 and " " not in after


def _at_joins(part: str) -> list[str]:
    part = part.replace(" ", "")
    if len(part) > _LONGEST:
        return [part]
    parts: list[str] = []
    start = 0
    for join in _JOIN.finditer(part):
        if _both_units(part[start : join.start()], part[join.end() :]):
            parts.append(part[start : join.start()])
            start = join.end()
    return [*parts, part[start:]]


def _both_units(left: str, right: str) -> bool:
    """住房和城乡建设局 is one name: what stands before 和 is no unit."""
    if len(right) < 2 or left.count("(") != left.count(")"):
        return False
    if _WHOLE_BODY.search(left):
        return _SETS_END.search(right) is not None
    return len(left) >= 2 and _STRONG_END.search(left) is not None
