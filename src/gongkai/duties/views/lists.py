"""Lists of duties: one's own, all one may see, and what a version of the calendar moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_GET

from gongkai.accounts.api import user_of
from gongkai.calendars import api as calendars
from gongkai.duties import queries
from gongkai.duties.queries import light_label, light_rule
from gongkai.duties.states import LIGHT_LABELS, State
from gongkai.ui.lists import Between, Choice, Column, Listing
from gongkai.ui.parts import Crumb, Empty, Sign, Status

if TYPE_CHECKING:
    from gongkai.duties.models import Duty


def sign_of(duty: Duty) -> Sign:
    """Return the duty's light for the component."""
    return Sign(duty.light, light_label(duty), light_rule(duty), duty.due_on)


def _why(duty: Duty) -> str:
    return reverse("duties:why", args=[duty.pk])


def _period(duty: Duty) -> str:
    return duty.period or "—"


_TITLE = Column("title", "事项", url=_why, lead=True)
_LIGHT = Column("light", "灯", value=lambda d: Sign(d.light, light_label(d), light_rule(d)))
_DUE = Column("order_at", "到期", value=lambda d: d.due_on or "—", sort=True, kind="due")
_PERIOD = Column("period", "周期", value=_period)
_OWNER = Column("owner", "责任单位", value=lambda d: d.owner)
_PERSON = Column("person", "承办人", value=lambda d: d.person or "未定")
_BY_LIGHT = Choice("light", "灯", list(LIGHT_LABELS.items()))
_BY_DAY = Between("due_on", "到期日")

MINE = Listing(
    name="my-duties",
    caption="我的时限",
    model="duties.Duty",
    sort="order_at",
    columns=[_LIGHT, _TITLE, _DUE, _PERIOD, _PERSON],
    filters=[_BY_LIGHT, _BY_DAY],
    empty=Empty("现在没有在办的时限", "有了任务或申请，时限会按到期先后排在这里。"),
)

ALL = Listing(
    name="duties",
    caption="全部时限",
    model="duties.Duty",
    sort="order_at",
    columns=[
        _LIGHT,
        _TITLE,
        _DUE,
        _PERIOD,
        _OWNER,
        _PERSON,
        Column("state", "状态", value=lambda d: Status(State(d.state).label)),
    ],
    filters=[
        Choice("state", "状态", State.pairs()),
        _BY_LIGHT,
        _BY_DAY,
    ],
    empty=Empty("还没有时限", "任务下达或收到申请后，时限会出现在这里。"),
)

MOVED = Listing(
    name="moved-duties",
    caption="因日历变动改变的到期日",
    model="duties.Move",
    sort="pk",
    columns=[
        Column("duty", "事项", value=lambda m: m.duty.title, url=lambda m: _why(m.duty)),
        Column("owner", "责任单位", value=lambda m: m.duty.owner),
        Column("from_on", "原到期日", kind="date"),
        Column("to_on", "现到期日", kind="date"),
    ],
    empty=Empty("没有时限因此改变", "已办结的不变，在办的到期日都没有受影响。"),
)


@require_GET
def mine(request: HttpRequest) -> HttpResponseBase:
    """List the open duties of one's own and one's units."""
    return MINE.answer(request, queries.mine(user_of(request)), "duties/mine.html")


@require_GET
def everything(request: HttpRequest) -> HttpResponseBase:
    """List all duties one may see."""
    context = {"crumbs": [Crumb("我的时限", reverse("duties:mine"))]}
    return ALL.answer(
        request, queries.visible_to(user_of(request)), "duties/everything.html", context
    )


@require_GET
def moved(request: HttpRequest, number: int) -> HttpResponseBase:
    """List the due days that a version of the calendar moved."""
    if not 1 <= number <= calendars.latest_number():
        raise Http404
    context = {
        "title": f"日历第{number}版改变的到期日",
        "crumbs": [Crumb("工作日历", reverse("calendars:version", args=[number]))],
        "progress": queries.recomputing(number),
    }
    rows = queries.moves_for(user_of(request), number)
    return MOVED.answer(request, rows, "duties/moved.html", context)
