"""The life of what is submitted upward as data, its kinds, ways and events; no code decides."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class Kind(Worded):
    """What is submitted."""

    STATISTICS = "statistics", "统计报表"
    OPINION = "opinion", "意见建议报告"
    STAFF = "staff", "人员名单"
    REPORT = "report", "落实情况报告"
    OTHER = "other", "其他材料"


class Way(Worded):
    """By which way it was sent."""

    SYSTEM = "system", "上级系统"
    EXCHANGE = "exchange", "公文交换"
    MAIL = "mail", "邮件"
    PAPER = "paper", "纸质"


class Rhythm(Worded):
    """How often it is owed."""

    ONCE = "once", "一次"
    MONTHLY = "monthly", "每月"
    QUARTERLY = "quarterly", "每季度"
    HALF_YEARLY = "half-yearly", "每半年"
    YEARLY = "yearly", "每年"


class RoundState(Worded):
    """Where one submission stands."""

    OPEN = "open", "待报"
    SENT = "sent", "已报待回执"
    RECEIVED = "received", "已回执"
    RETURNED = "returned", "被退回"
    DROPPED = "dropped", "不再报"


S = RoundState

ROUND_MOVES: dict[str, tuple[frozenset[RoundState], RoundState]] = {
    "send": (frozenset({S.OPEN, S.RETURNED}), S.SENT),
    "receive": (frozenset({S.SENT}), S.RECEIVED),
    "return": (frozenset({S.SENT, S.RECEIVED}), S.RETURNED),
    "drop": (frozenset({S.OPEN, S.RETURNED}), S.DROPPED),
}

TONES = {
    S.OPEN: "plain",
    S.SENT: "wait",
    S.RECEIVED: "good",
    S.RETURNED: "binding",
    S.DROPPED: "off",
}

DUTY_KIND = "submissions.round"
"""The clock of one submission."""

EVENTS: dict[str, str] = {
    "submissions.required": "新增上报要求",
    "submissions.rounds_opened": "开出一年的上报",
    "submissions.requirement_ended": "不再要求上报",
    "submissions.sent": "已上报",
    "submissions.received": "收到回执",
    "submissions.returned": "被上级退回",
}

NOTICES = {
    "submissions.required": "新增上报要求",
    "submissions.returned": "上报被退回",
}
"""What mails call the notices that this app tells."""

FACT_LABELS = {
    "recipient": "报给",
    "rhythm": "多久一次",
    "times": "次数",
    "year": "年度",
    "way": "方式",
    "sent_on": "报出日期",
    "files": "文件",
    "receipt_number": "回执编号",
    "received_on": "回执日期",
    "returned_on": "退回日期",
    "again_by": "重报期限",
}
