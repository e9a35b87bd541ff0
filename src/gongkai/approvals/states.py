"""The life of a round of signatures and of its steps as data; no code decides a state elsewhere."""

from __future__ import annotations

from enum import StrEnum


class RoundState(StrEnum):
    """Where a round stands."""

    OPEN = "open"
    COMPLETE = "complete"
    RETURNED = "returned"
    SUPERSEDED = "superseded"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "open": "流转中",
            "complete": "已签齐",
            "returned": "已退回",
            "superseded": "内容已改",
        }[self.value]


class StepState(StrEnum):
    """Where a step stands."""

    WAITING = "waiting"
    READY = "ready"
    SIGNED = "signed"
    RETURNED = "returned"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {"waiting": "未到", "ready": "待签", "signed": "已签", "returned": "退回"}[
            self.value
        ]


class StepKind(StrEnum):
    """What a signature at a step means."""

    SIGN = "sign"
    COUNTERSIGN = "countersign"
    CLEAR_SECRECY = "clear_secrecy"
    APPROVE = "approve"

    @property
    def label(self) -> str:
        """The Chinese word."""
        return {
            "sign": "审核",
            "countersign": "会签",
            "clear_secrecy": "保密审查",
            "approve": "签批",
        }[self.value]


STEP_MOVES: dict[str, tuple[frozenset[StepState], StepState]] = {
    "sign": (frozenset({StepState.READY}), StepState.SIGNED),
    "return": (frozenset({StepState.READY}), StepState.RETURNED),
    "delegate": (frozenset({StepState.READY, StepState.WAITING}), StepState.READY),
}
"""Verb → (from, to) of a step; a delegated step that was not its turn yet stays ``waiting``."""

ROUND_MOVES: dict[str, tuple[frozenset[RoundState], RoundState]] = {
    "complete": (frozenset({RoundState.OPEN}), RoundState.COMPLETE),
    "return": (frozenset({RoundState.OPEN}), RoundState.RETURNED),
    "supersede": (
        frozenset({RoundState.OPEN, RoundState.COMPLETE, RoundState.RETURNED}),
        RoundState.SUPERSEDED,
    ),
}

EVENTS: dict[str, str] = {
    "approvals.chain_defined": "设定签批流程",
    "approvals.round_started": "送签",
    "approvals.signed": "签署",
    "approvals.returned": "退回",
    "approvals.delegated": "转请他人签署",
    "approvals.completed": "签批完成",
    "approvals.superseded": "内容改动，重新送签",
}
