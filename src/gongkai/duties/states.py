"""The life of a duty as data: states, moves, facts, lights with their rules, the ladder."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.kernel.words import Worded


class State(Worded):
    """Where a duty stands; a pause is a fact of its clock and not a state."""

    WAITING = "waiting", "等待上级时间"
    OPEN = "open", "在办"
    MET = "met", "已完成"
    CANCELLED = "cancelled", "已取消"


OPEN_STATES = frozenset({State.WAITING, State.OPEN})
CLOSED_STATES = frozenset({State.MET, State.CANCELLED})

MOVES: dict[str, tuple[frozenset[State], State | None]] = {
    "pause": (frozenset({State.OPEN}), State.OPEN),
    "resume": (frozenset({State.OPEN}), State.OPEN),
    "extend": (frozenset({State.OPEN}), State.OPEN),
    "reset": (frozenset({State.OPEN}), State.OPEN),
    "set_date": (OPEN_STATES, State.OPEN),
    "meet": (OPEN_STATES, State.MET),
    "reopen": (frozenset({State.MET}), State.OPEN),
    "cancel": (OPEN_STATES, State.CANCELLED),
    "reassign": (OPEN_STATES, None),
}
"""Verb → (from, to); None keeps the state. A duty that still waits for its date is reopened to
``waiting``: ``rules.state_after`` says which."""


class LimitKind(Worded):
    """How a limit runs."""

    WORKING_DAYS = "working_days", "工作日"
    CALENDAR_DAYS = "calendar_days", "自然日"
    HOURS = "hours", "小时"
    DATE = "date", "指定日期"
    STANDING = "standing", "长期坚持"
    WAITING = "waiting", "等待上级时间"


class FactKind(Worded):
    """What can happen to a clock; facts are added and never edited."""

    STARTED = "started", "开始计时"
    PAUSED = "paused", "暂停计时"
    RESUMED = "resumed", "恢复计时"
    EXTENDED = "extended", "延长期限"
    RESET = "reset", "重新起算"
    DATE_SET = "date_set", "定下日期"
    MET = "met", "办结"
    REOPENED = "reopened", "重新办理"
    CANCELLED = "cancelled", "取消"
    REASSIGNED = "reassigned", "改派"


class PauseReading(Worded):
    """Which days of a pause are not counted; which one holds is a setting (ADR 0061)."""

    AFTER_SENT = "after-sent", "发出次日起至答复当日不计"
    INCLUDE_SENT_DAY = "include-sent-day", "发出当日起至答复当日不计"
    COUNT_ANSWER_DAY = "count-answer-day", "发出次日起至答复前一日不计"
    INCLUDE_SENT_COUNT_ANSWER_DAY = "include-sent-count-answer-day", "发出当日起至答复前一日不计"


class Every(Worded):
    """How often a cadence comes round."""

    MONTH = "monthly", "每月"
    QUARTER = "quarterly", "每季度"
    HALF_YEAR = "half-yearly", "每半年"
    YEAR = "yearly", "每年"


class Light(Worded):
    """The light of a duty; the codes are those of the light component."""

    GREEN = "green", "未到期"
    AMBER = "amber", "要留意"
    RED = "red", "逾期"
    BLUE = "blue", "暂停计时"
    GREY = "grey", "长期坚持"
    MET = "met", "按时完成"
    LATE = "late", "逾期完成"
    CANCELLED = "cancelled", "已取消"


LIGHT_LABELS: dict[str, str] = {light.value: light.label for light in Light}
LATE_LIGHTS = frozenset({Light.RED})
SOON_LIGHTS = frozenset({Light.AMBER})

NEAR_WORKING_DAYS = 5
"""Amber from so many working days before the due day (the first rung of the ladder)."""


@dataclass(frozen=True)
class LightRule:
    """A rule that sets a light: its permanent code, the light, the label, the rule in words."""

    code: str
    light: Light
    label: str
    sentence: str


LIGHT_RULES: dict[str, LightRule] = {
    rule.code: rule
    for rule in (
        LightRule("far", Light.GREEN, "未到期", f"离到期还有{NEAR_WORKING_DAYS}个工作日以上。"),
        LightRule("near", Light.AMBER, "临近到期", f"离到期不超过{NEAR_WORKING_DAYS}个工作日。"),
        LightRule("today", Light.AMBER, "今日到期", "到期日就是今天。"),
        LightRule("hours_far", Light.GREEN, "未到期", "以小时计的期限，剩余时间还有一半以上。"),
        LightRule("hours_near", Light.AMBER, "临近到期", "以小时计的期限，剩余时间不足一半。"),
        LightRule("overdue", Light.RED, "逾期", "到期时刻已过，还没有办结。"),
        LightRule(
            "paused", Light.BLUE, "暂停计时", "正在征求意见等，期间不计入期限，答复后接着算。"
        ),
        LightRule("waiting", Light.AMBER, "等待上级时间", "上级还没有明确时间，明确后请录入。"),
        LightRule("standing", Light.GREY, "长期坚持", "没有到期日，按周期报进展。"),
        LightRule("met_on_time", Light.MET, "按时完成", "在到期时刻以前办结，或没有到期日。"),
        LightRule("met_late", Light.LATE, "逾期完成", "办结时到期时刻已过。"),
        LightRule("cancelled", Light.CANCELLED, "已取消", "不再要求办理。"),
    )
}
"""Every light is set by one of these, by computation and never by hand."""


class Hearer(Worded):
    """Who hears a reminder, by what they are to the duty."""

    OWNER = "owner", "承办人"
    HEAD = "head", "科室负责人"
    OFFICE = "office", "政务公开办"
    DEPUTY = "deputy", "分管领导"
    LEADER = "leader", "主要领导"


LADDER_BEFORE = (5, 3, 1)
LADDER_AFTER = (1, 5)
LADDER_STEP = 5
"""Reminders: 5, 3, 1 working days before, on the day, 1 and 5 after, then every 5 working days."""

HEARS_FROM: dict[Hearer, int | None] = {
    Hearer.HEAD: -1,
    Hearer.OFFICE: 1,
    Hearer.DEPUTY: 5,
    Hearer.LEADER: 10,
}
"""From which rung on each hears beside the owner, who hears all; None: never. Where a body has set
nothing (ADR 0157)."""

FURTHEST = 30
"""So many working days before or after at most stands a rung that an office sets."""

MOST_RUNGS = 6
"""So many rungs an office sets at most before the day, and so many after."""

EVENTS: dict[str, str] = {
    "duties.opened": "开始计时",
    "duties.paused": "暂停计时",
    "duties.resumed": "恢复计时",
    "duties.extended": "延长期限",
    "duties.reset": "重新起算",
    "duties.date_set": "定下日期",
    "duties.met": "办结",
    "duties.reopened": "重新办理",
    "duties.cancelled": "取消时限",
    "duties.reassigned": "改派",
    "duties.moved": "日历变动，到期日改变",
    "duties.ladder_set": "设定提醒",
    "duties.counters_mended": "按记录重新计数",
}
"""Every event that this app records, with its Chinese label."""

FACT_LABELS: dict[str, str] = {
    "limit": "时限",
    "sent_at": "发出",
    "answered_at": "答复",
    "met_at": "办结时间",
    "calendar": "日历版本",
    "ladder": "提醒时点",
    "hears_from": "告诉谁",
}
"""The words of the facts that this app's events carry."""
