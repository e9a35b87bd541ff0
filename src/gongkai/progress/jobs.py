"""What the worker does for the work on tasks: takes what signatures decided, tells who waits."""

from __future__ import annotations

from django.urls import reverse

from gongkai.accounts.api import Role, people_of
from gongkai.approvals import api as approvals
from gongkai.kernel.identifiers import split_subject
from gongkai.notices.api import tell
from gongkai.outbox import api as outbox
from gongkai.programme.api import task_by_pk
from gongkai.progress import actions


@outbox.consumer(
    "progress.signatures",
    topics=["approvals.completed", "approvals.returned"],
    label="任务签认结果",
)
def take_signatures(subject: str, topics: set[str]) -> None:
    """Take what became of a round over a report or a request; nothing when it was taken."""
    found = approvals.round_by_key(subject)
    if found is not None:
        actions.settle(found)


@outbox.consumer("progress.ready", topics=["programme.task_ready"], label="待销号通知")
def tell_ready(subject: str, topics: set[str]) -> None:
    """Tell the openness office, once each time, that a task waits to be struck off."""
    task = task_by_pk(int(split_subject(subject)[1]))
    if task is None or task.state != "ready":
        return
    body = task.programme.body
    tell(
        people_of(body, [Role.OPENNESS_OFFICE]),
        kind="progress.ready",
        subject=subject,
        sentence=f"第{task.row}项各方都已办完并签认，请核实后销号。",
        url=reverse("programme:task", args=[task.pk]),
        key=f"ready:{task.pk}:{task.version}",
    )
