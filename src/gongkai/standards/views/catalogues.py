"""Pages of catalogues: list, import with its report, items with their coverage, assignment."""

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
from gongkai.kernel.refusal import refuse_if
from gongkai.programme.api import edited_bodies
from gongkai.standards import actions, policies, queries
from gongkai.standards.forms import AssignForm, ReadForm
from gongkai.standards.states import TONES, CatalogueState
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Act, Crumb, Empty, Fact, Status
from gongkai.ui.submitting import submit, version_seen

SHOWN = 200
"""So many rows of each kind stand on the page of a report."""


def _state(row: Any) -> Status:
    state = CatalogueState(row.state)
    return Status(state.label, TONES[state])


CATALOGUES = Listing(
    name="catalogues",
    caption="标准目录",
    model="standards.Catalogue",
    sort="-read_at",
    columns=[
        Column("title", "名称", url=lambda c: reverse("standards:catalogue", args=[c.pk])),
        Column("field", "领域"),
        Column("body", "单位", value=lambda c: c.body.name),
        Column("state", "状态", value=_state),
        Column("size", "事项", kind="number"),
        Column("read_at", "导入时间", kind="date", sort=True),
    ],
    filters=[Choice("state", "状态", CatalogueState.pairs())],
    empty=Empty("还没有标准目录", "导入一个领域的公开标准目录，分配到单位，看覆盖情况。"),
)


def _units(item: Any) -> str:
    return "、".join(one.unit.name for one in item.matter.running)


def _shown(item: Any) -> Status:
    if item.is_shown:
        return Status("已有公开情况", "good")
    return Status("已分配", "wait") if item.matter.running else Status("未分配", "binding")


def _unit_options(request: HttpRequest) -> list[tuple[int, str]]:
    match = request.resolver_match
    return queries.unit_options(match.kwargs["pk"]) if match else []


ITEMS = Listing(
    name="standard-items",
    caption="目录事项",
    model="standards.Item",
    sort="order",
    columns=[
        Column("order", "序号", kind="number", sort=True),
        Column("second", "二级事项", url=lambda i: reverse("standards:item", args=[i.pk])),
        Column("first", "一级事项"),
        Column("limit", "公开时限"),
        Column("units", "责任单位", value=_units),
        Column("cover", "情况", value=_shown),
    ],
    filters=[
        Choice("unit", "责任单位", _unit_options, apply=queries.by_unit),
        Choice(
            "cover",
            "情况",
            [("none", "未分配"), ("assigned", "已分配，无公开情况"), ("shown", "已有公开情况")],
            apply=queries.by_cover,
        ),
    ],
)


def crumbs(*more: Crumb) -> list[Crumb]:
    """The way to these pages."""
    return [Crumb("标准目录", reverse("standards:catalogues")), *more]


def crumb_of(found: Any) -> Crumb:
    """The step of a catalogue."""
    return Crumb(found.title, reverse("standards:catalogue", args=[found.pk]))


@require_GET
def catalogue_list(request: HttpRequest) -> HttpResponseBase:
    """List the catalogues that the user sees, the newest first."""
    user = user_of(request)
    context = {"may_read": bool(edited_bodies(user))}
    return CATALOGUES.answer(
        request, queries.catalogues(user), "standards/catalogues.html", context
    )


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """Read a field's catalogue in."""
    user = user_of(request)
    bodies = edited_bodies(user)
    body = chosen_body(request, bodies, policies.NOT_OFFICE)

    def act(data: dict[str, Any]) -> str:
        found = actions.read_catalogue(
            body=body,
            actor=user,
            field=data["field"],
            upload=data["file"],
            name=data["file"].name,
            title=data["title"],
        )
        return reverse("standards:report", args=[found.pk])

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "body": body, "bodies": bodies, "crumbs": crumbs()}
        return render(request, "standards/read.html", context, status=status)

    if request.method == "GET":
        return shown(ReadForm())
    return submit(request, ReadForm(request.POST, request.FILES), act, again=shown, beside="file")


