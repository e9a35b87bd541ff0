"""The bureau's records of a year: group, hearings, staffing, rules, training, publicity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.demo.city import City
from gongkai.programme import api as programme
from gongkai.records import api as records

GROUP = (
    records.Person("李建华", "局党组", "书记、局长", "组长"),
    records.Person("陈国强", "局领导班子", "副局长", "副组长"),
    records.Person("周敏", "办公室", "主任", "成员"),
    records.Person("吴静", "科技信息科", "科长", "成员"),
)


@dataclass(frozen=True)
class Done:
    """Something that was done on a day, and by which unit of the city's table."""

    unit: str
    kind: records.Kind
    said: records.Written
    proves: str = ""
    """Words of the task that it proves."""


DONE = (
    Done(
        "",
        records.Kind.GROUP,
        records.Written(
            "关于调整政务公开工作领导小组的通知",
            date(2026, 3, 3),
            {"number": "清交办〔2026〕3号", "office": "局办公室", "why": "人员变动"},
            GROUP,
        ),
        "明确政务公开分管领导",
    ),
    Done(
        "",
        records.Kind.STAFFING,
        records.Written(
            "2026年政务公开工作人员和经费",
            date(2026, 3, 6),
            {"contact": "0999-8123456", "full_time": 1, "part_time": 12, "funds": 60000},
            GROUP[2:],
        ),
    ),
    Done(
        "",
        records.Kind.PLAN,
        records.Written(
            "2026年度政务公开培训计划",
            date(2026, 3, 10),
            {
                "for_year": 2026,
                "sessions": 3,
                "heads": 120,
                "said": "6月条例培训，9月窗口人员培训，12月新录用人员初任培训（含公开法规2课时）。",
            },
        ),
    ),
    Done(
        "",
        records.Kind.INSTITUTION,
        records.Written(
            "信息发布保密审查制度",
            date(2026, 5, 12),
            {"number": "清交办〔2026〕9号", "said": "先审查后公开，一事一审，谁公开谁负责。"},
            review_on=date(2028, 5, 12),
        ),
    ),
    Done(
        "人事科",
        records.Kind.TRAINING,
        records.Written(
            "政府信息公开条例培训（第一期）",
            date(2026, 6, 16),
            {
                "count": 46,
                "hours": 3,
                "teacher": "市司法局 何老师",
                "said": "条例释义、依申请公开答复、常见诉讼案例",
            },
        ),
        "政府信息公开条例培训",
    ),
    Done(
        "",
        records.Kind.HEARING,
        records.Written(
            "局党组会听取上半年政务公开工作汇报",
            date(2026, 7, 14),
            {
                "chair": "李建华 局长",
                "agenda": "上半年要点落实情况、逾期事项",
                "decided": "网站集约化迁移每月调度一次",
            },
            GROUP,
        ),
    ),
    Done(
        "人事科",
        records.Kind.TRAINING,
        records.Written(
            "窗口人员政务公开业务培训（第二期）",
            date(2026, 9, 15),
            {"count": 40, "hours": 2, "teacher": "周敏", "said": "窗口答复口径、公众咨询转办"},
        ),
    ),
    Done(
        "法规科",
        records.Kind.PUBLICITY,
        records.Written(
            "《政府信息公开条例》进车站宣传",
            date(2026, 5, 15),
            {"form": "现场咨询、发放手册", "count": 320, "said": "申请渠道、答复期限、救济途径"},
        ),
    ),
)


def keep_records(city: City, programmes: list[programme.Programme], *, day: date) -> None:
    """Write what was done since the last day of the story; first of all list what a year owes."""
    zhou = city.people["zhoumin"]
    records.open_year(actor=zhou, body=city.bureau, year=day.year)
    for done in _since_last(day):
        unit = city.units[done.unit]
        record = records.write(actor=zhou, unit=unit, kind=done.kind, said=done.said)
        for task in _tasks(programmes, done.proves):
            records.link(record, actor=zhou, expected=record.version, task=task)
            record.refresh_from_db()


def _since_last(day: date) -> Iterator[Done]:
    last = day - timedelta(days=4 if day.weekday() == 1 else 3)  # told on Tuesdays and Fridays
    return (one for one in DONE if last <= one.said.held_on < day)


def _tasks(programmes: list[programme.Programme], words: str) -> list[programme.Task]:
    if not words:
        return []
    rows = programme.Task.objects.filter(
        programme__in=programmes, text__contains=words, state=programme.TaskState.OPEN
    )
    return list(rows.order_by("id")[:1])
