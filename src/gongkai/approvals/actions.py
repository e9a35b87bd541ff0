"""Every change to rounds of signatures. One verb, one function, one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from gongkai.accounts.api import Role, User, acting_for
from gongkai.approvals import policies, queries
from gongkai.approvals.models import Chain, Round, RoundStep
from gongkai.approvals.rules import Step, next_turn, survives_change
from gongkai.approvals.states import RoundState, StepState
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit, body_of, unit_by_id


@transaction.atomic
def define_chain(*, actor: Any, code: str, name: str, steps: Sequence[Step]) -> Chain:
    """Set a chain; rounds that run go on under the version they began with."""
    refuse_if(policies.why_not_define(steps))
    last = queries.chain_in_force(code)
    chain = Chain.objects.create(
        code=code,
        number=last.number + 1 if last else 1,
        name=name,
        steps=[step.as_json() for step in steps],
        made_at=clock.now(),
    )
    record("approvals.chain_defined", subject=chain, actor=actor, code=code, number=chain.number)
    return chain


@transaction.atomic
def start_round(
    *,
    chain: str,
    subject: str,
    digest: str,
    unit: Unit,
    actor: User,
    title: str = "",
    url: str = "",
) -> Round:
    """Send one exact version (``digest``) of a subject round for signature.

    Rounds over other versions of it are superseded; a countersignature that the chain keeps is
    taken over. Raises ``Refused``, and ``LookupError`` for a chain that is not defined.
    """
    template = queries.chain_in_force(chain)
    if template is None:
        raise LookupError(f"no chain {chain!r}")
    refuse_if(policies.why_not_start(subject, digest))
    kept = _supersede(subject, digest, actor=actor)
    round_ = Round.objects.create(
        chain=template,
        subject=subject,
        digest=digest,
        title=title[:300],
        url=url,
        unit=unit,
        started_at=clock.now(),
        started_by=actor,
    )
    _lay_steps(round_, [Step.from_json(s) for s in template.steps], kept)
    record(
        "approvals.round_started",
        subject=round_,
        actor=actor,
        unit=unit,
        also=[subject],
        digest=digest,
        chain=template.code,
    )
    _go_on(round_, actor=actor)
    return round_


def _supersede(subject: str, digest: str, *, actor: User) -> list[RoundStep]:
    """Close the rounds over other versions; return the signatures that outlive the change."""
    kept: list[RoundStep] = []
    others = Round.objects.filter(subject=subject).exclude(digest=digest)
    for old in others.exclude(state=RoundState.SUPERSEDED):
        old = lock(old)
        kept += old.steps.filter(keeps=True, state=StepState.SIGNED)
        old.state, old.closed_at = RoundState.SUPERSEDED, clock.now()
        old.save(update_fields=["state", "closed_at"])
        record(
            "approvals.superseded",
            subject=old,
            actor=actor,
            unit=old.unit,
            also=[subject],
            by=digest,
        )
    return kept


def _lay_steps(round_: Round, steps: Sequence[Step], kept: Sequence[RoundStep]) -> None:
    rows: list[RoundStep] = []
    for step in steps:
        for unit in _units_of(step, round_.unit):
            row = RoundStep(
                round=round_,
                order=len(rows),
                turn=step.turn,
                kind=step.kind,
                role=step.role,
                four_eyes=step.four_eyes,
                keeps=survives_change(step),
                unit=unit,
            )
            _take_over(row, kept)
            rows.append(row)
    RoundStep.objects.bulk_create(rows)


def _units_of(step: Step, unit: Unit) -> list[Unit]:
    if step.units:
        return [unit_by_id(pk) for pk in step.units]
    return [body_of(unit) if step.at_body else unit]


def _take_over(row: RoundStep, kept: Sequence[RoundStep]) -> None:
    """Let a kept countersignature of the same unit stand for the new version too."""
    old = next((k for k in kept if k.unit_id == row.unit_id and k.kind == row.kind), None)
    if old is None or not row.keeps:
        return
    row.state, row.signed_at, row.comment = StepState.SIGNED, old.signed_at, old.comment
    row.signed_by_id, row.signed_for_id = old.signed_by_id, old.signed_for_id


def _go_on(round_: Round, *, actor: User) -> None:
    """Make the next turn's steps ready, or complete the round."""
    steps = list(round_.steps.all())
    turn = next_turn((s.turn, s.state == StepState.SIGNED) for s in steps)
    if turn is not None:
        waiting = round_.steps.filter(turn=turn, state=StepState.WAITING)
        waiting.update(state=StepState.READY)
        return
    round_.state, round_.closed_at = RoundState.COMPLETE, clock.now()
    round_.save(update_fields=["state", "closed_at"])
    record(
        "approvals.completed",
        subject=round_,
        actor=actor,
        unit=round_.unit,
        also=[round_.subject],
        digest=round_.digest,
    )


