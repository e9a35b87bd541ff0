"""The chains of a body: what holds, and the page on which its openness office sets another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongkai.accounts.api import Role, user_of
from gongkai.approvals import actions, policies, queries
from gongkai.approvals.forms import KEPT, SENDER, StepForm
from gongkai.approvals.rules import Step
from gongkai.approvals.states import StepKind
from gongkai.approvals.views.lists import tabs
from gongkai.audit import api as audit
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.organisation.api import Unit, unit_or_none
from gongkai.ui.middleware import status_of
from gongkai.ui.parts import Crumb

MOST_ROWS = 20
ROLES = [(role.value, role.label) for role in Role if role not in policies.APART]
FIELDS = ("kind", "role", "unit", "four_eyes", "beside")
Row = Mapping[str, Any]
"""What a row of the page holds, as it is typed or as it stands."""


@dataclass(frozen=True)
class Kept:
    """A chain that the person may set: whose, what it is for, how it runs now."""

    body: Unit
    name: str
    words: str
    own: bool
    url: str


@require_GET
def chain_list(request: HttpRequest) -> HttpResponse:
    """List the chains of the bodies for which the person sets them."""
    user = user_of(request)
    bodies = policies.kept_bodies(user)
    if not bodies:
        refuse_if(policies.why_not_change_chain(user, None))
    kept = [_kept(body, code) for body in bodies for code in policies.OFFERED]
    context = {"chains": kept, "many": len(bodies) > 1, **tabs("chains", user)}
    return render(request, "approvals/chains.html", context)


def _kept(body: Unit, code: str) -> Kept:
    chain = queries.chain_in_force(code, body)
    return Kept(
        body,
        policies.OFFERED[code].name,
        queries.chain_words(chain) if chain else "还没有设定",
        chain is not None and chain.body_id == body.pk,
        reverse("approvals:chain", args=[body.pk, code]),
    )


@require_http_methods(["GET", "POST"])
def chain_page(request: HttpRequest, body: int, code: str) -> HttpResponse:
    """Show the steps of a chain as rows, to be changed; without a script each button sends all."""
    user = user_of(request)
    found = unit_or_none(body)
    if found is None or code not in policies.OFFERED or not queries.sees_chains(user, found):
        raise Http404
    refuse_if(policies.why_not_change_chain(user, found))
    if request.method == "GET":
        chain = queries.chain_in_force(code, found)
        return _page(request, found, code, rows_of(queries.steps_in(chain) if chain else [], code))
    rows = _sent_rows(request.POST)
    verb = request.POST.get("do", "save")
    if verb != "save":
        return _page(request, found, code, changed(rows, verb))
    return _save(request, found, code, rows)


def rows_of(steps: Sequence[Step], code: str) -> list[Row]:
    """Turn a chain into rows; a step that asks several units becomes a row each, side by side."""
    at_sections = policies.OFFERED[code].at_sections
    rows: list[Row] = []
    turn = None
    for step in steps:
        alone = SENDER if at_sections and policies.asks_sender(step) else None
        for unit in step.units or (alone,):
            rows.append(
                {
                    "kind": KEPT if step.keeps else step.kind.value,
                    "role": str(step.role),
                    "unit": unit,
                    "four_eyes": step.four_eyes,
                    "beside": step.turn == turn,
                }
            )
            turn = step.turn
    return rows


def _sent_rows(sent: QueryDict) -> list[Row]:
    """Read the rows as they were typed, whatever they hold."""
    total = sent.get("rows", "")
    count = min(int(total), MOST_ROWS) if total.isdecimal() else 0
    return [{name: sent.get(f"r{n}-{name}", "") for name in FIELDS} for n in range(count)]


def changed(rows: Sequence[Row], verb: str) -> list[Row]:
    """Return the rows after a button: ``add``, ``up-2``, ``down-2``, ``drop-2``; rows from 0."""
    found = list(rows)
    name, _, place = verb.partition("-")
    number = int(place) if place.isdecimal() else -1
    if name == "add" and len(found) < MOST_ROWS:
        found.append({"kind": StepKind.SIGN.value, "role": Role.DEPUTY_LEADER.value})
    elif name == "drop" and 0 <= number < len(found):
        del found[number]
    elif name in ("up", "down"):
        other = number + (1 if name == "down" else -1)
        if 0 <= number < len(found) and 0 <= other < len(found):
            found[number], found[other] = found[other], found[number]
    return found


def steps_of(rows: Sequence[Mapping[str, Any]]) -> list[Step]:
    """Turn cleaned rows into steps of a body's chain, each beside or after the one before."""
    steps: list[Step] = []
    turn = 0
    for row in rows:
        turn += not (row.get("beside") and turn)
        keeps = row["kind"] == KEPT
        steps.append(
            Step(
                kind=StepKind.COUNTERSIGN if keeps else StepKind(row["kind"]),
                role=row["role"],
                turn=turn,
                at_body=not row["unit"],
                four_eyes=row["four_eyes"],
                keeps=keeps,
                units=(row["unit"],) if row["unit"] and row["unit"] != SENDER else (),
            )
        )
    return steps


def _save(request: HttpRequest, body: Unit, code: str, rows: list[Row]) -> HttpResponse:
    forms = _forms(body, code, rows, sent=request.POST)
    if not all(form.is_valid() for form in forms):
        return _page(request, body, code, rows, forms=forms, status=422)
    seen = request.POST.get("number", "")
    try:
        actions.define_chain(
            actor=user_of(request),
            code=code,
            name=policies.OFFERED[code].name,
            steps=steps_of([form.cleaned_data for form in forms]),
            body=body,
            expected=int(seen) if seen.isdecimal() else -1,
        )
    except Refused as refused:
        return _page(
            request,
            body,
            code,
            rows,
            forms=forms,
            refusals=refused.refusals,
            status=status_of(refused),
        )
    messages.success(request, "流程已保存。在签的各轮仍按原来的流程。")
    return redirect("approvals:chain", body=body.pk, code=code)


def _forms(
    body: Unit, code: str, rows: Sequence[Row], *, sent: QueryDict | None = None
) -> list[StepForm]:
    units = queries.units_to_ask(body)
    at_sections = policies.OFFERED[code].at_sections
    return [
        StepForm(
            sent,
            initial=dict(row),
            prefix=f"r{n}",
            roles=ROLES,
            units=units,
            first=n == 0,
            at_sections=at_sections,
        )
        for n, row in enumerate(rows)
    ]


def _page(
    request: HttpRequest,
    body: Unit,
    code: str,
    rows: list[Row],
    *,
    forms: list[StepForm] | None = None,
    refusals: Sequence[Refusal] = (),
    status: int = 200,
) -> HttpResponse:
    chain = queries.chain_in_force(code, body)
    own = queries.newest_number(code, body)
    first = queries.first_version(chain) if chain is not None and own else None
    context = {
        "title": policies.OFFERED[code].name,
        "body": body,
        "crumbs": [
            Crumb("签批", reverse("approvals:waiting")),
            Crumb("签批流程", reverse("approvals:chains")),
        ],
        "forms": forms if forms is not None else _forms(body, code, rows),
        "words": queries.chain_words(chain) if chain else "",
        "own": own,
        "refusals": refusals,
        "full": len(rows) >= MOST_ROWS,
        "timeline": audit.timeline(first) if first else [],
    }
    return render(request, "approvals/chain.html", context, status=status)
