"""The verbs of who is asked to sign: sign, send back, hand on."""

from __future__ import annotations

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.approvals import policies, queries
from gongkai.approvals.actions.moving import close_round, go_on
from gongkai.approvals.actions.starting import start_round
from gongkai.approvals.models import Round, RoundStep
from gongkai.approvals.states import RoundState, StepKind, StepState
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit


def _taken(step: RoundStep) -> RoundStep:
    """Take the step's round for this transaction and return the step as it now stands.

    Two who sign side by side must not refuse each other, so the row is waited for first (where
    the database has row locks); what a signature binds is the digest and not the version.
    """
    now = Round.objects.select_for_update().get(pk=step.round_id)
    lock(now)
    rows = RoundStep.objects.select_related("round__unit", "unit", "person", "handed_by")
    return rows.get(pk=step.pk)


@transaction.atomic
def sign(step: RoundStep, *, actor: User, digest: str, comment: str = "") -> Round:
    """Sign a step over the exact version that the person saw (``digest``).

    Signed in another's place, by a delegation or because the step was handed on, both names are
    kept. Raises ``Refused``.
    """
    step = _taken(step)
    refuse_if(policies.why_not_sign(step, actor=actor, digest=digest))
    step.signed_for = policies.principal_of(step, actor)
    _mark(step, StepState.SIGNED, actor, comment)
    record(
        "approvals.signed",
        subject=step.round,
        actor=actor,
        on_behalf_of=step.signed_for,
        unit=step.round.unit,
        also=[step.round.subject],
        step=StepKind(step.kind).label,
        digest=digest,
        comment=step.comment,
    )
    go_on(step.round, actor=actor)
    return step.round


def _mark(step: RoundStep, state: StepState, actor: User, comment: str) -> None:
    step.state, step.signed_by, step.signed_at = state, actor, clock.now()
    step.comment = comment.strip()[:500]
    step.save(update_fields=["state", "signed_by", "signed_for", "signed_at", "comment"])


@transaction.atomic
def return_to_drafter(step: RoundStep, *, actor: User, digest: str, reason: str) -> Round:
    """Send the version back to who sent it round, with the reason; the round is over.

    Raises ``Refused``.
    """
    step = _taken(step)
    refuse_if(policies.why_not_return(step, actor=actor, digest=digest, reason=reason))
    step.signed_for = policies.principal_of(step, actor)
    _mark(step, StepState.RETURNED, actor, reason)
    close_round(step.round, RoundState.RETURNED)
    record(
        "approvals.returned",
        subject=step.round,
        actor=actor,
        on_behalf_of=step.signed_for,
        unit=step.round.unit,
        also=[step.round.subject],
        step=StepKind(step.kind).label,
        digest=digest,
        reason=step.comment,
    )
    return step.round


@transaction.atomic
def delegate_step(step: RoundStep, *, actor: User, person: User) -> RoundStep:
    """Ask one named colleague to sign in the actor's place.

    Who holds the step's role may still sign, or name another. Raises ``Refused``.
    """
    step = _taken(step)
    refuse_if(policies.why_not_delegate(step, actor=actor, person=person))
    step.person, step.handed_by = person, policies.principal_of(step, actor) or actor
    step.save(update_fields=["person", "handed_by"])
    record(
        "approvals.delegated",
        subject=step.round,
        actor=actor,
        unit=step.round.unit,
        also=[step.round.subject],
        step=StepKind(step.kind).label,
        handed_to=person.full_name,
    )
    return step


@transaction.atomic
def sign_own(round_: Round, *, actor: User) -> Round:
    """Sign the steps whose turn it is and that ask the actor, one after the other.

    Whoever sends and is the one asked has signed by sending. Raises ``Refused``.
    """
    while step := _asks(round_, actor):
        round_ = sign(step, actor=actor, digest=round_.digest)
    return round_


def _asks(round_: Round, actor: User) -> RoundStep | None:
    asked = queries.asked_now(round_)
    return next((step for step, people in asked if actor in people), None)


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
