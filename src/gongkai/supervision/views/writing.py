"""Where a notice, an instruction or a handing down is written, over a task."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongkai.accounts.api import User, user_of
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation.api import Unit
from gongkai.programme import api as programme
from gongkai.programme.api import Task
from gongkai.supervision import actions, policies, queries
from gongkai.supervision.forms import HandDownForm, InstructionForm, NoticeForm
from gongkai.supervision.states import Kind
from gongkai.ui.parts import Crumb
from gongkai.ui.submitting import submit


@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a notice to a unit over this task and others of its own."""
    user = user_of(request)
    task = _task(user, pk, Kind.NOTICE)
    units = queries.units_with_part(task)
    others = [
        (other.pk, f"{unit.short} 第{other.row}项 {other.text[:40]}")
        for other, unit in queries.others_in_trouble(task, units)
    ]
    form = NoticeForm(request.POST or None, units=_choice(units), others=others)

    def act(data: dict[str, Any]) -> str:
        tasks = queries.tasks_named(user, [task.pk, *data.get("others", [])])
        unit = next(unit for unit in units if unit.pk == data["unit"])
        made = actions.issue_notice(
            tasks, actor=user, unit=unit, text=data["text"], days=data["days"]
        )
        return reverse("supervision:charge", args=[made.pk])

    words = ("督办", "发出督办", "督办已发出，单位已收到消息。")
    return _write(request, task, words, form, act)


@require_http_methods(["GET", "POST"])
def instruction(request: HttpRequest, pk: int) -> HttpResponse:
    """Write an instruction over this task to units that have a part in it."""
    user = user_of(request)
    task = _task(user, pk, Kind.INSTRUCTION)
    units = queries.units_with_part(task)
    form = InstructionForm(request.POST or None, units=_choice(units))

    def act(data: dict[str, Any]) -> str:
        chosen = [unit for unit in units if unit.pk in data["units"]]
        made = actions.instruct(
            task, actor=user, units=chosen, text=data["text"], days=data["days"]
        )
        if len(made) == 1:
            return reverse("supervision:charge", args=[made[0].pk])
        return f"{reverse('programme:task', args=[task.pk])}#charges"

    words = ("批示", "作出批示", "批示已送达，政务公开办已收到消息。")
    return _write(request, task, words, form, act)


@require_http_methods(["GET", "POST"])
def hand_down(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand this task down to subordinate bodies."""
    user = user_of(request)
    task = _seen(user, pk)
    refuse_if(policies.why_not_hand_down_from(task, actor=user))
    given = {handing.body_id for handing in queries.handings_of(task)}
    below = [body for body in policies.subordinates(task.programme.body) if body.pk not in given]
    form = HandDownForm(request.POST or None, bodies=_choice(below))

    def act(data: dict[str, Any]) -> str:
        chosen = [body for body in below if body.pk in data["bodies"]]
        actions.hand_down(task, actor=user, bodies=chosen, note=data["note"])
        return f"{reverse('programme:task', args=[task.pk])}#handings"

    words = ("交办下级", "交办", "已交办，下级政务公开办已收到消息。")
    return _write(request, task, words, form, act)


def _choice(units: list[Unit]) -> list[tuple[int, str]]:
    return [(unit.pk, unit.name) for unit in units]


def _write(
    request: HttpRequest, task: Task, words: tuple[str, str, str], form: Form, act: Any
) -> HttpResponse:
    """Show the form, or do what it asks; ``words``: what it is, its button, what is then said."""
    what, button, done = words

    def shown(sent: Form, status: int = 200) -> HttpResponse:
        row = f"第{task.row}项"
        context = {
            "task": task,
            "form": sent,
            "heading": f"{what}：{row}",
            "button": button,
            "crumbs": [
                Crumb("任务", reverse("programme:tasks")),
                Crumb(row, reverse("programme:task", args=[task.pk])),
                Crumb(what),
            ],
        }
        return render(request, "supervision/write.html", context, status=status)

    if request.method == "GET":
        return shown(form)
    return submit(request, form, act, again=shown, done=done)


def _task(user: User, pk: int, kind: Kind) -> Task:
    """The task, if the user sees it and may chase over it."""
    found = _seen(user, pk)
    refuse_if(policies.why_not_begin(kind, found, actor=user))
    return found


def _seen(user: User, pk: int) -> Task:
    found = programme.task_or_none(user, pk)
    if found is None:
        raise Http404
    return found
