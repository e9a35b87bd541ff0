"""Validity, relations, decisions before expiry, events and labels, as data."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class Validity(Worded):
    """Whether a normative document is in force (B7)."""

    IN_FORCE = "in_force", "有效"
    AMENDED = "amended", "已修改"
    LAPSED = "lapsed", "失效"
    REPEALED = "repealed", "废止"

    @property
    def binds(self) -> bool:
        """Whether it is applied still."""
        return self in {Validity.IN_FORCE, Validity.AMENDED}


class RelationKind(Worded):
    """What a later document does to an earlier one."""

    AMENDS = "amends", "修改"
    REPLACES = "replaces", "替代"
    REPEALS = "repeals", "废止"

    @property
    def leads_to(self) -> Validity:
        """Return what becomes of the earlier document."""
        return Validity.AMENDED if self is RelationKind.AMENDS else Validity.REPEALED


class Decision(Worded):
    """What is decided before a document's validity ends."""

    EXTEND = "extend", "继续有效"
    AMEND = "amend", "修改"
    REPEAL = "repeal", "废止"
    LET_LAPSE = "let_lapse", "到期失效"


TONES: dict[Validity, str] = {
    Validity.IN_FORCE: "good",
    Validity.AMENDED: "wait",
    Validity.LAPSED: "off",
    Validity.REPEALED: "off",
}

EXPIRY_DUTY = "normative.expiry"
"""The clock by which it is decided what becomes of a document before its validity ends."""

LAPSED_NOTICE = "normative.lapsed"
NOTICES: dict[str, str] = {LAPSED_NOTICE: "规范性文件到期失效"}

EVENTS: dict[str, str] = {
    "normative.registered": "登记规范性文件",
    "normative.related": "设定文件关系",
    "normative.unrelated": "取消文件关系",
    "normative.took_effect": "文件关系生效",
    "normative.entered_force": "开始计算有效期",
    "normative.decided": "到期前评估",
    "normative.lapsed": "到期失效",
    "normative.corrected": "更正有效性",
}

FACT_LABELS = {"validity": "有效性", "relation": "关系", "decision": "评估结果"}
