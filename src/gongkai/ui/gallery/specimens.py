"""Made-up content for the gallery, of the fictional 清江市交通运输局; nothing else reads it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from gongkai.kernel.refusal import Refusal
from gongkai.ui import compared
from gongkai.ui.charts import Bars, Moment, Moments, Series
from gongkai.ui.lists.columns import Column, cell
from gongkai.ui.lists.filters import Shown
from gongkai.ui.lists.listing import Head, Line, Page
from gongkai.ui.parts import (
    Act,
    Card,
    Crumb,
    DayCell,
    Empty,
    Fact,
    Mark,
    Need,
    Pile,
    Sign,
    Status,
    Stripe,
)

TODAY = date(2026, 3, 18)
SHANGHAI = ZoneInfo("Asia/Shanghai")

RED = Sign("red", "逾期", "到期时刻已过，还没有办结。", date(2026, 3, 16))
TODAY_DUE = Sign("amber", "今日到期", "到期日就是今天。", date(2026, 3, 18))
AMBER = Sign("amber", "临近到期", "离到期不超过5个工作日。", date(2026, 3, 24))
GREEN = Sign("green", "未到期", "离到期还有5个工作日以上。", date(2026, 4, 27))
BLUE = Sign("blue", "暂停计时", "正在征求意见，期间不计入期限，答复后接着算。")
GREY = Sign("grey", "长期坚持", "没有到期日，按周期报进展。")
MET = Sign("met", "按时完成", "在到期时刻以前办结。", date(2026, 3, 11))
LATE = Sign("late", "逾期完成", "办结时到期时刻已过。", date(2026, 3, 6))
CANCELLED = Sign("cancelled", "已取消", "并入第8项，不再要求办理。")
SIGNS = [RED, TODAY_DUE, AMBER, GREEN, BLUE, GREY, MET, LATE, CANCELLED]

EXTEND_TWICE = Refusal("foi.no_more_time", "已经延长过一次，不能再延。请在4月27日前答复。")
NO_EVIDENCE = Refusal("programme.no_evidence", "还没有上传完成依据。请先上传文件或填写网址。")
NOT_HEAD = Refusal("approvals.not_yours", "须由科室负责人签批，现在等待陈静。")


class SampleForm(forms.Form):
    """A form with one field of each kind."""

    title = forms.CharField(label="任务内容", help_text="照原文写，不要改动措辞。")
    unit = forms.ChoiceField(
        label="牵头单位",
        choices=[("", "请选择"), ("1", "科技科"), ("2", "运输科"), ("3", "水运科")],
    )
    due_on = forms.DateField(label="完成日期", help_text="到这一天24时为止。")
    count = forms.IntegerField(label="每年次数", required=False, min_value=1)
    note = forms.CharField(label="说明", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    kind = forms.ChoiceField(
        label="时限",
        widget=forms.RadioSelect,
        choices=[("date", "到某一天"), ("quarter", "每季度一次"), ("none", "不计时")],
    )
    told = forms.BooleanField(label="下达时通知责任单位", required=False)
    file = forms.FileField(
        label="附件", required=False, help_text="Word、Excel、PDF，不超过20 MB。"
    )


class ReasonForm(forms.Form):
    """What a return to the drafter asks for."""

    reason = forms.CharField(
        label="退回原因", help_text="承办人会看到这段话。", widget=forms.Textarea(attrs={"rows": 3})
    )


@dataclass(frozen=True)
class Happened:
    """An event as the audit app's timeline gives it."""

    label: str
    at: datetime
    actor_name: str
    facts: dict[str, Any] = field(default_factory=dict)


def acts() -> list[Act]:
    """Buttons of every tone, and two that are refused."""
    return [
        Act("报送完成", "#", tone="primary", confirm="报送后由科室负责人确认，确认前仍可撤回。"),
        Act("退回承办人", "#", form=ReasonForm(prefix="return")),
        Act("查看原文", "#", method="get"),
        Act("延长时限", "#", refusals=[EXTEND_TWICE]),
        Act("确认完成", "#", refusals=[NO_EVIDENCE, NOT_HEAD]),
    ]


