"""Records are written, amended, withdrawn, get material, and stand as evidence of tasks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.audit.api import record as note
from gongkai.duties import api as duties
from gongkai.files import api as files
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.kernel.rows import lock
from gongkai.organisation.api import Unit
from gongkai.programme import api as programme
from gongkai.records import policies, queries, rules
from gongkai.records.actions import owing
from gongkai.records.models import Participant, Proof, Record
from gongkai.records.rules import Person
from gongkai.records.states import Kind, RecordState

PURPOSE = "records.material"
"""The purpose under which the gate of files knows the material of records."""

REVIEW = "records.review"
"""The kind of duties that a record with a day of revision opens."""


@dataclass(frozen=True)
class Written:
    """What a person says of a record."""

    title: str
    held_on: date
    facts: Mapping[str, object] = field(default_factory=dict)
    people: Sequence[Person] = ()
    review_on: date | None = None


@transaction.atomic
def write(*, actor: User, unit: Unit, kind: Kind, said: Written) -> Record:
    """Write a record of a unit; what its body owes that year is met by it. Raises ``Refused``."""
    refuse_if(policies.why_not_write(unit, kind, actor=actor, held_on=said.held_on))
    record = _kept(unit, kind, said, actor=actor, event="records.written")
    owing.settle(record, why=f"补登了更早的“{record.title}”")
    return record


@transaction.atomic
def amend(record: Record, *, actor: User, expected: int, said: Written) -> Record:
    """Write what replaces a record; the old one stays to be read. Raises ``Refused``."""
    record = lock(record, expected=expected)
    refuse_if(policies.why_not("amend", record, actor=actor))
    kind = Kind(record.kind)
    refuse_if(policies.why_not_write(record.unit, kind, actor=actor, held_on=said.held_on))
    record.state = RecordState.REPLACED
    record.save(update_fields=["state"])
    newer = _kept(record.unit, kind, said, actor=actor, event="records.amended", replaces=record)
    owing.settle(record, newer, why=f"“{record.title}”已更正")
    _end_review(record, actor=actor, met=newer.held_on > record.held_on)
    return newer


def _kept(
    unit: Unit,
    kind: Kind,
    said: Written,
    *,
    actor: User,
    event: str,
    replaces: Record | None = None,
) -> Record:
    record = Record.objects.create(
        body=queries.body_of(unit),
        unit=unit,
        kind=kind,
        title=_title(said.title),
        held_on=said.held_on,
        year=said.held_on.year,
        review_on=said.review_on if rules.SHAPES[kind].review else None,
        facts=_facts(kind, said.facts),
        replaces=replaces,
        written_at=clock.now(),
        written_by=actor,
    )
    Participant.objects.bulk_create(
        Participant(record=record, order=order, **vars(person))
        for order, person in enumerate(said.people)
    )
    note(
        event,
        subject=record,
        actor=actor,
        unit=unit,
        also=[replaces] if replaces else [],
        kind_of_record=kind.label,
        title=record.title,
    )
    _open_review(record, actor=actor)
    return record


def _title(title: str) -> str:
    if not title.strip():
        raise Refused(Refusal("records.no_title", "请填写名称。"))
    return title.strip()[:300]


def _facts(kind: Kind, given: Mapping[str, object]) -> dict[str, str | int]:
    try:
        return rules.facts_of(kind, given)
    except ValueError as why:
        raise Refused(Refusal("records.unfit", str(why))) from why


@transaction.atomic
def withdraw(record: Record, *, actor: User, expected: int, reason: str) -> Record:
    """Say that a record does not hold; what it met for its year is owed again.

    Raises ``Refused``, also while it stands as evidence of an open task.
    """
    record = lock(record, expected=expected)
    refuse_if(policies.why_not("withdraw", record, actor=actor))
    refuse_if(queries.why_still_proof(record))
    if not reason.strip():
        raise Refused(Refusal("records.no_reason", "请写明为什么撤回。"))
    record.state = RecordState.WITHDRAWN
    record.reason = reason.strip()
    record.save(update_fields=["state", "reason"])
    note("records.withdrawn", subject=record, actor=actor, unit=record.unit, reason=record.reason)
    owing.settle(record, why=f"“{record.title}”已撤回")
    _end_review(record, actor=actor, met=False)
    return record


def add_file(record: Record, *, actor: User, upload: UploadedFile[Any]) -> files.StoredFile:
    """Add material to a record: the notice, the sign-in sheet, photographs. Raises ``Refused``."""
    refuse_if(policies.why_not("add_file", record, actor=actor))
    stored = files.store(
        upload, name=upload.name or "材料", actor=actor, unit=record.unit, purpose=PURPOSE
    )
    with transaction.atomic():
        record = lock(record)
        refuse_if(policies.why_not("add_file", record, actor=actor))
        stored = files.attach(stored, subject_key(record), actor=actor)
        note("records.file_added", subject=record, actor=actor, unit=record.unit, name=stored.name)
    return stored


@transaction.atomic
def link(record: Record, *, actor: User, expected: int, task: programme.Task) -> Proof:
    """Put a record to a task as evidence of the unit's part, else of the lead's.

    Raises ``Refused``, also when it stands there already.
    """
    record = lock(record, expected=expected)
    refuse_if(policies.why_not("link", record, actor=actor))
    if record.proofs.filter(evidence__task=task, evidence__ended_at=None).exists():
        raise Refused(Refusal("records.linked", "这条记录已是这项任务的佐证。"))
    evidence = programme.add_evidence(
        task,
        actor=actor,
        unit=queries.part_for(record, task),
        note=f"{Kind(record.kind).label}：{record.title}（{record.held_on:%Y-%m-%d}）",
    )
    proof = Proof.objects.create(record=record, evidence=evidence)
    note(
        "records.linked",
        subject=record,
        actor=actor,
        unit=record.unit,
        also=[task],
        task=task.text[:80],
    )
    return proof


@transaction.atomic
def unlink(record: Record, *, actor: User, expected: int, proof: Proof, reason: str) -> Proof:
    """Take a record off a task that it does not prove; that it stood there is kept.

    ``proof`` is the record's own or that of one it replaced. Raises ``Refused``, also when the
    task was reported as done on it.
    """
    record = lock(record, expected=expected)
    if proof not in queries.standing_proofs(record):
        raise Refused(Refusal("records.not_linked", "这条记录已不是这项任务的佐证，请刷新后再看。"))
    refuse_if(policies.why_not_unlink(proof, record, actor=actor))
    proof.evidence = programme.end_evidence(proof.evidence, actor=actor, reason=reason)
    note(
        "records.unlinked",
        subject=record,
        actor=actor,
        unit=record.unit,
        also=[proof.evidence.task],
        task=proof.evidence.task.text[:80],
        reason=proof.evidence.why_ended,
    )
    return proof


def _open_review(record: Record, *, actor: User) -> None:
    if record.review_on is None:
        return
    duties.open_duty(
        kind=REVIEW,
        subject=subject_key(record),
        title=f"修订《{record.title}》",
        owner=record.unit,
        limit=duties.on_date(record.review_on),
        started_at=clock.now(),
        actor=actor,
        url=reverse("records:record", args=[record.pk]),
    )


def _end_review(record: Record, *, actor: User, met: bool) -> None:
    for duty in duties.duties_of(subject_key(record)).filter(state__in=duties.OPEN_STATES):
        if met:
            duties.meet(duty, actor=None, at=clock.now(), evidence="已修订")
        else:
            duties.cancel(duty, actor=None, reason=f"《{record.title}》已撤回或更正")
