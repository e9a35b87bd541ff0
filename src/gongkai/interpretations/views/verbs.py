"""The buttons of interpretation: each calls one action and shows the item again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import Role, User, posts_of, user_of
from gongkai.interpretations import actions, policies, queries
from gongkai.interpretations.forms import (
    ExceptForm,
    InterpretForm,
    PlanForm,
    ReasonForm,
    RuleForm,
    SafeguardForm,
)
from gongkai.interpretations.states import Missing
from gongkai.interpretations.views import showing
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation.api import body_of
from gongkai.publications import api as publications
from gongkai.publications.api import Item
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.parts import Crumb
from gongkai.ui.submitting import submit, version_seen


def _item(user: User, pk: int) -> Item:
    found = publications.item_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _there(item: Item) -> str:
    return reverse("publications:item", args=[item.pk]) + "#interpretation"


def _again(
    request: HttpRequest, user: User, item: Item, verb: str
) -> Callable[[Form, int], HttpResponse]:
    """Show the buttons once more, with the one that was refused open."""

    def again(form: Form, status: int) -> HttpResponse:
        edition = publications.newest(item)
        where = Crumb(edition.title, reverse("publications:item", args=[item.pk]))
        context = {
            "edition": edition,
            "acts": list(showing.acts(user, edition, {verb: form})),
            "crumbs": [where],
        }
        return render(request, "interpretations/again.html", context, status=status)

    return again


def _drafters_only(item: Item, user: User) -> None:
    if not publications.may_change(user, item):
        refuse_if([policies.NOT_YOURS])


@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Set how a policy will be interpreted."""
    user = user_of(request)
    item = _item(user, pk)
    _drafters_only(item, user)

    def act(data: dict[str, Any]) -> str:
        data["forms"] = data.pop("ways")
        actions.set_plan(item, actor=user, expected=version_seen(request), **data)
        return _there(item)

    form = PlanForm(request.POST)
    return submit(
        request, form, act, again=_again(request, user, item, "plan"), done="方案已保存。"
    )


@require_POST
def interpret(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a material."""
    user = user_of(request)
    item = _item(user, pk)
    _drafters_only(item, user)

    def act(data: dict[str, Any]) -> str:
        found = actions.interpret(item, actor=user, **data)
        edition = publications.newest(found.item)
        return reverse("publications:edit", args=[edition.pk])

    again = _again(request, user, item, "interpret")
    done = "已起草，并与文件互相关联。"
    return submit(request, InterpretForm(request.POST), act, again=again, done=done)


@require_POST
def excepts(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a leader's exception."""
    user = user_of(request)
    item = _item(user, pk)
    if not policies.may_except(user, item):
        refuse_if(policies.why_not_except(item, actor=user, missing=Missing.PLAN, reason=""))

    def act(data: dict[str, Any]) -> str:
        actions.except_from(item, actor=user, **data)
        return _there(item)

    again = _again(request, user, item, "except")
    return submit(request, ExceptForm(request.POST), act, again=again, done="例外已记录。")


@require_POST
def safeguard(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter an assessment or a contingency plan."""
    user = user_of(request)
    item = _item(user, pk)
    _drafters_only(item, user)

    def act(data: dict[str, Any]) -> str:
        actions.add_safeguard(item, actor=user, **data)
        return _there(item)

    again = _again(request, user, item, "safeguard")
    form = SafeguardForm(request.POST, request.FILES)
    return submit(request, form, act, again=again, done="已登记。")


@require_POST
def unlink(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo the link of a material that is not out."""
    user = user_of(request)
    found = queries.material_or_none(user, pk)
    if found is None:
        raise Http404
    _drafters_only(found.policy, user)

    def act(data: dict[str, Any]) -> str:
        actions.unlink(found, actor=user, reason=data["reason"], expected=version_seen(request))
        return _there(found.policy)

    again = _again(request, user, found.policy, "unlink")
    return submit(request, ReasonForm(request.POST), act, again=again, done="已取消关联。")


@require_http_methods(["GET", "POST"])
def rule(request: HttpRequest) -> HttpResponse:
    """Set for which kinds an office wants safeguards."""
    user = user_of(request)
    held = [h.unit for h in posts_of(user) if Role(h.role) is Role.OPENNESS_OFFICE]
    bodies = list({unit.pk: unit for unit in held}.values())
    body = chosen_body(request, bodies, policies.NOT_OFFICE)
    found = queries.rule_of(body)

    def act(data: dict[str, Any]) -> str:
        actions.set_rule(body, actor=user, kinds=data["kinds"], expected=version_seen(request))
        return f"{reverse('interpretations:rule')}?body={body.pk}"

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "body": body, "version": found.version if found else 0}
        return render(request, "interpretations/rule.html", context, status=status)

    if request.method == "GET":
        return shown(RuleForm(initial={"kinds": found.kinds if found else []}))
    return submit(request, RuleForm(request.POST), act, again=shown, done="已设定。")


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """Show what a body interpreted in a year, and the score that the inspection would give."""
    user = user_of(request)
    held = [body_of(h.unit) for h in posts_of(user) if Role(h.role) is not Role.PLATFORM_ADMIN]
    bodies = list({unit.pk: unit for unit in held}.values())
    body = chosen_body(request, bodies, policies.NOT_SEEN)
    asked = request.GET.get("year", "")
    number = int(asked) if asked.isdigit() and 2000 <= int(asked) <= 2100 else clock.today().year
    context = {
        "body": body,
        "bodies": bodies,
        "year": number,
        "years": [number - 1, number + 1],
        "found": queries.year_of(body, number),
    }
    return render(request, "interpretations/year.html", context)
