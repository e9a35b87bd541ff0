"""States of an asking, answers, events and labels, as data."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class AskingState(Worded):
    """How far an asking is."""

    OPEN = "open", "待答复"
    ANSWERED = "answered", "已答复"
    SETTLED = "settled", "意见已处理"
    SILENT = "silent", "逾期未复"
    TAKEN_BACK = "taken_back", "已收回"


class Answer(Worded):
    """What a unit says to a draft."""

    AGREE = "agree", "同意"
    COMMENTS = "comments", "同意，有修改意见"
    OBJECT = "object", "不同意"

    @property
    def wants_reasons(self) -> bool:
        """Whether it has to say what, and whoever drafted has to say what became of it."""
        return self is not Answer.AGREE


S = AskingState
MOVES: dict[str, tuple[tuple[AskingState, ...], AskingState]] = {
    "answer": ((S.OPEN,), S.ANSWERED),
    "settle": ((S.ANSWERED,), S.SETTLED),
    "close": ((S.OPEN,), S.SILENT),
    "take_back": ((S.OPEN,), S.TAKEN_BACK),
}
"""From which states a verb leads where."""

TONES: dict[AskingState, str] = {
    S.OPEN: "wait",
    S.ANSWERED: "good",
    S.SETTLED: "good",
    S.SILENT: "off",
    S.TAKEN_BACK: "off",
}

ANSWER_DUTY = "coordination.answer"
"""The clock of an answer."""

ASKED_NOTICE, ANSWERED_NOTICE = "coordination.asked", "coordination.answered"
NOTICES: dict[str, str] = {ASKED_NOTICE: "征求意见", ANSWERED_NOTICE: "意见答复"}

EVENTS: dict[str, str] = {
    "coordination.asked": "征求意见",
    "coordination.answered": "答复意见",
    "coordination.settled": "处理意见",
    "coordination.closed": "逾期未复，结束征求",
    "coordination.taken_back": "收回征求",
}

FACT_LABELS = {"of": "被征求单位", "answer": "答复", "edition": "稿次"}
