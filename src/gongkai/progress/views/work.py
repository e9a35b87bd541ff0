"""The page on which a task is worked, and its buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation.api import Unit
from gongkai.programme import api as programme
from gongkai.programme.api import Task
from gongkai.progress import actions, policies, queries
from gongkai.progress.forms import (
    EntryForm,
    ExtensionForm,
    MeasuresForm,
    ReportForm,
    SendBackForm,
    StrikeOffForm,
)
from gongkai.progress.views import showing
from gongkai.ui.parts import Crumb
from gongkai.ui.submitting import submit

Filled = dict[str, Any]
Call = Callable[[Task, Unit, User, Filled], object]


@require_GET
def work(request: HttpRequest, pk: int) -> HttpResponse:
    """Show each unit's part: ledger, entries, what was sent, and what may be done now."""
    user = user_of(request)
    return _page(request, user, _task(user, pk), {})


def _page(
    request: HttpRequest, user: User, task: Task, sent: showing.Sent, status: int = 200
) -> HttpResponse:
    context = {
        "task": task,
        "heading": f"第{task.row}项 办理",
        "crumbs": [
            Crumb("任务", reverse("programme:tasks")),
            Crumb(f"第{task.row}项", reverse("programme:task", args=[task.pk])),
        ],
        "parts": showing.parts(user, task, sent),
        "acts": list(showing.task_acts(user, task, sent)),
        "missing": showing.missing(task),
    }
    return render(request, "progress/work.html", context, status=status)


@require_POST
def record_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how far a part is."""

    def call(task: Task, unit: Unit, user: User, data: Filled) -> object:
        return actions.record_progress(
            task,
            unit=unit,
            actor=user,
            progress=data["progress"],
            problems=data["problems"],
            next_steps=data["next_steps"],
            on=data["on"],
        )

    return _do(
        request, pk, "record_progress", lambda *_: EntryForm(request.POST), call, "进展已记。"
    )


@require_POST
def set_measures(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the measures and steps of a part."""

    def call(task: Task, unit: Unit, user: User, data: Filled) -> object:
        return actions.set_measures(
            task,
            unit=unit,
            actor=user,
            measures=data["measures"],
            steps=data["steps"],
            answers=data["answers"],
            supervised=data["supervised"],
            expected=data["ledger"],
        )

    return _do(
        request, pk, "set_measures", lambda *_: MeasuresForm(request.POST), call, "措施已记。"
    )


@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a date, a period or a part as done, to be signed."""

    def form(task: Task, unit: Unit) -> Form:
        return ReportForm(request.POST, duties=showing.running(task, unit))

    def call(task: Task, unit: Unit, user: User, data: Filled) -> object:
        return actions.report(
            task,
            unit=unit,
            actor=user,
            duty_id=data["duty"],
            text=data["text"],
            done_on=data["done_on"],
            expected=data["version"],
        )

    return _do(request, pk, "report", form, call, "已报完成。")


@require_POST
def ask_extension(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a later day."""

    def form(task: Task, unit: Unit) -> Form:
        return ExtensionForm(request.POST, duties=showing.running(task, unit))

    def call(task: Task, unit: Unit, user: User, data: Filled) -> object:
        return actions.ask_extension(
            task,
            unit=unit,
            actor=user,
            duty_id=data["duty"] or 0,
            until=data["until"],
            reason=data["reason"],
            expected=data["version"],
        )

    return _do(request, pk, "ask_extension", form, call, "延期申请已送签。")


def _do(
    request: HttpRequest,
    pk: int,
    verb: str,
    make: Callable[[Task, Unit], Form],
    call: Call,
    said: str,
) -> HttpResponse:
    """Do the verb for a unit's part and show the page again, with the reasons if refused."""
    user = user_of(request)
    task = _task(user, pk)
    unit = _unit_of(request, task)
    refuse_if(policies.why_not_touch(task, actor=user, unit=unit))

    def act(data: Filled) -> str:
        call(task, unit, user, data)
        return reverse("progress:work", args=[pk])

    def again(sent: Form, status: int) -> HttpResponse:
        now = _task(user, pk)
        if status != 422:  # what was seen has been told; the next try is about what stands now
            sent.data = {**sent.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]  # of a request
        return _page(request, user, now, {(verb, unit.pk): sent}, status)

    return submit(request, make(task, unit), act, again=again, done=said)


@require_POST
def strike_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike the task off."""
    user = user_of(request)
    task = _task(user, pk)

    def act(data: Filled) -> str:
        actions.strike_off(task, actor=user, expected=data["version"], note=data["note"])
        return reverse("programme:task", args=[pk])

    def again(sent: Form, status: int) -> HttpResponse:
        return _page(request, user, _task(user, pk), {("strike_off", 0): sent}, status)

    refuse_if(policies.why_not_strike_off(task, actor=user))
    return submit(request, StrikeOffForm(request.POST), act, again=again, done="已销号。")


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a signed part back to its unit."""
    user = user_of(request)
    found = queries.report_or_none(pk)
    if found is None:
        raise Http404
    task = _task(user, found.task_id)
    refuse_if(policies.why_not_send_back(found, actor=user, reason="-"))

    def act(data: Filled) -> str:
        actions.send_back(found, actor=user, reason=data["reason"], expected=data["version"])
        return reverse("progress:work", args=[task.pk])

    def again(sent: Form, status: int) -> HttpResponse:
        return _page(request, user, _task(user, task.pk), {("send_back", pk): sent}, status)

    return submit(request, SendBackForm(request.POST), act, again=again, done="已退回补办。")


def _task(user: User, pk: int) -> Task:
    found = programme.task_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _unit_of(request: HttpRequest, task: Task) -> Unit:
    """The unit that the form names, of those with a part."""
    asked = request.POST.get("unit", "")
    for part in task.parts.filter(ended_on=None).select_related("unit"):
        if str(part.unit_id) == asked:
            return part.unit
    raise Http404
