"""The list of what one's units are asked, and the page on which they read and answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import User, user_of
from gongkai.audit.api import timeline
from gongkai.coordination import queries
from gongkai.coordination.queries import Asking
from gongkai.coordination.states import AskingState
from gongkai.coordination.views import showing
from gongkai.publications import api as publications
from gongkai.publications.api import Attribute
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Crumb, Empty, Fact, Sign

ASKED = Listing(
    name="coordination",
    caption="征求我单位意见",
    model="coordination.Asking",
    sort="-asked_at",
    columns=[
        Column(
            "title",
            "稿子",
            value=lambda row: row.content["title"],
            url=lambda row: reverse("coordination:asking", args=[row.pk]),
            lead=True,
        ),
        Column("from", "来自", value=lambda row: row.item.unit.name),
        Column("unit", "征求单位", value=lambda row: row.unit.name),
        Column("state", "情况", value=lambda row: showing.status_of(row)),
        Column("light", "期限", value=lambda row: _sign(row)),
        Column("asked_at", "征求日期", kind="date", sort=True),
    ],
    filters=[Choice("state", "情况", AskingState.pairs())],
    empty=Empty("没有征求我单位意见的稿子", "别的单位起草的稿子涉及我单位职责时，在这里答复。"),
)


def _sign(row: Asking) -> Sign | str:
    duty = row.duty
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


@require_GET
def asked(request: HttpRequest) -> HttpResponseBase:
    """List what the person's units are asked, the latest first."""
    return ASKED.answer(request, queries.asked(user_of(request)), "coordination/asked.html", {})


def asking_or_404(user: User, pk: int) -> Asking:
    """Return an asking that the person may see."""
    found = queries.asking_or_none(user, pk)
    if found is None:
        raise Http404
    return found


@require_GET
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the draft as it was when the unit was asked, the question, and what was answered."""
    user = user_of(request)
    return asking_page(request, user, asking_or_404(user, pk), {})


def asking_page(
    request: HttpRequest, user: User, row: Asking, sent: showing.Sent, status: int = 200
) -> HttpResponse:
    """Show an asking, with forms that came back."""
    answer = showing.answer_act(row, user, sent)
    context: dict[str, Any] = {
        "asking": row,
        "content": row.content,
        "facts": _facts(row),
        "files": queries.files_of(row),
        "shown": showing.shown(row, user, sent),
        "acts": [answer] if answer else [],
        "changed": row.edition.digest != row.digest,
        "crumbs": [Crumb("征求意见", reverse("coordination:asked"))],
        "timeline": timeline(row),
        "works": publications.works_on(user, row.item),
    }
    return render(request, "coordination/asking.html", context, status=status)


def _facts(row: Asking) -> list[Fact]:
    content = row.content
    found = [
        Fact("来自", row.item.unit.name, note=row.item.body.name),
        Fact("征求单位", row.unit.name),
        Fact("请看什么", row.question),
        Fact("拟公开属性", Attribute(content["attribute"]).label),
    ]
    if content["document_number"]:
        found.append(Fact("发文字号", content["document_number"]))
    if row.answered_at and row.answered_by:
        found.append(Fact("答复", showing.status_of(row).label, note=row.says))
        found.append(Fact("答复人", row.answered_by.full_name))
    if row.settled:
        label = "采纳情况" if row.state == AskingState.SETTLED else "结束理由"
        found.append(Fact(label, row.settled))
    return found
