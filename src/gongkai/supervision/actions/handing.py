"""A body hands a task down; the subordinate takes it, or asks back and is answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse

from gongkai.accounts.api import Role, User, people_of
from gongkai.audit.api import record
from gongkai.kernel import clock
from gongkai.kernel.identifiers import subject_key
from gongkai.kernel.refusal import refuse_if
from gongkai.kernel.rows import lock
from gongkai.notices.api import Brief, tell
from gongkai.organisation.api import Unit
from gongkai.programme import api as programme
from gongkai.programme.api import Task, TaskState
from gongkai.supervision import policies, queries
from gongkai.supervision.models import Handing
from gongkai.supervision.states import HANDING_MOVES, HandingState


@transaction.atomic
def hand_down(task: Task, *, actor: User, bodies: Sequence[Unit], note: str = "") -> list[Handing]:
    """Offer a task to the openness offices of subordinate bodies (交办). Raises ``Refused``."""
    task = lock(task)  # so that two offices do not hand it to one body at once
    refuse_if(policies.why_not_hand_down(task, actor=actor, bodies=bodies))
    due = queries.due_of(task)
    made = []
    for body in bodies:
        handing = Handing.objects.create(
            task=task,
            body=body,
            live=f"{task.pk}:{body.pk}",
            note=note.strip(),
            due_on=due,
            offered_at=clock.now(),
            offered_by=actor,
        )
        _record("handed_down", handing, actor=actor, handed_to=body.name, due_on=due)
        words = f"{task.programme.body.name}交办：{task.text[:80]}，请接收或提出疑问。"
        _tell_below(handing, "offered", words)
        made.append(handing)
    return made


@transaction.atomic
def take(handing: Handing, *, actor: User, lead: Unit, on: date | None, expected: int) -> Handing:
    """Take what was handed down: it becomes a task of one's own programme, led by a unit.

    Without ``on`` the task waits for the superior's date. Raises ``Refused``.
    """
    handing = lock(handing, expected=expected)
    refuse_if(policies.why_not_take(handing, actor=actor, lead=lead, on=on))
    issuer = handing.task.programme.body.name
    handing.taken = programme.take_handed_down(
        actor=actor,
        body=handing.body,
        lead=lead,
        title=f"{issuer}交办：{handing.task.text[:60]}",
        issuer=issuer,
        text=handing.task.text,
        on=on,
    )
    handing.taken_at = clock.now()
    _move(handing, "take", "taken", "taken_at")
    _record("handing_taken", handing, actor=actor, also=[handing.taken])
    _tell_above(handing, "taken", f"{handing.body.name}已接收交办：{handing.task.text[:80]}")
    return handing


@transaction.atomic
def ask_back(handing: Handing, *, actor: User, question: str, expected: int) -> Handing:
    """Ask the superior instead of taking it: not ours, unclear, when. Raises ``Refused``."""
    handing = lock(handing, expected=expected)
    refuse_if(policies.why_not_receive("ask_back", handing, actor=actor))
    refuse_if(policies.why_not_words(question, "请写明疑问，上级据此答复。"))
    handing.question, handing.answer = question.strip(), ""
    _move(handing, "ask_back", "question", "answer")
    _record("handing_asked", handing, actor=actor, question=question.strip()[:200])
    words = f"{handing.body.name}对交办提出疑问：{handing.question[:80]}"
    _tell_above(handing, f"asked:{handing.version}", words)
    return handing


@transaction.atomic
def answer(handing: Handing, *, actor: User, answer: str, expected: int) -> Handing:
    """Answer the subordinate's question; the offer stands again. Raises ``Refused``."""
    handing = lock(handing, expected=expected)
    refuse_if(policies.why_not_offer("answer", handing, actor=actor))
    refuse_if(policies.why_not_words(answer, "请写明答复。"))
    handing.answer = answer.strip()
    _move(handing, "answer", "answer")
    _record("handing_answered", handing, actor=actor, answer=answer.strip()[:200])
    _tell_below(handing, f"answered:{handing.version}", f"上级已答复：{handing.answer[:80]}")
    return handing


@transaction.atomic
def withdraw_handing(handing: Handing, *, actor: User, reason: str, expected: int) -> Handing:
    """Take back what nobody has taken yet, with a reason. Raises ``Refused``."""
    handing = lock(handing, expected=expected)
    refuse_if(policies.why_not_offer("withdraw", handing, actor=actor))
    refuse_if(policies.why_not_words(reason, "请写明为什么撤回。"))
    _move(handing, "withdraw")
    _record("handing_withdrawn", handing, actor=actor, reason=reason.strip()[:200])
    _tell_below(handing, "withdrawn", f"上级撤回了交办：{reason.strip()[:80]}")
    return handing


@transaction.atomic
def follow_superior(task: Task) -> int:
    """Tell the subordinates of a task when its last day changed or it was revoked.

    Their own clocks stay as their office set them: it decides what the new day means there.
    Return how many were told.
    """
    told = 0
    due = queries.due_of(task)
    for handing in queries.live_of(task):
        if task.state == TaskState.REVOKED:
            words = f"上级已撤销任务：{task.text[:80]}。请核对本单位任务是否继续。"
            told += _tell_below(handing, "revoked", words)
        elif due is not None and due != handing.due_on:
            told += _change_due(lock(handing), due)
    return told


def _change_due(handing: Handing, due: date) -> int:
    before, handing.due_on = handing.due_on, due
    handing.save(update_fields=["due_on"])
    also = [handing.taken] if handing.taken else []
    _record("handing_due_changed", handing, actor=None, also=also, before=before, after=due)
    day = f"{due.year}年{due.month}月{due.day}日"
    what = "请相应调整本单位任务的时限" if handing.taken else "请据此接收"
    words = f"上级把“{handing.task.text[:60]}”的完成时间定为{day}，{what}。"
    return _tell_below(handing, f"due:{handing.version}", words)


@transaction.atomic
def tell_superior_of_end(task: Task) -> int:
    """Tell the superior that a task it handed down is closed; return how many were told."""
    handing = queries.handed_from(task)
    if handing is None or task.state != TaskState.DONE:
        return 0
    words = f"{handing.body.name}已办结交办：{handing.task.text[:80]}"
    return _tell_above(handing, f"done:{task.version}", words)


def _move(handing: Handing, verb: str, *fields: str) -> None:
    handing.state = HandingState(HANDING_MOVES[verb][1])
    if handing.state == HandingState.WITHDRAWN:
        handing.live = None
    handing.save(update_fields=["state", "live", *fields])


def _record(
    event: str, handing: Handing, *, actor: User | None, also: Sequence[Task] = (), **facts: Any
) -> None:
    record(
        f"supervision.{event}",
        subject=handing,
        actor=actor,
        unit=handing.body,
        also=[handing.task, *also],
        **facts,
    )


def _tell_below(handing: Handing, occasion: str, words: str) -> int:
    return _tell(handing, handing.body, occasion, words)


def _tell_above(handing: Handing, occasion: str, words: str) -> int:
    return _tell(handing, handing.task.programme.body, occasion, words)


def _tell(handing: Handing, body: Unit, occasion: str, words: str) -> int:
    return tell(
        people_of(body, [Role.OPENNESS_OFFICE]),
        kind=f"supervision.handing_{occasion.partition(':')[0]}",
        subject=subject_key(handing),
        sentence=words,
        url=reverse("supervision:handing", args=[handing.pk]),
        key=f"{subject_key(handing)}:{occasion}",
        brief=Brief(due_on=handing.due_on),
    )
