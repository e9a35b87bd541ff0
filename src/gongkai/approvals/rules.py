"""Chains of steps as values: what comes next, what a change of the text reopens; no tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongkai.approvals.states import StepKind

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Step:
    """One step of a chain.

    ``role`` is asked at the round's own unit or, when ``at_body``, at its body; ``units`` (keys)
    countersign instead. A countersign step without units takes those named when a round starts,
    and falls away when none are. Steps with the same ``turn`` run side by side. ``four_eyes``:
    who drafted the text, or signed another such step, may not sign it. ``keeps``: a
    countersignature outlives a change of the text.
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
            "role": str(self.role),
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


def wrong_steps(steps: Sequence[Step]) -> Iterator[str]:
    """Yield what is wrong with a chain, in Chinese; nothing when it can run."""
    if not steps:
        yield "流程里至少要有一步。"
    for number, step in enumerate(steps, 1):
        if step.keeps and step.kind.bound_to_text:
            yield f"第{number}步是{step.kind.label}，内容改动后必须重签。"
        if step.units and step.kind is not StepKind.COUNTERSIGN:
            yield f"第{number}步不是会签，不能指定其他单位。"
    if all(s.kind is StepKind.COUNTERSIGN and not s.units for s in steps) and steps:
        yield "只有待定单位的会签，流程可能一步也没有，请再加一步。"
    if [s.turn for s in steps] != sorted(s.turn for s in steps):
        yield "各步的次序要从小到大。"


def next_turn(steps: Iterable[tuple[int, bool]]) -> int | None:
    """Return the lowest turn with an unsigned step, of (turn, signed); None when all are signed."""
    return min((turn for turn, signed in steps if not signed), default=None)


def survives_change(step: Step) -> bool:
    """Say whether a signature at this step outlives a change of the text.

    Clearances and signatures bind one exact version; only a countersignature may be kept, and
    only where the chain says so (ADR 0080).
    """
    return step.keeps and not step.kind.bound_to_text


def is_digest(text: str) -> bool:
    """Say whether the text can name one exact version: 64 hexadecimal digits in lower case."""
    return bool(_DIGEST.fullmatch(text))


def first_stuck(
    steps: Sequence[tuple[bool, Collection[int]]], apart: Collection[int]
) -> int | None:
    """Return the first step (from 0) that nobody would be left to sign; None when all can be.

    A step is (four eyes, keys of those who hold its role). Who stands ``apart`` (drafter, sender)
    signs no step with four eyes, and nobody signs two of them (ADR 0081): each needs a person of
    its own, which is looked for by pushing earlier ones on to others who could sign theirs.
    """
    taken: dict[int, int] = {}

    def place(number: int, tried: set[int]) -> bool:
        for person in sorted(set(steps[number][1]) - set(apart) - tried):
            tried.add(person)
            if person not in taken or place(taken[person], tried):
                taken[person] = number
                return True
        return False

    for number, (four_eyes, people) in enumerate(steps):
        if not (place(number, set()) if four_eyes else people):
            return number
    return None
