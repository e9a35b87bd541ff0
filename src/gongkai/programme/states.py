"""The lives of document, proposal and task as data, and the events they leave; no code decides."""

from __future__ import annotations

from gongkai.kernel.words import Worded

CHAIN = "programme.acceptance"
"""The chain of signatures under which a document is made binding."""


class DocumentState(Worded):
    """Where an uploaded document stands."""

    RECEIVED = "received", "正在读取"
    READ = "read", "待核对"
    UNREADABLE = "unreadable", "无法读取"
    BOUND = "bound", "已下达"
    WITHDRAWN = "withdrawn", "已撤回"


class ProposalState(Worded):
    """Where a proposed task stands before the document is made binding."""

    PROPOSED = "proposed", "待核对"
    ACCEPTED = "accepted", "已采纳"
    DROPPED = "dropped", "不列入"
    SPLIT = "split", "已拆分"
    MERGED = "merged", "已合并"


class TaskState(Worded):
    """Where a binding task stands."""

    OPEN = "open", "在办"
    READY = "ready", "待销号"
    DONE = "done", "已办结"
    REVOKED = "revoked", "已撤销"


class Part(Worded):
    """In what part a unit takes a task."""

    LEAD = "lead", "牵头"
    SUPPORT = "support", "配合"


class NameKind(Worded):
    """What a name in the document turned out to be."""

    UNIT = "unit", "单位"
    SET = "set", "一类单位"
    VAGUE = "vague", "泛称"
    UNKNOWN = "unknown", "未识别"


class ClockKind(Worded):
    """What times a task; the choice is the officer's, the proposal the reader's."""

    DATE = "date", "到某日"
    CADENCE = "cadence", "按周期"
    PROMPTLY = "promptly", "及时"
    WITHIN = "within", "限时"
    STANDING = "standing", "长期"
    SUPERIOR = "superior", "等上级时间"
    NONE = "none", "不计时"


class Change(Worded):
    """How a proposal of a later version stands to the task of the earlier one."""

    SAME = "same", "未变"
    CHANGED = "changed", "有改动"
    ADDED = "added", "新增"
    REMOVED = "removed", "已删去"


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
    "add_evidence": (frozenset({T.OPEN, T.READY, T.DONE}), T.OPEN),
    "end_evidence": (frozenset({T.OPEN}), T.OPEN),
    "record_trigger": (frozenset({T.OPEN}), T.OPEN),
    "set_superior_date": (frozenset({T.OPEN}), T.OPEN),
    "report_done": (frozenset({T.OPEN}), T.DONE),
    "make_ready": (frozenset({T.OPEN}), T.READY),
    "strike_off": (frozenset({T.OPEN, T.READY}), T.DONE),
    "send_back": (frozenset({T.READY}), T.OPEN),
    "amend": (frozenset({T.OPEN, T.READY}), T.OPEN),
    "revoke": (frozenset({T.OPEN, T.READY}), T.REVOKED),
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
    "programme.task_handed_over": "任务转由承接单位承办",
    "programme.task_done": "报完成",
    "programme.task_ready": "各方办完，待销号",
    "programme.task_struck_off": "销号",
    "programme.task_sent_back": "退回，继续办理",
    "programme.evidence_added": "登记佐证",
    "programme.evidence_ended": "取下佐证",
    "programme.trigger_recorded": "登记发生的事项",
    "programme.superior_date_set": "录入上级时间",
}

KINDS: dict[str, str] = {
    "duties.reminder": "到期提醒",
    "duties.late": "逾期督促",
    "duties.reassigned": "任务改派",
    "programme.handed_over": "任务转交",
    "programme.document": "收文已读",
    "programme.bound": "任务下达",
}
"""What mails call the notices that are told about duties and programmes."""
