"""How the year's tasks are chased: notices of the openness office, instructions of the leaders."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from gongkai.demo.city import City
from gongkai.kernel import clock
from gongkai.programme import api as programme
from gongkai.programme.api import Task
from gongkai.supervision import api as supervision
from gongkai.supervision.api import Charge, ChargeState


def chase(city: City, bound: programme.Programme, *, day: date, until: date) -> None:
    """Do what falls on this day of the story; its days are counted back from ``until``."""
    for before, step in STORY:
        if falls_on(day, before, until):
            step(city, bound)


def falls_on(day: date, before: int, until: date) -> bool:
    """Say whether this is the last day of the story at least so many days before its end."""
    left = (until - day).days
    gap = 3 if day.weekday() == 1 else 4  # the year is told on Tuesdays and Fridays
    return left - gap < before <= left


def _tasks(city: City, bound: programme.Programme, unit: str, most: int = 1) -> list[Task]:
    """The tasks in which a unit has a part, what is due first first."""
    days = clock.today() + timedelta(days=60)
    parts = programme.due_parts(bound, by=days)
    found = {p.task_id: p.task for p in parts if p.unit_id == city.units[unit].pk}
    running = bound.tasks.filter(state="open", parts__unit=city.units[unit], parts__ended_on=None)
    found.update({task.pk: task for task in running.order_by("order") if task.pk not in found})
    return list(found.values())[:most]


def _notice(city: City, bound: programme.Programme, unit: str, text: str, days: int) -> None:
    tasks = _tasks(city, bound, unit, most=2)
    if tasks:
        zhou = city.people["zhoumin"]
        supervision.issue_notice(tasks, actor=zhou, unit=city.units[unit], text=text, days=days)


def _instruct(
    city: City, bound: programme.Programme, by: str, unit: str, text: str, days: int | None
) -> None:
    for task in _tasks(city, bound, unit):
        leader = city.people[by]
        supervision.instruct(task, actor=leader, units=[city.units[unit]], text=text, days=days)


def _waiting(city: City, unit: str, state: ChargeState) -> Charge | None:
    return Charge.objects.filter(unit=city.units[unit], state=state).order_by("-id").first()


def _answer(city: City, unit: str, by: str, text: str) -> None:
    charge = _waiting(city, unit, ChargeState.OPEN)
    if charge is not None:
        supervision.reply(charge, actor=city.people[by], text=text, expected=charge.version)


def _close(city: City, unit: str, said: str) -> None:
    charge = _waiting(city, unit, ChargeState.ANSWERED)
    if charge is not None:
        zhou = city.people["zhoumin"]
        supervision.close(charge, actor=zhou, conclusion=said, expected=charge.version)


def _send_back(city: City, unit: str, why: str) -> None:
    charge = _waiting(city, unit, ChargeState.ANSWERED)
    if charge is not None:
        zhou = city.people["zhoumin"]
        supervision.send_back(charge, actor=zhou, reason=why, expected=charge.version)


Step = Callable[[City, programme.Programme], None]
STORY: tuple[tuple[int, Step], ...] = (
    (
        120,
        lambda c, p: _notice(
            c, p, "法规科", "上半年答复文书抽查有2件格式不统一，请说明并整改。", 5
        ),
    ),
    (117, lambda c, p: _answer(c, "法规科", "fangli", "2件均已更正，样式已印发各科室。")),
    (113, lambda c, p: _send_back(c, "法规科", "请写明今后怎样把关。")),
    (110, lambda c, p: _answer(c, "法规科", "fangli", "2件已更正；今后答复前由科长逐件核对样式。")),
    (106, lambda c, p: _close(c, "法规科", "抽查3件，样式一致。")),
    (
        40,
        lambda c, p: _instruct(
            c, p, "lijianhua", "法规科", "申请量上升，请法规科预先排好人手，每月报一次。", None
        ),
    ),
    (36, lambda c, p: _answer(c, "法规科", "fangli", "已增加1名兼职人员，10月起每月报送。")),
    (30, lambda c, p: _close(c, "法规科", "已见10月报送材料。")),
    (
        24,
        lambda c, p: _notice(
            c, p, "科技科", "网站检查和栏目迁移已逾期，请说明原因、补办措施和完成时间。", 10
        ),
    ),
    (
        12,
        lambda c, p: _instruct(
            c, p, "chenguoqiang", "法规科", "年底前再核一遍指南和目录，发现问题当周改完。", 5
        ),
    ),
    (9, lambda c, p: _answer(c, "法规科", "fangli", "已核对，指南联系电话更正1处，目录无误。")),
    (8, lambda c, p: _notice(c, p, "执法支队", "四季度执法信息公开情况请于月底前书面回复。", 10)),
    (
        4,
        lambda c, p: _instruct(
            c, p, "chenguoqiang", "科技科", "迁移进度滞后，请科技科拿出倒排计划。", 8
        ),
    ),
    (1, lambda c, p: _answer(c, "科技科", "lintao", "倒排计划已拟好：12月10日前迁完全部栏目。")),
)
"""Days before the end → what happens then, in the order of the days."""
