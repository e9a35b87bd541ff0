"""What superiors published and what became of it; the sources that are watched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.columns import actions, policies, queries
from gongkai.columns.forms import ReasonForm, SourceForm
from gongkai.columns.queries import Proposal, Source
from gongkai.columns.states import ProposalState, SourceKind, SourceState
from gongkai.kernel.refusal import refuse_if
from gongkai.organisation.api import Unit, unit_by_id
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Act, Crumb, Empty, Fact, Sign, Status
from gongkai.ui.submitting import submit, version_seen

TONES = {
    ProposalState.WAITING: "wait",
    ProposalState.TAKEN: "wait",
    ProposalState.OUT: "good",
    ProposalState.DECLINED: "off",
    ProposalState.BEFORE: "off",
}
SOURCE_TONES = {
    SourceState.NEW: "plain",
    SourceState.FINE: "good",
    SourceState.FAILING: "binding",
    SourceState.ENDED: "off",
}
HERE = "转发上级信息"


def _state(row: Proposal) -> Status:
    state = ProposalState(row.state)
    return Status(state.label, TONES[state])


def _sign(row: Proposal) -> Sign | str:
    duty = row.duty
    if duty is None:
        return ""
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_at)


PROPOSALS = Listing(
    name="columns-reposts",
    caption="上级发布的信息和转发情况",
    model="columns.Proposal",
    sort="-seen_at",
    columns=[
        Column(
            "title", "标题", url=lambda row: reverse("columns:proposal", args=[row.pk]), lead=True
        ),
        Column("source", "来源", value=lambda row: row.source.name),
        Column("state", "情况", value=_state),
        Column("light", "转发时限", value=_sign),
        Column("issued_at", "上级发布", kind="date"),
        Column("seen_at", "看到", kind="date", sort=True),
        Column("delay", "间隔（办公时间）", value=queries.delay_words_of),
        Column("reason", "不转发的原因"),
    ],
    filters=[
        Choice("work", "办理", [("open", "待办"), ("done", "办完的")], apply=queries.by_decision),
        Choice("state", "情况", ProposalState.pairs()),
    ],
    at_first="work=open",
    empty=Empty("没有待转发的", "关注的上级网站有新信息时出现在这里。"),
)


@require_GET
def proposals(request: HttpRequest) -> HttpResponseBase:
    """List what superiors published, the newest first."""
    user = user_of(request)
    bodies = policies.bodies_of(user)
    refuse_if([] if bodies else [policies.NOT_SEEN])
    return PROPOSALS.answer(request, queries.proposals(user), "columns/proposals.html", {})


def _found(user: User, pk: int) -> Proposal:
    found = queries.proposal_or_none(user, pk)
    if found is None:
        raise Http404
    return found


@require_GET
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one thing that a superior published."""
    user = user_of(request)
    return _proposal_page(request, user, _found(user, pk), {})


def _proposal_page(
    request: HttpRequest,
    user: User,
    found: Proposal,
    sent: Mapping[str, Form],
    status: int = 200,
) -> HttpResponse:
    context = {
        "proposal": found,
        "state": _state(found),
        "sign": _sign(found),
        "facts": list(_facts(found)),
        "acts": list(_acts(user, found, sent)),
        "crumbs": [Crumb(HERE, reverse("columns:proposals"))],
        "timeline": timeline(found),
    }
    return render(request, "columns/proposal.html", context, status=status)


def _facts(found: Proposal) -> Iterator[Fact]:
    yield Fact("来源", found.source.name, url=reverse("columns:source", args=[found.source_id]))
    yield Fact("原文", found.url, url=found.url)
    yield Fact("上级发布", found.issued_at or "来源没有写明")
    yield Fact("看到", found.seen_at)
    if found.item_id:
        there = reverse("publications:item", args=[found.item_id])
        yield Fact("我们的信息", "打开", url=there)
    if found.out_at:
        yield Fact("我们发布", found.out_at)
    if words := queries.since_words(found):
        yield Fact("间隔（办公时间）", words)
    if found.reason:
        yield Fact("不转发的原因", found.reason)


