"""The life of a notice or an instruction as data, and the events they leave; no code decides."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class Kind(Worded):
    """Who chases: the openness office by a notice, a leader by an instruction."""

    NOTICE = "notice", "督办"
    INSTRUCTION = "instruction", "批示"


class ChargeState(Worded):
    """Where a charge stands."""

    OPEN = "open", "待回复"
    SIGNING = "signing", "等负责人签发"
    ANSWERED = "answered", "待审核"
    CLOSED = "closed", "已闭环"
    WITHDRAWN = "withdrawn", "已撤回"


class ReplyState(Worded):
    """Where a reply stands."""

    SENT = "sent", "等签发"
    RETURNED = "returned", "负责人退回"
    GIVEN = "given", "已回复"
    REFUSED = "refused", "退回重办"
    ACCEPTED = "accepted", "已认可"


class HandingState(Worded):
    """Where a task stands that a body hands down to a subordinate body."""

    OFFERED = "offered", "待接收"
    ASKED = "asked", "待答复"
    TAKEN = "taken", "已接收"
    WITHDRAWN = "withdrawn", "已撤回"


S, H = ChargeState, HandingState

MOVES: dict[str, tuple[frozenset[ChargeState], ChargeState]] = {
    "reply": (frozenset({S.OPEN}), S.SIGNING),
    "return": (frozenset({S.SIGNING}), S.OPEN),
    "give": (frozenset({S.SIGNING}), S.ANSWERED),
    "send_back": (frozenset({S.ANSWERED}), S.OPEN),
    "close": (frozenset({S.ANSWERED}), S.CLOSED),
    "withdraw": (frozenset({S.OPEN, S.SIGNING, S.ANSWERED}), S.WITHDRAWN),
}

HANDING_MOVES: dict[str, tuple[frozenset[HandingState], HandingState]] = {
    "take": (frozenset({H.OFFERED}), H.TAKEN),
    "ask_back": (frozenset({H.OFFERED}), H.ASKED),
    "answer": (frozenset({H.ASKED}), H.OFFERED),
    "withdraw": (frozenset({H.OFFERED, H.ASKED}), H.WITHDRAWN),
}

ENDED = frozenset({S.CLOSED, S.WITHDRAWN})
LIVE = frozenset(S) - ENDED

CHAIN = "supervision.reply"
"""The head of the unit sends what its officer wrote."""

DUTY_KINDS = {kind: f"supervision.{kind.value}" for kind in Kind}
"""The clock of each kind is a kind of duty of its own, owned by the unit that has to answer."""

EVENTS: dict[str, str] = {
    "supervision.notice_issued": "发出督办",
    "supervision.instruction_written": "作出批示",
    "supervision.reply_written": "写好回复，送负责人签发",
    "supervision.reply_returned": "负责人退回回复",
    "supervision.reply_given": "回复送达",
    "supervision.sent_back": "退回重办",
    "supervision.closed": "闭环",
    "supervision.withdrawn": "撤回",
    "supervision.handed_over": "转由接手单位办理",
    "supervision.handed_down": "交办下级",
    "supervision.handing_taken": "下级接收交办",
    "supervision.handing_asked": "下级提出疑问",
    "supervision.handing_answered": "答复下级疑问",
    "supervision.handing_withdrawn": "撤回交办",
    "supervision.handing_due_changed": "交办的完成时间改变",
}

NOTICES: dict[str, str] = {
    "supervision.notice": "督办",
    "supervision.instruction": "批示",
    "supervision.reply_given": "督办、批示的回复",
    "supervision.back": "回复被退回",
    "supervision.closed": "督办、批示闭环",
    "supervision.withdrawn": "督办、批示撤回",
    "supervision.handed_over": "接手撤销单位的督办、批示",
    "supervision.handing_offered": "上级交办",
    "supervision.handing_taken": "下级接收交办",
    "supervision.handing_asked": "下级对交办的疑问",
    "supervision.handing_answered": "上级对交办的答复",
    "supervision.handing_withdrawn": "上级撤回交办",
    "supervision.handing_due": "交办的完成时间改变",
    "supervision.handing_revoked": "上级撤销任务",
    "supervision.handing_done": "下级办结交办",
}
"""What mails call the notices that this app tells."""

FACT_LABELS = {
    "charge": "文号",
    "days": "期限（工作日）",
    "answer": "回复",
    "handed_to": "交办给",
    "question": "疑问",
}
