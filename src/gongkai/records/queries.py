"""Reads of records: the list, one with its people, what a year owes, what reports cite."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from gongkai.accounts.api import User
from gongkai.duties import api as duties
from gongkai.files import api as files
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.programme.api import Part, Task, TaskState, visible_tasks
from gongkai.records import policies, rules
from gongkai.records.models import Participant, Proof, Record
from gongkai.records.states import Kind, RecordState

__all__ = [
    "Cited",
    "OwedRow",
    "PlanRun",
    "Record",
    "body_of",
    "duties_touched",
    "group_on",
    "material_of",
    "owed_key",
    "owed_of",
    "part_for",
    "people_of",
    "plan_run",
    "proofs_of",
    "record_or_none",
    "records",
    "records_of",
    "records_proving",
    "standing_proofs",
    "tasks_to_prove",
    "units_to_write_for",
    "why_still_proof",
]

MOST_TASKS = 200
"""So many open tasks are offered for a record to prove, those of the year first."""


def body_of(unit: Unit) -> Unit:
    """Return the body that a unit belongs to, itself when it is one."""
    return unit.body or unit


def records(user: User) -> QuerySet[Record]:
    """Return the records that the user sees."""
    return policies.visible_records(user).select_related("unit", "written_by")


def record_or_none(user: User, pk: int) -> Record | None:
    """Return the record if the user may see it."""
    rows = policies.visible_records(user)
    wanted = ("unit", "body", "written_by", "replaces", "replaced_by")
    return rows.select_related(*wanted).filter(pk=pk).first()


def people_of(record: Record) -> list[Participant]:
    """Return who stands in a record, in its order."""
    return list(record.participants.order_by("order"))


def material_of(record: Record) -> list[files.StoredFile]:
    """Return the files of a record, the oldest first."""
    return list(files.files_of(subject_key(record)))


def proofs_of(record: Record) -> list[Proof]:
    """Return what a record proves and did, itself and what it replaced; ended ones last."""
    rows = Proof.objects.filter(record__in=_versions(record))
    rows = rows.select_related("evidence__task", "evidence__unit", "evidence__ended_by")
    return sorted(rows.order_by("id"), key=lambda proof: proof.evidence.ended_at is not None)


def standing_proofs(record: Record) -> list[Proof]:
    """Return what a record proves now."""
    return [proof for proof in proofs_of(record) if proof.evidence.ended_at is None]


def duties_touched(record: Record) -> list[duties.Duty]:
    """Return the duties that a record meets or opens: what its year owes, its own revision."""
    key = owed_key(record.body, Kind(record.kind), record.year)
    owed = list(duties.duties_of(key)) if record.state == RecordState.VALID else []
    return [*owed, *duties.duties_of(subject_key(record))]


def records_proving(task: Task) -> list[Record]:
    """Return the records that stand as evidence of a task, the newest first."""
    standing = Proof.objects.filter(evidence__task=task, evidence__ended_at=None)
    rows = Record.objects.filter(pk__in=standing.values("record")).select_related("unit")
    return list(rows.order_by("-held_on", "-id"))


def _versions(record: Record) -> list[Record]:
    """Return a record and what it replaced: what an earlier one proves rests on the newest."""
    found = [record]
    while found[-1].replaces is not None:
        found.append(found[-1].replaces)
    return found


def why_still_proof(record: Record) -> Iterator[Refusal]:
    """Say why a record cannot be withdrawn: an open task rests on it."""
    rows = Proof.objects.filter(record__in=_versions(record), evidence__ended_at=None)
    rows = rows.exclude(evidence__task__state=TaskState.REVOKED)
    proof = rows.select_related("evidence__task").first()
    if proof is not None:
        text = proof.evidence.task.text[:30]
        yield Refusal(
            "records.still_proof",
            f"它是“{text}”的佐证，不能撤回。内容有误请用“更新”；放错任务的，先取下佐证。",
        )


def part_for(record: Record, task: Task) -> Unit:
    """Return whose part of a task a record proves: its own unit's, else the first lead's."""
    parts = task.parts.filter(ended_on=None).select_related("unit")
    own = parts.filter(unit=record.unit).first()
    lead = own or parts.filter(part=Part.LEAD).order_by("id").first()
    return lead.unit if lead else record.unit


def tasks_to_prove(user: User, record: Record) -> list[Task]:
    """Return open tasks of the record's body that the user sees and it does not prove yet."""
    rows = visible_tasks(user).filter(
        programme__body=record.body, state=TaskState.OPEN, programme__year__gte=record.year
    )
    proved = record.proofs.filter(evidence__ended_at=None).values("evidence__task")
    rows = rows.exclude(pk__in=proved).select_related("programme")
    return list(rows.order_by("programme__year", "programme", "order")[:MOST_TASKS])


