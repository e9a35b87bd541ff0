"""Pages of fill-in sheets: list, send, the sheet, what came back beside what stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.programme.api import Panel, Task, edited_bodies
from gongkai.sheets import actions, policies, queries
from gongkai.sheets.forms import ReturnForm, SendForm, TakeForm, WithdrawForm
from gongkai.sheets.states import RowState, SheetState
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Act, Crumb, Empty, Fact, Sign, Status
from gongkai.ui.submitting import submit, version_seen

Sent = Mapping[str, Form]
"""Forms that came back with errors, by verb."""

TONES = {
    SheetState.SENT: "plain",
    SheetState.RETURNED: "wait",
    SheetState.TAKEN: "good",
    SheetState.WITHDRAWN: "off",
}
ROW_TONES = {
    RowState.OPEN: "off",
    RowState.FILLED: "wait",
    RowState.TAKEN: "good",
    RowState.LEFT: "off",
}
USUAL_DAYS = 7
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _sign(duty: duties.Duty | None) -> Sign | str:
    if duty is None:
        return ""
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


def _state(sheet: Any) -> Status:
    state = SheetState(sheet.state)
    return Status(state.label, TONES[state])


SHEETS = Listing(
    name="sheets",
    caption="填报表",
    model="sheets.Sheet",
    sort="-sent_at",
    columns=[
        Column(
            "unit",
            "单位",
            value=lambda s: s.unit.name,
            url=lambda s: reverse("sheets:sheet", args=[s.pk]),
        ),
        Column("number", "表号", value=lambda s: f"第{s.pk}号"),
        Column("state", "状态", value=_state),
        Column("light", "交回时限", value=lambda s: _sign(s.duty)),
        Column("size", "项数", kind="number"),
        Column("sent_at", "发出时间", kind="date", sort=True),
        Column("sent_by", "经手人", value=lambda s: s.sent_by.full_name),
    ],
    filters=[Choice("state", "状态", SheetState.pairs())],
    empty=Empty("还没有填报表", "没有账号的单位，把在办任务发成表格，填好交回再采用。"),
)


@require_GET
def sheet_list(request: HttpRequest) -> HttpResponseBase:
    """List the sheets that the user sees, newest first."""
    user = user_of(request)
    context = {"may_send": bool(edited_bodies(user))}
    return SHEETS.answer(request, queries.sheets(user), "sheets/sheet_list.html", context)


@require_http_methods(["GET", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """Send sheets to units of a body whose programme the user runs."""
    user = user_of(request)
    bodies = edited_bodies(user)
    body = chosen_body(request, bodies, policies.NOT_OFFICE)
    units = queries.unit_choices(body)

    def act(data: dict[str, Any]) -> str:
        chosen = queries.units_by_id(data["units"])
        made = actions.send_sheets(
            body=body, units=chosen, actor=user, due_on=data["due_on"], note=data["note"]
        )
        one = len(made) == 1
        return reverse("sheets:sheet", args=[made[0].pk]) if one else reverse("sheets:sheets")

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "body": body,
            "bodies": bodies,
            "units": units,
            "crumbs": _crumbs(),
        }
        return render(request, "sheets/send.html", {**context, "crumbs": _crumbs()}, status=status)

    if request.method == "GET":
        due_on = clock.today() + timedelta(days=USUAL_DAYS)
        return shown(SendForm(units=units, initial={"due_on": due_on}))
    form = SendForm(request.POST, units=units)
    return submit(request, form, act, again=shown, done="填报表已生成，请下载发给单位。")


def _crumbs() -> list[Crumb]:
    """The way to these pages."""
    return [Crumb("填报表", reverse("sheets:sheets"))]


@require_GET
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a sheet: its rows, its clock, what may be done now."""
    user = user_of(request)
    return _page(request, user, _sheet(user, pk), {})


def _page(
    request: HttpRequest, user: User, found: queries.Sheet, sent: Sent, status: int = 200
) -> HttpResponse:
    rows = queries.rows_of(found)
    context = {
        "sheet": found,
        "heading": str(found),
        "tone": TONES[SheetState(found.state)],
        "crumbs": _crumbs(),
        "facts": list(_facts(found, rows)),
        "rows": [(row, ROW_TONES[RowState(row.state)]) for row in rows],
        "done": [row for row in rows if row.state == RowState.TAKEN and row.done],
        "acts": list(_acts(found, user, sent)),
        "timeline": timeline(found),
    }
    return render(request, "sheets/sheet.html", context, status=status)


