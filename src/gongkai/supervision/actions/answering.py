"""A unit answers: its officer writes, its head sends; what the signature decided is taken once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongkai.accounts.api import Role, User, people_of
from gongkai.approvals import api as approvals
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell
from gongkai.supervision import policies, queries
from gongkai.supervision.actions.issuing import brief_of, page_of
from gongkai.supervision.models import Charge, Reply
from gongkai.supervision.rules import digest
from gongkai.supervision.states import CHAIN, MOVES, ChargeState, Kind, ReplyState


def define_chain_if_missing() -> None:
    """Define the chain of replies where the installation has none: the unit's head sends them."""
    if approvals.chain_in_force(CHAIN) is None:
        step = approvals.Step(approvals.StepKind.SIGN, Role.SECTION_HEAD.value, 1)
        approvals.define_chain(actor=None, code=CHAIN, name="督办、批示回复签发", steps=[step])


@transaction.atomic
def reply(charge: Charge, *, actor: User, text: str, expected: int) -> Charge:
    """Write the unit's answer and put it before the unit's head, whose signature sends it.

    A head who writes has sent by it; where the unit has nobody as head it is sent at once
    (ADR 0116). Raises ``Refused``.
    """
    charge = lock(charge, expected=expected)
    refuse_if(policies.why_not_reply(charge, actor=actor))
    refuse_if(policies.why_not_words(text, "请写明办理情况。"))
    last = queries.last_reply(charge)
    serial = last.serial + 1 if last else 1
    row = Reply.objects.create(
        charge=charge,
        serial=serial,
        text=text.strip(),
        digest=digest(charge.pk, serial, text.strip()),
        written_at=clock.now(),
        written_by=actor,
    )
    _move(charge, "reply")
    record(
        "supervision.reply_written",
        subject=charge,
        actor=actor,
        unit=charge.unit,
        answer=row.text[:200],
    )
    if people_of(charge.unit, [Role.SECTION_HEAD]).exists():
        _go_round(row, charge, actor=actor)
    else:
        _give(row, charge, at=row.written_at, actor=actor)
    charge.refresh_from_db()
    return charge


def _move(charge: Charge, verb: str) -> None:
    charge.state = MOVES[verb][1]
    charge.save(update_fields=["state"])


def _go_round(row: Reply, charge: Charge, *, actor: User) -> None:
    """Start the round; what the writer may sign is signed by the sending."""
    round_ = approvals.start_round(
        chain=CHAIN,
        subject=subject_key(row),
        digest=row.digest,
        unit=charge.unit,
        actor=actor,
        title=f"{charge.unit.name}对{charge}的回复",
        url=page_of(charge),
    )
    round_ = approvals.sign_own(round_, actor=actor)
    if round_.state == approvals.RoundState.COMPLETE:
        settle(round_)


@transaction.atomic
def settle(round_: approvals.Round) -> None:
    """Take what the head decided over a reply, once: sent, or returned with the reason."""
    row = queries.reply_of(round_)
    if row is None or row.digest != round_.digest:
        return
    charge = lock(row.charge)
    if charge.state != ChargeState.SIGNING:
        return
    if round_.state == approvals.RoundState.RETURNED:
        _return(row, charge, round_)
    elif round_.state == approvals.RoundState.COMPLETE:
        _give(row, charge, at=round_.closed_at or clock.now(), actor=None)


def _return(row: Reply, charge: Charge, round_: approvals.Round) -> None:
    step = round_.steps.filter(state=approvals.StepState.RETURNED).first()
    row.state, row.comment = ReplyState.RETURNED, step.comment if step else ""
    row.save(update_fields=["state", "comment"])
    _move(charge, "return")
    record(
        "supervision.reply_returned",
        subject=charge,
        actor=None,
        unit=charge.unit,
        reason=row.comment[:200],
    )


def _give(row: Reply, charge: Charge, *, at: datetime, actor: User | None) -> None:
    """The answer has left the unit: its clock is met, and who asked is told."""
    row.state, row.given_at = ReplyState.GIVEN, at
    row.save(update_fields=["state", "given_at"])
    _move(charge, "give")
    if charge.duty is not None and charge.duty.closed_at is None:
        duties.meet(charge.duty, actor=None, at=at, evidence=row.text[:300])
    record(
        "supervision.reply_given",
        subject=charge,
        actor=actor,
        unit=charge.unit,
        also=list(charge.tasks.all()),
        charge=charge.number,
        answer=row.text[:200],
    )
    waiting = list(people_of(charge.body, [Role.OPENNESS_OFFICE]))
    if charge.kind == Kind.INSTRUCTION and charge.issued_by not in waiting:
        waiting.append(charge.issued_by)
    tell(
        waiting,
        kind="supervision.reply_given",
        subject=subject_key(charge),
        sentence=f"{charge.unit.name}已回复{charge}，请审核。",
        url=page_of(charge),
        key=f"{subject_key(row)}:given",
        brief=brief_of(charge),
    )