def owed_key(body: Unit, kind: Kind, year: int) -> str:
    """Name what a body owes of a kind in a year; its duty has this as its subject."""
    return f"records.owed:{body.pk}-{kind.value}-{year}"


@dataclass(frozen=True)
class OwedRow:
    """What a body owes of a kind in a year, the duty that times it, and what is there."""

    owed: rules.Owed
    until: date
    duty: duties.Duty | None
    there: tuple[Record, ...]


def owed_of(body: Unit, year: int) -> list[OwedRow]:
    """Return what a body owes in a year; two questions and one for each kind owed."""
    there = Record.objects.filter(body=body, year=year, state=RecordState.VALID)
    found = list(there.order_by("held_on", "id"))
    return [
        OwedRow(
            owed,
            rules.owed_until(owed, year),
            duties.duties_of(owed_key(body, owed.kind, year)).first(),
            tuple(record for record in found if record.kind == owed.kind),
        )
        for owed in rules.OWED
    ]


def group_on(body: Unit, day: date) -> Record | None:
    """Return the leading group as it stood on a day; None before there was one."""
    rows = Record.objects.filter(body=body, kind=Kind.GROUP, held_on__lte=day)
    return rows.exclude(state=RecordState.WITHDRAWN).order_by("-held_on", "-id").first()


@dataclass(frozen=True)
class PlanRun:
    """A training plan, the trainings of its year, and how far it is carried out."""

    plan: Record
    trainings: tuple[Record, ...]
    carried: rules.Carried


def plan_run(record: Record) -> PlanRun | None:
    """Return the plan that a record is, or that a training is held under, with what was held.

    None where there is no plan for the year.
    """
    plan = record if record.kind == Kind.PLAN else _plan_for(record)
    if plan is None:
        return None
    rows = Record.objects.filter(
        body=plan.body, kind=Kind.TRAINING, year=plan.facts["for_year"], state=RecordState.VALID
    ).annotate(named=Count("participants"))
    held = list(rows.select_related("unit").order_by("held_on", "id"))
    heads = [rules.attended(row.facts, row.named) for row in held]
    return PlanRun(plan, tuple(held), rules.carried(plan.facts, heads))


def _plan_for(record: Record) -> Record | None:
    if record.kind != Kind.TRAINING:
        return None
    plans = Record.objects.filter(body=record.body, kind=Kind.PLAN, state=RecordState.VALID)
    return plans.filter(facts__for_year=record.year).order_by("-held_on", "-id").first()


@dataclass(frozen=True)
class Cited:
    """A record as a report cites it."""

    key: int
    kind: Kind
    title: str
    held_on: date
    count: int
    """How many took part or were reached."""


def records_of(body: Unit, year: int, *, until: date) -> list[Cited]:
    """Return the valid records of a body of a year up to a day, in the order of their days."""
    rows = Record.objects.filter(
        body=body, year=year, held_on__lte=until, state=RecordState.VALID
    ).annotate(named=Count("participants"))
    return [
        Cited(
            row.pk,
            Kind(row.kind),
            row.title,
            row.held_on,
            rules.attended(row.facts, row.named),
        )
        for row in rows.order_by("held_on", "id")
    ]


def units_to_write_for(user: User, body: Unit, units: Sequence[Unit], kind: Kind) -> list[Unit]:
    """Return the units of a body for which the user may write a record of a kind."""
    own = [body] if policies.writes_for(user, body, kind) else []
    if kind not in policies.OF_UNITS:
        return own
    return own + [unit for unit in units if policies.writes_for(user, unit, kind)]
