"""Pages of named sets of units, and the place to try what a name in a document means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.organisation import actions, policies, queries
from gongkai.organisation.forms import NewSetForm, SetForm, TryForm
from gongkai.organisation.states import Resolved, SetRule, UnitKind
from gongkai.organisation.views.units import crumbs_of, may_see, visible_unit
from gongkai.ui.parts import Act, Crumb
from gongkai.ui.submitting import submit, version_seen

if TYPE_CHECKING:
    from gongkai.organisation.models import Unit, UnitSet

SAYS = {
    Resolved.UNIT: "就是这个单位：",
    Resolved.SET: "是这些单位：",
    Resolved.VAGUE: "没有说定是谁，由承办人从中选定：",
    Resolved.UNKNOWN: "没有找到。最接近的是：",
}


@require_GET
def sets(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the named sets of a body."""
    return _sets_page(request, _body(request, pk))


@require_POST
def create_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a name for several units."""
    body = _body(request, pk)
    form = NewSetForm(request.POST, prefix="set", units=queries.members_for(body))

    def act(data: dict[str, Any]) -> str:
        actions.create_set(
            actor=request.user, body=body, name=data["name"], **_membership(request, data)
        )
        return reverse("organisation:sets", args=[body.pk])

    def again(sent: Form, status: int) -> HttpResponse:
        return _sets_page(request, body, sent, status)

    return submit(request, form, act, done="已登记。", again=again)


@require_GET
def one_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a set with its members, to be changed."""
    return _set_page(request, _set(request, pk))


@require_POST
def set_members(request: HttpRequest, pk: int) -> HttpResponse:
    """Change who belongs to a set."""
    found = _set(request, pk)
    form = SetForm(request.POST, prefix="set", units=queries.members_for(found.body))

    def act(data: dict[str, Any]) -> str:
        actions.set_members(
            found,
            actor=request.user,
            expected=version_seen(request),
            **_membership(request, data),
        )
        return reverse("organisation:sets", args=[found.body_id])

    def again(sent: Form, status: int) -> HttpResponse:
        return _set_page(request, _set(request, pk), sent, status)

    return submit(request, form, act, done="成员已调整。", again=again)


@require_POST
def end_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a set out of use."""
    found = _set(request, pk)
    actions.end_set(found, actor=request.user, expected=version_seen(request))
    messages.success(request, f"“{found.name}”已停用。")
    return redirect("organisation:sets", pk=found.body_id)


def _body(request: HttpRequest, pk: int) -> Unit:
    found = visible_unit(request, pk)
    if found.kind != UnitKind.BODY:
        raise Http404
    return found


def _set(request: HttpRequest, pk: int) -> UnitSet:
    may_see(request)
    found = queries.visible_set(request.user, pk)
    if found is None:
        raise Http404
    return found


def _membership(request: HttpRequest, data: dict[str, Any]) -> dict[str, Any]:
    members = [visible_unit(request, pk) for pk in data["members"]]
    return {"rule": SetRule(data["rule"]), "members": members, "vague": data["vague"]}


def _sets_page(
    request: HttpRequest, body: Unit, sent: Form | None = None, status: int = 200
) -> HttpResponse:
    form = sent or NewSetForm(prefix="set", units=queries.members_for(body))
    may = policies.may_change(request.user, body)
    url = reverse("organisation:create_set", args=[body.pk])
    context = {
        "body": body,
        "crumbs": [*crumbs_of(body, request, whole=True), Crumb("单位合称")],
        "rows": queries.sets_of(body),
        "acts": [Act("登记合称", url, form=form, tone="primary")] if may else [],
        "trying": _trying(request, body),
    }
    return render(request, "organisation/sets.html", context, status=status)


def _trying(request: HttpRequest, body: Unit) -> dict[str, Any]:
    """Resolve the name typed on the page, to show whom it means."""
    form = TryForm(request.GET if "text" in request.GET else None)
    if not form.is_valid():
        return {"form": form}
    data = form.cleaned_data
    found = queries.resolve(data["text"], body=body, on=data["on"])
    units = found.units or found.candidates
    empty = found.kind is Resolved.UNKNOWN and not units
    says = "没有找到，也没有相近的名称。请登记别名，或登记合称。" if empty else SAYS[found.kind]
    return {"form": form, "text": data["text"], "says": says, "units": units}


def _set_page(
    request: HttpRequest, found: UnitSet, sent: Form | None = None, status: int = 200
) -> HttpResponse:
    members = queries.members_of(found)
    initial = {
        "rule": found.rule,
        "vague": found.vague,
        "members": [unit.pk for unit in members] if found.rule == SetRule.LISTED else [],
    }
    form = sent or SetForm(prefix="set", units=queries.members_for(found.body), initial=initial)
    sets_url = reverse("organisation:sets", args=[found.body_id])
    end = Act(
        "停用",
        reverse("organisation:end_set", args=[found.pk]),
        hidden={"version": found.version},
        confirm="停用后，文件里的这个写法要重新认定。",
    )
    context = {
        "found": found,
        "crumbs": [
            *crumbs_of(found.body, request, whole=True),
            Crumb("单位合称", sets_url),
            Crumb(found.name),
        ],
        "members": members,
        "form": form,
        "may": policies.may_change(request.user, found.body),
        "end": end,
    }
    return render(request, "organisation/set.html", context, status=status)
