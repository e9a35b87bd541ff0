"""How documents name many units at once (局属各单位、各科室) or leave them open; no tables."""

from __future__ import annotations

import re

from gongkai.organisation.states import SetRule

_VAGUE = re.compile(r"相关|有关|涉及|各自|其他|责任(?=科室|处室|股室|单位|部门)")
_ALL = "(?:各|全体|所有|全部)"
_OF = "(?:所属|直属|下属|属|二级|基层)"
_PLACES = r"(?:县|区|市|旗|州|盟|乡|镇|街道|办事处|开发区|园区|管委会)"

_JOINT = re.compile(
    rf"^(?:各级各部门|各级各单位|各级部门|各地各部门|各部门各单位|各[科处股]室各单位"
    rf"|全(?:局|委|厅|市|县|区){_ALL}?(?:科室|处室|单位|部门|级各部门))$"
)
_SECTIONS = re.compile(
    rf"^(?:机关)?(?P<all>{_ALL})?(?:机关)?(?:(?:内设)?(?:科室|处室|股室)|内设机构|(?<=各)[科处股])$"
)
_SUBORDINATES = re.compile(
    rf"^{_ALL}?[局委厅院办]?{_OF}{_ALL}?(?:事业)?(?:单位|机构|部门)$|^{_ALL}事业单位$"
)
_LOCALITIES = re.compile(
    rf"^(?:{_ALL}{_PLACES}|{_PLACES}[(、,和及]?{_PLACES})(?:[(、,和及)]{{0,2}}{_PLACES})*"
    r"\)?(?:人民政府|政府)?\)?$"
)
_STRAIGHT = re.compile(rf"^[省市县区州](?:直|级|政府|人民政府){_ALL}?(?:直属)?(?:部门|单位|机关)$")
_BARE = re.compile(rf"^(?P<all>{_ALL})?(?P<word>部门|单位|机关)$")
_QUALIFIED = re.compile(rf"^{_ALL}?{_OF}{_ALL}?(?P<word>.+?)(?:单位|机构)$")
_FOR_BARE: dict[str, tuple[SetRule, ...]] = {
    "部门": (SetRule.DEPARTMENTS, SetRule.SECTIONS),
    "单位": (SetRule.SUBORDINATES, SetRule.DEPARTMENTS, SetRule.SECTIONS),
    "机关": (SetRule.DEPARTMENTS, SetRule.SECTIONS),
}


def is_vague(folded: str) -> bool:
    """Say whether the name leaves open which units are meant (局机关相关科室)."""
    return bool(_VAGUE.search(folded))


def without_vagueness(folded: str) -> str:
    """Return the name of the whole set a vague name picks from: 局机关相关科室 → 局机关科室."""
    return _VAGUE.sub("", folded)


def set_rules(name: str, *, loose: bool = False) -> tuple[SetRule, ...]:
    """Return the rules a name of a set may stand for, in the order to be tried; none if no set.

    ``name`` is folded and without the body's own prefix. ``loose`` takes bare words (单位, 科室)
    for sets too: right for what a vague name picks from, and for nothing else.
    """
    if _JOINT.match(name):
        return (SetRule.EVERYONE,)
    if _LOCALITIES.match(name):
        return (SetRule.LOCALITIES,)
    if _SUBORDINATES.match(name):
        return (SetRule.SUBORDINATES,)
    if _STRAIGHT.match(name):
        return (SetRule.DEPARTMENTS,)
    found = _SECTIONS.match(name)
    if found and (loose or found["all"] or name.startswith(("机关", "内设"))):
        return (SetRule.SECTIONS,)
    bare = _BARE.match(name)
    if bare and loose:
        return (SetRule.EVERYONE,)
    return _FOR_BARE[bare["word"]] if bare and bare["all"] else ()


def qualifier(name: str) -> str:
    """Return what narrows a set of subordinate units (局属执法单位 → 执法); "" for none."""
    found = _QUALIFIED.match(name)
    return found["word"] if found else ""
