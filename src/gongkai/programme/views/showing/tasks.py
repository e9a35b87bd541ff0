"""A task as its page shows it: facts, lights and buttons by unit; no decisions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.forms import Form
from django.urls import reverse

from gongkai.kernel import clock
from gongkai.programme import queries
from gongkai.programme.forms import (
    DoneForm,
    EvidenceForm,
    SuperiorDateForm,
    TriggerForm,
)
from gongkai.programme.states import Part
from gongkai.programme.views.showing.board import sign_of
from gongkai.ui.parts import Act, Crumb, Fact, Sign


@dataclass(frozen=True)
class Lamp:
    """A duty of a part: its light, its period, and where its day is explained."""

    sign: Sign
    period: str
    why_url: str
    change_url: str
    """Where the clock is changed while it runs; "" afterwards."""


@dataclass(frozen=True)
class ShownUnit:
    """A unit's part on a task's page."""

    unit: str
    lamps: tuple[Lamp, ...]
    acts: tuple[Act, ...]


TaskForms = Mapping[str, Form]
"""The forms of a task's page that came back with errors, by name."""


def task_parts(task: queries.Task, view: queries.TaskView, forms: TaskForms) -> list[ShownUnit]:
    """Show each unit's part with its lights; buttons only where the person may act at all."""
    return [
        ShownUnit(
            part.unit.name,
            tuple(_lamp(row) for row in part.duties),
            tuple(_part_acts(task, view, part, forms)),
        )
        for part in view.parts
    ]


def _lamp(row: queries.TaskDuty) -> Lamp:
    why = reverse("duties:why", args=[row.duty_id])
    change = f"{why}#record-may" if row.duty.closed_at is None else ""
    return Lamp(sign_of(row.duty), row.duty.period, why, change)


def _part_acts(
    task: queries.Task, view: queries.TaskView, part: queries.PartView, forms: TaskForms
) -> Iterable[Act]:
    if any(refusal.code == "programme.not_yours" for refusal in part.why_not_evidence):
        return
    hidden: dict[str, str | int] = {"unit": part.unit.pk, "version": task.version}

    def form(name: str, kind: type[Form], **first: object) -> Form:
        sent = forms.get(name)
        if sent is not None and sent.data.get("unit") == str(part.unit.pk):
            return sent
        return kind(initial={**hidden, **first})

    def url(name: str) -> str:
        return reverse(f"programme:{name}", args=[task.pk])

    yield Act(
        "登记佐证",
        url("add_evidence"),
        form=form("evidence", EvidenceForm),
        refusals=part.why_not_evidence,
    )
    if part.part != Part.LEAD:
        return
    if task.programme.history_until is not None:
        yield from _direct_acts(task, view, part, forms)
    if view.takes_triggers:
        yield Act(
            "登记发生的事项",
            url("record_trigger"),
            form=form("trigger", TriggerForm, happened_on=clock.today()),
            refusals=part.why_not_trigger,
        )


def _direct_acts(
    task: queries.Task, view: queries.TaskView, part: queries.PartView, forms: TaskForms
) -> Iterable[Act]:
    """What was done in a past year is recorded without a signature."""
    hidden: dict[str, str | int] = {"unit": part.unit.pk, "version": task.version}
    there = reverse("programme:report_done", args=[task.pk])
    for row in part.open_duties:
        label = f"报完成{'：' + row.duty.period if row.duty.period else ''}"
        done = _sent_for(row, forms) or DoneForm(
            initial={**hidden, "duty": row.duty_id, "done_on": _done_on(task, row)}
        )
        yield Act(label, there, form=done, refusals=part.why_not_done)
    if not part.duties and not view.takes_triggers:
        yield Act("报完成", there, hidden=hidden, refusals=part.why_not_done)


def _sent_for(row: queries.TaskDuty, forms: TaskForms) -> Form | None:
    """The form that reported this duty as done and came back with errors."""
    sent = forms.get("done")
    return sent if sent is not None and sent.data.get("duty") == str(row.duty_id) else None


def _done_on(task: queries.Task, row: queries.TaskDuty) -> date:
    """Offer today; for what is only recorded as history, the day it was due."""
    if task.programme.history_until is None:
        return clock.today()
    return row.duty.due_on or task.programme.history_until


def task_acts(task: queries.Task, view: queries.TaskView, forms: TaskForms) -> list[Act]:
    """The buttons of the openness office for the whole task."""
    if not view.waits_for_superior or view.why_not_superior:
        return []
    url = reverse("programme:set_superior_date", args=[task.pk])
    form = forms.get("superior") or SuperiorDateForm(initial={"version": task.version})
    return [Act("录入上级时间", url, form=form)]


def task_facts(task: queries.Task, view: queries.TaskView) -> list[Fact]:
    """Say what the task is: source, units, targets, the superior's arrangement."""
    document = task.proposal.document
    where = f"{reverse('programme:document', args=[document.pk])}#p{task.proposal_id}"
    return [
        Fact("文件", task.programme.title, url=where),
        Fact("所属部分", task.part or task.clause or "原文没有分部分"),
        Fact("牵头", "、".join(p.unit.name for p in view.leads)),
        *([Fact("配合", "、".join(p.unit.name for p in view.supports))] if view.supports else []),
        *([Fact("目标", "、".join(t["text"] for t in task.targets))] if task.targets else []),
        *([Fact("限时", "、".join(x["text"] for x in task.limits))] if task.limits else []),
        *([Fact("上级安排", task.superior)] if task.superior else []),
    ]


def task_crumbs(task: queries.Task) -> list[Crumb]:
    """The way from the board to the task."""
    board = queries.board_url(task.programme)
    return [Crumb("看板", reverse("programme:board")), Crumb(task.programme.title, board)]
