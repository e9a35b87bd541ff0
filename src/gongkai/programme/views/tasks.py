"""Pages of tasks: the list, the record, and what its owners do with it."""

from __future__ import annotations

from datetime import date, datetime, time

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
from gongkai.programme import actions, queries
from gongkai.programme.forms import DoneForm, EvidenceForm, SuperiorDateForm, TriggerForm
from gongkai.programme.states import TaskState
from gongkai.programme.views import lists, showing


@require_GET
def task_list(request: HttpRequest) -> HttpResponseBase:
    """List the timed parts of tasks that the user sees: filtered, sorted, by pages, to export."""
    rows = queries.visible_rows(user_of(request))
    return lists.TASKS.answer(request, rows, "programme/task_list.html")


@require_GET
def task(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a task: what it is, its clocks, what may be done now, its timeline."""
    user = user_of(request)
    return _page(request, user, _task(user, pk))


def _page(
    request: HttpRequest,
    user: User,
    found: queries.Task,
    *,
    status: int = 200,
    **forms: Form,
) -> HttpResponse:
    view = queries.task_view(user, found)
    parts = showing.task_parts(found, view, forms)
    acts = showing.task_acts(found, view, forms)
    context = {
        "task": found,
        "view": view,
        "heading": f"第{found.row}项",
        "crumbs": showing.task_crumbs(found),
        "facts": showing.task_facts(found, view),
        "tone": "good" if found.state == TaskState.DONE else "plain",
        "parts": parts,
        "acts": acts,
        "nothing": "" if acts or any(p.acts for p in parts) else "这不是您单位的任务，您可以查看。",
        "evidence": queries.evidence(found),
        "timeline": queries.timeline(found),
    }
    return render(request, "programme/task.html", context, status=status)


@require_POST
def add_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Put evidence to a unit's part."""
    user = user_of(request)
    found = _task(user, pk)
    form = EvidenceForm(request.POST, request.FILES)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.add_evidence(
                found,
                actor=user,
                unit=_unit(data["unit"]),
                note=data["note"],
                link=data["link"],
                upload=data["file"],
                duty_id=data["duty"],
            )
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(None, refusal.sentence)
        else:
            messages.success(request, "佐证已登记。")
            return redirect("programme:task", pk=pk)
    return _page(request, user, found, status=422, evidence=form)


@require_POST
def report_done(request: HttpRequest, pk: int) -> HttpResponse:
    """Report a unit's part, period or trigger as done."""
    user = user_of(request)
    found = _task(user, pk)
    form = DoneForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        actions.report_done(
            found,
            actor=user,
            unit=_unit(data["unit"]),
            duty_id=data["duty"],
            expected=data["version"],
            done_at=_moment(data["done_on"]),
        )
        messages.success(request, "已报完成。")
    return redirect("programme:task", pk=pk)


@require_POST
def record_trigger(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what starts a clock of the task."""
    user = user_of(request)
    found = _task(user, pk)
    form = TriggerForm(request.POST)
    if not form.is_valid():
        return _page(request, user, found, status=422, trigger=form)
    data = form.cleaned_data
    actions.record_trigger(
        found,
        actor=user,
        unit=_unit(data["unit"]),
        what=data["what"],
        happened_at=_start_of(data["happened_on"]),
        expected=data["version"],
    )
    messages.success(request, "已登记，开始计时。")
    return redirect("programme:task", pk=pk)


@require_POST
def set_superior_date(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the date that the superior gave."""
    user = user_of(request)
    found = _task(user, pk)
    form = SuperiorDateForm(request.POST)
    if not form.is_valid():
        return _page(request, user, found, status=422, superior=form)
    data = form.cleaned_data
    actions.set_superior_date(
        found, actor=user, on=data["on"], basis=data["basis"], expected=data["version"]
    )
    messages.success(request, "上级时间已录入。")
    return redirect("programme:task", pk=pk)


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
