"""Reminders as they are told: to whom, once, together for those above, and what overtakes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from gongkai.duties import api as duties
from gongkai.kernel import clock
from gongkai.notices.api import Notice
from gongkai.outbox import api as outbox
from gongkai.programme.tests.factories import bound

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 18)


def on(day: str, hour: int = 9):
    return clock.at(timezone.make_aware(datetime.fromisoformat(f"{day}T{hour:02}:00")))


def open_duty(unit, **more) -> duties.Duty:
    fields = {
        "kind": "tests.reply",
        "subject": "tests.thing:1",
        "title": "答复公开申请",
        "limit": duties.on_date(DUE),
        "started_at": clock.now(),
        "actor": None,
    }
    return duties.open_duty(owner=unit, **{**fields, **more})


def unread(user, kind: str = "duties.reminder") -> list[str]:
    rows = Notice.objects.filter(user=user, kind=kind, read_at=None).order_by("pk")
    return list(rows.values_list("sentence", flat=True))


@pytest.fixture
def duty(world):
    with on("2026-03-02"):
        made = open_duty(world.own.section)
        outbox.drain(strict=True)
    return made


def walk(first: str, last: str) -> None:
    """Let the worker run twice a day."""
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        for hour in (0, 15):
            with on(day.isoformat(), hour):
                outbox.drain(strict=True)
        day += timedelta(days=1)


def test_each_rung_is_told_once_and_only_the_last_is_unread(world, duty):
    walk("2026-03-03", "2026-04-03")
    officer = world.own.officer
    said = [n.sentence for n in Notice.objects.filter(user=officer).order_by("pk")]
    assert said == [
        f"“答复公开申请”{words}。"
        for words in (
            "还有5个工作日到期",
            "还有3个工作日到期",
            "还有1个工作日到期",
            "今天到期",
            "已逾期1个工作日",
            "已逾期5个工作日",
            "已逾期10个工作日",
        )
    ]
    assert unread(officer) == ["“答复公开申请”已逾期10个工作日。"]
    assert Notice.objects.filter(user=world.own.section_head).count() == 5


def test_days_off_are_quiet(world, duty):
    walk("2026-03-03", "2026-04-03")
    days = {timezone.localtime(n.created_at).weekday() for n in Notice.objects.all()}
    assert days <= {0, 1, 2, 3, 4}


def test_those_above_hear_of_a_day_together(world):
    side = world.own
    with on("2026-03-02"):
        for n in range(3):
            open_duty(side.section, period=f"第{n}期")
        open_duty(side.body)
        outbox.drain(strict=True)
    walk("2026-03-03", "2026-03-25")
    told = Notice.objects.filter(user=side.deputy_leader)
    assert [n.sentence for n in told] == [
        "有4项任务到期或逾期还没办结，请督促：科技信息科3项、清江市交通运输局1项。"
    ]
    assert told.get().number == "4项"
    assert not Notice.objects.filter(user=side.leader).exists()
    assert not Notice.objects.filter(user=world.other.deputy_leader).exists()


def test_what_is_done_or_moved_leaves_no_reminder_unread(world, duty):
    walk("2026-03-03", "2026-03-17")
    assert unread(world.own.officer)
    with on("2026-03-17", 16):
        duty.refresh_from_db()
        duties.meet(duty, actor=None, at=clock.now())
        outbox.drain(strict=True)
    assert unread(world.own.officer) == []


def test_a_new_date_takes_back_the_old_reminder_and_gives_its_own(world, duty):
    walk("2026-03-03", "2026-03-17")
    with on("2026-03-17", 16):
        duty.refresh_from_db()
        duties.set_date(duty, actor=None, on=date(2026, 6, 30), reason="上级通知")
        outbox.drain(strict=True)
        assert unread(world.own.officer) == []
        duty.refresh_from_db()
        duties.set_date(duty, actor=None, on=date(2026, 3, 20), reason="上级通知")
        outbox.drain(strict=True)
    assert unread(world.own.officer) == ["“答复公开申请”还有3个工作日到期。"]


def test_a_mail_may_say_number_light_and_day(world, duty):
    with on("2026-03-02"):
        programme = bound(world.own)
    walk("2026-03-16", "2026-03-18")
    notice = Notice.objects.filter(user=world.own.officer, subject=f"duties.duty:{duty.pk}").last()
    assert (notice.number, notice.light, notice.due_on) == (f"时限{duty.pk}号", "今日到期", DUE)
    assert notice.urgency == "pressing"
    quarterly = programme.tasks.get(row=6)
    with on("2026-03-31"):
        outbox.drain(strict=True)
    first = f"duties.duty:{quarterly.duties.order_by('duty__due_on').first().duty_id}"
    told = Notice.objects.filter(subject=first, kind="duties.reminder").last()
    assert told.number == "第6项"


def test_a_limit_in_hours_presses_at_any_hour(world):
    with on("2026-03-14", 10):
        open_duty(world.own.section, limit=duties.hours(4), title="回应舆情")
    with on("2026-03-14", 13):
        outbox.drain(strict=True)
    notice = Notice.objects.get(user=world.own.officer)
    assert (notice.sentence, notice.urgency) == ("“回应舆情”时间已过半。", "hourly")