@require_GET
def catalogue(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show a catalogue's items with who answers for each; one not taken, its report."""
    user = user_of(request)
    found = _catalogue(user, pk)
    if found.state in (CatalogueState.READ, CatalogueState.DISCARDED):
        return redirect("standards:report", pk=pk)
    office = not list(policies.why_not_office(found.body, actor=user))
    coverage = queries.coverage(found)
    context = {
        "catalogue": found,
        "state": _state(found),
        "crumbs": crumbs(),
        "facts": [
            Fact("领域", found.field),
            Fact("事项", f"{coverage.items}项"),
            Fact("已分配", coverage.words(coverage.assigned)),
            Fact("已有公开情况", coverage.words(coverage.shown)),
            Fact("采用", found.taken_at),
        ],
        "may_assign": office and found.state == CatalogueState.IN_FORCE,
    }
    return ITEMS.answer(request, queries.items(found), "standards/catalogue.html", context)


@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was read of each row, what was refused and why, what changes."""
    user = user_of(request)
    return _report(request, user, _catalogue(user, pk))


def _report(
    request: HttpRequest, user: User, found: queries.Catalogue, status: int = 200
) -> HttpResponse:
    rows = queries.rows_of(found)
    context = {
        "catalogue": found,
        "state": _state(found),
        "crumbs": crumbs(),
        "refused": [row for row in rows if row.why][:SHOWN],
        "read": [row for row in rows if not row.why][:SHOWN],
        "compared": queries.compared(found),
        "acts": _report_acts(found, user),
        "timeline": timeline(found),
    }
    return render(request, "standards/report.html", context, status=status)


def _report_acts(found: queries.Catalogue, user: User) -> list[Act]:
    office = not list(policies.why_not_office(found.body, actor=user))
    if not office or found.state != CatalogueState.READ:
        return []
    hidden = {"version": found.version}
    return [
        Act(
            "采用这份目录",
            reverse("standards:take", args=[found.pk]),
            hidden=hidden,
            tone="primary",
            refusals=tuple(policies.why_not_take(found, actor=user)),
        ),
        Act(
            "不采用",
            reverse("standards:discard", args=[found.pk]),
            hidden=hidden,
            tone="quiet",
            confirm="不采用后，要用就得重新导入。",
        ),
    ]


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a catalogue in force."""
    user = user_of(request)
    found = _catalogue(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(_: dict[str, Any]) -> str:
        actions.take_catalogue(found, actor=user, expected=version_seen(request))
        return reverse("standards:catalogue", args=[pk])

    def again(form: Form, status: int) -> HttpResponse:
        return _refused(request, user, pk, form, status)

    return submit(request, Form(request.POST), act, again=again, done="已采用，可以分配事项了。")


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave what was read in."""
    user = user_of(request)
    found = _catalogue(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(_: dict[str, Any]) -> str:
        actions.discard_catalogue(found, actor=user, expected=version_seen(request))
        return reverse("standards:catalogues")

    def again(form: Form, status: int) -> HttpResponse:
        return _refused(request, user, pk, form, status)

    return submit(request, Form(request.POST), act, again=again, done="没有采用。")


def _refused(request: HttpRequest, user: User, pk: int, form: Form, status: int) -> HttpResponse:
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return _report(request, user, _catalogue(user, pk), status)


@require_http_methods(["GET", "POST"])
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign many items to units at once."""
    user = user_of(request)
    found = _catalogue(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))
    everything = "all" in request.GET
    offered = queries.to_assign(found, everything=everything)
    units = queries.unit_choices(found.body)

    def act(data: dict[str, Any]) -> str:
        actions.assign_items(
            found,
            actor=user,
            items=queries.chosen_items(found, data["items"]),
            units=queries.units_by_id(data["units"]),
        )
        return reverse("standards:catalogue", args=[pk])

    def shown(form: Form, status: int = 200) -> HttpResponse:
        ticked = set(request.POST.getlist("items"))
        context = {
            "catalogue": found,
            "form": form,
            "items": [(item, str(item.pk) in ticked, _units(item)) for item in offered],
            "everything": everything,
            "crumbs": crumbs(crumb_of(found)),
        }
        return render(request, "standards/assign.html", context, status=status)

    keys = [item.pk for item in offered]
    if request.method == "GET":
        return shown(AssignForm(offered=keys, units=units))
    form = AssignForm(request.POST, offered=keys, units=units)
    return submit(request, form, act, again=shown, done="已分配。")


def _catalogue(user: User, pk: int) -> queries.Catalogue:
    found = queries.catalogue_or_none(user, pk)
    if found is None:
        raise Http404
    return found
