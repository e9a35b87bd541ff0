"""One's own page: posts, who stands in for whom, the password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts import actions, policies, queries
from gongkai.accounts.forms import DelegationForm
from gongkai.accounts.queries import user_of
from gongkai.accounts.rules import device
from gongkai.accounts.single_sign_on import offered
from gongkai.accounts.states import DELEGABLE
from gongkai.audit import api as audit
from gongkai.kernel import clock
from gongkai.ui.parts import Act, Fact
from gongkai.ui.submitting import submit

if TYPE_CHECKING:
    from gongkai.accounts.models import Delegation, User


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Show one's own posts and who stands in for whom."""
    return _me(request)


def _me(request: HttpRequest, sent: Form | None = None, status: int = 200) -> HttpResponse:
    user = user_of(request)
    held = policies.held_by(user)
    context = {
        "facts": facts_of(user),
        "acts": _acts(user, held, sent),
        "held": held,
        "given": [_delegation(d, d.taker) for d in queries.delegations_given(user)],
        "taken": [_delegation(d, d.giver) for d in queries.delegations_taken(user)],
        "timeline": audit.timeline(user, limit=20),
    }
    return render(request, "accounts/me.html", context, status=status)


def _acts(user: User, held: tuple[policies.Held, ...], sent: Form | None) -> list[Act]:
    acts = [
        Act("更改密码", reverse("account_change_password"), method="get"),
        Act("登录验证", reverse("mfa_index"), method="get"),
        *([Act(name, reverse("accounts:bind"), method="get")] if (name := offered()) else []),
        Act("在哪里登录着", reverse("accounts:sessions"), method="get"),
    ]
    if any(h.role in DELEGABLE and h.by is None for h in held):
        form = sent or _form(user, None)
        acts.append(Act("委托代办", reverse("accounts:delegate"), form=form))
    return acts


def _form(user: User, data: Any) -> DelegationForm:
    start = {"from_on": clock.today()}
    return DelegationForm(data, people=queries.possible_takers(user), initial=start)


def facts_of(user: User) -> list[Fact]:
    """Return what an account says of its owner."""
    return [
        Fact("姓名", user.full_name),
        Fact("登录名", user.username),
        Fact("邮箱", user.email or "没有填写"),
        Fact("上次登录", user.last_login),
    ]


def _delegation(row: Delegation, other: User) -> dict[str, Any]:
    url = reverse("accounts:end_delegation", args=[row.pk])
    return {"row": row, "other": other, "act": Act("结束委托", url, tone="quiet")}


@require_POST
def delegate(request: HttpRequest) -> HttpResponse:
    """Let another person stand in."""
    user = user_of(request)

    def act(data: dict[str, Any]) -> str:
        taker = queries.person_or_none(data.pop("taker"))
        if taker is None:
            raise Http404
        actions.delegate(actor=user, taker=taker, **data)
        return reverse("accounts:me")

    def again(sent: Form, status: int) -> HttpResponse:
        return _me(request, sent, status)

    return submit(
        request, _form(user, request.POST), act, done="委托已登记，到期自动结束。", again=again
    )


@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation."""
    user = user_of(request)
    found = queries.delegation_or_none(user, pk)
    if found is None:
        raise Http404
    actions.end_delegation(found, actor=user)
    messages.success(request, "委托已结束。")
    return redirect("accounts:me")


@require_GET
def sessions(request: HttpRequest) -> HttpResponse:
    """Show where one is signed in."""
    user = user_of(request)
    here = request.session.session_key
    rows = [
        {"row": row, "here": row.session_key == here, "device": device(row.user_agent)}
        for row in queries.sessions_of(user)
    ]
    crumbs = [("我的账号", reverse("accounts:me")), ("在哪里登录着", "")]
    context = {"rows": rows, "crumbs": crumbs, "others": sum(not row["here"] for row in rows)}
    return render(request, "accounts/sessions.html", context)


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign oneself out in one other place, or in all others."""
    asked = request.POST.get("session", "")
    ended = actions.end_sessions(
        user_of(request),
        actor=user_of(request),
        but=request.session.session_key or "",
        only=int(asked) if asked.isdecimal() else None,
    )
    messages.success(request, f"已退出{ended}处登录。" if ended else "没有别的登录。")
    return redirect("accounts:sessions")
