"""Pages of the reports written here: list, start, the report with its figures, issue, papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, Refused, refuse_if
from gongkai.programme.api import edited_bodies, units_of
from gongkai.reports import actions, policies, queries
from gongkai.reports.forms import (
    HeadForm,
    IssueForm,
    RefreshForm,
    StartForm,
    StepsForm,
    WhyForm,
)
from gongkai.reports.rules import docx, pdf
from gongkai.reports.rules.next_steps import steps_in
from gongkai.reports.states import DraftState, Section
from gongkai.reports.views.passages import shown
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Act, Empty, Status
from gongkai.ui.submitting import submit, version_seen

TONES = {DraftState.DRAFTING: "wait", DraftState.ISSUED: "good", DraftState.ABANDONED: "off"}
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

STARTED = "已按台账起草，请逐段核改。"
THERE = "这些文件到这一天的报告正在起草，已为您打开；标题和主送机关在这里改。要重写，先作废这一份。"


def _state(draft: queries.Draft) -> Status:
    state = DraftState(draft.state)
    return Status(state.label, TONES[state])


DRAFTS = Listing(
    name="drafts",
    caption="落实报告",
    model="reports.Draft",
    sort="-started_at",
    columns=[
        Column("title", "报告", url=lambda d: reverse("reports:draft", args=[d.pk])),
        Column("state", "状态", value=_state),
        Column("counts_until", "数据截至", kind="date"),
        Column("started_at", "起草时间", kind="date", sort=True),
        Column("started_by", "起草人", value=lambda d: d.started_by.full_name),
    ],
    filters=[Choice("state", "状态", DraftState.pairs())],
    empty=Empty("还没有起草过报告", "系统按台账逐条起草，文中每个数字都能点开看到数的是哪些。"),
)


@require_GET
def draft_list(request: HttpRequest) -> HttpResponseBase:
    """List the reports that the user sees, newest first."""
    user = user_of(request)
    context = {"bodies": edited_bodies(user)}
    return DRAFTS.answer(request, queries.drafts(user), "reports/draft_list.html", context)


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Have a report drafted from the records."""
    user = user_of(request)
    bodies = edited_bodies(user)
    if not bodies:
        raise Refused(policies.NOT_AN_EDITOR)
    offered = queries.programmes_to_report(user, bodies)

    def act(data: dict[str, Any]) -> str:
        chosen = [one for one in offered if one.pk in data["programmes"]]
        there = queries.under_way(chosen, data["as_of"])
        made = actions.start_draft(
            actor=user,
            programmes=chosen,
            as_of=data["as_of"],
            title=data["title"],
            recipient=data["recipient"],
        )
        messages.success(request, STARTED if made != there else THERE)
        return reverse("reports:draft", args=[made.pk])

    def again(form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "offered": offered}
        return render(request, "reports/start.html", context, status=status)

    if request.method == "GET":
        latest = [one.pk for one in offered if one.year == offered[0].year]
        first = {"as_of": clock.today(), "programmes": latest}
        return again(StartForm(initial=first, programmes=offered))
    form = StartForm(request.POST, programmes=offered)
    return submit(request, form, act, again=again)


@require_GET
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the report with its figures, what is in doubt, and what may be done."""
    return _page(request, _draft(user_of(request), pk))


def _page(
    request: HttpRequest,
    found: queries.Draft,
    sent: Mapping[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    user = user_of(request)
    parts = [shown(passage) for passage in queries.passages(found)]
    waits = found.state == DraftState.ISSUED and not found.docx_id
    context = {
        "draft": found,
        "crumbs": [("落实报告", reverse("reports:drafts")), (found.title, "")],
        "tone": TONES[DraftState(found.state)],
        "parts": parts,
        "doubts": [doubt for part in parts for doubt in part.doubts],
        "may_write": not list(policies.why_not("rewrite", found, actor=user)),
        "waits": waits,
        "acts": _acts(found, user, sent or {}),
        "timeline": timeline(found),
    }
    return render(request, "reports/draft.html", context, status=status)


def _acts(found: queries.Draft, user: User, sent: Mapping[str, Form]) -> list[Act]:
    if found.state == DraftState.ABANDONED:
        return []
    if found.state == DraftState.ISSUED:
        return [_hand_on_act(found, user)]
    return [
        _act("issue", "定稿", found, user, sent.get("issue", IssueForm()), tone="binding"),
        _act("refresh", "按台账更新数字", found, user, sent.get("refresh", _refresh_form(found))),
        _act("head", "改标题和主送机关", found, user, sent.get("head", _head_form(found))),
        _act("abandon", "作废", found, user, sent.get("abandon", WhyForm()), tone="quiet"),
    ]


def _act(
    verb: str, label: str, found: queries.Draft, user: User, form: Form, tone: Any = "plain"
) -> Act:
    asked = "rewrite" if verb == "head" else verb
    return Act(
        label,
        reverse(f"reports:{verb}", args=[found.pk]),
        refusals=tuple(policies.why_not(asked, found, actor=user)),
        form=form,
        hidden={"version": found.version},
        tone=tone,
    )


def _hand_on_act(found: queries.Draft, user: User) -> Act:
    return Act(
        "下一步打算转入下一年",
        reverse("reports:hand_on", args=[found.pk]),
        method="get",
        refusals=tuple(policies.why_not_hand_on(found, actor=user)),
    )


def _refresh_form(found: queries.Draft) -> RefreshForm:
    return RefreshForm(initial={"as_of": clock.today()}, auto_id="refresh-%s")


def _head_form(found: queries.Draft) -> HeadForm:
    initial = {"title": found.title, "recipient": found.recipient}
    return HeadForm(initial=initial, auto_id="head-%s")


def _submit(
    request: HttpRequest,
    pk: int,
    verb: str,
    form: Form,
    act: Callable[[queries.Draft, User, dict[str, Any]], object],
    done: str,
) -> HttpResponse:
    """Do a verb whose form stands on the report's page."""
    user = user_of(request)
    found = _draft(user, pk)

    def do(data: dict[str, Any]) -> str:
        act(found, user, data)
        return reverse("reports:draft", args=[pk])

    def again(sent: Form, status: int) -> HttpResponse:
        return _page(request, _draft(user, pk), {verb: sent}, status)

    return submit(request, form, do, again=again, done=done)


