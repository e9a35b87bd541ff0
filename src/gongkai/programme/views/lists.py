"""The declared lists of documents and of timed tasks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from gongkai.accounts.api import user_of
from gongkai.duties import api as duties
from gongkai.programme import queries
from gongkai.programme.states import DocumentState
from gongkai.programme.views import showing
from gongkai.ui.lists import Begins, Between, Choice, Column, Listing
from gongkai.ui.parts import Empty, Status


def _state(document: queries.Document) -> Status:
    state = DocumentState(document.state)
    return Status(state.label, showing.TONES.get(state, "off"))


DOCUMENTS = Listing(
    name="documents",
    caption="收文",
    model="programme.Document",
    sort="-received_at",
    columns=[
        Column("title", "标题", url=lambda d: reverse("programme:document", args=[d.pk])),
        Column("state", "状态", value=_state),
        Column("number", "发文字号", value=lambda d: d.number or "—"),
        Column("received_at", "收到时间", kind="date", sort=True),
        Column("received_by", "经手人", value=lambda d: d.received_by.full_name),
    ],
    filters=[
        Choice("state", "状态", DocumentState.pairs()),
        Begins("title", "标题开头"),
    ],
    empty=Empty("还没有文件", "上传要点、方案或责任分工表，系统会读出任务。"),
)


def _programmes(request: HttpRequest) -> Iterable[tuple[Any, str]]:
    return [(p.pk, f"{p.year} {p.title}") for p in queries.programmes(user_of(request))]


def _units(request: HttpRequest) -> Iterable[tuple[Any, str]]:
    return [(u.pk, u.name) for u in queries.units_in_scope(user_of(request))]


def _due(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    if value == "late":
        return rows.filter(light__in=duties.LATE_LIGHTS)
    first = date.fromisoformat(value)
    return rows.filter(due_on__range=(first, first + timedelta(days=6)))


def _weeks(request: HttpRequest) -> Iterable[tuple[str, str]]:
    return [("late", "已逾期"), *queries.week_choices()]


TASKS = Listing(
    name="tasks",
    caption="任务",
    model="duties.Duty",
    sort="due_on",
    columns=[
        Column("light", "灯", value=lambda duty: replace(showing.sign_of(duty), due=None)),
        Column(
            "task",
            "任务",
            value=lambda duty: queries.card(duty).text,
            url=lambda duty: queries.card(duty).url,
        ),
        Column("unit", "责任单位", value=lambda duty: duty.owner.name),
        Column(
            "person", "责任人", value=lambda duty: duty.person.full_name if duty.person else "—"
        ),
        Column("period", "期次", value=lambda duty: duty.period or "—"),
        Column("due_on", "到期日", kind="due", sort=True),
    ],
    at_first="work=open",
    filters=[
        Choice("work", "办理", [("open", "在办"), ("closed", "已办结")], apply=queries.by_work),
        Choice("programme", "文件", _programmes, field="task_part__task__programme"),
        Choice("unit", "单位", _units, apply=queries.under_unit),
        Choice(
            "light",
            "灯",
            [(light.value, light.label) for light in duties.Light],
            field="light",
        ),
        Choice("due", "到期周", _weeks, apply=_due),
        Between("due_on", "到期日", field="due_on"),
        Begins("part", "文件部分", field="task_part__task__part"),
        Choice(
            "person",
            "责任人",
            lambda r: queries.people_in_scope(user_of(r)),
            apply=queries.of_person,
        ),
    ],
    empty=Empty("没有在办的任务", "下达文件后，任务会出现在这里；已办结的在“筛选”里找。"),
)
