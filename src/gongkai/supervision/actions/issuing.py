"""The openness office issues a notice, a leader an instruction; the clock starts with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.urls import reverse

from gongkai.accounts.api import Role, User, people_of
from gongkai.audit.api import record
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.notices.api import Brief, Urgency, tell, tell_unit
from gongkai.organisation.api import Unit
from gongkai.programme.api import Task
from gongkai.supervision import policies
from gongkai.supervision.models import Charge
from gongkai.supervision.rules import INSTRUCTION_PATTERN, number
from gongkai.supervision.states import DUTY_KINDS, Kind

TRIES = 5
BUSY = Refusal("supervision.busy", "几份督办同时在编号，请再试一次。")


@transaction.atomic
def issue_notice(tasks: Sequence[Task], *, actor: User, unit: Unit, text: str, days: int) -> Charge:
    """Chase a unit over one or several of its tasks, to be answered within working days (督办).

    The notice is numbered by year, its clock begins today. Raises ``Refused``.
    """
    refuse_if(
        policies.why_not_issue(Kind.NOTICE, tasks, actor=actor, units=[unit], text=text, days=days)
    )
    return _issue(Kind.NOTICE, tasks, unit, text, days, actor=actor)


@transaction.atomic
def instruct(
    task: Task, *, actor: User, units: Sequence[Unit], text: str, days: int | None = None
) -> list[Charge]:
    """Write a leader's instruction over a task to units, each to answer for itself (批示).

    Without ``days`` no clock runs. The openness office is told. Raises ``Refused``.
    """
    refuse_if(
        policies.why_not_issue(
            Kind.INSTRUCTION, [task], actor=actor, units=units, text=text, days=days
        )
    )
    made = [_issue(Kind.INSTRUCTION, [task], unit, text, days, actor=actor) for unit in units]
    _tell_office(made, task, actor=actor)
    return made


def _issue(
    kind: Kind, tasks: Sequence[Task], unit: Unit, text: str, days: int | None, *, actor: User
) -> Charge:
    charge = _numbered(kind, tasks[0].programme.body, unit, text.strip(), days, actor=actor)
    charge.tasks.set(tasks)
    if days is not None:
        charge.duty = duties.open_duty(
            kind=DUTY_KINDS[kind],
            subject=subject_key(charge),
            title=f"回复{charge}：{charge.text}",
            owner=unit,
            limit=duties.working_days(days),
            started_at=charge.issued_at,
            actor=actor,
            url=page_of(charge),
        )
        charge.save(update_fields=["duty"])
    event = "notice_issued" if kind is Kind.NOTICE else "instruction_written"
    record(
        f"supervision.{event}",
        subject=charge,
        actor=actor,
        unit=unit,
        on_behalf_of=charge.issued_for,
        also=list(tasks),
        charge=charge.number,
        days=days,
        text=charge.text[:200],
    )
    limit = f"请在{days}个工作日内回复" if days is not None else "请办理后回复"
    tell_unit(
        unit,
        kind=f"supervision.{kind.value}",
        subject=subject_key(charge),
        sentence=f"{charge}，{limit}：{charge.text[:80]}",
        url=page_of(charge),
        key=f"{subject_key(charge)}:issued",
        but=actor,
        urgency=Urgency.PRESSING,
        brief=brief_of(charge),
    )
    return charge


def _numbered(
    kind: Kind, body: Unit, unit: Unit, text: str, days: int | None, *, actor: User
) -> Charge:
    """Make the row under the year's next number; two at the same moment get one each."""
    now = clock.now()
    year = clock.day_of(now).year
    pattern = settings.SUPERVISION_NUMBER if kind is Kind.NOTICE else INSTRUCTION_PATTERN
    for _ in range(TRIES):
        rows = Charge.objects.filter(body=body, kind=kind, year=year)
        serial = (rows.aggregate(last=Max("serial"))["last"] or 0) + 1
        try:
            with transaction.atomic():
                return Charge.objects.create(
                    kind=kind,
                    body=body,
                    unit=unit,
                    year=year,
                    serial=serial,
                    number=number(pattern, year=year, n=serial),
                    text=text,
                    days=days,
                    issued_at=now,
                    issued_by=actor,
                    issued_for=policies.stands_in_for(kind, actor, body),
                )
        except IntegrityError:
            continue
    raise Refused(BUSY)


def _tell_office(made: Sequence[Charge], task: Task, *, actor: User) -> None:
    """Tell the openness office once of an instruction, whatever number of units it goes to."""
    first = made[0]
    names = "、".join(charge.unit.name for charge in made)
    office = people_of(first.body, [Role.OPENNESS_OFFICE]).exclude(pk=actor.pk)
    tell(
        office,
        kind="supervision.instruction",
        subject=subject_key(first),
        sentence=f"{actor.full_name}对第{task.row}项作出批示，由{names}回复：{first.text[:80]}",
        url=page_of(first),
        key=f"{subject_key(first)}:office",
        brief=brief_of(first),
    )


def brief_of(charge: Charge) -> Brief:
    """Return all that a mail says of a charge: its number and day."""
    return Brief(charge.number, due_on=charge.duty.due_on if charge.duty else None)


def page_of(charge: Charge) -> str:
    """Return the address of a charge's record."""
    return reverse("supervision:charge", args=[charge.pk])
