"""Setting chains, sending a version round, and what a change of the text reopens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from gongkai.accounts.api import User
from gongkai.approvals import policies, queries
from gongkai.approvals.actions.moving import close_steps, go_on
from gongkai.approvals.models import Chain, Round, RoundStep
from gongkai.approvals.rules import Step, is_digest, survives_change
from gongkai.approvals.states import RoundState, StepKind, StepState
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit, body_of

STALE_CHAIN = Refusal("kernel.stale", "别人刚刚改过这个流程。请看清改动后再提交。")


@transaction.atomic
def define_chain(
    *,
    actor: Any,
    code: str,
    name: str,
    steps: Sequence[Step],
    body: Unit | None = None,
    expected: int | None = None,
) -> Chain:
    """Set a chain, for a body or (by the system) for all; rounds under way keep their version.

    ``expected`` is the number of the body's version that the person's page showed, 0 for none.
    What a person sets has to be such that it can be completed. Raises ``Refused``.
    """
    refuse_if(policies.why_not_define(code, steps, actor=actor, body=body))
    seen = queries.newest_number(code, body)
    if expected is not None and expected != seen:
        raise Refused(STALE_CHAIN)
    before = queries.chain_in_force(code, body)
    chain = Chain(
        key=f"{code}:{body.pk if body else 0}:{seen + 1}",
        code=code,
        body=body,
        number=seen + 1,
        name=name,
        steps=[step.as_json() for step in steps],
        made_at=clock.now(),
    )
    _keep(chain)
    record(
        "approvals.chain_defined",
        subject=chain,
        actor=actor,
        unit=body,
        also=[first] if (first := queries.first_version(chain)) != chain else [],
        chain=name,
        number=chain.number,
        before=queries.chain_words(before) if before else "",
        after=queries.chain_words(chain),
    )
    return chain


def _keep(chain: Chain) -> None:
    """Insert a version; another of the same number, set at the same moment, came first."""
    try:
        with transaction.atomic():
            chain.save()
    except IntegrityError:
        raise Refused(STALE_CHAIN) from None


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
    drafter: User | None = None,
    countersigners: Sequence[Unit] = (),
) -> Round:
    """Send one exact version (``digest``, 64 hexadecimal digits) of a subject for signature.

    Who may send it is the caller's question. Rounds over other versions are superseded; a
    countersignature that the chain keeps stands for the new version too. ``drafter`` (by default
    the actor) may not sign steps with four eyes. ``countersigners`` fill the countersign step
    that names no units. Raises ``Refused``; ``LookupError`` for a chain that is not defined and
    ``ValueError`` for a malformed digest.
    """
    template = queries.chain_in_force(chain, body_of(unit))
    if template is None:
        raise LookupError(f"no chain {chain!r}")
    if not is_digest(digest):
        raise ValueError(f"not a digest: {digest!r}")
    supersede(subject, digest=digest, actor=actor)
    kept = queries.kept_for(subject, digest)
    steps = _planned([Step.from_json(s) for s in template.steps], unit, countersigners, kept)
    drafters = {actor.pk, (drafter or actor).pk}
    refuse_if(policies.why_not_start(subject, digest, steps, drafters=drafters))
    round_ = Round(
        chain=template,
        subject=subject,
        open_for=subject,
        digest=digest,
        title=title[:300],
        url=url,
        unit=unit,
        drafted_by=drafter or actor,
        started_by=actor,
        started_at=clock.now(),
    )
    _open(round_, steps)
    taken_over = sum(step.state == StepState.SIGNED for step in steps)
    more: dict[str, Any] = {"kept": taken_over} if taken_over else {}
    record(
        "approvals.round_started",
        subject=round_,
        actor=actor,
        unit=unit,
        also=[subject],
        digest=digest,
        chain=template.name,
        **more,
    )
    go_on(round_, actor=actor)
    return round_


def _open(round_: Round, steps: Sequence[RoundStep]) -> None:
    """Insert the round with its steps; a second round opened at the same moment is refused."""
    try:
        with transaction.atomic():
            round_.save()
    except IntegrityError:
        refusal = Refusal("approvals.already_open", "别人刚刚送签了，请刷新后查看。")
        raise Refused(refusal) from None
    for step in steps:
        step.round = round_
    RoundStep.objects.bulk_create(steps)


@transaction.atomic
def supersede(subject: str, *, digest: str, actor: User) -> int:
    """Void the rounds over other versions than this one, which the text now has; return how many.

    For a text that changed and is not ready to be sent again: who was asked for the old version
    is asked no more. What the chain keeps is kept for the round that is started when it is.
    """
    others = Round.objects.filter(subject=subject).exclude(digest=digest)
    rows = list(others.exclude(state=RoundState.SUPERSEDED).order_by("id"))
    for old in rows:
        old = lock(old)
        close_steps(old)
        old.state, old.open_for = RoundState.SUPERSEDED, None
        old.closed_at = old.closed_at or clock.now()
        old.save(update_fields=["state", "open_for", "closed_at"])
        record(
            "approvals.superseded",
            subject=old,
            actor=actor,
            unit=old.unit,
            also=[subject],
            digest=old.digest,
            by=digest,
        )
    return len(rows)


@transaction.atomic
def hide_title(subject: str, *, said: str) -> list[str]:
    """Put ``said`` in place of a subject's title in all its rounds; return the rounds' names.

    For what may be seen by nobody any more: signatures and their digest stay.
    """
    rounds = Round.objects.filter(subject=subject)
    rounds.update(title=said[:300])
    return [subject_key(found) for found in rounds]


def _planned(
    steps: Sequence[Step], unit: Unit, countersigners: Sequence[Unit], kept: Sequence[RoundStep]
) -> list[RoundStep]:
    """Lay out the steps of a round, unsaved, with the countersignatures that are kept."""
    rows: list[RoundStep] = []
    for step in steps:
        for asked in queries.units_asked(step, unit, countersigners):
            row = RoundStep(
                order=len(rows),
                turn=step.turn,
                kind=step.kind,
                role=step.role,
                four_eyes=step.four_eyes,
                keeps=survives_change(step),
                unit=asked,
            )
            _take_over(row, kept)
            rows.append(row)
    return rows


def _take_over(row: RoundStep, kept: Sequence[RoundStep]) -> None:
    """Let a kept countersignature of the same unit and role stand for the new version too."""
    fits = [k for k in kept if (k.unit_id, k.role, k.kind) == (row.unit_id, row.role, row.kind)]
    if not fits or not row.keeps:
        return
    old = fits[-1]
    row.state, row.signed_at, row.comment = StepState.SIGNED, old.signed_at, old.comment
    row.signed_by_id, row.signed_for_id = old.signed_by_id, old.signed_for_id
    row.kept_from_id = old.kept_from_id or old.pk


@transaction.atomic
def reopen_for(
    subject: str, *, digest: str, actor: User, drafter: User | None = None
) -> Round | None:
    """Send a changed text through the chain again if an older version is under way or signed.

    What binds the text is asked anew; what the chain keeps is kept; the old round stays as
    history. Does nothing (None) when no version was sent, this one was, or the newest was sent
    back: then the drafter sends it when it is ready. Raises ``Refused``.
    """
    old = queries.newest_round(subject)
    live = {RoundState.OPEN, RoundState.COMPLETE}
    if old is None or old.digest == digest or old.state not in live:
        return None
    steps = old.steps.filter(kind=StepKind.COUNTERSIGN).select_related("unit").order_by("order")
    return start_round(
        chain=old.chain.code,
        subject=subject,
        digest=digest,
        unit=old.unit,
        actor=actor,
        title=old.title,
        url=old.url,
        drafter=drafter,
        countersigners=list({step.unit_id: step.unit for step in steps}.values()),
    )
