"""Pages of checked reports: list, hand in, the text with its figures, set a finding aside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.kernel.refusal import Refused, refuse_if
from gongkai.programme.api import edited_bodies
from gongkai.reports import actions, policies, queries, rules
from gongkai.reports.forms import ReasonForm, ReceiveForm
from gongkai.reports.states import CheckState, FindingKind
from gongkai.ui.handing_in import body_of
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Act, Empty, Mark, Status
from gongkai.ui.pictures import segments
from gongkai.ui.submitting import submit, version_seen

Sent = Mapping[int, Form]
"""Reasons that came back with errors, by finding."""

TONES = {CheckState.RECEIVED: "wait", CheckState.CHECKED: "good", CheckState.UNREADABLE: "off"}


def _state(check: queries.Check) -> Status:
    if check.state == CheckState.CHECKED:
        wrong, noted = check.wrong, check.noted  # type: ignore[attr-defined]  # by queries.checks
        if wrong:
            return Status(f"{wrong}处不符", "binding")
        return Status(f"{noted}处已注明", "off") if noted else Status("未见不符", "good")
    state = CheckState(check.state)
    return Status(state.label, TONES[state])


CHECKS = Listing(
    name="checks",
    caption="报告复核",
    model="reports.Check",
    sort="-received_at",
    columns=[
        Column("title", "报告", url=lambda c: reverse("reports:check", args=[c.pk])),
        Column("state", "结果", value=_state),
        Column("found", "复核数字", value=lambda c: c.found),
        Column("received_at", "交来时间", kind="date", sort=True),
        Column("received_by", "经手人", value=lambda c: c.received_by.full_name),
    ],
    filters=[Choice("state", "状态", CheckState.pairs())],
    empty=Empty("还没有复核过的报告", "上传落实情况报告，系统把文中的合计、占比、增减重算一遍。"),
)


@require_GET
def check_list(request: HttpRequest) -> HttpResponseBase:
    """List the checked reports that the user sees, newest first."""
    user = user_of(request)
    crumbs = [("落实报告", reverse("reports:drafts")), ("报告复核", "")]
    context = {"bodies": edited_bodies(user), "crumbs": crumbs}
    return CHECKS.answer(request, queries.checks(user), "reports/check_list.html", context)


@require_http_methods(["GET", "POST"])
def receive(request: HttpRequest) -> HttpResponse:
    """Hand in a report of a body for which the user works in the openness office."""
    return _receive(request, replaces=None)


@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in a changed version of a report and compare it with the one before."""
    return _receive(request, replaces=_check(user_of(request), pk))


def _receive(request: HttpRequest, *, replaces: queries.Check | None) -> HttpResponse:
    user = user_of(request)
    bodies = [replaces.body] if replaces else edited_bodies(user)
    if not bodies:
        raise Refused(policies.NOT_AN_EDITOR)
    for body in bodies:
        refuse_if(policies.why_not_receive(body, actor=user, replaces=replaces))

    documents = queries.documents_to_check(user, bodies)

    def act(data: dict[str, Any]) -> str:
        body = body_of(request, bodies, policies.NOT_AN_EDITOR)
        chosen = next((one for one in documents if one.pk == data.get("document")), None)
        if chosen is not None:
            check = actions.receive_document(
                chosen, actor=user, body=body, title=data["title"], replaces=replaces
            )
        else:
            upload, name = form.content()
            check = actions.receive_report(
                actor=user,
                body=body,
                upload=upload,
                name=name,
                title=data["title"],
                replaces=replaces,
            )
        return reverse("reports:check", args=[check.pk])

    def shown(sent: Form, status: int = 200) -> HttpResponse:
        only = bodies[0] if len(bodies) == 1 else None
        context = {"form": sent, "replaces": replaces, "body": only}
        return render(request, "reports/receive.html", context, status=status)

    if request.method == "GET":
        return shown(ReceiveForm(bodies=bodies, documents=documents))
    body_of(request, bodies, policies.NOT_AN_EDITOR)
    form = ReceiveForm(request.POST, request.FILES or None, bodies=bodies, documents=documents)
    return submit(request, form, act, again=shown, beside="file" if request.FILES else "pasted")


@require_GET
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report's text with each checked figure marked, and the list of figures beside it."""
    user = user_of(request)
    return _page(request, user, _check(user, pk), {})


