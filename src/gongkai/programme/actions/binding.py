"""One action makes a document binding: tasks, units, duties, notices; a later version amends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import Role, User
from gongkai.approvals import api as approvals
from gongkai.audit.api import Note, record, record_many
from gongkai.kernel import clock as time
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import tell_unit
from gongkai.organisation.api import Unit
from gongkai.programme import policies, queries
from gongkai.programme.actions.clocks import close_duties, open_duties, open_duties_of
from gongkai.programme.models import Document, Programme, Proposal, Task, TaskUnit
from gongkai.programme.rules import Clock, moved_to
from gongkai.programme.states import CHAIN, Change, DocumentState, Part, ProposalState, TaskState


def define_chain_if_missing() -> None:
    """Define the chain of acceptance where the installation has none: the openness office signs.

    An office that wants its deputy leader to sign too defines a longer one.
    """
    if approvals.chain_in_force(CHAIN) is None:
        step = approvals.Step(
            approvals.StepKind.APPROVE, Role.OPENNESS_OFFICE.value, 1, at_body=True
        )
        approvals.define_chain(actor=None, code=CHAIN, name="任务分解下达", steps=[step])


@dataclass(frozen=True)
class _Wanted:
    """A task as the version now being bound wants it."""

    proposal: Proposal
    clock: Clock
    parts: dict[tuple[int, Part], tuple[Unit, str]]


@transaction.atomic
def send_for_signature(document: Document, *, actor: User, expected: int) -> approvals.Round:
    """Send the accepted proposals round to all whom the chain asks; nothing is binding by that.

    Refused for the same reasons as ``bind``; a change afterwards asks for the signatures anew.
    Raises ``Refused``.
    """
    document = lock(document, expected=expected)
    refuse_if(policies.why_not_bind(document, actor=actor, history_until=None))
    return approvals.start_round(
        chain=CHAIN,
        subject=subject_key(document),
        digest=queries.digest_of(document),
        unit=document.body,
        actor=actor,
        title=document.title,
        url=reverse("programme:document", args=[document.pk]),
    )


@transaction.atomic
def bind(
    document: Document,
    *,
    actor: User,
    expected: int,
    year: int,
    history_until: date | None = None,
    drop_removed: bool = True,
) -> Programme:
    """Make the accepted proposals binding: open tasks and duties and tell their owners.

    ``year`` is the year the programme runs in; days of the document's own year are moved to it.
    ``history_until`` binds a past year as history: no reminders, lights as of that day. A later
    version amends the tasks of the earlier one and touches only what changed; ``drop_removed``
    revokes the tasks that the later version no longer has. Raises ``Refused``.
    """
    document = lock(document, expected=expected)
    refuse_if(policies.why_not_bind(document, actor=actor, history_until=history_until))
    digest = queries.digest_of(document)
    _sign(document, digest, actor=actor)
    programme = _programme_for(document, digest, year, history_until, actor=actor)
    _bind_tasks(programme, document, actor=actor, drop_removed=drop_removed)
    document.state = DocumentState.BOUND
    document.save(update_fields=["state"])
    record(
        "programme.bound",
        subject=document,
        actor=actor,
        unit=document.body,
        also=[programme],
        digest=digest,
        year=year,
        history_until=history_until,
    )
    if history_until is None:
        _tell_owners(programme)
    return programme


def _sign(document: Document, digest: str, *, actor: User) -> None:
    """Put the actor's signature under this exact version; the chain may ask for more."""
    approvals.sign_through(
        chain=CHAIN,
        subject=subject_key(document),
        digest=digest,
        unit=document.body,
        actor=actor,
        title=document.title,
        url=reverse("programme:document", args=[document.pk]),
    )


def _programme_for(
    document: Document, digest: str, year: int, history_until: date | None, *, actor: User
) -> Programme:
    fresh: dict[str, Any] = {
        "title": document.title,
        "year": year,
        "history_until": history_until,
        "digest": digest,
        "bound_at": time.now(),
        "bound_by": actor,
    }
    if document.replaces is None:
        return Programme.objects.create(body=document.body, document=document, **fresh)
    programme = lock(document.replaces.programme)
    for field, value in fresh.items():
        setattr(programme, field, value)
    programme.document = document
    programme.save()
    return programme


def _bind_tasks(
    programme: Programme, document: Document, *, actor: User, drop_removed: bool
) -> None:
    wanted = _wanted(programme, document)
    parts = queries.part_headings(document)
    old = {t.pk: t for t in programme.tasks.exclude(state=TaskState.REVOKED)}
    matches = queries.compare(programme, document) if old else []
    matched = {m.new: m for m in matches if m.new is not None}
    fresh = []
    for proposal_id, want in wanted.items():
        match = matched.get(proposal_id)
        heading = parts.get(want.proposal.clause.split("/")[0], "")
        if match is None or match.old is None:
            fresh.append((want, heading))
        else:
            _amend_task(lock(old[match.old]), want, heading, match.change, actor=actor)
    _open_tasks(programme, fresh, actor=actor)
    if drop_removed:
        for match in matches:
            if match.change is Change.REMOVED and match.old is not None:
                _revoke(lock(old[match.old]), actor=actor)


def _wanted(programme: Programme, document: Document) -> dict[int, _Wanted]:
    """Collect what the document asks for, with its names turned into units."""
    units = {name.text: list(name.units.all()) for name in document.names.prefetch_related("units")}
    source_year = document.year or programme.year
    wanted = {}
    accepted = document.proposals.filter(state=ProposalState.ACCEPTED).order_by("order", "id")
    for proposal in accepted:
        moved = _moved(Clock.from_json(proposal.clock or {}), source_year, programme)
        wanted[proposal.pk] = _Wanted(proposal, moved, _parts(proposal, units))
    return wanted


