"""What can happen to a running clock: each verb adds a fact and lets the clock be read anew."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.accounts.api import User
from gongkai.audit.api import record
from gongkai.duties import policies, queries
from gongkai.duties.actions.reflecting import add_fact, key_of, reflect
from gongkai.duties.models import Duty
from gongkai.duties.rules import Limit, read_ledger, state_after
from gongkai.duties.states import MOVES, FactKind, State
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit


def _move(duty: Duty, verb: str) -> State:
    """Set the state that the verb leads to, unsaved."""
    limit = Limit.from_json(duty.limit)
    on = read_ledger(limit, queries.ledgers([duty])[duty.pk]).on
    state = state_after(MOVES[verb][1], State(duty.state), limit, on)
    duty.state = state.value
    return state


def _told(event: str, duty: Duty, actor: User | None, **facts: Any) -> Duty:
    """Record the event on the duty's and its subject's timeline."""
    record(event, subject=duty, actor=actor, unit=duty.owner, also=[duty.subject], **facts)
    return duty


@transaction.atomic
def pause(
    duty: Duty,
    *,
    actor: User | None,
    at: datetime,
    reason: str,
    key: str = "",
    expected: int | None = None,
) -> Duty:
    """Stop the clock from a sending until its answer (条例 第三十三条第三款).

    ``key`` tells overlapping pauses apart (by default the reason). Raises ``Refused``.
    """
    duty = lock(duty, expected=expected)
    key = key or reason.strip()[:60]
    running = queries.open_pauses(duty)
    refuse_if(
        policies.why_not_pause(duty, actor=actor, at=at, reason=reason, key=key, running=running)
    )
    before = key_of(duty)
    add_fact(duty, FactKind.PAUSED, at=at, actor=actor, pause=key, reason=reason.strip()[:300])
    reflect(duty, before=before)
    return _told("duties.paused", duty, actor, reason=reason, sent_at=at)


@transaction.atomic
def resume(
    duty: Duty,
    *,
    actor: User | None,
    at: datetime,
    reason: str = "",
    key: str = "",
    expected: int | None = None,
) -> Duty:
    """Let the clock go on from an answer; ``key`` names the pause where several are open.

    Raises ``Refused``.
    """
    duty = lock(duty, expected=expected)
    running = queries.open_pauses(duty)
    refuse_if(policies.why_not_resume(duty, actor=actor, at=at, key=key, running=running))
    found = next(p for p in running if key in ("", p.key))
    before = key_of(duty)
    add_fact(duty, FactKind.RESUMED, at=at, actor=actor, pause=found.key, reason=reason[:300])
    reflect(duty, before=before)
    return _told(
        "duties.resumed", duty, actor, reason=found.why, answered_at=at, due_on=duty.due_on
    )


@transaction.atomic
def extend(
    duty: Duty, *, actor: User | None, days: int, reason: str, expected: int | None = None
) -> Duty:
    """Lengthen the limit by ``days`` of its own unit (working days, days; hours for hours).

    How often and how far a field may extend is the field's policy. Raises ``Refused``.
    """
    duty = lock(duty, expected=expected)
    limit = Limit.from_json(duty.limit)
    length = read_ledger(limit, queries.ledgers([duty])[duty.pk]).n
    refuse_if(policies.why_not_extend(duty, actor=actor, amount=days, reason=reason, length=length))
    before, due_before = key_of(duty), duty.due_on
    add_fact(
        duty,
        FactKind.EXTENDED,
        at=clock.now(),
        actor=actor,
        amount=days,
        reason=reason.strip()[:300],
    )
    reflect(duty, before=before)
    return _told(
        "duties.extended",
        duty,
        actor,
        days=days,
        reason=reason,
        before=due_before,
        after=duty.due_on,
    )


@transaction.atomic
def reset(
    duty: Duty, *, actor: User | None, at: datetime, reason: str, expected: int | None = None
) -> Duty:
    """Start the clock anew; earlier pauses and extensions are forgotten (条例 第三十条).

    Raises ``Refused``.
    """
    duty = lock(duty, expected=expected)
    refuse_if(policies.why_not_reset(duty, actor=actor, at=at, reason=reason))
    before, due_before = key_of(duty), duty.due_on
    add_fact(duty, FactKind.RESET, at=at, actor=actor, reason=reason.strip()[:300])
    reflect(duty, before=before)
    return _told("duties.reset", duty, actor, reason=reason, before=due_before, after=duty.due_on)


@transaction.atomic
def set_date(
    duty: Duty, *, actor: User | None, on: date, reason: str, expected: int | None = None
) -> Duty:
    """Give a duty its date: the superior's, now that it is known, or another than before.

    ``reason`` says where the date stands. Raises ``Refused``.
    """
    duty = lock(duty, expected=expected)
    refuse_if(policies.why_not_set_date(duty, actor=actor, on=on, reason=reason))
    before, due_before = key_of(duty), duty.due_on
    add_fact(
        duty, FactKind.DATE_SET, at=clock.now(), actor=actor, on=on, reason=reason.strip()[:300]
    )
    _move(duty, "set_date")
    reflect(duty, before=before, fields=["state"])
    return _told("duties.date_set", duty, actor, reason=reason, before=due_before, after=on)


@transaction.atomic
def meet(
    duty: Duty,
    *,
    actor: User | None,
    at: datetime,
    evidence: str = "",
    expected: int | None = None,
) -> Duty:
    """Say that the duty was done at a moment, and on what evidence. Raises ``Refused``."""
    duty = lock(duty, expected=expected)
    refuse_if(policies.why_not_meet(duty, actor=actor, at=at))
    before = key_of(duty)
    add_fact(duty, FactKind.MET, at=at, actor=actor, reason=evidence[:300])
    _close(duty, "meet", at)
    duty.evidence = evidence[:300]
    reflect(duty, before=before, fields=["state", "closed_at", "closed_on", "evidence"])
    return _told(
        "duties.met", duty, actor, met_at=at, evidence=evidence, light_rule=duty.light_rule
    )


def _close(duty: Duty, verb: str, at: datetime | None) -> None:
    _move(duty, verb)
    duty.closed_at = at
    duty.closed_on = clock.day_of(at) if at else None


@transaction.atomic
def reopen(duty: Duty, *, actor: User | None, reason: str, expected: int | None = None) -> Duty:
    """Take a duty up again that was reported done and was not. Raises ``Refused``."""
    duty = lock(duty, expected=expected)
    refuse_if(policies.why_not_reopen(duty, actor=actor, reason=reason))
    before = key_of(duty)
    add_fact(duty, FactKind.REOPENED, at=clock.now(), actor=actor, reason=reason.strip()[:300])
    _close(duty, "reopen", None)
    duty.evidence = ""
    reflect(duty, before=before, fields=["state", "closed_at", "closed_on", "evidence"])
    return _told("duties.reopened", duty, actor, reason=reason)


@transaction.atomic
def cancel(duty: Duty, *, actor: User | None, reason: str, expected: int | None = None) -> Duty:
    """End a duty that is no longer asked for. Raises ``Refused``."""
    duty = lock(duty, expected=expected)
    refuse_if(policies.why_not_cancel(duty, actor=actor, reason=reason))
    before, now = key_of(duty), clock.now()
    add_fact(duty, FactKind.CANCELLED, at=now, actor=actor, reason=reason.strip()[:300])
    _close(duty, "cancel", now)
    reflect(duty, before=before, fields=["state", "closed_at", "closed_on"])
    return _told("duties.cancelled", duty, actor, reason=reason)


@transaction.atomic
def reassign(
    duty: Duty,
    *,
    actor: User | None,
    person: User | None,
    owner: Unit | None = None,
    reason: str = "",
    expected: int | None = None,
) -> Duty:
    """Give a duty to another person, or to another unit with or without a person.

    Due moment and history stay; the ledger keeps who had it before. Raises ``Refused``.
    """
    duty = lock(duty, expected=expected)
    owner = owner or duty.owner
    refuse_if(
        policies.why_not_reassign(duty, actor=actor, owner=owner, person=person, reason=reason)
    )
    before, was = key_of(duty), _holder(duty)
    why = reason.strip() or (f"{duty.owner}已撤销" if _is_gone(duty.owner) else "")
    duty.owner, duty.person = owner, person
    words = f"由{was}改派{_holder(duty)}" + (f"：{why}" if why else "")
    add_fact(duty, FactKind.REASSIGNED, at=clock.now(), actor=actor, reason=words[:300])
    reflect(duty, before=before, fields=["owner", "person"])
    return _told("duties.reassigned", duty, actor, before=was, after=_holder(duty), reason=why)


def _holder(duty: Duty) -> str:
    """Say whose the duty is."""
    return f"{duty.owner}（{duty.person.full_name}）" if duty.person else str(duty.owner)


def _is_gone(unit: Unit) -> bool:
    return unit.dissolved_on is not None and unit.dissolved_on <= clock.today()
