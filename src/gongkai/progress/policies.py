"""Who may write in the ledger of a task, report, ask and close, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.accounts.api import User
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.programme.api import (
    Part,
    Task,
    TaskDuty,
    TaskState,
    TaskUnit,
    may_edit,
    works_for,
)
from gongkai.progress.models import Entry, Extension, Report
from gongkai.progress.rules import Standing, Step
from gongkai.progress.states import SentState


def why_not_write(task: Task, *, actor: User, unit: Unit) -> Iterator[Refusal]:
    """Say why a person may not write in the ledger of the unit's part."""
    if not works_for(actor, unit):
        yield Refusal("progress.not_yours", f"台账由{unit.name}填写，您可以查看，不能填写。")
        return
    if task.state != TaskState.OPEN:
        label = task.get_state_display()
        yield Refusal("progress.wrong_state", f"任务{label}，台账不再填写。")
    if not task.parts.filter(unit=unit, ended_on=None).exists():
        yield Refusal("progress.no_part", f"{unit.name}不承担这项任务，请核对单位。")


def why_not_measures(
    task: Task, *, actor: User, unit: Unit, measures: str, steps: Sequence[Step]
) -> Iterator[Refusal]:
    """Say why these measures may not be set."""
    yield from why_not_write(task, actor=actor, unit=unit)
    if not measures.strip():
        yield Refusal("progress.no_measures", "请写明采取什么措施。")
    if any(not step.what.strip() for step in steps):
        yield Refusal("progress.empty_step", "有一个步骤没有写做什么，请补上或清空这一步。")


def why_not_entry(
    task: Task, *, actor: User, unit: Unit, progress: str, on: date
) -> Iterator[Refusal]:
    """Say why this progress may not be recorded; the same words twice are a second click."""
    yield from why_not_write(task, actor=actor, unit=unit)
    last = task.entries.filter(unit=unit).order_by("-id").first()
    if last is not None and (last.on, last.progress) == (on, progress.strip()):
        yield Refusal("progress.said_already", "这条进展已经记过了，不用再记。")
    if not progress.strip():
        yield Refusal("progress.no_progress", "请写明办到哪一步。")
    if on > clock.today():
        yield Refusal("progress.ahead", "进展的日期不能晚于今天，请改日期。")


@dataclass(frozen=True)
class Said:
    """What a unit said of its part in a task, to be keyed in."""

    task: Task
    progress: str
    problems: str = ""
    next_steps: str = ""


def why_not_key_in(said: Sequence[Said], *, actor: User, unit: Unit, on: date) -> Iterator[Refusal]:
    """Say why what a unit said of many tasks may not be keyed in; two queries for any number."""
    tasks = [one.task for one in said]
    bodies = {task.programme.body_id: task.programme.body for task in tasks}.values()
    if not works_for(actor, unit) and not all(may_edit(actor, body) for body in bodies):
        yield Refusal("progress.not_yours", f"{unit.name}的进展由该单位或政务公开办录入。")
        return
    if on > clock.today():
        yield Refusal("progress.ahead", "进展的日期不能晚于今天，请改日期。")
    parts = TaskUnit.objects.filter(task__in=tasks, unit=unit, ended_on=None)
    held = set(parts.values_list("task", flat=True))
    rows = Entry.objects.filter(task__in=tasks, unit=unit).order_by("id")
    last = {task: (day, words) for task, day, words in rows.values_list("task", "on", "progress")}
    for one in said:
        yield from _why_not_said(one, unit, on, held=one.task.pk in held, last=last)


def _why_not_said(
    one: Said, unit: Unit, on: date, *, held: bool, last: dict[int, tuple[date, str]]
) -> Iterator[Refusal]:
    which = f"第{one.task.row}项"
    if one.task.state != TaskState.OPEN:
        label = one.task.get_state_display()
        yield Refusal("progress.wrong_state", f"{which}任务{label}，台账不再填写。")
    if not held:
        yield Refusal("progress.no_part", f"{which}已不由{unit.name}承担，请核对单位。")
    if not one.progress.strip():
        yield Refusal("progress.no_progress", f"{which}没有写进展，请写明办到哪一步。")
    if last.get(one.task.pk) == (on, one.progress.strip()):
        yield Refusal("progress.said_already", f"{which}的这条进展已经记过了，不用再记。")


# -- reports -----------------------------------------------------------------------------------


def acts_for(actor: User, task: Task, unit: Unit) -> bool:
    """Say whether the person reports for the unit: its people, or the office for who has none."""
    return works_for(actor, unit) or may_edit(actor, task.programme.body)


def why_not_touch(task: Task, *, actor: User, unit: Unit) -> Iterator[Refusal]:
    """Say why a person has no business with the unit's part, whatever is typed."""
    if not acts_for(actor, task, unit):
        yield Refusal("progress.not_yours", f"这是{unit.name}的任务，请由该单位办理。")


