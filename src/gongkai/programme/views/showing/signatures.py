"""What the binding page says while others still have to sign."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from gongkai.accounts.api import User
from gongkai.approvals.api import RoundState, Standing
from gongkai.programme import queries
from gongkai.programme.queries import Document


@dataclass(frozen=True)
class Signing:
    """Whether it may be bound now, else what stands in the way and what can be done."""

    may_bind: bool
    may_send: bool
    heading: str
    sentence: str
    url: str
    button: str
    stops: tuple[tuple[object, ...], ...]


STOP_HEADS = ("环节", "谁签", "情况", "时间")


def signing(document: Document, user: User) -> Signing:
    """Say how the document as it now stands is signed."""
    now = queries.how_signed(document, actor=user)
    url = reverse("approvals:round", args=[now.round.pk]) if now.round else ""
    stops = tuple((stop.what, stop.who, stop.stands, stop.at or "—") for stop in now.stops)
    if now.alone:
        return Signing(True, False, *_ready(now), url, "看签批经过", stops)
    if now.state is RoundState.OPEN:
        sentence = f"等{'、'.join(now.waits_for)}签批。签齐后在这里下达。"
        button = "去签批" if now.yours else "看签批进度"
        return Signing(False, False, "正在签批", sentence, url, button, stops)
    return Signing(False, True, *_unsent(document, now), url, "看上一轮签批", stops)


def _ready(now: Standing) -> tuple[str, str]:
    """Say that nothing is missing; nothing is said where nobody else was ever asked."""
    if now.state is RoundState.COMPLETE:
        return "已签齐", "可以下达了。"
    if now.state is RoundState.OPEN:
        return "只差您签批", "别人都已签过。您下达时，您的一步一并签批。"
    return "", ""


def _unsent(document: Document, now: Standing) -> tuple[str, str]:
    if now.state is RoundState.RETURNED:
        return "签批被退回", "请按退回的意见修改，再重新送签。"
    if queries.was_sent(document):
        return "内容已改，要重新送签", "送签以后任务有改动，原来的签字不再算数。"
    return (
        "下达前要签批",
        "按本机关的签批流程，下达前还要其他人签字。送签以后任务再有改动，要重新签。",
    )
