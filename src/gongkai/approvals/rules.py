"""Chains of steps as values: what comes next, what a change of the text reopens; no tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.approvals.states import StepKind


@dataclass(frozen=True)
class Step:
    """One step of a chain.

    ``role`` is asked at the round's own unit or, when ``at_body``, at its body; ``units`` names
    the units (by key) that countersign. Steps with the same ``turn`` run side by side.
    ``four_eyes``: whoever started the round, or signed another such step, may not sign it.
    ``keeps``: the signature outlives a change of the text (only a countersignature may).
    """

    kind: StepKind
    role: str
    turn: int
    at_body: bool = False
    four_eyes: bool = False
    keeps: bool = False
    units: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the step as plain JSON."""
        return {
            "kind": self.kind.value,
            "role": self.role,
            "turn": self.turn,
            "at_body": self.at_body,
            "four_eyes": self.four_eyes,
            "keeps": self.keeps,
            "units": list(self.units),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Step:
        """Read a step back from ``as_json``."""
        fields = dict(data)
        fields["kind"] = StepKind(fields["kind"])
        fields["units"] = tuple(fields.get("units", ()))
        return cls(**fields)


def wrong_steps(steps: Sequence[Step]) -> Iterable[str]:
    """Yield what is wrong with a chain, in Chinese; nothing when it can run."""
    if not steps:
        yield "流程里至少要有一步。"
    for number, step in enumerate(steps, 1):
        if step.keeps and step.kind is not StepKind.COUNTERSIGN:
            yield f"第{number}步不是会签，内容改动后必须重签。"
        if step.kind is StepKind.COUNTERSIGN and not step.units:
            yield f"第{number}步是会签，要写明由哪些单位会签。"
    if [s.turn for s in steps] != sorted(s.turn for s in steps):
        yield "各步的次序要从小到大。"


def next_turn(states: Iterable[tuple[int, bool]]) -> int | None:
    """Return the lowest turn with an unsigned step, of (turn, signed); None when all are signed."""
    return min((turn for turn, signed in states if not signed), default=None)


def survives_change(step: Step) -> bool:
    """Say whether a signature at this step outlives a change of the text.

    Clearances and signatures bind one exact version; only a countersignature may be kept, and
    only where the chain says so.
    """
    return step.keeps and step.kind is StepKind.COUNTERSIGN
