"""The work on a task as its pages show it: ledger, entries, reports, and the buttons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms import Form
from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import subject_key
from gongkai.organisation.api import Unit
from gongkai.programme.api import Panel, Task, TaskState, may_edit, works_for
from gongkai.progress import policies, queries
from gongkai.progress.forms import (
    EntryForm,
    ExtensionForm,
    MeasuresForm,
    ReportForm,
    SendBackForm,
    StrikeOffForm,
    today,
)
from gongkai.progress.rules import Standing
from gongkai.progress.states import SentState
from gongkai.ui.parts import Act, Sign

LATEST = 3
"""So many entries stand on the task's page; all of them stand on the page of the work."""

TONES = {SentState.SENT: "info", SentState.RETURNED: "bad", SentState.TAKEN: "good"}

Sent = Mapping[tuple[str, int], Form]
"""Forms that came back with errors, by verb and unit (or report)."""

DONE = "完成情况"


@dataclass(frozen=True)
class ShownSent:
    """A report or a request with its state as the page shows it."""

    what: str
    row: Any
    tone: str
    signatures: Sequence[approvals.Signature] = ()
    act: Act | None = None


@dataclass(frozen=True)
class ShownPart:
    """A unit's part: its ledger and what its people may do."""

    unit: Unit
    part: str
    ledger: Any
    entries: list[Any]
    sent: list[ShownSent]
    acts: list[Act]
    due: Sign | None
    """How the soonest of its clocks stands; None where none runs."""


def panel(user: User, task: Task) -> Panel | None:
    """The section of the task's page: the newest entries and what is under way."""
    entries = list(queries.entries_of([task])[:LATEST])
    under_way = [shown for shown in _sent(task) if shown.row.state != SentState.TAKEN]
    if not entries and not under_way and task.programme.history_until is not None:
        return None
    context = {
        "entries": entries,
        "under_way": under_way,
        "missing": missing(task),
        "url": reverse("progress:work", args=[task.pk]),
    }
    return Panel("progress", "办理情况", "progress/panel.html", context, order=10)


def acts(user: User, task: Task) -> list[Act]:
    """The button that leads to the page of the work, for whom it concerns."""
    if task.programme.history_until is not None or task.state == TaskState.REVOKED:
        return []
    office = may_edit(user, task.programme.body)
    if not office and not any(works_for(user, unit) for unit, _ in _units(task)):
        return []
    label = "核实销号" if office and task.state == TaskState.READY else "办理、报完成"
    if task.state == TaskState.DONE:
        label = "看办理情况"
    where = reverse("progress:work", args=[task.pk])
    return [Act(label, where, method="get", tone="primary")]


def parts(user: User, task: Task, sent: Sent) -> list[ShownPart]:
    """Each unit's part; buttons for the people who act for it."""
    entries = list(queries.entries_of([task]))
    ledgers = {ledger.unit_id: ledger for ledger in queries.ledgers_of([task])}
    standings = queries.standings_of(task)
    runs = queries.running_of(task)
    went = _sent(task, user=user, forms=sent)
    return [
        ShownPart(
            unit=unit,
            part=part,
            ledger=ledgers.get(unit.pk),
            entries=[entry for entry in entries if entry.unit_id == unit.pk],
            sent=[shown for shown in went if shown.row.unit_id == unit.pk],
            acts=list(
                _part_acts(
                    user,
                    task,
                    _Part(
                        unit,
                        standings[unit.pk],
                        runs.get(unit.pk, []),
                        ledgers.get(unit.pk),
                        _waiting(went, unit),
                    ),
                    sent,
                )
            ),
            due=_soonest(runs.get(unit.pk, [])),
        )
        for unit, part in _units(task)
    ]


def _soonest(runs: Sequence[Any]) -> Sign | None:
    if not runs:
        return None
    duty = runs[0].duty
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


@dataclass(frozen=True)
class _Part:
    """A part as its buttons depend on it."""

    unit: Unit
    standing: Standing
    runs: list[Any]
    ledger: Any
    waiting: dict[int | None, Any]
    """Reports that wait for a signature, by the duty they are about; None for the whole part."""


def _waiting(went: Sequence[ShownSent], unit: Unit) -> dict[int | None, Any]:
    rows = [one.row for one in went if one.what == DONE and one.row.unit_id == unit.pk]
    return {row.duty_id: row for row in rows if row.state == SentState.SENT}


def _units(task: Task) -> list[tuple[Unit, str]]:
    rows = task.parts.filter(ended_on=None).select_related("unit").order_by("part", "id")
    return [(row.unit, row.get_part_display()) for row in rows]


