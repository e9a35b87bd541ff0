"""A year of work in the fictional bureau, done through the actions with the clock set back."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from gongkai.demo import (
    columns,
    documents,
    publishing,
    records,
    reports,
    sheets,
    standards,
    submissions,
)
from gongkai.demo.cascade import hand_down
from gongkai.demo.chasing import chase
from gongkai.demo.city import City
from gongkai.demo.closing import sign_and_close
from gongkai.demo.mail import choose_ways
from gongkai.demo.working import actor_for, keep_ledgers
from gongkai.kernel import clock
from gongkai.notices.api import mark_all_read
from gongkai.outbox import api as outbox
from gongkai.programme import api as programme
from gongkai.progress import api as progress

SEED = 2026
DRAFT = "清江市交通运输局2027年政务公开工作要点（征求意见稿）.txt"

SLOW = ("科技科", "运管处", "农村办")
STUCK = ("科技科", "运管处")
"""Units that fell behind in autumn, so that the board has something to show."""

UNREAD = timedelta(days=14)
"""Messages of so many last days were not read yet."""

NOTES = (
    "已在局网站“{part}”栏目公开，并报办公室备案。",
    "已办结，材料存科室台账。",
    "按要求公开，栏目更新及时，未收到群众意见。",
    "已公开并在“清江交通”公众号同步发布。",
)
HAPPENINGS = (
    "清江三桥施工许可批复",
    "环湖路改造工程中标结果确定",
    "公交2路、7路线路调整",
    "出租汽车运价听证结束",
    "行政处罚决定书（清交罚〔2026〕{n}号）",
    "涉企收费目录清单调整",
)


def at(day: date, hour: int = 9) -> datetime:
    """A moment of a working day at the office."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


def work_the_year(city: City, *, until: date) -> None:
    """Work the documents of the year up to ``until``; at its end a draft waits for review."""
    chance = random.Random(SEED)  # noqa: S311  # a story, not a secret
    choose_ways(city.people)
    table = bind_document(city, documents.table_docx(), "2026年责任分工表.docx", date(2026, 2, 27))
    plan = bind_document(city, documents.plan_html(), "2026年实施方案.html", date(2026, 3, 2))
    with clock.at(at(date(2026, 3, 2), 15)):
        columns.take_over(city)
    for day in _days(date(2026, 3, 3), until):
        with clock.at(at(day, 10)):
            if until - day > UNREAD:
                _read_messages(city)
            for bound in (table, plan):
                _work_a_day(city, bound, chance, day)
                keep_ledgers(city, bound, day=day)
                sign_and_close(city, bound, day=day, until=until)
            sheets.go_on(city, day=day, until=until)
            submissions.go_on(city, day=day)
            publishing.go_on(city, day=day, until=until)
            records.keep_records(city, [table, plan], day=day)
            chase(city, table, day=day, until=until)
            hand_down(city, day=day, until=until)
            outbox.drain()
    with clock.at(at(until, 8)):
        _receive(city, documents.draft_txt(), DRAFT)
        reports.hand_in_report(city)
        columns.tell_of_change(city, until - timedelta(days=12))
        columns.see_superior(city)
        submissions.come_back(city, day=until)
        standards.take_catalogue(city)
        outbox.drain()
        reports.draft_report(city, [table, plan], as_of=until)


def _read_messages(city: City) -> None:
    """Everybody begins the day with what was told since; the last days' messages stay new."""
    for person in city.people.values():
        mark_all_read(person)


def _days(first: date, last: date) -> Iterator[date]:
    """Every Tuesday and Friday: often enough for the story, quick enough to tell."""
    day = first
    while day <= last:
        if day.weekday() in (1, 4):
            yield day
        day += timedelta(days=1)


def _receive(city: City, data: bytes, name: str) -> programme.Document:
    document = programme.receive_document(
        actor=city.people["zhoumin"], body=city.bureau, upload=data, name=name
    )
    outbox.drain()
    document.refresh_from_db()
    return document


def bind_document(city: City, data: bytes, name: str, on: date) -> programme.Programme:
    """Receive, settle, accept and bind as the openness office would in a morning."""
    zhou = city.people["zhoumin"]
    with clock.at(at(on)):
        document = _receive(city, data, name)
        for row in document.names.filter(settled=False):
            members = [city.units[x] for x in ("办公室", "法规科", "科技科")]
            programme.settle_name(row, actor=zhou, units=members, expected=row.version)
        programme.accept_clear(document, actor=zhou)
        for proposal in document.proposals.filter(state="proposed"):
            programme.drop(
                proposal, actor=zhou, expected=proposal.version, reason="原则性要求，不单列任务"
            )
        document.refresh_from_db()
        bound = programme.bind(document, actor=zhou, expected=document.version, year=2026)
        outbox.drain()
        return bound


def _work_a_day(city: City, bound: programme.Programme, chance: random.Random, day: date) -> None:
    for part in programme.due_parts(bound, by=day + timedelta(days=10)):
        if progress.is_under_way(part):
            continue
        if chance.random() < _diligence(part.unit.short, day, part.duty.due_on):
            _do(city, part, chance)
    if chance.random() < 0.15:
        _something_happens(city, bound, chance, day)


def _diligence(unit: str, day: date, due: date | None) -> float:
    """How likely the unit is to finish today: more as the day comes near, less for some."""
    if due is None:
        return 0.0
    left = (due - day).days
    if unit in STUCK and day >= date(2026, 9, 15):
        return 0.0
    slow = 0.35 if unit in SLOW else 1.0
    return slow * (0.75 if left <= 2 else 0.35)


def _do(city: City, part: programme.TaskDuty, chance: random.Random) -> None:
    actor = actor_for(city, part.unit_id)
    task = part.task
    note = chance.choice(NOTES).format(part=(task.part or "政务公开").split("、")[-1])
    programme.add_evidence(task, actor=actor, unit=part.unit, note=note, duty_id=part.duty_id)
    task.refresh_from_db()
    progress.report(
        task,
        unit=part.unit,
        actor=actor,
        duty_id=part.duty_id,
        text=note,
        done_on=clock.today(),
        expected=task.version,
    )


def _something_happens(
    city: City, bound: programme.Programme, chance: random.Random, day: date
) -> None:
    prompt = programme.prompt_parts(bound)
    if not prompt:
        return
    part = chance.choice(prompt)
    task = part.task
    task.refresh_from_db()
    programme.record_trigger(
        task,
        actor=actor_for(city, part.unit_id),
        unit=part.unit,
        what=chance.choice(HAPPENINGS).format(n=chance.randint(3, 90)),
        happened_at=at(day, 0),
        expected=task.version,
    )
