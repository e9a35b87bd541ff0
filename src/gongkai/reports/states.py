"""The lives of a check and of a draft as data, kinds of figures, events; no code decides."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class CheckState(Worded):
    """Where a report that was handed in for checking stands."""

    RECEIVED = "received", "正在复核"
    CHECKED = "checked", "已复核"
    UNREADABLE = "unreadable", "无法读取"


class FindingKind(Worded):
    """What a checked figure claims."""

    SUM = "sum", "合计"
    SHARE = "share", "占比"
    RATE = "rate", "比率"
    CHANGE = "change", "增减"


class DraftState(Worded):
    """Where a report that is written here stands."""

    DRAFTING = "drafting", "起草中"
    ISSUED = "issued", "已定稿"
    ABANDONED = "abandoned", "已作废"


D = DraftState

DRAFT_MOVES: dict[str, tuple[frozenset[DraftState], DraftState]] = {
    "rewrite": (frozenset({D.DRAFTING}), D.DRAFTING),
    "refresh": (frozenset({D.DRAFTING}), D.DRAFTING),
    "issue": (frozenset({D.DRAFTING}), D.ISSUED),
    "abandon": (frozenset({D.DRAFTING}), D.ABANDONED),
    "hand_on": (frozenset({D.ISSUED}), D.ISSUED),
}
"""Verb → (from, to)."""


class Section(Worded):
    """What a passage of a report is about; its value says where it stands."""

    OPENING = "1-opening", "开头"
    OVERALL = "2-overall", "总体情况"
    WORKS = "3-works", "要点任务落实情况"
    WAYS = "4-ways", "主要做法"
    PROBLEMS = "5-problems", "存在问题"
    NEXT = "6-next", "下一步打算"


class Measure(Worded):
    """What a figure in a report counts, or says of one record."""

    DAY = "day", "数据截止日"
    TASKS = "tasks", "任务"
    UNITS = "units", "承担任务的单位（科室）"
    DONE = "done", "已办结的任务"
    READY = "ready", "已完成、待销号的任务"
    GOING_ON = "going_on", "正在推进的任务"
    DUE = "due", "应当完成的时限事项"
    ON_TIME = "on_time", "按时完成的时限事项"
    LATE = "late", "逾期后完成的时限事项"
    OVERDUE = "overdue", "逾期未完成的时限事项"
    RATE = "rate", "按时完成率"
    HAPPENINGS = "happenings", "已登记的公开事项"
    EVIDENCE = "evidence", "佐证"
    HEARINGS = "hearings", "听取汇报"
    TRAININGS = "trainings", "培训"
    TRAINED = "trained", "培训人次"
    PUBLICITY = "publicity", "宣传"
    TASK = "task", "这项任务办到哪一步"


COUNTS = frozenset(Measure) - {Measure.DAY, Measure.RATE, Measure.TASK, Measure.TRAINED}
"""The measures that are a number of records; where there are none it is 0."""


EVENTS: dict[str, str] = {
    "reports.check_received": "收到待复核的报告",
    "reports.report_checked": "复核报告中的数字",
    "reports.report_unreadable": "报告无法读取",
    "reports.finding_set_aside": "数字已核实，不再提示",
    "reports.finding_taken_up": "恢复提示",
    "reports.draft_started": "从台账起草报告",
    "reports.draft_headed": "改报告的标题或主送机关",
    "reports.passage_rewritten": "改写一段",
    "reports.passage_redrafted": "按台账重写一段",
    "reports.draft_refreshed": "按台账更新数字",
    "reports.draft_issued": "报告定稿",
    "reports.papers_made": "生成 Word 和 PDF",
    "reports.draft_abandoned": "报告作废",
    "reports.draft_handed_on": "下一步打算转入下一年",
    "reports.template_set": "更换报告版式",
    "reports.template_dropped": "恢复标准版式",
}

FACT_LABELS = {
    "figure": "数字",
    "figures": "重算处数",
    "wrong": "不符处数",
    "problem": "为什么",
    "as_of": "数据截至",
    "passage": "段落",
    "changed": "更新段数",
    "recipient": "主送",
}
"""How the timeline names what the events keep."""


KINDS = {"reports.check": "报告复核完成", "reports.draft": "报告已定稿"}
"""What mails call the notices about reports."""