def _sent(task: Task, *, user: User | None = None, forms: Sent | None = None) -> list[ShownSent]:
    reports, asked = list(queries.reports_of(task)), list(queries.extensions_of(task))
    signed = approvals.signatures_of(subject_key(row) for row in (*reports, *asked))
    shown = [
        ShownSent(
            what,
            row,
            TONES[SentState(row.state)],
            signed.get(subject_key(row), ()) if row.state == SentState.TAKEN else (),
            _back_act(user, task, row, forms) if what == DONE else None,
        )
        for what, rows in ((DONE, reports), ("延期申请", asked))
        for row in rows
    ]
    return sorted(shown, key=lambda one: one.row.sent_at, reverse=True)


def _back_act(user: User | None, task: Task, row: Any, forms: Sent | None) -> Act | None:
    """The office sends a signed part back while the task waits to be struck off."""
    if user is None or task.state != TaskState.READY or row.state != SentState.TAKEN:
        return None
    if not may_edit(user, task.programme.body):
        return None
    form = (forms or {}).get(("send_back", row.pk)) or SendBackForm(
        initial={"version": task.version}
    )
    return Act("退回补办", reverse("progress:send_back", args=[row.pk]), form=form)


def _part_acts(user: User, task: Task, part: _Part, sent: Sent) -> Iterator[Act]:
    unit = part.unit
    if task.state != TaskState.OPEN or not policies.acts_for(user, task, unit):
        return
    writes = works_for(user, unit)
    hidden: dict[str, Any] = {"unit": unit.pk, "version": task.version}
    duties = as_choice(part.runs)

    def url(verb: str) -> str:
        return reverse(f"progress:{verb}", args=[task.pk])

    if writes:
        first = {**hidden, "on": today()}
        entry = sent.get(("record_progress", unit.pk)) or EntryForm(initial=first)
        yield Act("填写进展", url("record_progress"), form=entry, tone="primary")
    there = f"{reverse('programme:task', args=[task.pk])}#record-may"
    yield Act("登记佐证", there, method="get")
    free = [run for run in part.runs if run.duty_id not in part.waiting] or part.runs
    report = sent.get(("report", unit.pk)) or ReportForm(
        initial={**hidden, "done_on": today()}, duties=as_choice(free)
    )
    timed = free[0] if free else None
    why = policies.why_not_report(
        task,
        actor=user,
        unit=unit,
        standing=part.standing,
        timed=timed,
        sent=part.waiting.get(timed.duty_id if timed else None),
    )
    yield Act("报完成", url("report"), form=report, refusals=tuple(why))
    if writes:
        measures = sent.get(("set_measures", unit.pk)) or MeasuresForm(
            initial={**hidden, **_measures_of(part.ledger)}
        )
        yield Act("填写措施和步骤", url("set_measures"), form=measures)
    if duties:
        ask = sent.get(("ask_extension", unit.pk)) or ExtensionForm(initial=hidden, duties=duties)
        yield Act("申请延期", url("ask_extension"), form=ask)


def _measures_of(ledger: Any) -> dict[str, Any]:
    if ledger is None:
        return {"ledger": 0}
    return {
        "ledger": ledger.version,
        "measures": ledger.measures,
        "steps": "\n".join(step.line() for step in ledger.step_list()),
        "answers": ledger.answers,
        "supervised": ledger.supervised,
    }


def missing(task: Task) -> list[str]:
    """Whose part still has to be reported and signed before the task can be struck off."""
    return [u.name for u in policies.unsigned(task)] if task.state == TaskState.OPEN else []


def running(task: Task, unit: Unit) -> list[tuple[int, str]]:
    """The running clocks of a unit's part as a choice."""
    return as_choice(queries.running_of(task).get(unit.pk, []))


def as_choice(rows: Iterable[Any]) -> list[tuple[int, str]]:
    """Timed parts as a choice: period and due day."""
    return [
        (row.duty_id, " ".join(filter(None, (row.duty.period, _due_words(row.duty.due_on)))))
        for row in rows
    ]


def _due_words(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日到期" if day else "没有到期日"


def task_acts(user: User, task: Task, sent: Sent) -> Iterable[Act]:
    """The button of the openness office for the whole task.

    A task that a happening may start again is never ready by itself, and one whose last clock a
    later version cancelled was not told to be: the office ends them when nothing runs or misses.
    """
    may_end = task.state == TaskState.READY or (
        task.state == TaskState.OPEN
        and task.programme.history_until is None
        and not queries.running_of(task)
        and not policies.unsigned(task)
    )
    if not may_edit(user, task.programme.body) or not may_end:
        return []
    form = sent.get(("strike_off", 0)) or StrikeOffForm(initial={"version": task.version})
    there = reverse("progress:strike_off", args=[task.pk])
    why = tuple(policies.why_not_strike_off(task, actor=user))
    return [Act("销号", there, form=form, refusals=why, tone="primary")]
