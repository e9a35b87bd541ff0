"""Who hands a task down, who takes it or asks back, and why not; changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.accounts.api import Role, User, in_scope, posts_of
from gongkai.kernel.refusal import Refusal
from gongkai.organisation.api import Unit, UnitKind, living, units_under
from gongkai.programme.api import Task, TaskState, may_edit, visible_tasks
from gongkai.supervision.models import Handing
from gongkai.supervision.states import HANDING_MOVES, HandingState


def visible_handings(user: User) -> QuerySet[Handing]:
    """Return the handings of tasks that the user sees on either side, and to bodies in scope."""
    seen = visible_tasks(user).values("pk")
    rows = Q(task__in=seen) | Q(taken__in=seen) | in_scope("body__path", user)
    return Handing.objects.filter(rows)


def subordinates(body: Unit) -> QuerySet[Unit]:
    """Return the living bodies below a body."""
    return living(units_under(body).filter(kind=UnitKind.BODY).exclude(pk=body.pk)).order_by("path")


def receives_for(user: User, body: Unit) -> bool:
    """Say whether the person answers what is handed to the body: its own openness office.

    The superior's office reaches below by its post, and yet does not take what it handed itself.
    """
    own = (held for held in posts_of(user) if held.role is Role.OPENNESS_OFFICE)
    return any(held.unit.pk == body.pk for held in own)


def why_not_hand_down_from(task: Task, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not hand this task down, to whomever."""
    if not may_edit(actor, task.programme.body):
        yield Refusal("supervision.not_yours", "交办下级由政务公开办办理。")
        return
    if task.programme.history_until is not None:
        yield Refusal("supervision.history", "这是往年的任务，不再交办。")
    if task.state != TaskState.OPEN:
        label = task.get_state_display()
        yield Refusal("supervision.task_ended", f"任务{label}，不用再交办。")


def why_not_hand_down(task: Task, *, actor: User, bodies: Sequence[Unit]) -> Iterator[Refusal]:
    """Say why the task may not be handed to these bodies."""
    yield from why_not_hand_down_from(task, actor=actor)
    if not bodies:
        yield Refusal("supervision.no_unit", "请选交办给哪个下级单位。")
    below = set(subordinates(task.programme.body).values_list("pk", flat=True))
    given = set(_live(task).values_list("body", flat=True))
    for body in bodies:
        if body.pk not in below:
            yield Refusal("supervision.not_below", f"{body.name}不是下级单位，不能交办。")
        elif body.pk in given:
            yield Refusal("supervision.given", f"已经交办给{body.name}，不用再交办。")


def _live(task: Task) -> QuerySet[Handing]:
    return Handing.objects.filter(task=task).exclude(state=HandingState.WITHDRAWN)


def _state(verb: str, handing: Handing) -> Iterator[Refusal]:
    if handing.state not in HANDING_MOVES[verb][0]:
        label = HandingState(handing.state).label
        yield Refusal("supervision.wrong_state", f"这项交办{label}，现在不能这样做。")


def why_not_receive(verb: str, handing: Handing, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not take it or ask back."""
    if not receives_for(actor, handing.body):
        yield Refusal("supervision.not_yours", f"由{handing.body.name}政务公开办办理。")
        return
    yield from _state(verb, handing)
    if handing.task.state == TaskState.REVOKED:
        yield Refusal("supervision.task_ended", "上级已撤销这项任务，请等上级撤回交办。")


def why_not_take(
    handing: Handing, *, actor: User, lead: Unit, on: date | None
) -> Iterator[Refusal]:
    """Say why it may not become a task that this unit leads."""
    yield from why_not_receive("take", handing, actor=actor)
    if not lead.path.startswith(handing.body.path):
        yield Refusal("supervision.not_below", f"{lead.name}不属于{handing.body.name}，请另选。")
    if lead.dissolved_on is not None:
        yield Refusal("supervision.unit_gone", f"{lead.name}已撤销，请另选单位。")
    if on is not None and handing.due_on is not None and on > handing.due_on:
        day = f"{handing.due_on.month}月{handing.due_on.day}日"
        yield Refusal(
            "supervision.too_late", f"上级要求{day}前完成，不能定得更晚；确有困难请提出疑问。"
        )


def why_not_offer(verb: str, handing: Handing, *, actor: User) -> Iterator[Refusal]:
    """Say why the person may not answer a question or take the handing back."""
    if not may_edit(actor, handing.task.programme.body):
        who = handing.task.programme.body.name
        yield Refusal("supervision.not_yours", f"由交办的{who}政务公开办办理。")
        return
    yield from _state(verb, handing)