@require_POST
def head(request: HttpRequest, pk: int) -> HttpResponse:
    """Change how the report is headed."""
    form = HeadForm(request.POST, auto_id="head-%s")
    return _submit(
        request,
        pk,
        "head",
        form,
        lambda found, user, data: actions.head(
            found, actor=user, expected=version_seen(request), **data
        ),
        "已改。",
    )


@require_POST
def refresh(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the figures again up to a day."""
    form = RefreshForm(request.POST, auto_id="refresh-%s")
    return _submit(
        request,
        pk,
        "refresh",
        form,
        lambda found, user, data: actions.refresh(
            found, actor=user, expected=version_seen(request), as_of=data["as_of"]
        ),
        "数字已按台账更新，文字没有动。",
    )


@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the report final."""
    return _submit(
        request,
        pk,
        "issue",
        IssueForm(request.POST),
        lambda found, user, data: actions.issue(
            found, actor=user, expected=version_seen(request), reason=data["reason"]
        ),
        "已定稿，正在生成 Word 和 PDF。",
    )


@require_POST
def abandon(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the report up."""
    return _submit(
        request,
        pk,
        "abandon",
        WhyForm(request.POST),
        lambda found, user, data: actions.abandon(
            found, actor=user, expected=version_seen(request), reason=data["reason"]
        ),
        "已作废。",
    )


@require_http_methods(["GET", "POST"])
def hand_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the next steps that become tasks of the next year."""
    user = user_of(request)
    found = _draft(user, pk)
    refuse_if(policies.why_not_hand_on(found, actor=user))
    text = "\n".join(p.text for p in queries.passages(found) if p.section == Section.NEXT)
    steps = steps_in(text)
    names = [unit.name for unit in units_of(found.body)]

    def asked(sent: Any = None) -> StepsForm:
        return StepsForm(sent, steps=steps, units=names, year=found.year + 1)

    def act(data: dict[str, Any]) -> str:
        document = actions.hand_on(
            found, actor=user, expected=version_seen(request), steps=form.chosen()
        )
        return reverse("programme:document", args=[document.pk])

    def again(sent: Form, status: int = 200) -> HttpResponse:
        context = {"form": sent, "draft": found, "year": found.year + 1}
        return render(request, "reports/hand_on.html", context, status=status)

    if request.method == "GET":
        return again(asked())
    form = asked(request.POST)
    return submit(
        request, form, act, again=again, done="已作为下一年的责任分工表收进来，请核对后下达。"
    )


@require_GET
def as_docx(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the report as it stands as .docx, in the office's template or the standard look."""
    found = _draft(user_of(request), pk)
    data = docx.render(queries.paper_of(found), queries.template_bytes(found.body))
    return _download(data, f"{found.title}.docx", DOCX)


@require_GET
def as_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the report as it stands as .pdf."""
    found = _draft(user_of(request), pk)
    try:
        made = pdf.render(queries.paper_of(found), fonts=settings.FONTS)
    except pdf.NoFont as missing:
        raise Refused(Refusal("reports.no_font", str(missing))) from missing
    return _download(made.data, f"{found.title}.pdf", "application/pdf")


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _draft(user: User, pk: int) -> queries.Draft:
    found = queries.draft_or_none(user, pk)
    if found is None:
        raise Http404
    return found