def _why_not_send(task: Task, *, actor: User, unit: Unit, standing: Standing) -> Iterator[Refusal]:
    if not acts_for(actor, task, unit):
        yield Refusal("progress.not_yours", f"这是{unit.name}的任务，请由该单位办理。")
        return
    if task.programme.history_until is not None:
        yield Refusal("progress.history", "这是往年的任务，请在任务页直接登记。")
    if task.state != TaskState.OPEN:
        label = task.get_state_display()
        yield Refusal("progress.wrong_state", f"任务{label}，现在不能这样做。")
    if not standing.has_part:
        yield Refusal("progress.no_part", f"{unit.name}不承担这项任务，请核对单位。")


def why_not_report(
    task: Task,
    *,
    actor: User,
    unit: Unit,
    standing: Standing,
    timed: TaskDuty | None,
    sent: Report | None,
) -> Iterator[Refusal]:
    """Say why the unit may not report this date, or (``timed`` None) its whole part, as done."""
    yield from _why_not_send(task, actor=actor, unit=unit, standing=standing)
    if timed is None and standing.runs:
        yield Refusal("progress.choose_duty", "请选报哪一期、哪个时限的完成情况。")
    if timed is not None and timed.duty.closed_at is not None:
        yield Refusal("progress.duty_closed", "这项时限已经办结，不用再报。")
    if not standing.evidenced:
        yield Refusal("progress.no_evidence", "还没有佐证，请先登记做了什么。")
    if sent is not None and sent.state == SentState.SENT:
        yield Refusal("progress.already_sent", "已经送签，正在等签认；被退回后可以改了再报。")
    if timed is None and standing.taken:
        yield Refusal("progress.already_taken", "本单位的部分已经签认，不用再报。")


def why_not_say(text: str, done_on: date) -> Iterator[Refusal]:
    """Say what is wrong with the words or the day of a report."""
    if not text.strip():
        yield Refusal("progress.no_text", "请写明完成了什么。")
    if done_on > clock.today():
        yield Refusal("progress.ahead", "完成日期不能晚于今天，请改日期。")


def why_not_ask_extension(
    task: Task,
    *,
    actor: User,
    unit: Unit,
    standing: Standing,
    timed: TaskDuty,
    sent: Extension | None,
) -> Iterator[Refusal]:
    """Say why a later day may not be asked for."""
    yield from _why_not_send(task, actor=actor, unit=unit, standing=standing)
    if timed.duty.closed_at is not None or timed.duty.due_on is None:
        yield Refusal("progress.no_date", "这项时限没有在走的到期日，不用申请延期。")
    elif duties.Limit.from_json(timed.duty.limit).counted:
        yield Refusal("progress.counted", "这项时限按天数计，请政务公开办在时限页上延长。")
    if sent is not None and sent.state == SentState.SENT:
        yield Refusal("progress.already_sent", "延期申请正在等签认，不用再报。")


def why_not_until(timed: TaskDuty, until: date, reason: str) -> Iterator[Refusal]:
    """Say what is wrong with the later day or the reason."""
    if timed.duty.due_on is not None and until <= timed.duty.due_on:
        yield Refusal("progress.not_later", "延到的日期要晚于现在的到期日。")
    if not reason.strip():
        yield Refusal("progress.no_reason", "请写明为什么要延期。")


# -- the end -----------------------------------------------------------------------------------


def unsigned(task: Task) -> list[Unit]:
    """Return the units whose part still has to be reported and signed, apart from running clocks.

    A lead unit with clocks has signed for each of them; the others sign once for the whole.
    """
    signed = set(
        Report.objects.filter(task=task, duty=None, state=SentState.TAKEN).values_list(
            "unit_id", flat=True
        )
    )
    timed = set(task.duties.values_list("unit_id", flat=True))
    parts = task.parts.filter(ended_on=None).select_related("unit").order_by("part", "id")
    return [
        part.unit
        for part in parts
        if part.unit_id not in signed and not (part.part == Part.LEAD and part.unit_id in timed)
    ]


def why_not_strike_off(task: Task, *, actor: User) -> Iterator[Refusal]:
    """Say why the openness office may not strike the task off yet."""
    if not may_edit(actor, task.programme.body):
        yield Refusal("progress.not_office", "销号由政务公开办办理。")
        return
    missing = [unit.name for unit in unsigned(task)]
    if missing:
        named = "、".join(missing[:5]) + ("等" if len(missing) > 5 else "")
        yield Refusal("progress.unsigned", f"{named}还没有报完成并签认，签认后再销号。")


def why_not_send_back(report: Report, *, actor: User, reason: str) -> Iterator[Refusal]:
    """Say why a signed report may not be sent back."""
    if not may_edit(actor, report.task.programme.body):
        yield Refusal("progress.not_office", "退回已签认的完成情况由政务公开办办理。")
        return
    if report.state != SentState.TAKEN:
        label = report.get_state_display()
        yield Refusal("progress.not_taken", f"这份完成情况{label}，不用从这里退回。")
    if not reason.strip():
        yield Refusal("progress.no_reason", "请写明为什么退回、要补什么。")
