"""What the units of the bureau set themselves and wrote of their tasks through the year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gongkai.accounts.api import User
from gongkai.demo.city import City
from gongkai.organisation.api import Unit
from gongkai.programme import api as programme
from gongkai.progress import api as progress

Step = progress.Step


@dataclass(frozen=True)
class Plan:
    """The measures for the task that has these words."""

    words: str
    measures: str
    steps: tuple[Step, ...]
    answers: str


@dataclass(frozen=True)
class Told:
    """What the lead of the task that has these words wrote on a day."""

    on: date
    words: str
    progress: str
    problems: str = ""
    next_steps: str = ""


PLANS_ON = date(2026, 3, 6)
PLANS = (
    Plan(
        "重大交通建设项目",
        "把批准、招标、施工、竣工四个环节列成清单，项目负责人在每个环节完成后当天报科室公开",
        (
            Step("列出在建项目清单", "基本建设科", date(2026, 3, 20)),
            Step("每季度核对一次清单", "基本建设科", date(2026, 12, 20)),
        ),
        "基本建设科科长",
    ),
    Plan(
        "依法答复政府信息公开申请",
        "申请由政策法规科统一登记、统一编号，答复前由法律顾问审核",
        (Step("统一答复文书样式", "政策法规科", date(2026, 4, 10)),),
        "政策法规科科长",
    ),
    Plan(
        "集约化迁移",
        "与市政务服务中心商定迁移方案，先迁栏目、后迁历史信息，迁移期间两站并行",
        (
            Step("签订迁移方案", "科技信息科", date(2026, 6, 30)),
            Step("完成栏目迁移", "科技信息科", date(2026, 9, 30)),
        ),
        "科技信息科科长",
    ),
    Plan(
        "政府信息公开条例培训",
        "上半年面向全局、下半年面向窗口人员各办一期，新录用人员初任培训列入两个课时",
        (),
        "人事科科长",
    ),
)

TOLD = (
    Told(
        date(2026, 5, 15),
        "依法答复政府信息公开申请",
        "文书样式已统一，收到的申请均在期限内答复",
        next_steps="整理历年答复中重复申请较多的内容，提出转为主动公开的清单",
    ),
    Told(
        date(2026, 6, 30),
        "重大交通建设项目",
        "清江三桥、环湖路改造两个项目的批准和招标情况已公开",
        problems="个别项目施工情况由代建单位报送，时间偏晚",
        next_steps="把报送时限写进代建合同",
    ),
    Told(
        date(2026, 7, 10),
        "政府信息公开条例培训",
        "上半年培训已办，局机关和直属单位参加",
    ),
    Told(
        date(2026, 9, 4),
        "集约化迁移",
        "栏目迁移方案已签订，历史信息正在清点",
        problems="旧网站部分附件缺失，需要各科室补交",
        next_steps="附件补齐后分两批迁移，年底前关闭旧网站",
    ),
    Told(
        date(2026, 10, 16),
        "检查局网站和政务新媒体",
        "第三季度检查发现空栏目2个、错链7处，已通知有关科室",
        problems="科室更换联系人后没有及时交接，整改拖延",
        next_steps="联系人变动时同步交接栏目，交接情况报办公室",
    ),
    Told(
        date(2026, 11, 10),
        "监测交通舆情",
        "监测和回应按月汇总，重要事项当天报分管领导",
    ),
)


def keep_ledgers(city: City, bound: programme.Programme, *, day: date) -> None:
    """Set the measures and write the progress that belong to this day."""
    if day == PLANS_ON:
        for plan in PLANS:
            _set_measures(city, bound, plan)
    for told in TOLD:
        if told.on == day:
            _write(city, bound, told)


def _set_measures(city: City, bound: programme.Programme, plan: Plan) -> None:
    for task, unit in _leads(bound, plan.words):
        progress.set_measures(
            task,
            unit=unit,
            actor=actor_for(city, unit.pk),
            measures=plan.measures,
            steps=plan.steps,
            answers=plan.answers,
            supervised="办公室每季度督查一次",
            expected=0,
        )


def _write(city: City, bound: programme.Programme, told: Told) -> None:
    for task, unit in _leads(bound, told.words):
        progress.record_progress(
            task,
            unit=unit,
            actor=actor_for(city, unit.pk),
            progress=told.progress,
            problems=told.problems,
            next_steps=told.next_steps,
        )


def _leads(bound: programme.Programme, words: str) -> list[tuple[programme.Task, Unit]]:
    """Return the open tasks with these words, each with the unit that leads it."""
    tasks = bound.tasks.filter(text__contains=words, state=programme.TaskState.OPEN)
    return [
        (task, task.parts.filter(part=programme.Part.LEAD).order_by("id")[0].unit)
        for task in tasks.order_by("id")
    ]


def actor_for(city: City, unit_id: int) -> User:
    """Return a person of the unit, or the openness office for units without accounts."""
    for person in city.people.values():
        if programme.works_for_unit(person, unit_id):
            return person
    return city.people["zhoumin"]
