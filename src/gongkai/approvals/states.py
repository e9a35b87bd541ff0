"""The life of a round of signatures and of its steps as data; no code decides a state elsewhere."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class RoundState(Worded):
    """Where a round stands."""

    OPEN = "open", "流转中"
    COMPLETE = "complete", "已签齐"
    RETURNED = "returned", "已退回"
    SUPERSEDED = "superseded", "内容已改"


class StepState(Worded):
    """Where a step stands."""

    WAITING = "waiting", "未到"
    READY = "ready", "待签"
    SIGNED = "signed", "已签"
    RETURNED = "returned", "退回"
    CLOSED = "closed", "不再签"


class StepKind(Worded):
    """What a signature at a step means."""

    SIGN = "sign", "审核"
    COUNTERSIGN = "countersign", "会签"
    CLEAR_SECRECY = "clear_secrecy", "保密审查"
    APPROVE = "approve", "签批"

    @property
    def bound_to_text(self) -> bool:
        """Whether a change of the text always asks for the signature again.

        Only a countersignature may outlive a change, and only where its chain says so.
        """
        return self is not StepKind.COUNTERSIGN


UNSIGNED = frozenset({StepState.WAITING, StepState.READY})

STEP_MOVES: dict[str, tuple[frozenset[StepState], StepState]] = {
    "call": (frozenset({StepState.WAITING}), StepState.READY),
    "sign": (frozenset({StepState.READY}), StepState.SIGNED),
    "return": (frozenset({StepState.READY}), StepState.RETURNED),
    "delegate": (frozenset({StepState.READY}), StepState.READY),
    "close": (UNSIGNED, StepState.CLOSED),
}
"""Verb → (from, to) of a step; ``call`` and ``close`` follow from what happens to the round."""

ROUND_MOVES: dict[str, tuple[frozenset[RoundState], RoundState]] = {
    "sign": (frozenset({RoundState.OPEN}), RoundState.OPEN),
    "delegate": (frozenset({RoundState.OPEN}), RoundState.OPEN),
    "complete": (frozenset({RoundState.OPEN}), RoundState.COMPLETE),
    "return": (frozenset({RoundState.OPEN}), RoundState.RETURNED),
    "supersede": (frozenset(RoundState) - {RoundState.SUPERSEDED}, RoundState.SUPERSEDED),
}
"""Verb → (from, to) of a round; ``complete`` follows from its last signature."""

EVENTS: dict[str, str] = {
    "approvals.chain_defined": "设定签批流程",
    "approvals.round_started": "送签",
    "approvals.signed": "签署",
    "approvals.returned": "退回",
    "approvals.delegated": "转请他人签署",
    "approvals.completed": "签批完成",
    "approvals.superseded": "内容改动，原签批作废",
}
"""Every event that this app records; each is an outbox topic too, its subject the round."""

FACT_LABELS: dict[str, str] = {
    "chain": "流程",
    "step": "环节",
    "comment": "意见",
    "handed_to": "转请",
    "kept": "沿用会签",
}
"""The words of the facts that this app's events carry."""
