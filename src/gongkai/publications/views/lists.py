"""The register of items and the ledger of publication, as lists with exports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import user_of
from gongkai.publications import policies, queries
from gongkai.publications.states import TONES, Attribute, EditionState, How, Kind
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Empty, Sign, Status

WORK = [("open", "在办"), ("done", "办完的")]


def state_of(row: Any) -> Status:
    """Show the state of an item or an edition."""
    state = EditionState(row.state)
    return Status(state.label, TONES[state])


def sign_of(row: Any) -> Sign | str:
    """Show the clock of an item or an edition."""
    duty = row.duty
    if duty is None:
        return ""
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


REGISTER = Listing(
    name="publications",
    caption="政府信息登记册",
    model="publications.Item",
    sort="-changed_at",
    columns=[
        Column(
            "title", "标题", url=lambda row: reverse("publications:item", args=[row.pk]), lead=True
        ),
        Column("index_number", "索引号"),
        Column("document_number", "发文字号"),
        Column("kind", "类型", value=lambda row: Kind(row.kind).label),
        Column("attribute", "公开属性", value=lambda row: Attribute(row.attribute).label),
        Column("unit", "起草科室", value=lambda row: row.unit.name),
        Column("state", "状态", value=state_of),
        Column("light", "公开时限", value=sign_of),
        Column("changed_at", "最近变动", kind="date", sort=True),
    ],
    filters=[
        Choice("work", "办理", WORK, apply=queries.by_work),
        Choice("state", "状态", EditionState.pairs()),
        Choice("kind", "类型", Kind.pairs()),
        Choice("attribute", "公开属性", Attribute.pairs()),
    ],
    empty=Empty(
        "还没有登记信息", "公文、公告、政务信息在这里起草、审签、发布；已有的登记册可以导入。"
    ),
)


@require_GET
def register(request: HttpRequest) -> HttpResponseBase:
    """List the items of the units in scope, what changed last first."""
    user = user_of(request)
    context = {
        "may_draft": bool(policies.drafting_units(user)),
        "may_publish": bool(policies.publishing_bodies(user)),
    }
    return REGISTER.answer(request, queries.register(user), "publications/register.html", context)


LEDGER = Listing(
    name="publications-ledger",
    caption="信息发布登记台账",
    model="publications.Publication",
    sort="-at",
    columns=[
        Column(
            "title",
            "标题",
            value=lambda row: row.edition.title,
            url=lambda row: reverse("publications:edition", args=[row.edition_id]),
            lead=True,
        ),
        Column("index_number", "索引号", value=lambda row: row.item.index_number),
        Column("document_number", "发文字号", value=lambda row: row.edition.document_number),
        Column("unit", "起草科室", value=lambda row: row.item.unit.name),
        Column("how", "方式", value=lambda row: How(row.how).label),
        Column("at", "发布时间", kind="date", sort=True),
        Column("by", "发布人", value=lambda row: row.by.full_name if row.by else "系统（定时）"),
        Column("ended_at", "停止公开", kind="date"),
    ],
    filters=[],
    empty=Empty("还没有发布过信息", "每次发布、恢复都在这里留一行。"),
)


@require_GET
def ledger(request: HttpRequest) -> HttpResponseBase:
    """List every publication of the units in scope, the latest first."""
    return LEDGER.answer(request, queries.ledger(user_of(request)), "publications/ledger.html", {})
