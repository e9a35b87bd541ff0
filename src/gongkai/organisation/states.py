"""Kinds of units and names, and the events of the organisation, as data."""

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


class Resolved(StrEnum):
    """What a name in a document turned out to mean."""

    UNIT = "unit"
    SET = "set"
    VAGUE = "vague"
    UNKNOWN = "unknown"


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
    "organisation.alias_added": "登记别名",
    "organisation.set_created": "登记一类单位",
    "organisation.set_changed": "调整一类单位的成员",
}
