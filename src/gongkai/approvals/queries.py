"""Reads of rounds: what is signed over which version, what waits for whom; writes nothing."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.accounts.api import User
from gongkai.approvals import policies
from gongkai.approvals.models import Chain, Round, RoundStep
from gongkai.approvals.states import RoundState, StepState


def chain_in_force(code: str) -> Chain | None:
    """Return the newest version of a chain."""
    return Chain.objects.filter(code=code).order_by("-number").first()


def round_of(subject: str, digest: str) -> Round | None:
    """Return the newest round over this exact version."""
    return Round.objects.filter(subject=subject, digest=digest).order_by("-id").first()


def state_of(subject: str, digest: str) -> RoundState | None:
    """Return how the newest round over this exact version stands; None without one."""
    found = round_of(subject, digest)
    return RoundState(found.state) if found else None


def is_complete(subject: str, digest: str) -> bool:
    """Say whether this exact version is signed through."""
    return state_of(subject, digest) is RoundState.COMPLETE


def ready_steps(round: Round) -> QuerySet[RoundStep]:
    """Return the steps of a round whose turn it is."""
    return round.steps.filter(state=StepState.READY).select_related("unit", "round")


def waiting_for(user: User) -> QuerySet[RoundStep]:
    """Return what waits for the person's signature, oldest first."""
    return policies.steps_for(user).order_by("id")


def round_or_none(user: User, pk: int) -> Round | None:
    """Return a round the person may see."""
    rows = policies.visible_to(user).select_related("chain", "unit", "started_by")
    return rows.filter(pk=pk).first()


def step_or_none(user: User, pk: int) -> RoundStep | None:
    """Return a step of a round the person may see."""
    rows = RoundStep.objects.filter(round__in=policies.visible_to(user).values("pk"))
    return rows.select_related("round", "unit").filter(pk=pk).first()


def steps_of(round: Round) -> QuerySet[RoundStep]:
    """Return the steps of a round in their order, with who signed."""
    return round.steps.select_related("unit", "person", "signed_by", "signed_for").order_by("order")