def events() -> list[Happened]:
    """What happened to a task."""
    at = datetime(2026, 3, 17, 16, 20, tzinfo=SHANGHAI)
    return [
        Happened("补充完成依据", at, "李文", {"evidence": "交通数据开放清单.xlsx"}),
        Happened(
            "延长时限",
            at - timedelta(days=6),
            "陈静",
            {"days": 10, "reason": "等待省厅数据目录", "due_on": "2026-04-27"},
        ),
        Happened("开始计时", at - timedelta(days=30), "系统", {"due_on": "2026-04-13"}),
        Happened("下达任务", at - timedelta(days=30, hours=1), "周敏", {"owner": "科技科"}),
    ]


def facts() -> list[Fact]:
    """What a task is."""
    return [
        Fact("任务", "推进交通运输公共数据资源开放，编制数据开放清单并按季度更新。"),
        Fact("牵头单位", "科技科", url="#"),
        Fact("配合单位", ["运输科", "水运科", "基建科"]),
        Fact("来源", "2026年政务公开工作要点分工", note="第8项，二、（三）", url="#"),
        Fact("下达日期", date(2026, 2, 15)),
        Fact("承办人", "李文"),
    ]


_TASKS = [
    (
        "8",
        "推进交通运输公共数据资源开放，编制数据开放清单",
        "科技科",
        RED,
        Status("执行中", "good"),
    ),
    ("12", "更新行政许可事项办事指南", "行政审批科", AMBER, Status("执行中", "good")),
    ("3", "发布2025年度政府信息公开工作年度报告", "办公室", MET, Status("已办结", "off")),
    ("23", "开展政务公开业务培训", "办公室", GREY, Status("待定", "wait")),
    ("17", "公开重大建设项目批准和实施信息", "基建科", RED, Status("执行中", "good")),
]


def page() -> Page:
    """A page of a list, as ``Listing.page`` makes one."""
    columns = [
        Column("n", "序号", kind="number", value=lambda t: int(t[0])),
        Column("title", "任务", value=lambda t: t[1], url=lambda t: "#"),
        Column("unit", "牵头单位", value=lambda t: t[2]),
        Column("light", "灯", value=lambda t: t[3]),
        Column("state", "状态", value=lambda t: t[4]),
    ]
    options = (("1", "科技科"), ("2", "运输科"))
    return Page(
        id="listing-gallery",
        caption="任务",
        heads=[
            Head("序号", "number", "g-n", "?sort=-n", "ascending"),
            Head("任务", "text", "g-t"),
            Head("牵头单位", "text", "g-u", "?sort=unit"),
            Head("灯", "text", "g-l", "?sort=light"),
            Head("状态", "text", "g-s"),
        ],
        lines=[Line(t[0], [cell(c, t, lead=c.name == "title") for c in columns]) for t in _TASKS],
        filters=[
            Shown("choice", "牵头单位", "unit", "", options=options),
            Shown("between", "到期", "due", ""),
            Shown("text", "文号", "number", ""),
        ],
        empty=Empty("没有任务"),
        kept=[],
        here="",
        previous="?before=x",
        following="?after=x",
        csv="?export=csv",
        xlsx="?export=xlsx",
        total=1284,
    )


def needs() -> list[Need]:
    """What waits for a person."""
    return [
        Need(
            "公开重大建设项目批准和实施信息",
            "#",
            RED,
            "第一季度进展还没有填报。",
            "填报进展",
            unit="基建科",
        ),
        Need(
            "推进交通运输公共数据资源开放，编制数据开放清单并按季度更新",
            "#",
            TODAY_DUE,
            "李文已报送完成，等您确认。",
            "去确认",
            unit="科技科",
        ),
        Need("更新行政许可事项办事指南", "#", AMBER, "还没有上传完成依据。", "上传依据"),
        Need("2026年政务公开工作要点分工", "#", GREEN, "有3项的责任单位还没有认定。", "继续核对"),
        Need("开展政务公开业务培训", "#", GREY, "第一季度进展还没有填报。", "填报进展"),
    ]


def stripes() -> list[Stripe]:
    """The load of a unit."""
    return [
        Stripe("red", "逾期", 2),
        Stripe("amber", "要留意", 4),
        Stripe("green", "未到期", 12),
        Stripe("blue", "暂停计时", 1),
        Stripe("grey", "长期坚持", 2),
        Stripe("met", "按时完成", 7),
        Stripe("late", "逾期完成", 1),
    ]