def _page(
    request: HttpRequest, user: User, found: queries.Check, sent: Sent, status: int = 200
) -> HttpResponse:
    events = timeline(found)
    crumbs = [
        ("落实报告", reverse("reports:drafts")),
        ("报告复核", reverse("reports:checks")),
        (found.title, ""),
    ]
    context: dict[str, Any] = {"check": found, "timeline": events, "crumbs": crumbs}
    if found.state == CheckState.RECEIVED:
        return render(request, "reports/check_waiting.html", context)
    figures = queries.findings(found)
    doubted = [one for one in figures if not one.agrees]
    context |= {
        "rows": [_row(one, user, sent) for one in sorted(doubted, key=_open_first)],
        "agreeing": [_row(one, user, sent) for one in figures if one.agrees],
        "total": len(figures),
        "segments": segments(found.text, [_mark(one) for one in figures]),
        "wrong": sum(not one.reason for one in doubted),
        "compared": queries.compared(found, figures),
        "acts": [_again(found, user)],
    }
    return render(request, "reports/check.html", context, status=status)


def _open_first(finding: queries.Finding) -> tuple[bool, int]:
    return bool(finding.reason), finding.order


def _mark(finding: queries.Finding) -> Mark:
    label = "相符" if finding.agrees else "已核实" if finding.reason else "不符"
    key = _key(finding)
    return Mark(finding.start, finding.end, key, label=label, url=f"#{key}")


def _key(finding: queries.Finding) -> str:
    return f"figure-{finding.order + 1}"


def _row(finding: queries.Finding, user: User, sent: Sent) -> dict[str, Any]:
    """Give what the list shows of a figure: claim, sum, sign and what may be done."""
    percent = "" if finding.kind == FindingKind.SUM else " %"
    return {
        "finding": finding,
        "key": _key(finding),
        "kind": FindingKind(finding.kind).label,
        "stated": f"{rules.plain(finding.stated)}{percent}",
        "computed": f"{rules.plain(finding.computed)}{percent}",
        "sum": queries.sum_of(finding),
        "acts": [] if finding.agrees else [_act(finding, user, sent)],
    }


def _act(finding: queries.Finding, user: User, sent: Sent) -> Act:
    if finding.reason:
        return Act(
            "恢复提示",
            reverse("reports:take_up", args=[finding.pk]),
            refusals=tuple(policies.why_not_take_up(finding, actor=user)),
            hidden={"version": finding.version},
            tone="quiet",
        )
    return Act(
        "注明核实情况",
        reverse("reports:set_aside", args=[finding.pk]),
        refusals=tuple(policies.why_not_set_aside(finding, actor=user)),
        form=sent.get(finding.pk) or _reason_form(finding),
        hidden={"version": finding.version},
    )


def _reason_form(finding: queries.Finding, data: Any = None) -> ReasonForm:
    return ReasonForm(data, auto_id=f"{_key(finding)}-%s")


def _again(found: queries.Check, user: User) -> Act:
    return Act(
        "上传改后的报告",
        reverse("reports:again", args=[found.pk]),
        method="get",
        tone="primary",
        refusals=tuple(policies.why_not_receive(found.body, actor=user, replaces=found)),
    )


@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the waiting page to open the result when the figures are there."""
    found = _check(user_of(request), pk)
    if found.state != CheckState.RECEIVED:
        done = HttpResponse()
        done["HX-Refresh"] = "true"
        return done
    return render(request, "reports/_waiting.html", {"check": found})


@require_POST
def set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """Note why a figure that does not agree may stand."""
    user = user_of(request)
    found = _finding(user, pk)
    refuse_if(policies.why_not_set_aside(found, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.set_aside(found, actor=user, expected=version_seen(request), reason=data["reason"])
        return _place_of(found)

    def again(form: Form, status: int) -> HttpResponse:
        return _page(request, user, _check(user, found.report_id), {found.pk: form}, status)

    form = _reason_form(found, request.POST)
    return submit(request, form, act, again=again, done="已注明核实情况。")


@require_POST
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a finding that was set aside again."""
    user = user_of(request)
    found = _finding(user, pk)
    actions.take_up(found, actor=user, expected=version_seen(request))
    messages.success(request, "已恢复提示。")
    return redirect(_place_of(found))


def _place_of(finding: queries.Finding) -> str:
    """Return where the figure stands, not the top of a long report."""
    return f"{reverse('reports:check', args=[finding.report_id])}#{_key(finding)}"


def _check(user: User, pk: int) -> queries.Check:
    found = queries.check_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _finding(user: User, pk: int) -> queries.Finding:
    found = queries.finding_or_none(user, pk)
    if found is None:
        raise Http404
    return found
