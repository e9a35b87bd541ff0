"""The office or the leader takes an answer, sends it back, or takes the charge back."""

from __future__ import annotations

from django.db import transaction

from gongkai.accounts.api import Role, User, people_of
from gongkai.approvals import api as approvals
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell, tell_unit
from gongkai.supervision import policies, queries
from gongkai.supervision.actions.issuing import brief_of, page_of
from gongkai.supervision.models import Charge
from gongkai.supervision.rules import digest
from gongkai.supervision.states import MOVES, ChargeState, Kind, ReplyState


@transaction.atomic
def close(charge: Charge, *, actor: User, expected: int, conclusion: str = "") -> Charge:
    """Take the answer as good and end the charge (闭环). Raises ``Refused``."""
    charge = lock(charge, expected=expected)
    refuse_if(policies.why_not_close(charge, actor=actor))
    _judge(charge, ReplyState.ACCEPTED, "")
    _end(charge, "close", conclusion, actor=actor)
    _record("closed", charge, conclusion, actor=actor)
    _tell_unit(charge, "closed", f"{charge}已闭环，不用再办。", actor=actor)
    if charge.kind == Kind.INSTRUCTION and charge.issued_by_id != actor.pk:
        tell(
            [charge.issued_by],
            kind="supervision.closed",
            subject=subject_key(charge),
            sentence=f"{charge.unit.name}已按{charge}办理并回复，政务公开办已闭环。",
            url=page_of(charge),
            key=f"{subject_key(charge)}:closed",
            brief=brief_of(charge),
        )
    return charge


@transaction.atomic
def send_back(charge: Charge, *, actor: User, expected: int, reason: str) -> Charge:
    """Send the answer back with a reason; the clock runs again to the same day.

    Raises ``Refused``.
    """
    charge = lock(charge, expected=expected)
    refuse_if(policies.why_not_send_back(charge, actor=actor))
    refuse_if(policies.why_not_words(reason, "请写明为什么退回、还要做什么。"))
    _judge(charge, ReplyState.REFUSED, reason.strip())
    charge.state = MOVES["send_back"][1]
    charge.save(update_fields=["state"])
    if charge.duty is not None:
        duties.reopen(charge.duty, actor=actor, reason=reason.strip()[:300])
    _record("sent_back", charge, reason, actor=actor)
    words = f"{charge}的回复被退回：{reason.strip()[:80]}"
    _tell_unit(charge, f"back:{charge.version}", words, actor=actor)
    return charge


@transaction.atomic
def withdraw(charge: Charge, *, actor: User, expected: int, reason: str) -> Charge:
    """Take the charge back with a reason; its clock is cancelled, nobody signs any more.

    Raises ``Refused``.
    """
    charge = lock(charge, expected=expected)
    refuse_if(policies.why_not_withdraw(charge, actor=actor))
    refuse_if(policies.why_not_words(reason, "请写明为什么撤回。"))
    row = queries.last_reply(charge)
    if row is not None and charge.state == ChargeState.SIGNING:
        approvals.supersede(subject_key(row), digest=digest(charge.pk, 0, "withdrawn"), actor=actor)
    _end(charge, "withdraw", reason, actor=actor)
    if charge.duty is not None and charge.duty.closed_at is None:
        duties.cancel(charge.duty, actor=actor, reason=reason.strip()[:300])
    _record("withdrawn", charge, reason, actor=actor)
    _tell_unit(charge, "withdrawn", f"{charge}已撤回：{reason.strip()[:80]}", actor=actor)
    if charge.kind == Kind.INSTRUCTION:
        tell(
            people_of(charge.body, [Role.OPENNESS_OFFICE]).exclude(pk=actor.pk),
            kind="supervision.withdrawn",
            subject=subject_key(charge),
            sentence=f"{charge}已撤回：{reason.strip()[:80]}",
            url=page_of(charge),
            key=f"{subject_key(charge)}:withdrawn",
            brief=brief_of(charge),
        )
    return charge


def _judge(charge: Charge, state: ReplyState, comment: str) -> None:
    row = queries.last_reply(charge)
    if row is not None:
        row.state, row.comment = state, comment
        row.save(update_fields=["state", "comment"])


def _end(charge: Charge, verb: str, said: str, *, actor: User) -> None:
    charge.state = MOVES[verb][1]
    charge.ended_at, charge.ended_by, charge.conclusion = clock.now(), actor, said.strip()
    charge.save(update_fields=["state", "ended_at", "ended_by", "conclusion"])


def _record(event: str, charge: Charge, reason: str, *, actor: User) -> None:
    record(
        f"supervision.{event}",
        subject=charge,
        actor=actor,
        unit=charge.unit,
        also=list(charge.tasks.all()),
        charge=charge.number,
        reason=reason.strip()[:200],
    )


def _tell_unit(charge: Charge, occasion: str, sentence: str, *, actor: User) -> None:
    tell_unit(
        charge.unit,
        kind=f"supervision.{occasion.partition(':')[0]}",
        subject=subject_key(charge),
        sentence=sentence,
        url=page_of(charge),
        key=f"{subject_key(charge)}:{occasion}",
        but=actor,
        brief=brief_of(charge),
    )