def piles() -> list[Pile]:
    """Columns of a board."""
    return [
        Pile(
            "科技科",
            [
                Card("推进交通运输公共数据资源开放", "#", TODAY_DUE, ["李文"], "第8项"),
                Card("数据开放清单按季度更新（第二季度）", "#", GREEN, ["李文"]),
            ],
            count=28,
            url="#",
            more_url="#",
            stripes=stripes(),
        ),
        Pile("基建科", [Card("公开重大建设项目批准和实施信息", "#", RED, ["赵强"])], count=9),
        Pile("行政审批科", [Card("更新行政许可事项办事指南", "#", AMBER, ["王芳"])], count=5),
        Pile("水运科", [], count=0),
    ]


def month() -> list[DayCell]:
    """October 2026, with its holiday and shifted day."""
    cells = []
    for n in range(1, 32):
        on = date(2026, 10, n)
        note = "国庆节" if n <= 7 else ("调休上班" if n == 10 else "")
        working = n == 10 or (n > 7 and on.weekday() < 5)
        lines = ["到期2项"] if n in (15, 27) else []
        cells.append(DayCell(on, working, note, lines, provisional=n == 31))
    return cells


def bars() -> Bars:
    """A quarter by month, with where its numbers lead."""
    lights = (
        ("red", "逾期", [0, 2, 1]),
        ("late", "逾期完成", [1, 0, 0]),
        ("met", "按时完成", [14, 9, 0]),
    )
    return Bars(
        name="bars",
        title="第三季度到期的时限",
        said="共27件：逾期3件，逾期完成1件，按时完成23件。",
        head="月份",
        categories=["7月", "8月", "9月"],
        series=[Series(code, label, n, ["#7", "#8", "#9"]) for code, label, n in lights],
    )


def moments() -> Moments:
    """A task from its start to its end."""
    return Moments(
        name="moments",
        title="时间线",
        said="到期1次，办理2次。",
        moments=[
            Moment(datetime(2026, 3, 2, 9, tzinfo=SHANGHAI), "办理", "任务下达", "ink"),
            Moment(
                datetime(2026, 6, 30, 9, tzinfo=SHANGHAI),
                "到期",
                "按时完成",
                "met",
                "#due",
            ),
            Moment(datetime(2026, 6, 10, 9, tzinfo=SHANGHAI), "办理", "报完成", "ink"),
        ],
    )


SOURCE = (
    "（三）推进公共数据开放。局科技科牵头，运输科、水运科、基建科配合，"
    "编制交通运输公共数据开放清单，2026年6月底前完成，并按季度更新。\n"
    "（四）做好政策解读。各科室起草政策性文件，应当同步起草解读材料，"
    "在文件公开后3个工作日内发布。"
)


def marks() -> list[Mark]:
    """Where two tasks were read from; the second lies inside the first."""
    first = SOURCE.index("局科技科牵头")
    inner = SOURCE.index("2026年6月底前完成")
    last = SOURCE.index("在文件公开后")
    return [
        Mark(first, SOURCE.index("\n"), "task-8", "第8项"),
        Mark(inner, inner + 10, "task-8-due", "时限"),
        Mark(last, len(SOURCE), "task-9", "第9项"),
    ]


CRUMBS = [Crumb("任务看板", "#"), Crumb("2026年政务公开工作要点分工", "#"), Crumb("第8项")]


@dataclass(frozen=True)
class Words:
    """A stretch of one side of a comparison."""

    how: str
    text: str


@dataclass(frozen=True)
class Pair:
    """A row of a comparison."""

    kind: str
    left: list[Words]
    right: list[Words]


def comparison() -> list[compared.Shown]:
    """Two versions of a rule: a term changed, a clause came, one went, much stayed."""
    same = [Words("same", "第一条　为规范农村公路养护，制定本办法。")]
    before = [Words("same", "养护单位应当在"), Words("deleted", "5"), Words("same", "日内修复。")]
    after = [Words("same", "养护单位应当在"), Words("inserted", "3"), Words("same", "日内修复。")]
    rows = [
        *(Pair("same", same, same) for _ in range(4)),
        Pair("changed", before, after),
        Pair("added", [], [Words("inserted", "修复情况在公示栏公布。")]),
        Pair("removed", [Words("deleted", "本办法由市交通运输局解释。")], []),
    ]
    return compared.shown(rows)
