"""Documents and programmes for tests, made through the actions; own writing, a fictional bureau."""

from __future__ import annotations

from datetime import date, datetime, time

from django.utils import timezone

from gongkai.accounts.api import Role, User, appoint, create_user
from gongkai.accounts.tests.world import FOUNDED, PASSWORD, Side
from gongkai.organisation.api import Unit, UnitKind, create_unit
from gongkai.outbox import api as outbox
from gongkai.programme import actions
from gongkai.programme.models import Document, Programme, Proposal
from gongkai.reading.read import read
from gongkai.reading.source import load

TABLE = """清江市交通运输局2026年政务公开工作要点责任分工表
清江市交通运输局
2026年2月27日
序号 |
工作任务 |
具体要求 |
责任部门 |
完成时间 |
备注 |
|
1 |
一、夯实基础 |
明确政务公开专职人员 |
局办公室、科技科 |
2026年6月 |
各部门 |
|
2 |
修订信息公开指南 |
局办公室牵头，科技科配合 |
2026年11月底前 |
各部门 |
||
3 |
二、主动公开 |
公开重大交通建设项目 |
科技科 |
及时公开 |
市发改委牵头 |
|
4 |
做好依申请公开答复 |
局办公室 |
常态化工作 |
各部门 |
||
5 |
调整公布权力清单 |
局办公室 |
按市里统一安排完成 |
市司法局牵头 |
||
6 |
检查局网站 |
科技科 |
每季度 |
各部门 |
||
7 |
加强政务新媒体管理 |
|||||
"""


def at(day: date, hour: int = 9) -> datetime:
    """A moment of a day at the office."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def office_of(side: Side) -> Unit:
    """Return the body's 办公室, made at the first call."""
    found = Unit.objects.filter(body=side.body, name="办公室").first()
    return found or create_unit(
        actor=None, parent=side.body, kind=UnitKind.SECTION, name="办公室", on=FOUNDED
    )


def officer_at(unit: Unit, username: str = "clerk") -> User:
    """Make an officer of a unit."""
    user = create_user(actor=None, username=username, full_name="信息员甲", password=PASSWORD)
    appoint(actor=None, user=user, unit=unit, role=Role.OFFICER, from_on=FOUNDED)
    return user


def receive(side: Side, text: str = TABLE, replaces: Document | None = None) -> Document:
    """Receive a document and let the worker read it."""
    office_of(side)
    document = actions.receive_document(
        actor=side.openness_office,
        body=side.body,
        upload=text.encode(),
        name="责任分工表.txt",
        replaces=replaces,
    )
    outbox.drain()
    document.refresh_from_db()
    return document


def read_now(side: Side, text: str = TABLE) -> Document:
    """Receive a document and read it at once, without the worker: inside a test's transaction."""
    office_of(side)
    document = actions.receive_document(
        actor=side.openness_office, body=side.body, upload=text.encode(), name="责任分工表.txt"
    )
    source = load(text.encode(), "责任分工表.txt")
    actions.take_reading(document, reading=read(source), text=source.text)
    document.refresh_from_db()
    return document


def bound_now(side: Side, text: str = TABLE, history_until: date | None = None) -> Programme:
    """Receive, read, accept and bind a document, without the worker."""
    document = read_now(side, text)
    accept_all(side, document)
    office = side.openness_office
    return actions.bind(
        document, actor=office, expected=document.version, year=2026, history_until=history_until
    )


def accept_all(side: Side, document: Document) -> None:
    """Accept what is clear and leave out the rest."""
    office = side.openness_office
    actions.accept_clear(document, actor=office)
    for proposal in document.proposals.filter(state="proposed"):
        actions.drop(proposal, actor=office, expected=proposal.version, reason="无单位")
    document.refresh_from_db()


def bound(side: Side, text: str = TABLE, **how: object) -> Programme:
    """Receive, accept and bind a document."""
    document = receive(side, text)
    accept_all(side, document)
    how.setdefault("year", 2026)
    return actions.bind(document, actor=side.openness_office, expected=document.version, **how)


def row(document: Document, number: int) -> Proposal:
    """Return the proposal with a printed number."""
    return document.proposals.get(row=number)
