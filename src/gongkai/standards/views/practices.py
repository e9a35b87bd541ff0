"""Pages of good practice: what one's own body wrote and what the city shares."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.kernel.refusal import Refused
from gongkai.standards import actions, policies, queries
from gongkai.standards.forms import PracticeForm
from gongkai.standards.views.catalogues import crumbs
from gongkai.ui.lists import Column, Listing
from gongkai.ui.parts import Act, Crumb, Empty, Fact, Status
from gongkai.ui.submitting import submit, version_seen


def _shared(row: Any) -> Status:
    return Status("全市分享", "good") if row.shared_at else Status("本单位", "plain")


PRACTICES = Listing(
    name="practices",
    caption="经验做法",
    model="standards.Practice",
    sort="-written_at",
    columns=[
        Column("title", "题目", url=lambda p: reverse("standards:practice", args=[p.pk])),
        Column("field", "领域"),
        Column("body", "单位", value=lambda p: p.body.name),
        Column("unit", "由谁写", value=lambda p: p.unit.name),
        Column("shared", "范围", value=_shared),
        Column("written_at", "写于", kind="date", sort=True),
    ],
    empty=Empty("还没有经验做法", "好的做法写下来，政务公开办分享后全市都能看到。"),
)


@require_GET
def practice_list(request: HttpRequest) -> HttpResponseBase:
    """List the practice that the user reads, the newest first."""
    user = user_of(request)
    context = {"crumbs": crumbs(), "may_write": bool(policies.writing_units(user))}
    return PRACTICES.answer(request, queries.practices(user), "standards/practices.html", context)


@require_http_methods(["GET", "POST"])
def write_practice(request: HttpRequest) -> HttpResponse:
    """Write down good practice."""
    user = user_of(request)
    units = {unit.pk: unit for unit in policies.writing_units(user)}
    if not units:
        raise Refused(policies.NOT_WRITER)
    offered = [(unit.pk, unit.name) for unit in units.values()]

    def act(data: dict[str, Any]) -> str:
        unit = units[data.pop("unit")]
        made = actions.write_practice(unit=unit, actor=user, **data)
        return reverse("standards:practice", args=[made.pk])

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "crumbs": _crumbs()}
        return render(request, "standards/write_practice.html", context, status=status)

    if request.method == "GET":
        return shown(PracticeForm(units=offered))
    form = PracticeForm(request.POST, units=offered)
    return submit(request, form, act, again=shown, done="已写下。")


def _crumbs() -> list[Crumb]:
    return crumbs(Crumb("经验做法", reverse("standards:practices")))


@require_GET
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a note of practice."""
    user = user_of(request)
    found = _practice(user, pk)
    refusals = tuple(policies.why_not_share(found, actor=user))
    act = Act(
        "分享到全市",
        reverse("standards:share_practice", args=[pk]),
        hidden={"version": found.version},
        tone="primary",
        confirm="分享后，全市各单位都能看到。",
    )
    context = {
        "practice": found,
        "state": _shared(found),
        "crumbs": _crumbs(),
        "facts": [
            Fact("单位", f"{found.body.name} {found.unit.name}"),
            Fact("领域", found.field or "不限"),
            Fact("写于", found.written_at, note=found.written_by.full_name),
        ],
        "acts": [] if refusals else [act],
        "timeline": timeline(found) if policies.is_own(user, found) else [],
    }
    return render(request, "standards/practice.html", context)


@require_POST
def share_practice(request: HttpRequest, pk: int) -> HttpResponse:
    """Share practice with the city."""
    user = user_of(request)
    actions.share_practice(_practice(user, pk), actor=user, expected=version_seen(request))
    messages.success(request, "已分享到全市。")
    return redirect("standards:practice", pk=pk)


def _practice(user: User, pk: int) -> queries.Practice:
    found = queries.practice_or_none(user, pk)
    if found is None:
        raise Http404
    return found
