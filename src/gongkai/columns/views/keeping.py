"""The buttons of columns: each calls one action and shows the page again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.columns import actions, policies, queries
from gongkai.columns.forms import ChangeForm, KeepForm, PairForm, ReasonForm, TakeOverForm
from gongkai.columns.queries import Upkeep
from gongkai.columns.views.overview import (
    HERE,
    found_or_404,
    how_form,
    overview_page,
    upkeep_page,
)
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation.api import Unit, unit_by_id
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.parts import Crumb
from gongkai.ui.submitting import submit, version_seen

Again = Callable[[Form, int], HttpResponse]


def _again(request: HttpRequest, user: User, found: Upkeep, verb: str) -> Again:
    return lambda form, status: upkeep_page(request, user, found, {verb: form}, status)


def _office(request: HttpRequest, user: User) -> Unit:
    return chosen_body(request, policies.office_bodies(user), policies.NOT_OFFICE)


def _how(data: dict[str, Any], name: str = "") -> actions.How:
    return actions.How(
        name=data["name"] or name,
        owner=unit_by_id(data["owner"]),
        rhythm=data["rhythm"],
        amount=data["amount"],
        person=queries.person_by_pk(data["person"]),
        ground=data["ground"],
    )


@require_POST
def take_over(request: HttpRequest) -> HttpResponse:
    """Take the field columns over."""
    user = user_of(request)
    body = _office(request, user)
    form = TakeOverForm(request.POST, units=queries.units_of(body))

    def act(data: dict[str, Any]) -> str:
        actions.take_over(body, actor=user, owner=unit_by_id(data["owner"]))
        return f"{reverse('columns:overview')}?body={body.pk}"

    def again(form: Form, status: int) -> HttpResponse:
        return overview_page(request, user, {"take_over": form}, status)

    return submit(request, form, act, again=again, done="已采用，请逐个核对责任科室和周期。")


@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest) -> HttpResponse:
    """Keep another column: of the catalogue, or one's own."""
    user = user_of(request)
    body = _office(request, user)
    offered = {
        "units": queries.units_of(body),
        "people": queries.people_in(body),
        "columns": queries.columns_to_keep(body),
    }

    def shown(form: Form, status: int = 200) -> HttpResponse:
        crumbs = [Crumb(HERE, f"{reverse('columns:overview')}?body={body.pk}")]
        context = {"form": form, "body": body, "crumbs": crumbs}
        return render(request, "columns/keep.html", context, status=status)

    def act(data: dict[str, Any]) -> str:
        column = queries.column_of(data["column"])
        how = _how(data, column.name if column else "")
        found = actions.keep_column(body, actor=user, column=column, how=how)
        return reverse("columns:upkeep", args=[found.pk])

    if request.method == "GET":
        return shown(KeepForm(**offered))
    return submit(request, KeepForm(request.POST, **offered), act, again=shown, done="已设栏目。")


@require_POST
def set_upkeep(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how a column is kept."""
    user = user_of(request)
    found = found_or_404(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.set_upkeep(found, actor=user, how=_how(data), expected=version_seen(request))
        return reverse("columns:upkeep", args=[pk])

    again = _again(request, user, found, "set")
    return submit(request, how_form(found.body, request.POST), act, again=again, done="已改。")


@require_POST
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """End the keeping of a column."""
    user = user_of(request)
    found = found_or_404(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.retire(found, actor=user, reason=data["reason"], expected=version_seen(request))
        return reverse("columns:upkeep", args=[pk])

    again = _again(request, user, found, "retire")
    return submit(request, ReasonForm(request.POST), act, again=again, done="已停办。")


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a column up again."""
    user = user_of(request)
    found = found_or_404(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.resume(found, actor=user, expected=version_seen(request))
        return reverse("columns:upkeep", args=[pk])

    again = _again(request, user, found, "resume")
    return submit(request, Form(request.POST), act, again=again, done="已恢复，从今天起计时。")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell of a change."""
    user = user_of(request)
    found = found_or_404(user, pk)
    if not policies.may_keep(user, found):
        refuse_if([policies.NOT_KEEPER])

    def act(data: dict[str, Any]) -> str:
        actions.tell_change(found, actor=user, expected=version_seen(request), **data)
        return reverse("columns:upkeep", args=[pk])

    again = _again(request, user, found, "change")
    return submit(request, ChangeForm(request.POST), act, again=again, done="已登记，开始计时。")


@require_POST
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """Bind a column to another."""
    user = user_of(request)
    found = found_or_404(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.pair(found, found_or_404(user, data["second"]), actor=user)
        return reverse("columns:upkeep", args=[pk])

    again = _again(request, user, found, "pair")
    form = PairForm(request.POST, columns=queries.others_of(found))
    return submit(request, form, act, again=again, done="已设为同步公开。")


@require_POST
def unpair(request: HttpRequest, pk: int) -> HttpResponse:
    """End that two columns come out together."""
    user = user_of(request)
    found = queries.pair_or_none(user, pk)
    if found is None:
        raise Http404
    refuse_if(policies.why_not_office(found.first.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.unpair(found, actor=user, expected=version_seen(request))
        return reverse("columns:upkeep", args=[found.first_id])

    again = _again(request, user, found.first, "unpair")
    return submit(request, Form(request.POST), act, again=again, done="已取消同步。")
