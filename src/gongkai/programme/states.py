"""The lives of document, proposal and task as data, and the events they leave; no code decides."""

from __future__ import annotations

from enum import StrEnum


class DocumentState(StrEnum):
    """Where an uploaded document stands."""

    RECEIVED = "received"
    READ = "read"
    UNREADABLE = "unreadable"
    BOUND = "bound"
    WITHDRAWN = "withdrawn"


class ProposalState(StrEnum):
    """Where a proposed task stands before the document is made binding."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DROPPED = "dropped"
    SPLIT = "split"
    MERGED = "merged"


class TaskState(StrEnum):
    """Where a binding task stands."""

    OPEN = "open"
    DONE = "done"
    REVOKED = "revoked"


class Part(StrEnum):
    """In what part a unit takes a task."""

    LEAD = "lead"
    SUPPORT = "support"


class NameKind(StrEnum):
    """What a name in the document turned out to be."""

    UNIT = "unit"
    SET = "set"
    VAGUE = "vague"
    UNKNOWN = "unknown"


class ClockKind(StrEnum):
    """What times a task; the choice is the officer's, the proposal the reader's."""

    DATE = "date"
    CADENCE = "cadence"
    PROMPTLY = "promptly"
    WITHIN = "within"
    STANDING = "standing"
    SUPERIOR = "superior"
    NONE = "none"


class Change(StrEnum):
    """How a proposal of a later version stands to the task of the earlier one."""

    SAME = "same"
    CHANGED = "changed"
    ADDED = "added"
    REMOVED = "removed"


LABELS: dict[StrEnum, str] = {
    DocumentState.RECEIVED: "正在读取",
    DocumentState.READ: "待核对",
    DocumentState.UNREADABLE: "无法读取",
    DocumentState.BOUND: "已下达",
    DocumentState.WITHDRAWN: "已撤回",
    ProposalState.PROPOSED: "待核对",
    ProposalState.ACCEPTED: "已采纳",
    ProposalState.DROPPED: "不列入",
    ProposalState.SPLIT: "已拆分",
    ProposalState.MERGED: "已合并",
    TaskState.OPEN: "在办",
    TaskState.DONE: "已完成",
    TaskState.REVOKED: "已撤销",
    Part.LEAD: "牵头",
    Part.SUPPORT: "配合",
    NameKind.UNIT: "单位",
    NameKind.SET: "一类单位",
    NameKind.VAGUE: "泛称",
    NameKind.UNKNOWN: "未识别",
    ClockKind.DATE: "到某日",
    ClockKind.CADENCE: "按周期",
    ClockKind.PROMPTLY: "及时",
    ClockKind.WITHIN: "限时",
    ClockKind.STANDING: "长期",
    ClockKind.SUPERIOR: "等上级时间",
    ClockKind.NONE: "不计时",
    Change.SAME: "未变",
    Change.CHANGED: "有改动",
    Change.ADDED: "新增",
    Change.REMOVED: "已删去",
}


def choices(kind: type[StrEnum]) -> list[tuple[str, str]]:
    """Return the pairs of value and Chinese label that a form or a column wants."""
    return [(member.value, LABELS[member]) for member in kind]


D, P, T = DocumentState, ProposalState, TaskState

DOCUMENT_MOVES: dict[str, tuple[frozenset[DocumentState], DocumentState]] = {
    "take_reading": (frozenset({D.RECEIVED}), D.READ),
    "report_unreadable": (frozenset({D.RECEIVED}), D.UNREADABLE),
    "bind": (frozenset({D.READ}), D.BOUND),
    "withdraw": (frozenset({D.RECEIVED, D.READ, D.UNREADABLE}), D.WITHDRAWN),
}

GIVEN_UP = frozenset({D.UNREADABLE, D.WITHDRAWN})
"""Documents that never became anything; a later version that ended so leaves its place."""

PROPOSAL_MOVES: dict[str, tuple[frozenset[ProposalState], ProposalState]] = {
    "accept": (frozenset({P.PROPOSED}), P.ACCEPTED),
    "correct": (frozenset({P.PROPOSED, P.ACCEPTED}), P.PROPOSED),
    "split": (frozenset({P.PROPOSED, P.ACCEPTED}), P.SPLIT),
    "merge": (frozenset({P.PROPOSED, P.ACCEPTED}), P.MERGED),
    "drop": (frozenset({P.PROPOSED, P.ACCEPTED}), P.DROPPED),
    "restore": (frozenset({P.DROPPED, P.ACCEPTED}), P.PROPOSED),
}

TASK_MOVES: dict[str, tuple[frozenset[TaskState], TaskState]] = {
    "add_evidence": (frozenset({T.OPEN, T.DONE}), T.OPEN),
    "record_trigger": (frozenset({T.OPEN}), T.OPEN),
    "set_superior_date": (frozenset({T.OPEN}), T.OPEN),
    "report_done": (frozenset({T.OPEN}), T.DONE),
    "amend": (frozenset({T.OPEN}), T.OPEN),
    "revoke": (frozenset({T.OPEN}), T.REVOKED),
}

OPEN_PROPOSALS = (P.PROPOSED, P.ACCEPTED)
"""The proposals that become tasks when the document is made binding."""

EVENTS: dict[str, str] = {
    "programme.document_received": "收到文件",
    "programme.document_read": "读出条款和拟任务",
    "programme.document_unreadable": "文件无法读取",
    "programme.document_withdrawn": "撤回文件",
    "programme.proposal_accepted": "采纳拟任务",
    "programme.proposals_accepted": "一并采纳无疑问的拟任务",
    "programme.proposal_corrected": "更正拟任务",
    "programme.proposal_split": "拆分拟任务",
    "programme.proposal_merged": "合并拟任务",
    "programme.proposal_dropped": "不列入任务",
    "programme.proposal_restored": "恢复拟任务",
    "programme.name_resolved": "认定单位名称",
    "programme.bound": "下达任务分解",
    "programme.task_opened": "下达任务",
    "programme.task_amended": "调整任务",
    "programme.task_revoked": "撤销任务",
    "programme.task_done": "报完成",
    "programme.evidence_added": "登记佐证",
    "programme.trigger_recorded": "登记触发事项",
    "programme.superior_date_set": "录入上级时间",
}