def _facts(found: queries.Sheet, rows: list[Any]) -> Iterator[Fact]:
    yield Fact("单位", found.unit.name)
    yield Fact("下达单位", found.body.name)
    yield Fact("任务", f"{found.size}项")
    if found.note:
        yield Fact("另外的要求", found.note)
    yield Fact("发出", found.sent_at, note=found.sent_by.full_name)
    if found.file:
        where = reverse("files:download", args=[found.file.pk])
        yield Fact("交回的表", found.file.name, url=where)
    if found.returned_at:
        filled = sum(row.state != RowState.OPEN for row in rows)
        yield Fact("交回", found.returned_at, note=f"填了{filled}项，空着{found.size - filled}项")
    if found.taken_at:
        yield Fact("采用", found.taken_at)
    if found.reason:
        yield Fact("收回原因", found.reason)


def _acts(found: queries.Sheet, user: User, sent: Sent) -> Iterator[Act]:
    waits = found.state in (SheetState.SENT, SheetState.RETURNED)
    office = not list(policies.why_not_office(found.body, actor=user))
    if found.state == SheetState.RETURNED and office:
        url = reverse("sheets:differences", args=[found.pk])
        yield Act("核对差异并采用", url, method="get", tone="primary")
    if waits:
        tone = "primary" if found.state == SheetState.SENT else "plain"
        url = reverse("sheets:workbook", args=[found.pk])
        yield Act("下载空表", url, method="get", tone=tone)  # type: ignore[arg-type]  # a literal
    if waits and office:
        hidden = {"version": found.version}
        again = "换一份交回的表" if found.state == SheetState.RETURNED else "传交回的表"
        url = reverse("sheets:return", args=[found.pk])
        yield Act(again, url, form=sent.get("return") or ReturnForm(), hidden=hidden)
        url = reverse("sheets:withdraw", args=[found.pk])
        form = sent.get("withdraw") or WithdrawForm()
        yield Act("收回这份表", url, form=form, hidden=hidden, tone="quiet")


@require_GET
def workbook(request: HttpRequest, pk: int) -> FileResponse:
    """Give the empty sheet as a workbook."""
    found = _sheet(user_of(request), pk)
    return FileResponse(
        BytesIO(queries.workbook_of(found)),
        as_attachment=True,
        filename=queries.name_of(found),
        content_type=XLSX,
    )


@require_POST
def return_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the file that came back."""
    user = user_of(request)
    found = _sheet(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.return_sheet(
            found,
            actor=user,
            upload=data["file"],
            name=data["file"].name,
            expected=version_seen(request),
        )
        return reverse("sheets:differences", args=[pk])

    def again(form: Form, status: int) -> HttpResponse:
        return _page(request, user, _sheet(user, pk), {"return": form}, status)

    form = ReturnForm(request.POST, request.FILES)
    return submit(request, form, act, again=again, beside="file")


@require_http_methods(["GET", "POST"])
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what came back beside what stands, and take the rows that are chosen."""
    user = user_of(request)
    found = _sheet(user, pk)
    refuse_if(policies.why_not("take", found, actor=user))
    rows = queries.differences(found)

    def act(_: dict[str, Any]) -> str:
        actions.take_rows(found, actor=user, asked=form.asked(), expected=version_seen(request))
        return reverse("sheets:sheet", args=[pk])

    def shown(form: Form, status: int = 200) -> HttpResponse:
        now = queries.differences(found) if status != 200 else rows
        ticked = set(request.POST.getlist("rows")) if form.is_bound else None
        context = {
            "sheet": found,
            "form": form,
            "rows": [(row, _is_ticked(row, ticked)) for row in now],
            "changed": sum(row.changed for row in now),
            "empty": found.size - len(now),
            "crumbs": [*_crumbs(), Crumb(str(found), reverse("sheets:sheet", args=[pk]))],
        }
        return render(request, "sheets/differences.html", context, status=status)

    offered = {row.token: str(row.row.order) for row in rows}
    if request.method == "GET":
        return shown(TakeForm(offered=offered))
    form = TakeForm(request.POST, offered=offered)
    return submit(request, form, act, again=shown, done="已采用，记入各项任务的进展。")


def _is_ticked(row: queries.Difference, ticked: set[str] | None) -> bool:
    """Whether a row is chosen: as it was sent; at first all that nobody wrote about since."""
    return row.token in ticked if ticked is not None else not (row.changed or row.closed)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a sheet."""
    user = user_of(request)
    found = _sheet(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.withdraw_sheet(
            found, actor=user, reason=data["reason"], expected=version_seen(request)
        )
        return reverse("sheets:sheet", args=[pk])

    def again(form: Form, status: int) -> HttpResponse:
        return _page(request, user, _sheet(user, pk), {"withdraw": form}, status)

    return submit(request, WithdrawForm(request.POST), act, again=again, done="已收回。")


def panel(user: User, task: Task) -> Panel | None:
    """The section of the task's page: the sheets by which progress came, for who sees them."""
    rows = queries.of_task(user, task)
    if not rows:
        return None
    return Panel("sheets", "填报表", "sheets/panel.html", {"rows": rows}, order=30)


def _sheet(user: User, pk: int) -> queries.Sheet:
    found = queries.sheet_or_none(user, pk)
    if found is None:
        raise Http404
    return found
