"""What a plan must say, how shares and the sample score are counted; no tables, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.interpretations.states import Form

SAMPLE = 3
"""So many policies and materials are looked at by the national inspection."""


@dataclass(frozen=True)
class PlanFacts:
    """What a plan says."""

    outline: str
    forms: tuple[Form, ...]
    channels: str
    interpreter: str


def missing_of(plan: PlanFacts) -> Iterator[str]:
    """Yield what a plan still lacks, in Chinese (plan fields of regulation 6.2)."""
    if len(plan.outline.strip()) < 10:
        yield "请写解读提纲：讲哪几点，群众和企业会关心什么。"
    if not plan.forms:
        yield "请选解读形式，可以选几种。"
    if not plan.channels.strip():
        yield "请写在哪里发布：门户网站、公众号、新闻发布会等。"
    if not plan.interpreter.strip():
        yield "请写解读人；机关主要负责人是第一解读人。"


def repeats_too_much(share: float, most: int) -> bool:
    """Say whether a material repeats more of its policy than a body lets pass, in percent.

    No rule gives a figure (ADR 0221): it is a hint for who judges, and stops nothing.
    """
    return share * 100 > most


@dataclass(frozen=True)
class Sampled:
    """A policy as the inspection looks at it."""

    interpreted: bool
    linked_to: bool = True
    linked_back: bool = True


@dataclass(frozen=True)
class Score:
    """Points of 解读比例 and 解读关联, of three each."""

    share: float
    links: float


def sample_score(sampled: Sequence[Sampled]) -> Score:
    """Return the score of a sample: −1 for each policy without interpretation, −0.5 for each
    missing link in either direction; never below nothing (国办秘函〔2019〕19号)."""
    share = 3.0 - sum(not one.interpreted for one in sampled)
    links = 3.0 - sum(
        0.5 * (not one.linked_to) + 0.5 * (not one.linked_back)
        for one in sampled
        if one.interpreted
    )
    return Score(max(share, 0.0), max(links, 0.0))


def share(part: int, whole: int) -> float | None:
    """Return a share in per cent with one decimal; None of nothing."""
    return round(100 * part / whole, 1) if whole else None
