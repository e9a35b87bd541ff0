"""The list of normative documents, and the buttons of one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from gongkai.accounts.api import User, user_of
from gongkai.kernel import clock
from gongkai.kernel.refusal import Refusal, refuse_if
from gongkai.normative import actions, policies, queries
from gongkai.normative.forms import CorrectForm, DecideForm, RegisterForm, RelateForm
from gongkai.normative.states import Validity
from gongkai.normative.views import showing
from gongkai.publications import api as publications
from gongkai.publications.api import Item
from gongkai.ui.lists import Choice, Column, Listing
from gongkai.ui.parts import Crumb, Empty, Sign
from gongkai.ui.submitting import submit, version_seen

SOON = [("90", "3个月内到期"), ("180", "6个月内到期"), ("365", "一年内到期")]


def _ends_within(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    today = clock.today()
    last = today + timedelta(days=int(value))
    return rows.filter(valid_until_on__gte=today, valid_until_on__lte=last)


def _sign(row: Any) -> Sign | str:
    duty = row.duty
    if duty is None or duty.closed_at is not None:
        return ""
    return Sign(duty.light, duty.rule.label, duty.rule.sentence, duty.due_on)


DOCUMENTS = Listing(
    name="normative",
    caption="规范性文件",
    model="normative.Standing",
    sort="valid_until_on",
    columns=[
        Column(
            "title",
            "标题",
            value=lambda row: row.item.title,
            url=lambda row: reverse("publications:item", args=[row.item_id]),
            lead=True,
        ),
        Column("number", "发文字号", value=lambda row: row.item.document_number),
        Column("registration_number", "登记号"),
        Column("unit", "起草科室", value=lambda row: row.unit.name),
        Column("validity", "有效性", value=showing.status_of),
        Column("valid_until_on", "有效期截止", kind="date", sort=True),
        Column("light", "到期前评估", value=_sign),
    ],
    filters=[
        Choice("validity", "有效性", Validity.pairs()),
        Choice("ends", "到期", SOON, apply=_ends_within),
    ],
    empty=Empty("还没有规范性文件", "规范性文件发布后列在这里，到期前会提醒评估。"),
)


@require_GET
def documents(request: HttpRequest) -> HttpResponseBase:
    """List the normative documents that the person works on or oversees, by their last day."""
    rows = queries.documents(user_of(request))
    return DOCUMENTS.answer(request, rows, "normative/documents.html", {})


def _item(user: User, pk: int) -> Item:
    found = queries.item_or_none(user, pk)
    if found is None:
        raise Http404
    return found


def _there(item: Item) -> str:
    return reverse("publications:item", args=[item.pk]) + "#normative"


def _again(
    request: HttpRequest, user: User, item: Item, verb: str
) -> Callable[[Form, int], HttpResponse]:
    def again(form: Form, status: int) -> HttpResponse:
        where = Crumb(item.title, reverse("publications:item", args=[item.pk]))
        acts = list(showing.acts(user, item, {verb: form}))
        context = {"title": item.title, "acts": acts, "crumbs": [where]}
        return render(request, "normative/again.html", context, status=status)

    return again


def _theirs(allowed: bool, refusal: Refusal) -> None:
    if not allowed:
        refuse_if([refusal])


@require_POST
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down registration and term."""
    user = user_of(request)
    item = _item(user, pk)
    _theirs(publications.may_change(user, item), policies.NOT_YOURS)

    def act(data: dict[str, Any]) -> str:
        actions.register(item, actor=user, expected=version_seen(request), **data)
        return _there(item)

    again = _again(request, user, item, "register")
    return submit(request, RegisterForm(request.POST), act, again=again, done="已登记。")


@require_POST
def relate(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the document does to an earlier one."""
    user = user_of(request)
    item = _item(user, pk)
    _theirs(publications.may_change(user, item), policies.NOT_YOURS)

    def act(data: dict[str, Any]) -> str:
        earlier = _item(user, data.pop("earlier"))
        actions.relate(item, earlier, actor=user, **data)
        return _there(item)

    form = RelateForm(request.POST, offered=queries.offered(user, item))
    again = _again(request, user, item, "relate")
    return submit(request, form, act, again=again, done="已设定，发布施行后生效。")


@require_POST
def unrelate(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a planned relation back."""
    user = user_of(request)
    row = queries.relation_or_none(user, pk)
    if row is None:
        raise Http404
    actions.unrelate(row, actor=user, expected=version_seen(request))
    messages.success(request, "已取消。")
    return redirect(_there(row.later))


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide what becomes of a document before its validity ends."""
    user = user_of(request)
    standing = _standing(user, pk)
    _theirs(publications.may_change(user, standing.item), policies.NOT_YOURS)

    def act(data: dict[str, Any]) -> str:
        actions.decide(standing, actor=user, expected=version_seen(request), **data)
        return _there(standing.item)

    again = _again(request, user, standing.item, "decide")
    return submit(request, DecideForm(request.POST), act, again=again, done="评估已记录。")


def _standing(user: User, pk: int) -> queries.Standing:
    found = queries.standing_or_none(user, pk)
    if found is None:
        raise Http404
    return found


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a validity right."""
    user = user_of(request)
    standing = _standing(user, pk)
    if not publications.may_publish(user, standing.item):
        refuse_if([policies.NOT_OFFICE])

    def act(data: dict[str, Any]) -> str:
        actions.correct(standing, actor=user, expected=version_seen(request), **data)
        return _there(standing.item)

    again = _again(request, user, standing.item, "correct")
    return submit(request, CorrectForm(request.POST), act, again=again, done="已更正。")
