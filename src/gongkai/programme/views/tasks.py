"""Pages of tasks: the list, the record, and what its owners do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.organisation.api import Unit
from gongkai.programme import actions, panels, policies, queries
from gongkai.programme.forms import DoneForm, EvidenceForm, SuperiorDateForm, TriggerForm
from gongkai.programme.states import TaskState
from gongkai.programme.views import lists, showing
from gongkai.programme.views.filled import data_of

Filled = dict[str, Any]
"""The cleaned data of a form."""


@require_GET
def task_list(request: HttpRequest) -> HttpResponseBase:
    """List the timed parts of tasks that the user sees: filtered, sorted, by pages, to export."""
    rows = queries.visible_rows(user_of(request))
    return lists.TASKS.answer(request, rows, "programme/task_list.html")


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task: what it is, its clocks, what may be done now, its timeline."""
    user = user_of(request)
    return render(request, "programme/task.html", _shown(user, _task(user, pk), {}))


def _shown(user: User, found: queries.Task, forms: showing.TaskForms) -> dict[str, Any]:
    view = queries.task_view(user, found)
    parts = showing.task_parts(found, view, forms)
    acts = showing.task_acts(found, view, forms)
    brought = panels.acts(user, found)
    happened = queries.timeline(found)
    mine = bool(acts or brought) or any(part.acts for part in parts)
    return {
        "task": found,
        "view": view,
        "heading": f"第{found.row}项",
        "crumbs": showing.task_crumbs(found),
        "facts": showing.task_facts(found, view),
        "tone": "good" if found.state == TaskState.DONE else "plain",
        "parts": parts,
        "acts": acts,
        "brought": brought,
        "nothing": "" if mine else "这不是您单位的任务，您可以查看。",
        "evidence": queries.evidence(found),
        "timeline": happened,
        "moments": showing.task_moments(view, happened),
        "panels": panels.panels(user, found),
    }


@require_POST
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Put evidence to a unit's part."""

    def put(found: queries.Task, user: User, data: Filled) -> object:
        return actions.add_evidence(
            found,
            actor=user,
            unit=_unit(data["unit"]),
            note=data["note"],
            link=data["link"],
            upload=data["file"],
            duty_id=data["duty"],
        )

    form = EvidenceForm(request.POST, request.FILES)
    return _done(request, pk, "evidence", form, put, "佐证已登记。")


@require_POST
def report_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a unit's part, period or trigger as done."""

    def report(found: queries.Task, user: User, data: Filled) -> object:
        return actions.report_done(
            found,
            actor=user,
            unit=_unit(data["unit"]),
            duty_id=data["duty"],
            expected=data["version"],
            done_at=_moment(data["done_on"]),
        )

    return _done(request, pk, "done", DoneForm(request.POST), report, "已报完成。")


@require_POST
def record_trigger(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what starts a clock of the task."""

    def put(found: queries.Task, user: User, data: Filled) -> object:
        return actions.record_trigger(
            found,
            actor=user,
            unit=_unit(data["unit"]),
            what=data["what"],
            happened_at=_start_of(data["happened_on"]),
            expected=data["version"],
        )

    return _done(request, pk, "trigger", TriggerForm(request.POST), put, "已登记，开始计时。")


@require_POST
def set_superior_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the date that the superior gave."""

    def put(found: queries.Task, user: User, data: Filled) -> object:
        return actions.set_superior_date(
            found, actor=user, on=data["on"], basis=data["basis"], expected=data["version"]
        )

    form = SuperiorDateForm(request.POST)
    return _done(request, pk, "superior", form, put, "上级时间已录入。")


def _done(
    request: HttpRequest,
    pk: int,
    name: str,
    form: Form,
    act: Callable[[queries.Task, User, Filled], object],
    said: str,
) -> HttpResponse:
    """Do what the form asks, or show the page again with the reasons and what was typed."""
    user = user_of(request)
    found = _task(user, pk)
    try:
        act(found, user, data_of(form, policies.why_not_form(name, found, actor=user)))
    except Refused as refused:
        return _again(request, user, pk, name, form, refused)
    messages.success(request, said)
    return redirect("programme:task", pk=pk)


def _again(
    request: HttpRequest, user: User, pk: int, name: str, form: Form, refused: Refused
) -> HttpResponse:
    """Show the task as it now stands with the form in its place; the refusal alone without one."""
    found = _task(user, pk)
    status = 422 if form.errors else 409
    if not form.errors:
        for refusal in refused.refusals:
            form.add_error(None, refusal.sentence)
        form.data = {**form.data.dict(), "version": str(found.version)}  # type: ignore[attr-defined]  # of a request
    context = _shown(user, found, {name: form})
    acts = [act for part in context["parts"] for act in part.acts] + context["acts"]
    if not any(act.form is form and not act.refusals for act in acts):
        raise refused
    return render(request, "programme/task.html", context, status=status)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(0)))


def _moment(day: date | None) -> datetime | None:
    """The moment something was done: the end of an earlier day, now for today."""
    if day is None or day >= clock.today():
        return None
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _task(user: User, pk: int) -> queries.Task:
    found = queries.task_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _unit(pk: int) -> Unit:
    found = queries.unit_or_none(pk)
    if found is None:
        raise Http404
    return found
