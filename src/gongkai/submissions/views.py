"""Pages of submissions upward: what is owed, each time with its clock, what was sent."""

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
from gongkai.kernel import clock
from gongkai.kernel.refusal import refuse_if
from gongkai.programme.api import edited_bodies
from gongkai.submissions import actions, policies, queries, rules
from gongkai.submissions.forms import EndForm, ReceiveForm, RequireForm, ReturnForm, SendForm
from gongkai.submissions.states import TONES, Kind, Rhythm, RoundState
from gongkai.ui.handing_in import chosen_body
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Act, Crumb, Empty, Fact, Sign, Status
from gongkai.ui.submitting import submit, version_seen

Sent = Mapping[str, Form]
"""Forms that came back with errors, by verb."""


def _state(round_: Any) -> Status:
    state = RoundState(round_.state)
    return Status(state.label, TONES[state])


def _sign(round_: Any) -> Sign | str:
    duty = round_.duty
    if duty is None:
        return ""
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


WORK = [("open", "还要办的"), ("over", "办完的")]
ROUNDS = Listing(
    name="submissions",
    caption="上报",
    model="submissions.Round",
    sort="due_on",
    columns=[
        Column(
            "name",
            "报什么",
            value=str,
            url=lambda r: reverse("submissions:round", args=[r.pk]),
        ),
        Column("recipient", "报给", value=lambda r: r.requirement.recipient),
        Column("owner", "由谁报", value=lambda r: r.owner.name),
        Column("light", "时限", value=_sign, sort="due_on"),
        Column("state", "状态", value=_state),
        Column("sent_on", "报出日期", kind="date"),
    ],
    filters=[
        Choice("work", "办理", WORK, apply=queries.by_work),
        Choice("state", "状态", RoundState.pairs()),
    ],
    at_first="work=open",
    empty=Empty(
        "还没有上报事项", "要报给上级的统计表、名单、报告，写明报什么、报给谁、什么时候报。"
    ),
)


@require_GET
def round_list(request: HttpRequest) -> HttpResponseBase:
    """List what is owed upward, in order of its days."""
    user = user_of(request)
    context = {"may_require": bool(edited_bodies(user))}
    return ROUNDS.answer(request, queries.rounds(user), "submissions/rounds.html", context)


def _crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb("上报", reverse("submissions:rounds")), *more]


@require_http_methods(["GET", "POST"])
def require(request: HttpRequest) -> HttpResponse:
    """Enter what a superior asks for."""
    user = user_of(request)
    bodies = edited_bodies(user)
    body = chosen_body(request, bodies, policies.NOT_OFFICE)
    owners = queries.owner_choices(body)

    def act(data: dict[str, Any]) -> str:
        owner = queries.unit_of(body, data.pop("owner"))
        if owner is None:
            raise Http404
        data["lag"] = data["lag"] or 0
        found = actions.require(body=body, owner=owner, actor=user, **data)
        return reverse("submissions:requirement", args=[found.pk])

    def shown(form: Form, status: int = 200) -> HttpResponse:
        context = {"form": form, "body": body, "bodies": bodies, "crumbs": _crumbs()}
        return render(request, "submissions/require.html", context, status=status)

    if request.method == "GET":
        return shown(RequireForm(owners=owners, initial={"asked_on": clock.today()}))
    return submit(
        request, RequireForm(request.POST, owners=owners), act, again=shown, done="已新增。"
    )


