"""Columns of the demo's bureau: taken over, published in through the year, one left to go stale."""

from __future__ import annotations

from datetime import date, timedelta

from gongkai.columns import api as columns
from gongkai.columns.api import How, Rhythm, SourceKind, Upkeep, Watch
from gongkai.demo.city import City
from gongkai.fetching import Fetched
from gongkai.kernel import clock
from gongkai.publications.api import Column

OWNERS = {
    "重大建设项目": "基建科",
    "公共资源交易": "基建科",
    "政府集中采购": "财务科",
    "预算": "财务科",
    "预算绩效目标": "财务科",
    "决算": "财务科",
    "绩效自评和评价结果": "财务科",
    "“三公”经费": "财务科",
    "价格和收费": "运输科",
    "政策文件": "法规科",
    "政策解读": "法规科",
    "工作动态": "办公室",
}
NOT_OURS = (
    "义务教育招生入学",
    "疫情和公共卫生",
    "巩固脱贫成果和乡村振兴",
    "乡村品牌和农产品",
    "市场准入负面清单",
    "突发环境事件",
    "生态环境",
    "就业形势季度分析",
    "信用“红黑名单”",
    "办事统计",
)
BY_WORD = (
    ("投诉", "投诉举报办理情况"),
    ("安全隐患", "安全生产和食品药品监管"),
    ("统计", "数据发布"),
    ("中标", "公共资源交易"),
    ("许可", "重大建设项目"),
    ("公告", "通知公告"),
)
"""Into which column a routine piece goes, by a word of its title; else into the news."""

SUPERIORS = (
    ("关于沿海港口引航收费的通知", "明确沿海港口引航费标准。"),
    ("关于做好冬季道路运输安全工作的通知", "部署冬季道路运输安全、雨雪冰冻天气应对。"),
    ("关于印发农村公路管养奖补办法的通知", "明确农村公路管养奖补资金的分配和使用。"),
)


def _watch(city: City) -> Watch:
    return Watch(
        name="江东省交通运输厅",
        kind=SourceKind.FEED,
        url="https://jtyst.jiangdong.example/feed.xml",
        unit=city.units["办公室"],
        minutes=60,
    )


def take_over(city: City) -> list[Upkeep]:
    """Let the office take the set over, give each column to a section, end what is not theirs."""
    office = city.people["zhoumin"]
    made = columns.take_over(city.bureau, actor=office, owner=city.units["办公室"])
    for upkeep in made:
        if upkeep.name in NOT_OURS:
            columns.retire(
                upkeep,
                actor=office,
                reason="不属于交通运输部门职能",
                expected=upkeep.version,
            )
        elif upkeep.name in OWNERS:
            how = How(
                name=upkeep.name,
                owner=city.units[OWNERS[upkeep.name]],
                rhythm=Rhythm(upkeep.rhythm),
                amount=upkeep.amount,
                ground=upkeep.ground,
            )
            columns.set_upkeep(upkeep, actor=office, how=how, expected=upkeep.version)
    return made


def column_for(city: City, title: str) -> Column | None:
    """Return the column in which a routine piece is published."""
    return column_called(city, next((name for word, name in BY_WORD if word in title), "工作动态"))


def column_called(city: City, name: str) -> Column | None:
    """Return a column that the bureau keeps, by its name."""
    for upkeep in columns.upkeeps_of(city.bureau):
        if upkeep.name == name and upkeep.retired_at is None:
            return upkeep.column
    return None


def tell_of_change(city: City, day: date) -> None:
    """Tell of a change of charges, that waits to be published."""
    for upkeep in columns.upkeeps_of(city.bureau):
        if upkeep.name == "价格和收费" and upkeep.retired_at is None:
            columns.tell_change(
                upkeep,
                actor=city.people["tangxue"],
                what="客运站停车收费标准调整",
                expected=upkeep.version,
                changed_on=day,
            )


def see_superior(city: City) -> None:
    """Let the watched superior have published three things: one is declined, one begun, one waits.

    The demo reaches no network: what a look would bring is handed in.
    """
    watched = columns.watch(city.bureau, actor=city.people["zhoumin"], what=_watch(city))
    base = "https://jtyst.jiangdong.example"
    early = clock.now() - timedelta(hours=20)
    entries = [
        columns.Entry(f"demo-{n}", title, f"{base}/art/{n}.html", summary, early)
        for n, (title, summary) in enumerate(SUPERIORS)
    ]
    columns.take_in(watched, Fetched(b"", watched.url), entries)
    office = city.people["zhoumin"]
    found = {row.title: row for row in columns.proposals(office)}
    declined, begun = found[SUPERIORS[0][0]], found[SUPERIORS[1][0]]
    columns.decline(
        declined, actor=office, reason="只适用于沿海港口，与本地无关", expected=declined.version
    )
    columns.repost(begun, actor=office, expected=begun.version)
