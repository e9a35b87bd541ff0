"""The lists of signing: what waits for me, what I signed, what I sent."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import User, user_of
from gongkai.approvals import policies, queries
from gongkai.approvals.states import RoundState, StepKind, StepState
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Empty, Status

TONES = {"open": "wait", "complete": "good", "returned": "binding", "superseded": "off"}


def round_url(pk: int) -> str:
    """Return the address of a round's page."""
    return reverse("approvals:round", args=[pk])


def round_status(round_: Any) -> Status:
    """Return how a round stands as a word with its tone."""
    state = RoundState(round_.state)
    return Status(state.label, TONES[state.value])


def _kind(step: Any) -> str:
    return StepKind(step.kind).label


KINDS = [(kind.value, kind.label) for kind in StepKind]
WAITING = Listing(
    name="approvals-waiting",
    caption="待我签批",
    model="approvals.RoundStep",
    sort="id",
    columns=[
        Column("title", "内容", value=lambda s: str(s.round), url=lambda s: round_url(s.round_id)),
        Column("kind", "请您", value=_kind),
        Column("unit", "送签单位", value=lambda s: s.round.unit.name),
        Column("sender", "送签人", value=lambda s: s.round.started_by.full_name),
        Column("called_at", "等候自", kind="date"),
    ],
    empty=Empty("没有等您签的", "轮到您审核、会签、保密审查或签批时，会在这里列出。"),
)
SIGNED = Listing(
    name="approvals-signed",
    caption="我签过的",
    model="approvals.RoundStep",
    sort="-id",
    columns=[
        Column("title", "内容", value=lambda s: str(s.round), url=lambda s: round_url(s.round_id)),
        Column("kind", "环节", value=_kind),
        Column("state", "结果", value=lambda s: StepState(s.state).label),
        Column("comment", "意见"),
        Column("round", "流转", value=lambda s: round_status(s.round)),
        Column("signed_at", "时间", kind="date"),
    ],
    empty=Empty("您还没有签过", "签署和退回的都会留在这里。"),
)
SENT = Listing(
    name="approvals-sent",
    caption="我送签的",
    model="approvals.Round",
    sort="-id",
    columns=[
        Column("title", "内容", value=str, url=lambda r: round_url(r.pk)),
        Column("chain", "流程", value=lambda r: r.chain.name),
        Column("state", "流转", value=round_status),
        Column("started_at", "送签时间", kind="date"),
        Column("closed_at", "结束时间", kind="date"),
    ],
    filters=[
        Choice(
            "state",
            "流转",
            RoundState.pairs(),
            apply=lambda rows, value: rows.filter(state=value),
        )
    ],
    empty=Empty("您没有送签过", "送签的内容走到哪一步，在这里看。"),
)


def tabs(here: str, user: User) -> dict[str, Any]:
    """Return the lists as tabs, with the one shown marked; chains for who sets them."""
    names = [("waiting", "待我签批"), ("signed", "我签过的"), ("sent", "我送签的")]
    if policies.kept_bodies(user):
        names.append(("chains", "签批流程"))
    return {
        "tabs": [(label, reverse(f"approvals:{name}"), name == here) for name, label in names],
    }


@require_GET
def waiting(request: HttpRequest) -> HttpResponseBase:
    """List what waits for the person's signature, the longest wait first."""
    user = user_of(request)
    rows = queries.waiting_for(user)
    return WAITING.answer(request, rows, "approvals/list.html", tabs("waiting", user))


@require_GET
def signed(request: HttpRequest) -> HttpResponseBase:
    """List what the person signed or sent back."""
    user = user_of(request)
    rows = queries.signed_by(user)
    return SIGNED.answer(request, rows, "approvals/list.html", tabs("signed", user))


@require_GET
def sent(request: HttpRequest) -> HttpResponseBase:
    """List the rounds that the person sent."""
    user = user_of(request)
    rows = queries.sent_by(user)
    return SENT.answer(request, rows, "approvals/list.html", tabs("sent", user))