@require_GET
def requirement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is owed and all its rounds."""
    user = user_of(request)
    return _requirement_page(request, user, _requirement(user, pk), {})


def _requirement_page(
    request: HttpRequest, user: User, found: queries.Requirement, sent: Sent, status: int = 200
) -> HttpResponse:
    rows = [(row, _sign(row), _state(row)) for row in queries.rounds_of(found)]
    context = {
        "requirement": found,
        "crumbs": _crumbs(),
        "status": "不再报" if found.ended_at else Kind(found.kind).label,
        "facts": list(_requirement_facts(found)),
        "rows": rows,
        "acts": list(_requirement_acts(found, user, sent)),
        "timeline": timeline(found),
    }
    return render(request, "submissions/requirement.html", context, status=status)


def _requirement_facts(found: queries.Requirement) -> Iterator[Fact]:
    yield Fact("报给", found.recipient)
    yield Fact("由谁报", found.owner.name)
    yield Fact("多久一次", rules.late_by(Rhythm(found.rhythm), found.lag))
    if found.basis:
        yield Fact("依据", found.basis)
    yield Fact("要求下达", found.asked_on)
    if found.rhythm != Rhythm.ONCE:
        yield Fact("已开到", f"{found.opened_to}年")
    if found.ended_at:
        yield Fact("不再报", found.ended_at, note=found.reason)


def _requirement_acts(found: queries.Requirement, user: User, sent: Sent) -> Iterator[Act]:
    if list(policies.why_not_office(found.body, actor=user)) or found.ended_at:
        return
    hidden = {"version": found.version}
    if found.rhythm != Rhythm.ONCE:
        year = found.opened_to + 1
        yield Act(
            f"开出{year}年的上报",
            reverse("submissions:open_year", args=[found.pk]),
            hidden={**hidden, "year": year},
            refusals=tuple(policies.why_not_open_year(found, actor=user, year=year)),
        )
    yield Act(
        "不再报",
        reverse("submissions:end", args=[found.pk]),
        form=sent.get("end") or EndForm(),
        hidden=hidden,
        tone="quiet",
    )


@require_POST
def open_year(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the rounds of the next year."""
    user = user_of(request)
    found = _requirement(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(_: dict[str, Any]) -> str:
        actions.open_year(
            found, actor=user, year=found.opened_to + 1, expected=version_seen(request)
        )
        return reverse("submissions:requirement", args=[pk])

    def again(form: Form, status: int) -> HttpResponse:
        return _requirement_page(request, user, _requirement(user, pk), {}, status)

    return submit(request, Form(request.POST), act, again=again, done="已开出。")


@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is owed no longer."""
    user = user_of(request)
    found = _requirement(user, pk)
    refuse_if(policies.why_not_office(found.body, actor=user))

    def act(data: dict[str, Any]) -> str:
        actions.end_requirement(
            found, actor=user, reason=data["reason"], expected=version_seen(request)
        )
        return reverse("submissions:requirement", args=[pk])

    def again(form: Form, status: int) -> HttpResponse:
        return _requirement_page(request, user, _requirement(user, pk), {"end": form}, status)

    return submit(request, EndForm(request.POST), act, again=again, done="已注明不再报。")


@require_GET
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one submission: its clock, what was sent, the receipts, what may be done now."""
    user = user_of(request)
    return _page(request, user, _round(user, pk), {})


def _page(
    request: HttpRequest, user: User, found: queries.Round, sent: Sent, status: int = 200
) -> HttpResponse:
    asked = found.requirement
    where = Crumb(asked.name, reverse("submissions:requirement", args=[asked.pk]))
    context = {
        "round": found,
        "heading": str(found),
        "state": _state(found),
        "crumbs": _crumbs(where),
        "facts": list(_facts(found)),
        "sendings": queries.sendings_of(found),
        "acts": list(_acts(found, user, sent)),
        "timeline": timeline(found),
    }
    return render(request, "submissions/round.html", context, status=status)


def _facts(found: queries.Round) -> Iterator[Fact]:
    asked = found.requirement
    yield Fact("报给", asked.recipient)
    yield Fact("由谁报", found.owner.name)
    if found.period:
        yield Fact("哪一期", found.period)
    yield Fact("材料", Kind(asked.kind).label)
    if asked.basis:
        yield Fact("依据", asked.basis)


def _acts(found: queries.Round, user: User, sent: Sent) -> Iterator[Act]:
    """What may be done in this state, for the people of the owner and the office."""
    if not policies.acts_on(user, found):
        return
    today = {name: clock.today() for name in ("sent_on", "received_on", "returned_on")}
    offered: list[tuple[str, str, type[Form], Any]] = []
    if found.state in (RoundState.OPEN, RoundState.RETURNED):
        again = found.state == RoundState.RETURNED
        offered.append(("send", "登记重报" if again else "登记上报", SendForm, "primary"))
    if found.state == RoundState.SENT:
        offered.append(("receive", "登记回执", ReceiveForm, "primary"))
    if found.state in (RoundState.SENT, RoundState.RECEIVED):
        offered.append(("return", "登记退回", ReturnForm, "plain"))
    for verb, label, form, tone in offered:
        url = reverse(f"submissions:{verb}", args=[found.pk])
        shown = sent.get(verb) or form(initial=today)
        yield Act(label, url, form=shown, hidden={"version": found.version}, tone=tone)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that it was sent."""
    form = SendForm(request.POST, request.FILES)
    return _do(request, pk, "send", form, actions.send, "已登记上报。")


@require_POST
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the receipt."""
    form = ReceiveForm(request.POST, request.FILES)
    return _do(request, pk, "receive", form, actions.receive, "已登记回执。")


@require_POST
def return_round(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter that the superior sent it back."""
    form = ReturnForm(request.POST)
    return _do(request, pk, "return", form, actions.return_round, "已登记退回，请改好后重报。")


def _do(
    request: HttpRequest, pk: int, verb: str, form: Form, call: Callable[..., object], done: str
) -> HttpResponse:
    user = user_of(request)
    found = _round(user, pk)
    if not policies.acts_on(user, found):
        refuse_if(policies.why_not(verb, found, actor=user))

    def act(data: dict[str, Any]) -> str:
        call(found, actor=user, expected=version_seen(request), **data)
        return reverse("submissions:round", args=[pk])

    def again(sent: Form, status: int) -> HttpResponse:
        return _page(request, user, _round(user, pk), {verb: sent}, status)

    return submit(request, form, act, again=again, done=done)


def _round(user: User, pk: int) -> queries.Round:
    found = queries.round_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _requirement(user: User, pk: int) -> queries.Requirement:
    found = queries.requirement_or_none(user, pk)
    if found is None:
        raise Http404
    return found
