"""The page of an item: what has to be public, who answers, what shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.organisation.api import Unit
from gongkai.standards import actions, policies, queries, rules
from gongkai.standards.forms import EvidenceForm
from gongkai.standards.views.catalogues import crumb_of, crumbs
from gongkai.ui.parts import Act, Fact
from gongkai.ui.submitting import submit


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an item."""
    user = user_of(request)
    return _page(request, user, _item(user, pk), None)


def _page(
    request: HttpRequest, user: User, found: queries.Item, sent: Form | None, status: int = 200
) -> HttpResponse:
    assigned = queries.assignments_of(found)
    office = not list(policies.why_not_office(found.catalogue.body, actor=user))
    context = {
        "item": found,
        "crumbs": crumbs(crumb_of(found.catalogue)),
        "facts": [
            Fact(label, getattr(found, name))
            for name, label in rules.LABELS.items()
            if getattr(found, name) and name != "second"
        ],
        "assigned": [(one, _end_act(found, one) if office else None) for one in assigned],
        "evidence": queries.evidence_of(found),
        "acts": list(_acts(found, user, [one.unit for one in assigned], sent)),
        "timeline": timeline(found),
    }
    return render(request, "standards/item.html", context, status=status)


def _end_act(found: queries.Item, one: Any) -> Act:
    url = reverse("standards:end_assignment", args=[found.pk])
    return Act("取消分配", url, hidden={"assignment": one.pk}, tone="quiet")


def _own(user: User, found: queries.Item, units: list[Unit]) -> list[Unit]:
    """Return the units for which the person shows the matter."""
    return [unit for unit in units if policies.writes_for(user, found.catalogue.body, [unit])]


def _acts(found: queries.Item, user: User, units: list[Unit], sent: Form | None) -> Iterator[Act]:
    own = _own(user, found, units)
    if own:
        url = reverse("standards:note_evidence", args=[found.pk])
        form = sent or EvidenceForm(units=[(unit.pk, unit.name) for unit in own])
        yield Act("登记公开情况", url, form=form, tone="primary")


@require_POST
def note_evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """Note where the matter was made public."""
    user = user_of(request)
    found = _item(user, pk)
    units = {unit.pk: unit for unit in queries.units_of(found)}
    own = _own(user, found, list(units.values()))
    if not own:
        first = next(iter(units.values()), found.catalogue.body)
        refuse_if(
            policies.why_not_note(
                found, actor=user, unit=first, assigned=list(units.values()), note="-"
            )
        )

    def act(data: dict[str, Any]) -> str:
        actions.note_evidence(
            found, actor=user, unit=units[data["unit"]], note=data["note"], link=data["link"]
        )
        return reverse("standards:item", args=[pk])

    def again(form: Form, status: int) -> HttpResponse:
        return _page(request, user, found, form, status)

    form = EvidenceForm(request.POST, units=[(unit.pk, unit.name) for unit in own])
    return submit(request, form, act, again=again, done="已登记。")


@require_POST
def end_assignment(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the matter from a unit."""
    user = user_of(request)
    found = _item(user, pk)
    refuse_if(policies.why_not_office(found.catalogue.body, actor=user))
    asked = request.POST.get("assignment", "")
    one = queries.assignment_or_none(found, int(asked)) if asked.isdecimal() else None
    if one is None:
        raise Refused(policies.ENDED)

    def act(_: dict[str, Any]) -> str:
        actions.end_assignment(one, actor=user, item=found)
        return reverse("standards:item", args=[pk])

    def again(_: Form, status: int) -> HttpResponse:
        return _page(request, user, found, None, status)

    return submit(request, Form(request.POST), act, again=again, done="已取消分配。")


def _item(user: User, pk: int) -> queries.Item:
    found = queries.item_or_none(user, pk)
    if found is None:
        raise Http404
    return found
