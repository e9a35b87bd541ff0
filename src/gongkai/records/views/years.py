"""Pages of what bodies owe in a year, and of the leading group as it stood on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.duties.api import Duty
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refused
from gongkai.organisation.api import Unit
from gongkai.programme.api import edited_bodies
from gongkai.records import actions, policies, queries
from gongkai.records.forms import DayForm, YearForm
from gongkai.ui.parts import Act, Sign


@require_GET
def year(request: HttpRequest) -> HttpResponse:
    """Show what the user's bodies owe in a year: what is there, what is missing."""
    user = user_of(request)
    shown = _year_of(request)
    bodies = policies.bodies_of(user)
    edited = {body.pk for body in edited_bodies(user)}
    rows = [
        {
            "body": body,
            "owed": [_owed(row) for row in queries.owed_of(body, shown)],
            "act": _open_act(body, user, shown) if body.pk in edited else None,
        }
        for body in bodies
    ]
    crumbs = [("工作记录", reverse("records:records")), (f"{shown}年", "")]
    context = {"rows": rows, "year": shown, "crumbs": crumbs, "years": _years()}
    return render(request, "records/year.html", context)


def _year_of(request: HttpRequest) -> int:
    asked = request.GET.get("year", "")
    return next((year for year in _years() if str(year) == asked), clock.today().year)


def _years() -> range:
    this = clock.today().year
    return range(this + 1, this - 5, -1)


def _owed(row: queries.OwedRow) -> dict[str, Any]:
    sign = sign_of(row.duty) if row.duty else None
    return {"row": row, "kind": row.owed.kind, "sign": sign}


def sign_of(duty: Duty) -> Sign:
    """Return the light of a duty as pages show it."""
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


def _open_act(body: Unit, user: User, shown: int) -> Act | None:
    if all(row.duty for row in queries.owed_of(body, shown)):
        return None
    return Act(
        "列入时限",
        reverse("records:open_year"),
        refusals=tuple(policies.why_not_open_year(body, actor=user, year=shown)),
        hidden={"body": body.pk, "year": shown},
        tone="primary",
        hint="列入后上看板、到期提醒；登记了记录就自动办结。",
    )


@require_POST
def open_year(request: HttpRequest) -> HttpResponse:
    """List what a body owes in a year as duties."""
    user = user_of(request)
    form = YearForm(request.POST)
    if not form.is_valid():
        raise Http404
    asked = form.cleaned_data
    body = next((b for b in edited_bodies(user) if b.pk == asked["body"]), None)
    if body is None:
        raise Refused(policies.NOT_YOURS)
    opened = actions.open_year(actor=user, body=body, year=asked["year"])
    messages.success(request, f"已列入{opened}件时限。" if opened else "都已列入，不用再列。")
    return redirect(f"{reverse('records:year')}?year={asked['year']}")


@require_GET
def group(request: HttpRequest) -> HttpResponse:
    """Show the leading groups of the user's bodies as they stood on a day."""
    user = user_of(request)
    form = DayForm(request.GET if "on" in request.GET else {"on": clock.today()})
    day: date = form.cleaned_data["on"] if form.is_valid() else clock.today()
    rows = []
    for body in policies.bodies_of(user):
        found = queries.group_on(body, day)
        rows.append({"body": body, "record": found, "people": found and queries.people_of(found)})
    crumbs = [("工作记录", reverse("records:records")), ("领导小组", "")]
    context = {"rows": rows, "day": day, "form": form, "crumbs": crumbs}
    return render(request, "records/group.html", context)
