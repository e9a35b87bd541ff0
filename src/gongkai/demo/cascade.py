"""The city government's own plan, of which tasks are handed down to its bureaus."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings

from gongkai.accounts import api as accounts
from gongkai.accounts.api import Role
from gongkai.demo.chasing import falls_on
from gongkai.demo.city import FOUNDED, City
from gongkai.organisation import api as organisation
from gongkai.organisation.api import Unit, UnitKind
from gongkai.outbox import api as outbox
from gongkai.programme import api as programme
from gongkai.supervision import api as supervision

PLAN = """清江市2026年政务公开重点任务分工
清江市人民政府办公室
2026年3月5日
序号 |
工作任务 |
具体要求 |
责任部门 |
完成时间 |
备注 |
|
1 |
一、重点领域 |
汇总发布全市重大建设项目信息 |
政务公开科 |
2026年12月15日前 |
各部门 |
|
2 |
公开义务教育招生入学政策 |
政务公开科 |
2026年11月底前 |
各部门 |
||
3 |
二、政策解读 |
重要文件同步组织解读 |
政务公开科 |
每季度 |
各部门 |
||
"""


def hand_down(city: City, *, day: date, until: date) -> None:
    """Bind the city's plan, hand it down; one task is taken, one is asked about, one waits."""
    for before, step in STORY:
        if falls_on(day, before, until):
            step(city)


def _office() -> accounts.User:
    return accounts.User.objects.get(username="songyan")


def _give(row: int, body: Unit, note: str) -> None:
    task = programme.Task.objects.get(row=row, programme__title__startswith="清江市2026年")
    supervision.hand_down(task, actor=_office(), bodies=[body], note=note)


def _offered(city: City) -> supervision.Handing:
    """What the bureau was handed last."""
    return supervision.Handing.objects.filter(body=city.bureau).latest("id")


def _take(city: City) -> None:
    handing = _offered(city)
    supervision.take(
        handing,
        actor=city.people["zhoumin"],
        lead=city.units["基建科"],
        on=handing.due_on,
        expected=handing.version,
    )


def _ask(city: City) -> None:
    handing = _offered(city)
    zhou, question = city.people["zhoumin"], "解读材料由市里统一组织，还是各局自行组织？"
    supervision.ask_back(handing, actor=zhou, question=question, expected=handing.version)


def bind_plan(city: City) -> None:
    """The government's section, its officer, and its plan made binding in spring."""
    government = organisation.Unit.objects.get(name="清江市人民政府")
    section = organisation.create_unit(
        actor=None, parent=government, kind=UnitKind.SECTION, name="政务公开科", on=FOUNDED
    )
    office = accounts.create_user(
        actor=None, username="songyan", full_name="宋岩", password=settings.DEMO_PASSWORD
    )
    for unit, role in ((government, Role.OPENNESS_OFFICE), (section, Role.OFFICER)):
        accounts.appoint(actor=None, user=office, unit=unit, role=role)
    document = programme.receive_document(
        actor=office, body=government, upload=PLAN.encode(), name="2026年重点任务分工.txt"
    )
    outbox.drain()
    document.refresh_from_db()
    programme.accept_clear(document, actor=office)
    document.refresh_from_db()
    programme.bind(document, actor=office, expected=document.version, year=2026)


def _education() -> Unit:
    return organisation.Unit.objects.get(name="清江市教育局")


STORY: tuple[tuple[int, Callable[[City], None]], ...] = (
    (230, bind_plan),
    (45, lambda c: _give(1, c.bureau, "请汇总本系统项目，每月底前报送。")),
    (41, _take),
    (12, lambda c: _give(3, c.bureau, "请报四季度解读计划。")),
    (9, _ask),
    (5, lambda c: _give(2, _education(), "")),
)
"""Days before the end → what happens then, in the order of the days."""
