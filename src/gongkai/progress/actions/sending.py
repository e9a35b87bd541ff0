"""Sending a report or a request to be signed, and taking what the signatures decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from gongkai.accounts.api import User
from gongkai.approvals import api as approvals
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.programme import api as programme
from gongkai.programme.api import Task, TaskDuty
from gongkai.progress import policies, queries
from gongkai.progress.actions.chains import chain_for
from gongkai.progress.models import Extension, Report, Sent
from gongkai.progress.rules import digest
from gongkai.progress.states import (
    EXTENSION_CHAIN,
    OFFICE_CHAIN,
    OFFICE_EXTENSION_CHAIN,
    REPORT_CHAIN,
    SentState,
)

NO_DUTY = Refusal("progress.no_such_duty", "这项时限不属于该单位的任务，请刷新页面。")


@transaction.atomic
def report(
    task: Task,
    *,
    unit: Unit,
    actor: User,
    duty_id: int | None,
    text: str,
    done_on: date,
    expected: int,
) -> Report:
    """Report a date, a period or (without a duty) the unit's whole part as done, to be signed.

    What came back is corrected and sent again by the same verb. A head who reports has signed by
    it (ADR 0100). Raises ``Refused``.
    """
    task = lock(task, expected=expected)
    timed = _timed(task, unit, duty_id)
    sent = queries.live_report(task, unit, timed)
    standing = queries.standing_of(task, unit)
    refuse_if(
        policies.why_not_report(
            task, actor=actor, unit=unit, standing=standing, timed=timed, sent=sent
        )
    )
    refuse_if(policies.why_not_say(text, done_on))
    row = sent or Report(task=task, unit=unit, duty=timed.duty if timed else None)
    row.text, row.done_on = text.strip(), done_on
    evidence = task.evidence.filter(unit=unit, ended_at=None).values_list("pk", flat=True)
    said = ("report", task.pk, unit.pk, duty_id, text.strip(), done_on)
    _send(row, queries.live_key(task, unit, timed), *said, evidence=evidence, actor=actor)
    record(
        "progress.report_sent",
        subject=task,
        actor=actor,
        unit=unit,
        text=row.text[:200],
        done_on=done_on,
    )
    _go_round(row, task, chain_for(unit, REPORT_CHAIN, OFFICE_CHAIN), actor=actor)
    row.refresh_from_db()  # the sender's own signature may have been the last
    return row


@transaction.atomic
def ask_extension(
    task: Task,
    *,
    unit: Unit,
    actor: User,
    duty_id: int,
    until: date,
    reason: str,
    expected: int,
) -> Extension:
    """Ask for a later day: the head signs, the openness office grants. Raises ``Refused``."""
    task = lock(task, expected=expected)
    timed = _timed(task, unit, duty_id)
    if timed is None:
        raise Refused(NO_DUTY)
    sent = queries.live_extension(task, unit, timed)
    standing = queries.standing_of(task, unit)
    refuse_if(
        policies.why_not_ask_extension(
            task, actor=actor, unit=unit, standing=standing, timed=timed, sent=sent
        )
    )
    refuse_if(policies.why_not_until(timed, until, reason))
    row = sent or Extension(task=task, unit=unit, duty=timed.duty)
    row.until_on, row.reason = until, reason.strip()
    said = ("extension", task.pk, unit.pk, duty_id, until, reason.strip())
    _send(row, queries.live_key(task, unit, timed), *said, actor=actor)
    record(
        "progress.extension_asked",
        subject=task,
        actor=actor,
        unit=unit,
        until=until,
        reason=row.reason[:200],
    )
    chain = chain_for(unit, EXTENSION_CHAIN, OFFICE_EXTENSION_CHAIN)
    _go_round(row, task, chain, actor=actor)
    row.refresh_from_db()
    return row


def _timed(task: Task, unit: Unit, duty_id: int | None) -> TaskDuty | None:
    timed = queries.timed_part(task, unit, duty_id)
    if duty_id is not None and timed is None:
        raise Refused(NO_DUTY)
    return timed


def _send(
    row: Sent, live: str, kind: str, *said: object, evidence: Iterable[int] = (), actor: User
) -> None:
    """Keep what is sent; each sending is a version of its own, also of the same words.

    What was decided over an earlier sending then decides nothing over this one.
    """
    row.state, row.live, row.comment = SentState.SENT, live, ""
    row.sent_at, row.sent_by = clock.now(), actor
    row.sending += 1
    row.digest = digest(kind, *said, row.sending, evidence=evidence)
    row.save()


def _go_round(row: Report | Extension, task: Task, chain: str, *, actor: User) -> None:
    """Start the round; what the sender may sign is signed by the sending."""
    page = reverse("programme:task", args=[task.pk]) + "#progress"
    title = f"{row.unit.name}{_asked(row)}：{task.text[:60]}"
    round_ = approvals.start_round(
        chain=chain,
        subject=subject_key(row),
        digest=row.digest,
        unit=row.unit,
        actor=actor,
        title=title,
        url=page,
    )
    round_ = approvals.sign_own(round_, actor=actor)
    if round_.state == approvals.RoundState.COMPLETE:
        settle(round_)


def _asked(row: Report | Extension) -> str:
    """Say what the signer is asked for, so that the list of rounds already tells it."""
    if isinstance(row, Report):
        return "完成情况"
    until = row.until_on
    return f"申请延期到{until.year}年{until.month}月{until.day}日"


@transaction.atomic
def settle(round_: approvals.Round) -> None:
    """Take what the signatures decided, once: done, granted, or returned with the reason."""
    found = queries.sent_of(round_)
    if found is None:
        return
    row = lock(found)
    if row.state != SentState.SENT or row.digest != round_.digest:
        return
    if round_.state == approvals.RoundState.RETURNED:
        _return(row, _reason_of(round_))
    elif round_.state == approvals.RoundState.COMPLETE:
        _take(row)


def _reason_of(round_: approvals.Round) -> str:
    step = round_.steps.filter(state=approvals.StepState.RETURNED).first()
    return step.comment if step else ""


def _return(row: Sent, reason: str) -> None:
    row.state, row.comment = SentState.RETURNED, reason
    row.save(update_fields=["state", "comment"])
    what = "report" if isinstance(row, Report) else "extension"
    record(
        f"progress.{what}_returned",
        subject=_task_of(row),
        actor=None,
        unit=row.unit,
        reason=reason[:200],
    )


def _task_of(row: Sent) -> Task:
    """Return the task as it now stands; each verb raises its version."""
    task = programme.task_by_pk(row.task_id) if isinstance(row, Report | Extension) else None
    if task is None:
        raise TypeError(row)
    return task


def _take(row: Sent) -> None:
    """Do what was signed for; a clock that ended meanwhile sends it back, with the reason."""
    try:
        with transaction.atomic():
            if isinstance(row, Report):
                _take_report(row)
            elif isinstance(row, Extension):
                _grant(row)
    except Refused as refused:
        _return(row, "".join(refusal.sentence for refusal in refused.refusals))
        return
    row.state, row.live, row.taken_at = SentState.TAKEN, None, clock.now()
    row.save(update_fields=["state", "live", "taken_at"])
    if isinstance(row, Report) and not policies.unsigned(task := _task_of(row)):
        programme.make_ready(task)


def _take_report(row: Report) -> None:
    task = programme.take_done(
        _task_of(row),
        actor=row.sent_by,
        unit=row.unit,
        duty_id=row.duty_id,
        done_at=_moment(row.done_on),
        said=row.text,
    )
    record("progress.report_taken", subject=task, actor=None, unit=row.unit)


def _moment(day: date) -> datetime:
    """When it was done: the end of an earlier day, now for today."""
    if day >= clock.today():
        return clock.now()
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _grant(row: Extension) -> None:
    if row.duty is None:
        raise Refused(NO_DUTY)
    # The signatures decided: who asked for it may not change clocks by themselves.
    duties.set_date(row.duty, actor=None, on=row.until_on, reason=f"申请延期并获同意：{row.reason}")
    record(
        "progress.extension_granted",
        subject=_task_of(row),
        actor=None,
        unit=row.unit,
        until=row.until_on,
    )
