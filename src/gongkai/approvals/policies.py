"""Who may sign, return or hand on a step, and why not; answers reasons, changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet

from gongkai.accounts.api import Role, User, held_by, in_scope
from gongkai.approvals.models import Round, RoundStep
from gongkai.approvals.rules import Step, wrong_steps
from gongkai.approvals.states import STEP_MOVES, RoundState, StepState
from gongkai.kernel.refusal import Refusal


def visible_to(user: User) -> QuerySet[Round]:
    """Return the rounds of the units the person sees, and those they are asked to sign."""
    mine = Q(steps__person=user) | Q(steps__in=steps_for(user))
    return Round.objects.filter(in_scope("unit__path", user) | mine).distinct()


def steps_for(user: User) -> QuerySet[RoundStep]:
    """Return the steps that wait for this person: by role at the step's unit, or by name."""
    wanted = Q(person=user)
    for held in held_by(user):
        wanted |= Q(person=None, role=held.role.value, unit=held.unit)
    rows = RoundStep.objects.filter(wanted, state=StepState.READY, round__state=RoundState.OPEN)
    return rows.select_related("round", "unit")


def is_for(step: RoundStep, user: User) -> bool:
    """Say whether the step waits for this person."""
    if step.person_id is not None:
        return step.person_id == user.pk
    return any(h.role == step.role and h.unit.pk == step.unit_id for h in held_by(user))


def why_not_define(steps: Sequence[Step]) -> Iterator[Refusal]:
    """Say why a chain cannot run."""
    for sentence in wrong_steps(steps):
        yield Refusal("approvals.wrong_chain", sentence)


def why_not_start(subject: str, digest: str) -> Iterator[Refusal]:
    """Say why a round cannot be started over this version."""
    if Round.objects.filter(subject=subject, digest=digest, state=RoundState.OPEN).exists():
        yield Refusal("approvals.already_open", "这一版正在流转，不用再送。")


def _why_not(verb: str, step: RoundStep, *, actor: User, digest: str) -> Iterator[Refusal]:
    if not is_for(step, actor):
        yield Refusal("approvals.not_yours", f"这一步由{step.unit.name}{_role(step)}办理。")
    if step.round.state != RoundState.OPEN:
        label = RoundState(step.round.state).label
        yield Refusal("approvals.closed", f"这一轮{label}，不能再签。")
    elif step.state not in STEP_MOVES[verb][0]:
        yield Refusal("approvals.not_the_turn", "还没有轮到这一步，或这一步已经办过。")
    if digest != step.round.digest:
        yield Refusal("approvals.other_version", "内容已经改过，请看新的一版再签。")


def _role(step: RoundStep) -> str:
    return "" if step.person_id is not None else Role(step.role).label


def why_not_sign(step: RoundStep, *, actor: User, digest: str) -> Iterator[Refusal]:
    """Say why the person may not sign this step of this version."""
    yield from _why_not("sign", step, actor=actor, digest=digest)
    if not step.four_eyes:
        return
    if step.round.started_by_id == actor.pk:
        yield Refusal("approvals.own_draft", "自己送签的不能自己签这一步，请由另一人签。")
    others = step.round.steps.filter(four_eyes=True, signed_by=actor).exclude(pk=step.pk)
    if others.exists():
        yield Refusal("approvals.signed_before", "您已签过前面一步，这一步要由另一人签。")


def why_not_return(step: RoundStep, *, actor: User, digest: str, reason: str) -> Iterator[Refusal]:
    """Say why the person may not send this version back."""
    yield from _why_not("return", step, actor=actor, digest=digest)
    if not reason.strip():
        yield Refusal("approvals.no_reason", "退回要写明原因。")


def why_not_delegate(step: RoundStep, *, actor: User, person: User) -> Iterator[Refusal]:
    """Say why the person may not hand this step to another."""
    yield from _why_not("delegate", step, actor=actor, digest=step.round.digest)
    if person.pk == actor.pk:
        yield Refusal("approvals.oneself", "不能转给自己。")
    if not person.is_active:
        yield Refusal("approvals.inactive", "对方账号已停用，请另选一人。")
    elif Role(step.role) not in {h.role for h in held_by(person)}:
        yield Refusal("approvals.wrong_role", f"对方不是{Role(step.role).label}，不能签这一步。")