def _moved(chosen: Clock, source_year: int, programme: Programme) -> Clock:
    if programme.history_until is not None:
        return chosen
    return moved_to(chosen, source_year, programme.year)


def _parts(
    proposal: Proposal, units: dict[str, list[Unit]]
) -> dict[tuple[int, Part], tuple[Unit, str]]:
    parts: dict[tuple[int, Part], tuple[Unit, str]] = {}
    for part, names in ((Part.LEAD, proposal.lead), (Part.SUPPORT, proposal.support)):
        for text in names:
            for unit in units[text]:
                leads = (unit.pk, Part.LEAD) in parts
                if not (part is Part.SUPPORT and leads):
                    parts.setdefault((unit.pk, part), (unit, text))
    return parts


def _open_tasks(programme: Programme, fresh: list[tuple[_Wanted, str]], *, actor: User) -> None:
    """Open new tasks with their parts and duties, all in a few statements."""
    opened_at = time.now()
    tasks = Task.objects.bulk_create(
        Task(
            programme=programme,
            proposal=want.proposal,
            clock=want.clock.as_json(),
            opened_at=opened_at,
            **_words(want, heading),
        )
        for want, heading in fresh
    )
    made = [(task, want) for task, (want, _) in zip(tasks, fresh, strict=True)]
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, programme_id=task.programme_id, unit=unit, part=part, named=named)
        for task, want in made
        for (_, part), (unit, named) in want.parts.items()
    )
    open_duties_of([(task, _leads(want)) for task, want in made], actor=actor)
    record_many([_opened(task, programme.body) for task in tasks], actor=actor)


def _opened(task: Task, body: Unit) -> Note:
    facts = {"row": task.row, "clock": task.clock}
    return Note("programme.task_opened", task, body, facts=facts)


def _words(want: _Wanted, heading: str) -> dict[str, Any]:
    proposal = want.proposal
    return {
        "row": proposal.row,
        "order": proposal.order,
        "clause": proposal.clause,
        "part": heading[:200],
        "text": proposal.text,
        "targets": proposal.targets,
        "limits": proposal.limits,
        "superior": proposal.superior,
    }


def _leads(want: _Wanted) -> list[Unit]:
    return [unit for (_, part), (unit, _named) in want.parts.items() if part is Part.LEAD]


def _amend_task(task: Task, want: _Wanted, heading: str, change: Change, *, actor: User) -> None:
    """Rest the task on the new version; its duties move only where units or clock changed."""
    task.proposal = want.proposal
    for field, value in _words(want, heading).items():
        setattr(task, field, value)
    before_clock, before_leads = task.clock, set(_current_leads(task))
    task.clock = want.clock.as_json()
    task.save()
    if change is Change.SAME:
        return
    _amend_parts(task, want)
    leads = _leads(want)
    clock_changed = task.clock != before_clock
    gone = before_leads if clock_changed else before_leads - {unit.pk for unit in leads}
    close_duties(task, gone, actor=actor, reason="新版本调整了任务")
    new = leads if clock_changed else [unit for unit in leads if unit.pk not in before_leads]
    open_duties(task, new, actor=actor, again=clock_changed)
    if new or task.state == TaskState.READY:  # what the new version asks is not signed yet
        task.state, task.closed_at = TaskState.OPEN, None
        task.save(update_fields=["state", "closed_at"])
    record(
        "programme.task_amended",
        subject=task,
        actor=actor,
        unit=task.programme.body,
        clock_before=before_clock,
        clock_after=task.clock,
        units_gone=len(before_leads - {u.pk for u in leads}),
    )


def _current_leads(task: Task) -> list[int]:
    leads = task.parts.filter(part=Part.LEAD, ended_on=None)
    return list(leads.values_list("unit_id", flat=True))


def _amend_parts(task: Task, want: _Wanted) -> None:
    existing = {(p.unit_id, Part(p.part)): p for p in task.parts.all()}
    for key, (unit, named) in want.parts.items():
        row = existing.pop(key, None)
        if row is None:
            TaskUnit.objects.create(
                task=task,
                programme_id=task.programme_id,
                unit=unit,
                part=key[1],
                named=named,
            )
        elif row.ended_on is not None or row.named != named:
            row.ended_on, row.named = None, named
            row.save(update_fields=["ended_on", "named"])
    for row in existing.values():
        if row.ended_on is None:
            row.ended_on = time.today()
            row.save(update_fields=["ended_on"])


def _revoke(task: Task, *, actor: User) -> None:
    task.state = TaskState.REVOKED
    task.closed_at = time.now()
    task.save(update_fields=["state", "closed_at"])
    close_duties(task, set(_current_leads(task)), actor=actor, reason="新版本不再列入")
    record(
        "programme.task_revoked",
        subject=task,
        actor=actor,
        unit=task.programme.body,
        row=task.row,
    )


def _tell_owners(programme: Programme) -> None:
    """Tell each unit once how many tasks it has been given."""
    for unit, lead, support in queries.shares(programme):
        words = [f"牵头{lead}项" if lead else "", f"配合{support}项" if support else ""]
        tell_unit(
            unit,
            kind="programme.bound",
            subject=subject_key(programme),
            sentence=f"《{programme.title}》已下达，{unit.name}{'、'.join(filter(None, words))}。",
            url=f"/programme/board/?programme={programme.pk}&unit={unit.pk}",
            key=f"{subject_key(programme)}:{programme.digest[:16]}:{unit.pk}",
        )
