"""The list of charges, the record of one, and its buttons."""

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
from gongkai.kernel.refusal import Refusal, refuse_if
from gongkai.supervision import actions, policies, queries
from gongkai.supervision.forms import CloseForm, ReasonForm, ReplyForm
from gongkai.supervision.states import ChargeState, Kind
from gongkai.supervision.views import showing
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Crumb, Empty
from gongkai.ui.submitting import submit

CHARGES = Listing(
    name="charges",
    caption="督办和批示",
    model="supervision.Charge",
    sort="-issued_at",
    columns=[
        Column("number", "文号", url=lambda c: reverse("supervision:charge", args=[c.pk])),
        Column("text", "要求", value=lambda c: _short(c.text), text=lambda c: c.text),
        Column("unit", "回复单位", value=lambda c: c.unit.name),
        Column("state", "状态", value=showing.state_of, text=lambda c: c.get_state_display()),
        Column(
            "light",
            "期限",
            value=lambda c: showing.sign_of(c) or "不限时",
            text=lambda c: c.duty.due_on if c.duty else "不限时",
        ),
        Column(
            "issued_at",
            "发出日期",
            kind="date",
            sort=True,
            value=lambda c: clock.day_of(c.issued_at),
        ),
    ],
    filters=[
        Choice("state", "状态", ChargeState.pairs()),
        Choice("kind", "类别", Kind.pairs()),
    ],
    empty=Empty("没有督办和批示", "在任务页上督办或批示，发出后列在这里。"),
)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"


@require_GET
def charge_list(request: HttpRequest) -> HttpResponseBase:
    """List the charges that the user sees, newest first."""
    return CHARGES.answer(request, queries.charges(user_of(request)), "supervision/charges.html")


@require_GET
def charge(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a charge: what is asked, its clock, the answers, what may be done now, its timeline."""
    user = user_of(request)
    return _page(request, user, _charge(user, pk), {})


def _page(
    request: HttpRequest, user: User, found: queries.Charge, sent: showing.Sent, status: int = 200
) -> HttpResponse:
    context = {
        "charge": found,
        "status": showing.state_of(found),
        "crumbs": [Crumb("督办", reverse("supervision:charges")), Crumb(found.number)],
        "facts": showing.facts(found),
        "sign": showing.sign_of(found),
        "tasks": queries.tasks_of(user, found),
        "replies": showing.replies(found),
        "acts": showing.charge_acts(user, found, sent),
        "timeline": timeline(found, limit=50),
    }
    return render(request, "supervision/charge.html", context, status=status)


@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer for the unit."""

    def act(found: queries.Charge, user: User, data: dict[str, Any]) -> object:
        return actions.reply(found, actor=user, text=data["text"], expected=data["version"])

    return _do(
        request, pk, "reply", ReplyForm(request.POST), act, policies.why_not_reply, "回复已记。"
    )


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the answer as good."""

    def act(found: queries.Charge, user: User, data: dict[str, Any]) -> object:
        return actions.close(
            found, actor=user, conclusion=data["conclusion"], expected=data["version"]
        )

    return _do(
        request, pk, "close", CloseForm(request.POST), act, policies.why_not_close, "已闭环。"
    )


@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the answer back."""

    def act(found: queries.Charge, user: User, data: dict[str, Any]) -> object:
        return actions.send_back(found, actor=user, reason=data["reason"], expected=data["version"])

    form = ReasonForm(request.POST)
    return _do(request, pk, "send_back", form, act, policies.why_not_send_back, "已退回重办。")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the charge back."""

    def act(found: queries.Charge, user: User, data: dict[str, Any]) -> object:
        return actions.withdraw(found, actor=user, reason=data["reason"], expected=data["version"])

    form = ReasonForm(request.POST)
    return _do(request, pk, "withdraw", form, act, policies.why_not_withdraw, "已撤回。")


def _do(
    request: HttpRequest,
    pk: int,
    verb: str,
    form: Form,
    call: Callable[[queries.Charge, User, dict[str, Any]], object],
    why_not: Callable[..., Iterable[Refusal]],
    said: str,
) -> HttpResponse:
    """Do the verb and show the record again, with the reasons and what was typed if refused."""
    user = user_of(request)
    found = _charge(user, pk)
    refuse_if(why_not(found, actor=user))

    def act(data: dict[str, Any]) -> str:
        call(found, user, data)
        return reverse("supervision:charge", args=[pk])

    def again(sent: Form, status: int) -> HttpResponse:
        now = _charge(user, pk)
        if status != 422:  # what was seen has been told; the next try is about what stands now
            sent.data = {**sent.data.dict(), "version": str(now.version)}  # type: ignore[attr-defined]  # of a request
        return _page(request, user, now, {verb: sent}, status)

    return submit(request, form, act, again=again, done=said)


def _charge(user: User, pk: int) -> queries.Charge:
    found = queries.charge_or_none(user, pk)
    if found is None:
        raise Http404
    return found
