"""Kinds of units, names and sets, and the events of the organisation, as data."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class UnitKind(Worded):
    """What a unit is."""

    BODY = "body", "机关"
    DEPARTMENT = "department", "部门"
    SECTION = "section", "科室"
    OFFICE = "office", "所属单位"


class NameKind(Worded):
    """What a name of a unit is."""

    FULL = "full", "全称"
    SHORT = "short", "简称"
    ALIAS = "alias", "别名"


class SetRule(Worded):
    """Who belongs to a set of units: those listed, or those that a rule finds under a body."""

    LISTED = "listed", "逐个列出"
    SECTIONS = "sections", "全部内设科室"
    SUBORDINATES = "subordinates", "全部所属单位"
    DEPARTMENTS = "departments", "全部下级部门"
    LOCALITIES = "localities", "全部下级政府（县、市、区、乡、镇、街道）"
    EVERYONE = "everyone", "全部科室、所属单位和下级机关"


class Resolved(Worded):
    """What a name in a document turned out to mean."""

    UNIT = "unit", "单位"
    SET = "set", "合称"
    VAGUE = "vague", "泛称"
    UNKNOWN = "unknown", "未识别"


PARENTS: dict[UnitKind, frozenset[UnitKind | None]] = {
    UnitKind.BODY: frozenset({None, UnitKind.BODY}),
    UnitKind.DEPARTMENT: frozenset({UnitKind.BODY, UnitKind.DEPARTMENT}),
    UnitKind.SECTION: frozenset({UnitKind.BODY, UnitKind.DEPARTMENT, UnitKind.OFFICE}),
    UnitKind.OFFICE: frozenset({UnitKind.BODY, UnitKind.DEPARTMENT}),
}
"""Kind → the kinds it may stand under; None is the top."""

EVENTS: dict[str, str] = {
    "organisation.unit_created": "设立单位",
    "organisation.unit_renamed": "更名",
    "organisation.unit_moved": "调整隶属",
    "organisation.unit_dissolved": "撤销单位",
    "organisation.unit_restored": "恢复单位",
    "organisation.alias_added": "登记别名",
    "organisation.alias_ended": "停用别名",
    "organisation.set_created": "登记合称",
    "organisation.set_changed": "调整合称的成员",
    "organisation.set_ended": "停用合称",
}