def _locked(step: RoundStep, expected: int | None) -> RoundStep:
    """Take the step's round for this transaction and return the step as it now stands."""
    lock(step.round, expected=expected if expected is not None else _version(step))
    return RoundStep.objects.select_related("round__chain", "round__unit", "unit").get(pk=step.pk)


def _version(step: RoundStep) -> int:
    return Round.objects.values_list("version", flat=True).get(pk=step.round_id)


@transaction.atomic
def sign(
    step: RoundStep, *, actor: User, digest: str, comment: str = "", expected: int | None = None
) -> Round:
    """Sign a step over the exact version that the person saw (``digest``). Raises ``Refused``."""
    step = _locked(step, expected)
    refuse_if(policies.why_not_sign(step, actor=actor, digest=digest))
    step.state, step.signed_by, step.signed_at = StepState.SIGNED, actor, clock.now()
    step.signed_for = acting_for(actor, Role(step.role), step.unit)
    step.comment = comment.strip()[:500]
    step.save()
    record(
        "approvals.signed",
        subject=step.round,
        actor=actor,
        on_behalf_of=step.signed_for,
        unit=step.round.unit,
        also=[step.round.subject],
        kind=step.kind,
        digest=digest,
        comment=step.comment,
    )
    _go_on(step.round, actor=actor)
    return step.round


@transaction.atomic
def return_to_drafter(
    step: RoundStep, *, actor: User, digest: str, reason: str, expected: int | None = None
) -> Round:
    """Send the version back to who sent it round, with the reason. Raises ``Refused``."""
    step = _locked(step, expected)
    refuse_if(policies.why_not_return(step, actor=actor, digest=digest, reason=reason))
    step.state, step.signed_by, step.signed_at = StepState.RETURNED, actor, clock.now()
    step.comment = reason.strip()[:500]
    step.save()
    round_ = step.round
    round_.state, round_.closed_at = RoundState.RETURNED, clock.now()
    round_.save(update_fields=["state", "closed_at"])
    record(
        "approvals.returned",
        subject=round_,
        actor=actor,
        unit=round_.unit,
        also=[round_.subject],
        reason=step.comment,
    )
    return round_


@transaction.atomic
def delegate_step(
    step: RoundStep, *, actor: User, person: User, expected: int | None = None
) -> RoundStep:
    """Hand a step to one named person who holds its role. Raises ``Refused``."""
    step = _locked(step, expected)
    refuse_if(policies.why_not_delegate(step, actor=actor, person=person))
    step.person = person
    step.save(update_fields=["person"])
    record(
        "approvals.delegated",
        subject=step.round,
        actor=actor,
        unit=step.round.unit,
        also=[step.round.subject],
        to=person.full_name,
    )
    return step


@transaction.atomic
def sign_through(
    *,
    chain: str,
    subject: str,
    digest: str,
    unit: Unit,
    actor: User,
    title: str = "",
    url: str = "",
) -> Round:
    """Sign every step over this version that waits for the actor, starting the round if needed.

    Raises ``Refused`` (``approvals.incomplete``) when others still have to sign: the caller's
    transaction is then rolled back, so such a round is started by ``start_round`` beforehand.
    """
    round_ = queries.round_of(subject, digest)
    if round_ is None or round_.state in (RoundState.RETURNED, RoundState.SUPERSEDED):
        round_ = start_round(
            chain=chain,
            subject=subject,
            digest=digest,
            unit=unit,
            actor=actor,
            title=title,
            url=url,
        )
    while round_.state == RoundState.OPEN:
        mine = [s for s in queries.ready_steps(round_) if policies.is_for(s, actor)]
        if not mine:
            raise Refused(Refusal("approvals.incomplete", "还有人没有签批，请等签齐后再办。"))
        round_ = sign(mine[0], actor=actor, digest=digest)
    return round_
