"""Who may write in the ledger of a task, and why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from gongkai.accounts.api import User
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit
from gongkai.programme.api import Task, works_for
from gongkai.progress.rules import Step

OPEN = "open"
"""The state of a task in which its units still write."""


def why_not_write(task: Task, *, actor: User, unit: Unit) -> Iterator[Refusal]:
    """Say why a person may not write in the ledger of the unit's part."""
    if not works_for(actor, unit):
        yield Refusal("progress.not_yours", f"台账由{unit.name}填写，您可以查看，不能填写。")
        return
    if task.state != OPEN:
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
    """Say why this progress may not be recorded."""
    yield from why_not_write(task, actor=actor, unit=unit)
    if not progress.strip():
        yield Refusal("progress.no_progress", "请写明办到哪一步。")
    if on > clock.today():
        yield Refusal("progress.ahead", "进展的日期不能晚于今天，请改日期。")
