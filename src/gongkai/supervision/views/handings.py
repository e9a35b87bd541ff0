"""The list of what was handed down, the record of one, and its buttons."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.supervision import actions, policies, queries
from gongkai.supervision.forms import AnswerForm, QuestionForm, ReasonForm
from gongkai.supervision.states import HandingState
from gongkai.supervision.views import handed
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Crumb, Empty
from gongkai.ui.submitting import submit

Filled = dict[str, Any]
Why = Callable[[queries.Handing, User], Iterable[Refusal]]
GONE = Refusal("supervision.no_unit", "所选科室已变动，请刷新页面再选。")

HANDINGS = Listing(
    name="handings",
    caption="上下级交办",
    model="supervision.Handing",
    sort="-offered_at",
    columns=[
        Column(
            "task",
            "任务",
            value=lambda h: h.task.text,
            url=lambda h: reverse("supervision:handing", args=[h.pk]),
        ),
        Column("from", "交办单位", value=lambda h: h.task.programme.body.name),
        Column("body", "接收单位", value=lambda h: h.body.name),
        Column("state", "状态", value=handed.state_of, text=lambda h: handed.state_of(h).label),
        Column("due_on", "上级完成时间", kind="due", value=lambda h: h.due_on or "—"),
        Column(
            "offered_at",
            "交办日期",
            kind="date",
            sort=True,
            value=lambda h: clock.day_of(h.offered_at),
        ),
    ],
    filters=[Choice("state", "状态", HandingState.pairs())],
    empty=Empty("没有上下级交办", "政务公开办在任务页上交办下级；上级交办的也列在这里。"),
)


@require_GET
def handing_list(request: HttpRequest) -> HttpResponseBase:
    """List what was handed down, from and to the bodies that the user sees."""
    context = {"crumbs": [Crumb("督办", reverse("supervision:charges")), Crumb("上下级交办")]}
    rows = queries.handings(user_of(request))
    return HANDINGS.answer(request, rows, "supervision/handings.html", context)


@require_GET
def handing(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was handed down: the superior's task, how it stands below, what may be done."""
    user = user_of(request)
    return _page(request, user, _handing(user, pk), {})


def _page(
    request: HttpRequest, user: User, found: queries.Handing, sent: handed.Sent, status: int = 200
) -> HttpResponse:
    shown = handed.shown(user, [found])[0]
    context = {
        "handing": found,
        "shown": shown,
        "opens_above": bool(queries.opens(user, [found.task_id])),
        "crumbs": [Crumb("上下级交办", reverse("supervision:handings")), Crumb(found.body.short)],
        "facts": handed.facts(found),
        "acts": handed.handing_acts(user, found, sent),
        "timeline": timeline(found, limit=50),
    }
    return render(request, "supervision/handing.html", context, status=status)


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it as a task of one's own programme."""
    user = user_of(request)
    found = _handing(user, pk)

    def call(handing: queries.Handing, data: Filled) -> object:
        lead = next((one for one in queries.places(handing.body) if one.pk == data["lead"]), None)
        if lead is None:
            raise Refused(GONE)
        on, expected = data["on"], data["version"]
        return actions.take(handing, actor=user, lead=lead, on=on, expected=expected)

    form = handed.take_form(found, request.POST)
    return _do(
        request, found, "take", form, call, _receives("take"), "已接收，任务已下达牵头科室。"
    )


@require_POST
def ask_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the superior."""
    user = user_of(request)

    def call(handing: queries.Handing, data: Filled) -> object:
        words, expected = data["question"], data["version"]
        return actions.ask_back(handing, actor=user, question=words, expected=expected)

    form = QuestionForm(request.POST)
    return _do(
        request, _handing(user, pk), "ask_back", form, call, _receives("ask_back"), "疑问已送上级。"
    )


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the subordinate."""
    user = user_of(request)

    def call(handing: queries.Handing, data: Filled) -> object:
        words, expected = data["answer"], data["version"]
        return actions.answer(handing, actor=user, answer=words, expected=expected)

    form = AnswerForm(request.POST)
    return _do(request, _handing(user, pk), "answer", form, call, _offers("answer"), "已答复。")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what nobody has taken."""
    user = user_of(request)

    def call(handing: queries.Handing, data: Filled) -> object:
        words, expected = data["reason"], data["version"]
        return actions.withdraw_handing(handing, actor=user, reason=words, expected=expected)

    form, why = ReasonForm(request.POST), _offers("withdraw")
    return _do(request, _handing(user, pk), "withdraw_handing", form, call, why, "已撤回。")


def _receives(verb: str) -> Why:
    return lambda found, user: policies.why_not_receive(verb, found, actor=user)


def _offers(verb: str) -> Why:
    return lambda found, user: policies.why_not_offer(verb, found, actor=user)


def _do(
    request: HttpRequest,
    found: queries.Handing,
    verb: str,
    form: Form,
    call: Callable[[queries.Handing, Filled], object],
    why_not: Why,
    said: str,
) -> HttpResponse:
    """Do the verb and show the record again, with the reasons and what was typed if refused."""
    user = user_of(request)
    refuse_if(why_not(found, user))

    def act(data: Filled) -> str:
        call(found, data)
        return reverse("supervision:handing", args=[found.pk])

    def again(sent: Form, status: int) -> HttpResponse:
        now = _handing(user, found.pk)
        if status != 422:  # what was seen has been told; the next try is about what stands now
            sent.data = {**sent.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]  # of a request
        return _page(request, user, now, {verb: sent}, status)

    return submit(request, form, act, again=again, done=said)


def _handing(user: User, pk: int) -> queries.Handing:
    found = queries.handing_or_none(user, pk)
    if found is None:
        raise Http404
    return found
