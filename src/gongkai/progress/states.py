"""The events that the work on a task leaves, the states of what is sent; no code decides."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class SentState(Worded):
    """Where a report of done or a request for a later day stands."""

    SENT = "sent", "等签认"
    RETURNED = "returned", "已退回"
    TAKEN = "taken", "已签认"


S = SentState

SENT_MOVES: dict[str, tuple[frozenset[SentState], SentState]] = {
    "send_again": (frozenset({S.RETURNED}), S.SENT),
    "return": (frozenset({S.SENT}), S.RETURNED),
    "take": (frozenset({S.SENT}), S.TAKEN),
    "send_back": (frozenset({S.TAKEN}), S.RETURNED),
}

REPORT_CHAIN = "progress.report"
"""The section's head signs what the section reports."""

OFFICE_CHAIN = "progress.report_office"
"""Where a unit has no head with an account, the openness office of its body signs."""

EXTENSION_CHAIN = "progress.extension"
"""The head asks, the openness office of the body grants."""

OFFICE_EXTENSION_CHAIN = "progress.extension_office"

EVENTS: dict[str, str] = {
    "progress.measures_set": "填写台账措施",
    "progress.progress_recorded": "填写进展",
    "progress.report_sent": "报完成，送签认",
    "progress.report_returned": "完成情况被退回",
    "progress.report_taken": "完成情况已签认",
    "progress.extension_asked": "申请延期",
    "progress.extension_returned": "延期申请被退回",
    "progress.extension_granted": "同意延期",
}

FACT_LABELS = {
    "measures": "措施",
    "steps": "步骤",
    "answers": "责任人",
    "supervised": "督导方式",
    "progress": "进展",
    "problems": "问题",
    "next_steps": "下一步打算",
    "done_on": "完成日期",
    "until": "延到",
}


KINDS = {"progress.ready": "任务待销号"}
"""What mails call the notices about the work on tasks."""
