"""Pages of accounts: one's own posts and stand-ins, people and what they are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts import actions, policies, queries
from gongkai.accounts.forms import DelegationForm, PostForm, ResetForm, UserForm, VersionForm
from gongkai.accounts.queries import user_of
from gongkai.accounts.states import Role
from gongkai.audit import api as audit
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.ui.lists import Begins, Choice, Column, Listing
from gongkai.ui.parts import Act, Empty, Fact, Status

PEOPLE = Listing(
    name="people",
    caption="人员",
    model="accounts.User",
    sort="full_name",
    columns=[
        Column(
            "full_name",
            "姓名",
            sort=True,
            url=lambda u: reverse("accounts:person", args=[u.pk]),
        ),
        Column("username", "登录名", sort=True),
        Column("posts", "职务", value=lambda u: queries.posts_in_words(u)),
        Column("is_active", "状态", value=lambda u: _status(u)),
    ],
    filters=[
        Begins("full_name", "姓名开头"),
        Choice(
            "role",
            "角色",
            [(r.value, r.label) for r in Role],
            apply=lambda rows, value: queries.holding(rows, Role(value)),
        ),
    ],
    empty=Empty("还没有人员", "开设账号后，人员会出现在这里。"),
)


def _status(user: queries.User) -> Status:
    return Status("在用", "good") if user.is_active else Status("停用", "off")


@require_GET
def me(request: HttpRequest) -> HttpResponse:
    """Show one's own posts and who stands in for whom."""
    return _me(request, DelegationForm(people=queries.possible_takers(user_of(request))))


def _me(request: HttpRequest, form: DelegationForm, status: int = 200) -> HttpResponse:
    user = user_of(request)
    context = {
        "facts": _facts(user),
        "acts": [
            Act("更改密码", reverse("account_change_password"), method="get"),
            Act("委托代办", reverse("accounts:delegate"), form=form),
        ],
        "held": queries.held_by(user),
        "given": [_delegation(d, d.taker) for d in queries.delegations_given(user)],
        "taken": [_delegation(d, d.giver) for d in queries.delegations_taken(user)],
        "timeline": audit.timeline(user, limit=20),
    }
    return render(request, "accounts/me.html", context, status=status)


def _facts(user: queries.User) -> list[Fact]:
    return [
        Fact("姓名", user.full_name),
        Fact("登录名", user.username),
        Fact("邮箱", user.email or "没有填写"),
    ]


def _delegation(row: queries.Delegation, other: queries.User) -> dict[str, Any]:
    url = reverse("accounts:end_delegation", args=[row.pk])
    return {"row": row, "other": other, "act": Act("结束委托", url, tone="quiet")}


@require_POST
def delegate(request: HttpRequest) -> HttpResponse:
    """Let another person stand in."""
    user = user_of(request)
    form = DelegationForm(request.POST, people=queries.possible_takers(user))
    if not form.is_valid():
        return _me(request, form, status=422)
    data = form.cleaned_data
    taker = _person(data.pop("taker"))
    try:
        actions.delegate(actor=user, taker=taker, **data)
    except Refused as refused:
        for refusal in refused.refusals:
            form.add_error(None, refusal.sentence)
        return _me(request, form, status=409)
    messages.success(request, f"已委托{taker.full_name}代办。")
    return redirect("accounts:me")


@require_POST
def end_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """End a delegation."""
    user = user_of(request)
    found = queries.delegation_or_none(user, pk)
    if found is None:
        raise Http404
    actions.end_delegation(found, actor=user)
    return redirect("accounts:me")


@require_GET
def people(request: HttpRequest) -> HttpResponseBase:
    """List the people whose accounts one administers."""
    user = _admin(request)
    return PEOPLE.answer(request, queries.people_under(user), "accounts/people.html")


@require_http_methods(["GET", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Open an account."""
    user = _admin(request)
    form = UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create_user(actor=user, must_change_password=True, **form.cleaned_data)
        except Refused as refused:
            for refusal in refused.refusals:
                form.add_error(None, refusal.sentence)
        else:
            messages.success(request, f"已为{made.full_name}开设账号，请接着任职。")
            return redirect("accounts:person", pk=made.pk)
    return render(request, "accounts/new_person.html", {"form": form})


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a person: posts, and what the administrator may do."""
    user = _admin(request)
    found = _administered(user, pk)
    return _person_page(request, found, PostForm(units=queries.units_to_appoint(user)))


def _person_page(
    request: HttpRequest, found: queries.User, form: PostForm, status: int = 200
) -> HttpResponse:
    user = user_of(request)
    hidden = {"version": found.version}
    active = reverse("accounts:set_active", args=[found.pk])
    refusals = tuple(policies.why_not_deactivate(found, actor=user)) if found.is_active else ()
    reset = ResetForm(initial=hidden)
    acts = [
        Act("任职", reverse("accounts:appoint", args=[found.pk]), form=form, tone="primary"),
        Act("重置密码", reverse("accounts:reset_password", args=[found.pk]), form=reset),
        Act(
            "停用账号" if found.is_active else "恢复账号", active, hidden=hidden, refusals=refusals
        ),
    ]
    posts = [
        {"post": p, "act": Act("免职", reverse("accounts:end_post", args=[p.pk]), tone="quiet")}
        for p in queries.all_posts(found)
    ]
    context = {
        "person": found,
        "facts": _facts(found),
        "status": _status(found),
        "acts": acts,
        "posts": posts,
        "timeline": audit.timeline(found, limit=30),
    }
    return render(request, "accounts/person.html", context, status=status)


@require_POST
def appoint(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a post."""
    user = _admin(request)
    found = _administered(user, pk)
    form = PostForm(request.POST, units=queries.units_to_appoint(user))
    if not form.is_valid():
        return _person_page(request, found, form, status=422)
    data = form.cleaned_data
    unit = queries.unit_by_id(data["unit"])
    actions.appoint(
        actor=user, user=found, unit=unit, role=Role(data["role"]), from_on=data["from_on"]
    )
    messages.success(request, "已任职。")
    return redirect("accounts:person", pk=pk)


@require_POST
def end_post(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post today."""
    user = _admin(request)
    post = queries.post_or_none(user, pk)
    if post is None:
        raise Http404
    actions.end_post(post, actor=user, on=clock.today())
    return redirect("accounts:person", pk=post.user_id)


@require_POST
def reset_password(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a new password."""
    user = _admin(request)
    found = _administered(user, pk)
    form = ResetForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        actions.reset_password(
            found, actor=user, password=data["password"], expected=data["version"]
        )
        messages.success(request, "密码已重置，本人下次登录后要更改。")
    return redirect("accounts:person", pk=pk)


@require_POST
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Deactivate or reactivate an account."""
    user = _admin(request)
    found = _administered(user, pk)
    form = VersionForm(request.POST)
    if form.is_valid():
        actions.set_active(
            found, actor=user, active=not found.is_active, expected=form.cleaned_data["version"]
        )
    return redirect("accounts:person", pk=pk)


def _admin(request: HttpRequest) -> queries.User:
    user = user_of(request)
    refuse_if([] if policies.may_administer(user) else [policies.NOT_AN_ADMIN])
    return user


def _administered(user: queries.User, pk: int) -> queries.User:
    found = queries.people_under(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _person(pk: int) -> queries.User:
    found = queries.person_or_none(pk)
    if found is None:
        raise Http404
    return found
