"""The words that say what a named unit does: lead, be responsible, cooperate, do its part."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from gongkai.reading.units.names import is_unit

Role = Literal["lead", "named", "support", "part", "other"]
"""``named``: responsible without more; ``part``: 各负其责, support only beside named ones;
``other``: the label of something that is no unit (责任人, 完成时限)."""

_NOT_A_NAME = (
    r"(?!(?:科|处|室|局|办|部|委|厅|股|组|中心|专班|工作组|(?:工作)?领导小组|处室|科室|股室)"
    r"(?=$|[负牵配参协按分共和与及等(]))"
)
_ROLE = re.compile(
    r"(?P<part>各负其责|各司其职|各尽其责)"
    rf"|(?P<lead>总?牵头|主办(?!者|方)|为主(?:体)?|抓总){_NOT_A_NAME}"
    rf"|(?P<support>配合|协助|协办(?!公)|协同|会办(?!公)|协作|参与|参加){_NOT_A_NAME}"
    rf"|(?P<named>(?:具体|直接|全面|统一)?负责(?!人)|抓好|做好|落实|承办|办理|(?=会同)|组织实施|实施|推进|完成)"
    rf"{_NOT_A_NAME}(?!单位|部门|机构)"
)
_KIND = (
    r"(?:责任)?(?:单位|部门|科室|处室|股室|机构|主体|处|科)(?:\([^():]{0,20}\))?"
    r"(?:[】\]]?:|】|为(?=[^、,;]))"
)
_LABEL = re.compile(
    rf"(?P<lead>总?牵头|主办){_KIND}"
    rf"|(?P<support>配合|协办|协同|协助|参与|参加|会办|协作){_KIND}"
    rf"|(?P<named>(?:整改|包保|具体)?责任|主责|主要责任|承办|落实|实施|负责|承担|主体){_KIND}"
    r"|(?P<bare_lead>牵头|主办|责任)(?:】:?|:)|(?P<bare_support>配合|协办|协助|参与)(?:】:?|:)"
    r"|(?P<other>(?:责任|联系|经办|负责|牵头)人(?:员)?|(?:分管|责任|牵头|包保|主管|带班)领导"
    r"|联系(?:电话|方式)|电话|备注|(?:工作)?目标(?:任务)?"
    r"|(?:完成|办结|办理|整改|落实|推进|实施)?(?:时限|时间节点|时间|期限|节点)(?:要求)?)(?:】:?|:)"
)
_DUTIES = ("职责", "职能", "各自职责", "工作职责", "职责分工", "职能分工", "各自职责分工", "分工")
_HOW = (
    *("共同", "分别", "分工", "各自", "具体", "主要", "统一", "联合", "一并", "积极", "密切"),
    *("直接", "要", "应", "须", "为", "全力", "同时", "会同", "一起", "组织", "按要求"),
    *(f"{by}{duty}" for by in ("按", "按照", "根据", "依", "依据", "结合") for duty in _DUTIES),
    "在各自职责范围内",
)
_AND_OTHERS = re.compile(
    r"(?<![高初中平同])等(?P<vague>有关|相关|涉及|各?责任)?(?:职能|业务|责任|成员)?"
    r"(?P<set>部门|单位|科室|处室|股室|机构|企业|处|科)?(?:等)?$"
)
_EDGES = " ,;、。.\n【[—★●※*·-"
_TOGETHER = re.compile(r"^(?:会同|联合|商|协同|与|和|、|并|并会同|组织)")


class Named(NamedTuple):
    """What stands before the first role word of a piece, that role, and what stands after."""

    name: str
    role: Role | None
    rest: str


def labelled(text: str) -> list[tuple[Role | None, str]]:
    """Take a folded text apart at its labels (牵头单位：); the first part may have none."""
    parts: list[tuple[Role | None, str]] = []
    role: Role | None = None
    at = 0
    for found in _LABEL.finditer(text):
        parts.append((role, text[at : found.start()]))
        role, at = _label_role(found), found.end()
    parts.append((role, text[at:]))
    return [(role, part.strip(_EDGES)) for role, part in parts if part.strip(_EDGES + "()")]


def _label_role(found: re.Match[str]) -> Role:
    if found["bare_lead"]:
        return "named" if found["bare_lead"] == "责任" else "lead"
    if found["lead"]:
        return "lead"
    if found["support"] or found["bare_support"]:
        return "support"
    return "named" if found["named"] else "other"


def part(piece: str) -> Named:
    """Split one piece of a list at its first role word (局法规科 · 牵头 · 负责)."""
    found = _role_word(piece)
    if found is None:
        return Named(piece, None, "")
    return Named(piece[: found.start()], _role(found), piece[found.end() :])


def _role_word(piece: str) -> re.Match[str] | None:
    """Return the first role word behind a name; 协同 inside 区协同发展办公室 is part of one."""
    every = list(_ROLE.finditer(piece))
    named = (
        one for one in every if not one.start() or is_unit(without_manner(piece[: one.start()]))
    )
    return next(named, every[0] if every else None)


def _role(found: re.Match[str]) -> Role:
    groups: tuple[Role, ...] = ("part", "lead", "support", "named")
    return next(role for role in groups if found[role] is not None)


def without_manner(name: str) -> str:
    """Take off how they do it (分别, 按职责分工) from the end of a name."""
    while name.endswith(_HOW):
        longest = max((how for how in _HOW if name.endswith(how)), key=len)
        name = name[: -len(longest)]
    return name


def without_others(name: str) -> tuple[str, str | None]:
    """Take 等部门 off a name; the second value is the vague set that it leaves (相关科室)."""
    found = _AND_OTHERS.search(name, max(0, len(name) - 16))
    if not found or not found.start():
        return name, None
    vague = f"{found['vague']}{found['set']}" if found["vague"] and found["set"] else None
    return name[: found.start()], vague


def companion(rest: str) -> str | None:
    """Return the names that follow a role word with 会同 (牵头会同运输科), or None."""
    found = _TOGETHER.match(rest)
    return rest[found.end() :] if found else None
