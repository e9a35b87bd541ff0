"""What the worker does for supervision: takes signatures, follows tasks that were handed down."""

from __future__ import annotations

from datetime import datetime

from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import split_subject
from gongkai.outbox import api as outbox
from gongkai.programme.api import Task, task_by_pk
from gongkai.supervision import actions, queries


@outbox.consumer(
    "supervision.signatures",
    topics=["approvals.completed", "approvals.returned"],
    label="督办、批示回复签发结果",
)
def take_signatures(subject: str, topics: set[str]) -> None:
    """Take what became of a round over a reply; nothing when it was taken."""
    found = approvals.round_by_key(subject)
    if found is not None:
        actions.settle(found)


@outbox.consumer(
    "supervision.handed",
    topics=[
        "duties.date_set",
        "duties.extended",
        "programme.superior_date_set",
        "programme.task_amended",
        "programme.task_revoked",
        "programme.task_done",
        "programme.task_struck_off",
    ],
    label="交办任务的变化",
)
def follow_handed(subject: str, topics: set[str]) -> None:
    """Tell below what the superior changed, and above what the subordinate closed."""
    task = _task_of(subject)
    if task is not None:
        actions.follow_superior(task)
        actions.tell_superior_of_end(task)


@outbox.ticker("supervision.heirs", every=60.0, label="撤销单位的督办、批示转交")
def hand_over(now: datetime) -> int:
    """Hand the charges of dissolved units to whoever takes over; a batch each time."""
    return actions.hand_over_charges(now)


def _task_of(subject: str) -> Task | None:
    kind, pk = split_subject(subject)
    return task_by_pk(int(pk)) if kind == "programme.task" else queries.task_of_duty(int(pk))
