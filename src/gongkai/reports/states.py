"""The life of a check of a report as data, its kinds of figures and its events; no code decides."""

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


EVENTS: dict[str, str] = {
    "reports.check_received": "收到待复核的报告",
    "reports.report_checked": "复核报告中的数字",
    "reports.report_unreadable": "报告无法读取",
    "reports.finding_set_aside": "数字已核实，不再提示",
    "reports.finding_taken_up": "恢复提示",
}

FACT_LABELS = {"figure": "数字", "figures": "重算处数", "wrong": "不符处数", "problem": "为什么"}
"""How the timeline names what the events keep."""
