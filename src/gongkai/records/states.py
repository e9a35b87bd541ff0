"""The kinds and the life of a record as data, and its events; no code decides."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class Kind(Worded):
    """What a record is of."""

    GROUP = "group", "领导小组"
    HEARING = "hearing", "听取汇报"
    STAFFING = "staffing", "人员和经费"
    RESPONSIBILITY = "duty", "责任制材料"
    INSTITUTION = "rule", "制度"
    PLAN = "plan", "培训计划"
    TRAINING = "training", "培训"
    PUBLICITY = "public", "宣传"


class RecordState(Worded):
    """Where a record stands."""

    VALID = "valid", "有效"
    REPLACED = "replaced", "已被更新"
    WITHDRAWN = "withdrawn", "已撤回"


V = RecordState

RECORD_MOVES: dict[str, tuple[frozenset[RecordState], RecordState]] = {
    "amend": (frozenset({V.VALID}), V.REPLACED),
    "withdraw": (frozenset({V.VALID}), V.WITHDRAWN),
    "add_file": (frozenset({V.VALID}), V.VALID),
    "link": (frozenset({V.VALID}), V.VALID),
    "unlink": (frozenset({V.VALID}), V.VALID),
}
"""Verb → (from, to)."""

EVENTS: dict[str, str] = {
    "records.written": "登记工作记录",
    "records.amended": "更新工作记录",
    "records.withdrawn": "撤回工作记录",
    "records.file_added": "补充材料",
    "records.linked": "作为任务的佐证",
    "records.unlinked": "不再作为任务的佐证",
    "records.year_opened": "列出本年应有的记录",
}

FACT_LABELS = {"kind_of_record": "类别", "task": "任务"}
"""How the timeline names what the events keep."""
