"""What each kind of record says, who stands in it, which are owed each year; no tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from gongkai.records.states import Kind

MOST_PEOPLE = 500


@dataclass(frozen=True)
class Field:
    """Something that records of a kind say beside title and day."""

    name: str
    label: str
    number: bool = False
    """Whether it is a whole number, from ``least`` to ``most``."""
    least: int = 0
    most: int = 999_999_999
    required: bool = False
    long: bool = False
    hint: str = ""
    reads: str = ""
    """How a page says it, with {} for the value; as it is where this is empty."""


@dataclass(frozen=True)
class Shape:
    """What a kind of record is made of."""

    day: str
    """What its day is called."""
    title_hint: str
    fields: tuple[Field, ...]
    people: str = ""
    """What its people are called; "" where it has none."""
    review: str = ""
    """What its next day is called (下次修订), "" where it has none."""


SHAPES: dict[Kind, Shape] = {
    Kind.GROUP: Shape(
        day="成立（调整）日期",
        title_hint="如：关于调整政务公开工作领导小组的通知",
        fields=(
            Field("number", "文号"),
            Field("office", "办公室设在"),
            Field("why", "调整原因", long=True),
        ),
        people="组成人员",
    ),
    Kind.HEARING: Shape(
        day="会议日期",
        title_hint="如：局党组会听取政务公开工作汇报",
        fields=(
            Field("chair", "主持人", required=True, hint="姓名和职务"),
            Field("agenda", "听取了什么", required=True, long=True),
            Field("decided", "议定事项", long=True),
        ),
        people="参会人员",
    ),
    Kind.STAFFING: Shape(
        day="核定日期",
        title_hint="如：2026年政务公开工作人员和经费",
        fields=(
            Field("contact", "联系电话", hint="对外公布的办公电话"),
            Field("full_time", "专职人数", number=True),
            Field("part_time", "兼职人数", number=True),
            Field("funds", "经费（元）", number=True),
        ),
        people="工作人员",
    ),
    Kind.RESPONSIBILITY: Shape(
        day="形成日期",
        title_hint="如：网络意识形态责任制落实情况",
        fields=(
            Field("asked_by", "要求报送的单位"),
            Field("said", "主要内容", required=True, long=True),
        ),
    ),
    Kind.INSTITUTION: Shape(
        day="印发日期",
        title_hint="如：政府信息公开保密审查制度",
        fields=(Field("number", "文号"), Field("said", "主要内容", long=True)),
        review="下次修订日期",
    ),
    Kind.PLAN: Shape(
        day="印发日期",
        title_hint="如：2026年度政务公开培训计划",
        fields=(
            Field(
                "for_year",
                "计划年度",
                number=True,
                required=True,
                hint="如：2026",
                reads="{}年",
                least=2000,
                most=2100,
            ),
            Field("sessions", "计划场次", number=True, required=True, least=1, most=1000),
            Field("heads", "计划参加人次", number=True),
            Field("said", "培训安排", required=True, long=True, hint="对象、内容、时间、授课人"),
        ),
    ),
    Kind.TRAINING: Shape(
        day="培训日期",
        title_hint="如：政府信息公开条例培训（第一期）",
        fields=(
            Field("count", "参加人次", number=True, required=True),
            Field("hours", "课时", number=True),
            Field("teacher", "授课人"),
            Field("said", "培训内容", required=True, long=True),
            Field(
                "induction", "纳入初任培训的课时", number=True, hint="新录用人员学习公开法规的课时"
            ),
        ),
        people="参加人员",
    ),
    Kind.PUBLICITY: Shape(
        day="开展日期",
        title_hint="如：《政府信息公开条例》宣传日活动",
        fields=(
            Field("form", "形式", required=True, hint="如：现场咨询、微信推送、展板"),
            Field("count", "参加（覆盖）人次", number=True),
            Field("said", "宣传内容", long=True),
        ),
    ),
}


@dataclass(frozen=True)
class Owed:
    """A record that every body owes each year."""

    kind: Kind
    title: str
    due: tuple[int, int]
    """Month and day."""


OWED = (
    Owed(Kind.HEARING, "主要负责人听取政务公开工作汇报", (12, 31)),
    Owed(Kind.TRAINING, "开展政务公开培训", (12, 31)),
    Owed(Kind.PUBLICITY, "向社会宣传政府信息公开条例", (12, 31)),
)


@dataclass(frozen=True)
class Person:
    """Somebody who stands in a record, as it is typed."""

    name: str
    unit: str = ""
    post: str = ""
    part: str = ""
    """组长, 副组长, 成员, 讲师 …"""

    def line(self) -> str:
        """Return the person as typed, and as ``people_in`` reads it."""
        return "｜".join((self.name, self.unit, self.post, self.part)).rstrip("｜")


def people_in(text: str) -> list[Person]:
    """Read people typed one a line, 姓名｜单位｜职务｜组内职务; all but the name may be left out.

    Raises ``ValueError`` with a sentence for a line without a name, for too many people or parts.
    """
    lines = [line.replace("|", "｜").replace("\t", "｜") for line in text.splitlines()]
    found = [_person(line) for line in lines if line.strip("｜ ")]
    if len(found) > MOST_PEOPLE:
        raise ValueError(f"最多填{MOST_PEOPLE}人，更多的请上传名单。")
    return found


def _person(line: str) -> Person:
    parts = [part.strip() for part in line.split("｜")]
    if not parts[0]:
        raise ValueError(f"“{line.strip()}”没有姓名，请写成：姓名｜单位｜职务。")
    if len(parts) > 4:
        raise ValueError(f"“{line.strip()}”分隔太多，请写成：姓名｜单位｜职务｜组内职务。")
    return Person(*(part[:60] for part in parts))


def facts_of(kind: Kind, given: Mapping[str, object]) -> dict[str, str | int]:
    """Return what is kept of the given values. Raises ``ValueError`` with a sentence."""
    kept: dict[str, str | int] = {}
    for field in SHAPES[kind].fields:
        value = given.get(field.name)
        if value in (None, ""):
            if field.required:
                raise ValueError(f"请填写{field.label}。")
            continue
        kept[field.name] = _number(field, value) if field.number else str(value).strip()
    return kept


def _number(field: Field, value: object) -> int:
    if not isinstance(value, int) or value < field.least:
        raise ValueError(f"{field.label}要填整数，不小于{field.least}。")
    if value > field.most:
        raise ValueError(f"{field.label}太大，不能大于{field.most}，请核对。")
    return value


def shown_facts(kind: Kind, facts: Mapping[str, object]) -> list[tuple[str, object]]:
    """Return label and value of what a record says, in the order of its kind."""
    said = [(field, facts[field.name]) for field in SHAPES[kind].fields if field.name in facts]
    return [(f.label, f.reads.format(value) if f.reads else value) for f, value in said]


def owed_until(owed: Owed, year: int) -> date:
    """Return the last day for an owed record of a year."""
    return date(year, *owed.due)


@dataclass(frozen=True)
class Carried:
    """How far a training plan is carried out: sessions and people, planned and done."""

    planned: int
    done: int
    heads_planned: int
    heads: int

    @property
    def missing(self) -> int:
        """Sessions still to hold; never below 0."""
        return max(0, self.planned - self.done)


def carried(plan: Mapping[str, object], trainings: Sequence[int]) -> Carried:
    """Return how far a plan is carried out by trainings that so many people attended each."""
    return Carried(
        planned=_whole(plan, "sessions"),
        done=len(trainings),
        heads_planned=_whole(plan, "heads"),
        heads=sum(trainings),
    )


def _whole(facts: Mapping[str, object], name: str) -> int:
    value = facts.get(name)
    return value if isinstance(value, int) else 0


def attended(facts: Mapping[str, object], people: int) -> int:
    """Return how many a record counts: as it says, else as many as it names."""
    said = facts.get("count")
    return said if isinstance(said, int) else people
