"""What owners do with a task: evidence, triggers, done; and the superior's date when it comes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F

from gongkai.accounts.api import User
from gongkai.audit.api import Note, record, record_many
from gongkai.duties import api as duties
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.programme import policies, queries
from gongkai.programme.actions.clocks import open_for_trigger, superior_set
from gongkai.programme.actions.closing import all_met, duty_of
from gongkai.programme.models import Evidence, Task, Trigger
from gongkai.programme.states import TaskState

EVIDENCE_PURPOSE = "programme.evidence"
"""The purpose under which the gate of files knows files of evidence."""


def add_evidence(
    task: Task,
    *,
    actor: User,
    unit: Unit,
    note: str,
    link: str = "",
    upload: UploadedFile[Any] | None = None,
    duty_id: int | None = None,
) -> Evidence:
    """Put evidence to a unit's part in a task: what was done, with a link or a file.

    A file is checked and kept before the transaction begins. Raises ``Refused``.
    """
    refuse_if(policies.why_not_task("add_evidence", task, actor=actor, unit=unit))
    if not note.strip():
        raise Refused(Refusal("programme.no_note", "请写明做了什么。"))
    stored = None
    if upload is not None:
        stored = files.store(
            upload,
            name=upload.name or "佐证",
            actor=actor,
            unit=unit,
            purpose=EVIDENCE_PURPOSE,
            subject=subject_key(task),
        )
    with transaction.atomic():
        task = lock(Task.objects.get(pk=task.pk))
        refuse_if(policies.why_not_task("add_evidence", task, actor=actor, unit=unit))
        evidence = Evidence.objects.create(
            task=task,
            unit=unit,
            duty=duty_of(task, unit, duty_id) if duty_id else None,
            note=note.strip(),
            link=link,
            file=stored,
            added_at=clock.now(),
            added_by=actor,
        )
        record(
            "programme.evidence_added",
            subject=task,
            actor=actor,
            unit=unit,
            note=note.strip()[:200],
            file=stored.name if stored else "",
        )
    return evidence


@transaction.atomic
def end_evidence(evidence: Evidence, *, actor: User, reason: str) -> Evidence:
    """Take evidence off its task that was put there by mistake; it stays kept with the reason.

    Raises ``Refused``.
    """
    task = lock(Task.objects.select_related("programme__body").get(pk=evidence.task_id))
    evidence = Evidence.objects.select_related("unit").get(pk=evidence.pk)
    refuse_if(policies.why_not_end_evidence(evidence, task, actor=actor))
    if not reason.strip():
        raise Refused(Refusal("programme.no_reason", "请写明为什么取下。"))
    evidence.ended_at, evidence.ended_by = clock.now(), actor
    evidence.why_ended = reason.strip()
    evidence.save(update_fields=["ended_at", "ended_by", "why_ended"])
    record(
        "programme.evidence_ended",
        subject=task,
        actor=actor,
        unit=evidence.unit,
        note=evidence.note[:200],
        reason=evidence.why_ended,
    )
    return evidence


@transaction.atomic
def note_evidence(notes: Sequence[tuple[Task, str]], *, actor: User, unit: Unit) -> list[Evidence]:
    """Put a note as evidence to a unit's part in each of many tasks of one body; all or none.

    In few statements. Raises ``Refused``.
    """
    keys = [task.pk for task, _ in notes]
    Task.objects.filter(pk__in=keys).update(version=F("version") + 1)  # takes the rows
    rows = Task.objects.select_related("programme__body")
    tasks = rows.in_bulk(keys)
    refuse_if(policies.why_not_note_evidence(list(tasks.values()), actor=actor, unit=unit))
    now = clock.now()
    made = Evidence.objects.bulk_create(
        Evidence(task=tasks[task.pk], unit=unit, note=note, added_at=now, added_by=actor)
        for task, note in notes
    )
    events = (
        Note(
            "programme.evidence_added",
            evidence.task,
            unit,
            facts={"note": evidence.note[:200], "file": ""},
        )
        for evidence in made
    )
    record_many(events, actor=actor)
    return made


@transaction.atomic
def report_done(
    task: Task,
    *,
    actor: User,
    unit: Unit,
    duty_id: int | None,
    expected: int,
    done_at: datetime | None = None,
) -> Task:
    """Record one period, date or trigger of a past year's task as done, on the evidence given.

    What is not history goes through the section's signature (``progress``). ``duty_id`` None
    reports a task without a clock. ``done_at`` is when it was done, by default now. When no duty
    is left open and the clock starts none again, the task itself is done.
    Raises ``Refused``.
    """
    task = lock(task, expected=expected)
    refuse_if(policies.why_not_report_done(task, actor=actor, unit=unit))
    refuse_if(policies.why_not_report_directly(task))
    if duty_id is not None:
        duty = duty_of(task, unit, duty_id)
        last = task.evidence.filter(unit=unit, ended_at=None).order_by("-id").first()
        said = last.note if last else ""
        duties.meet(duty, actor=actor, at=done_at or clock.now(), evidence=said)
    if queries.ends_by_itself(task) and all_met(task):
        task.state = TaskState.DONE
        task.closed_at = clock.now()
        task.save(update_fields=["state", "closed_at"])
    record("programme.task_done", subject=task, actor=actor, unit=unit, whole=task.state == "done")
    return task


@transaction.atomic
def record_trigger(
    task: Task, *, actor: User, unit: Unit, what: str, happened_at: datetime, expected: int
) -> Trigger:
    """Record what starts the clock of a prompt or limited task; opens the unit's duty.

    条例 第二十六条 for the 20 working days of ``promptly``. Raises ``Refused``.
    """
    task = lock(task, expected=expected)
    refuse_if(policies.why_not_task("record_trigger", task, actor=actor, unit=unit))
    refuse_if(policies.why_not_trigger(task, what=what, happened_at=happened_at))
    trigger = Trigger.objects.create(
        task=task,
        unit=unit,
        what=what.strip()[:300],
        happened_at=happened_at,
        recorded_at=clock.now(),
        recorded_by=actor,
    )
    open_for_trigger(task, unit, trigger, actor=actor)
    record(
        "programme.trigger_recorded",
        subject=task,
        actor=actor,
        unit=unit,
        what=trigger.what,
        happened_at=happened_at,
    )
    return trigger


@transaction.atomic
def set_superior_date(task: Task, *, actor: User, on: date, basis: str, expected: int) -> Task:
    """Enter the date that the superior has now given; the waiting duties run to it.

    ``basis`` says where the date stands. Raises ``Refused``.
    """
    task = lock(task, expected=expected)
    refuse_if(policies.why_not_superior_date(task, actor=actor, on=on, basis=basis))
    superior_set(task, on, actor=actor, reason=basis)
    record(
        "programme.superior_date_set",
        subject=task,
        actor=actor,
        unit=task.programme.body,
        on=on,
        basis=basis,
    )
    return task
