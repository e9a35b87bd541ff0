"""Kinds of units, names and sets, and the events of the organisation, as data."""

from __future__ import annotations

from enum import StrEnum


class UnitKind(StrEnum):
    """What a unit is."""

    BODY = "body"
    DEPARTMENT = "department"
    SECTION = "section"
    OFFICE = "office"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"body": "机关", "department": "部门", "section": "科室", "office": "所属单位"}[
            self.value
        ]


class NameKind(StrEnum):
    """What a name of a unit is."""

    FULL = "full"
    SHORT = "short"
    ALIAS = "alias"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"full": "全称", "short": "简称", "alias": "别名"}[self.value]


class SetRule(StrEnum):
    """Who belongs to a set of units: those listed, or those that a rule finds under a body."""

    LISTED = "listed"
    SECTIONS = "sections"
    SUBORDINATES = "subordinates"
    DEPARTMENTS = "departments"
    LOCALITIES = "localities"
    EVERYONE = "everyone"

    @property
    def label(self) -> str:
        """The Chinese words."""
        return {
            "listed": "逐个列出",
            "sections": "全部内设科室",
            "subordinates": "全部所属单位",
            "departments": "全部下级部门",
            "localities": "全部下级政府（县、市、区、乡、镇、街道）",
            "everyone": "全部科室、所属单位和下级机关",
        }[self.value]


class Resolved(StrEnum):
    """What a name in a document turned out to mean."""

    UNIT = "unit"
    SET = "set"
    VAGUE = "vague"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"unit": "单位", "set": "合称", "vague": "泛称", "unknown": "未识别"}[self.value]


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