def _acts(user: User, found: Proposal, sent: Mapping[str, Form]) -> Iterator[Act]:
    if not policies.may_repost(user, found.source):
        return
    hidden = {"version": found.version}
    state = ProposalState(found.state)
    if state in (ProposalState.WAITING, ProposalState.BEFORE):
        why = tuple(policies.why_not_repost(found, actor=user))
        url = reverse("columns:repost", args=[found.pk])
        yield Act("转发", url, hidden=hidden, tone="primary", refusals=why)
    if state is ProposalState.WAITING:
        form = sent.get("decline") or ReasonForm()
        url = reverse("columns:decline", args=[found.pk])
        yield Act("不转发", url, form=form, hidden=hidden)
    if state is ProposalState.DECLINED:
        yield Act("重新办理", reverse("columns:reopen", args=[found.pk]), hidden=hidden)


def _refuse_others(user: User, found: Source) -> None:
    refuse_if([] if policies.may_repost(user, found) else [policies.NOT_REPOSTER])


def _again(
    request: HttpRequest, user: User, found: Proposal, verb: str
) -> Callable[[Form, int], HttpResponse]:
    return lambda form, status: _proposal_page(request, user, found, {verb: form}, status)


@require_POST
def repost(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the item that reposts it."""
    user = user_of(request)
    found = _found(user, pk)
    _refuse_others(user, found.source)

    def act(data: dict[str, Any]) -> str:
        edition = actions.repost(found, actor=user, expected=version_seen(request))
        return reverse("publications:item", args=[edition.item_id])

    again = _again(request, user, found, "repost")
    done = "已按原文起草，正在检查；查完送保密审查，审过即可发布。"
    return submit(request, Form(request.POST), act, again=again, done=done)


@require_POST
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave it unposted, with the reason."""
    user = user_of(request)
    found = _found(user, pk)
    _refuse_others(user, found.source)

    def act(data: dict[str, Any]) -> str:
        reason = data["reason"]
        actions.decline(found, actor=user, reason=reason, expected=version_seen(request))
        return reverse("columns:proposals")

    again = _again(request, user, found, "decline")
    return submit(request, ReasonForm(request.POST), act, again=again, done="已定为不转发。")


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take that back."""
    user = user_of(request)
    found = _found(user, pk)
    _refuse_others(user, found.source)

    def act(data: dict[str, Any]) -> str:
        actions.reopen_proposal(found, actor=user, expected=version_seen(request))
        return reverse("columns:proposal", args=[pk])

    again = _again(request, user, found, "reopen")
    return submit(request, Form(request.POST), act, again=again, done="已重新待转发。")


# Sources ----------------------------------------------------------------------------------


@require_GET
def sources(request: HttpRequest) -> HttpResponse:
    """Show what a body watches, with how late it was of each."""
    user = user_of(request)
    body = chosen_body(request, policies.bodies_of(user), policies.NOT_SEEN)
    context = {
        "body": body,
        "lines": [(line, _source_state(line.source)) for line in queries.source_lines(user, body)],
        "may_set": policies.may_set(user, body),
        "crumbs": [Crumb(HERE, reverse("columns:proposals"))],
    }
    return render(request, "columns/sources.html", context)


def _source_state(found: Source) -> Status:
    state = SourceState(found.state)
    return Status(state.label, SOURCE_TONES[state])


def _source_or_404(user: User, pk: int) -> Source:
    found = queries.source_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _offered(body: Unit) -> dict[str, Any]:
    return {"units": queries.units_of(body), "columns": queries.kept_columns(body)}


def _watch(data: dict[str, Any]) -> actions.Watch:
    data = {
        **data,
        "unit": unit_by_id(data["unit"]),
        "column": queries.column_of(data["column"]),
    }
    return actions.Watch(**data)


@require_http_methods(["GET", "POST"])
def watch(request: HttpRequest) -> HttpResponse:
    """Watch another source."""
    user = user_of(request)
    body = chosen_body(request, policies.office_bodies(user), policies.NOT_OFFICE)

    def shown(form: Form, status: int = 200) -> HttpResponse:
        crumbs = [Crumb("关注的来源", reverse("columns:sources"))]
        context = {"form": form, "body": body, "crumbs": crumbs}
        return render(request, "columns/watch.html", context, status=status)

    def act(data: dict[str, Any]) -> str:
        found = actions.watch(body, actor=user, what=_watch(data))
        return reverse("columns:source", args=[found.pk])

    if request.method == "GET":
        return shown(SourceForm(**_offered(body)))
    form = SourceForm(request.POST, **_offered(body))
    return submit(request, form, act, again=shown, done="已关注，几分钟内第一次去看。")


@require_http_methods(["GET", "POST"])
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a source, and change how it is watched."""
    user = user_of(request)
    found = _source_or_404(user, pk)

    def act(data: dict[str, Any]) -> str:
        expected = version_seen(request)
        actions.set_source(found, actor=user, what=_watch(data), expected=expected)
        return reverse("columns:source", args=[pk])

    def again(form: Form, status: int) -> HttpResponse:
        return _source_page(request, user, found, form, status)

    if request.method == "GET":
        return _source_page(request, user, found, None)
    refuse_if(policies.why_not_office(found.body, actor=user))
    form = SourceForm(request.POST, **_offered(found.body))
    return submit(request, form, act, again=again, done="已改，马上再去看。")


def _source_page(
    request: HttpRequest, user: User, found: Source, form: Form | None, status: int = 200
) -> HttpResponse:
    context = {
        "source": found,
        "state": _source_state(found),
        "facts": list(_source_facts(found)),
        "acts": list(_source_acts(user, found, form)),
        "crumbs": [Crumb("关注的来源", f"{reverse('columns:sources')}?body={found.body_id}")],
        "timeline": timeline(found),
    }
    return render(request, "columns/source.html", context, status=status)


def _source_facts(found: Source) -> Iterator[Fact]:
    yield Fact("网址", found.url, url=found.url)
    yield Fact("种类", SourceKind(found.kind).label, note=found.pattern)
    yield Fact("承办科室", found.unit.name)
    yield Fact("转发到栏目", found.column.name if found.column else "未指定")
    yield Fact("每隔", f"{found.minutes}分钟")
    yield Fact("最近去看", found.looked_at or "还没有")
    if found.failing_at:
        yield Fact("取不到", found.failing_at, note=f"已连续{found.failures}次：{found.failure}")
    if found.moved_to:
        yield Fact("对方已迁到", found.moved_to, note="请核对后改网址。")


def _source_acts(user: User, found: Source, form: Form | None) -> Iterator[Act]:
    if policies.may_repost(user, found) and found.ended_at is None:
        yield Act("现在去看", reverse("columns:look", args=[found.pk]))
    if not policies.may_set(user, found.body):
        return
    names = ("name", "kind", "url", "pattern", "minutes")
    initial = {name: getattr(found, name) for name in names}
    initial |= {"unit": found.unit_id, "column": found.column_id}
    hidden = {"version": found.version}
    form = form or SourceForm(initial=initial, **_offered(found.body))
    label = "重新关注" if found.ended_at else "改设定"
    yield Act(label, reverse("columns:source", args=[found.pk]), form=form, hidden=hidden)
    if found.ended_at is None:
        yield Act(
            "停止关注",
            reverse("columns:end_source", args=[found.pk]),
            hidden=hidden,
            tone="quiet",
            confirm="不再去看这个来源，已有的记录都保留。",
        )


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Have a source looked at now."""
    user = user_of(request)
    found = _source_or_404(user, pk)
    _refuse_others(user, found)

    def act(data: dict[str, Any]) -> str:
        actions.ask_look(found, actor=user)
        return reverse("columns:source", args=[pk])

    def again(form: Form, status: int) -> HttpResponse:
        return _source_page(request, user, found, None, status)

    return submit(request, Form(request.POST), act, again=again, done="一分钟内去看。")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Watch a source no more."""
    user = user_of(request)
    found = _source_or_404(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.end_source(found, actor=user, expected=version_seen(request))
        return reverse("columns:sources")

    def again(form: Form, status: int) -> HttpResponse:
        return _source_page(request, user, found, None, status)

    return submit(request, Form(request.POST), act, again=again, done="已停止关注。")
