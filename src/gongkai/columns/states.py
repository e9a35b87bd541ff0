"""How a column is kept, as data: rhythms, the coming set of field columns, events, words."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.kernel.words import Worded


class Rhythm(Worded):
    """When a column wants new content."""

    DAYS = "days", "每隔若干天"
    MONTHS = "months", "每隔若干个月"
    QUARTER = "quarter", "每季度"
    YEAR = "year", "每年"
    CHANGES = "changes", "有变动后若干个工作日内"

    @property
    def counts(self) -> bool:
        """Whether the rhythm needs a number."""
        return self in {Rhythm.DAYS, Rhythm.MONTHS, Rhythm.CHANGES}


class Freshness(Worded):
    """How a column stands, or stood in a month; the codes are those of the light component."""

    GREEN = "green", "更新及时"
    AMBER = "amber", "快到期"
    RED = "red", "该更新未更新"
    GREY = "grey", "没有待更新的"


UPDATE_DUTY = "columns.update"
"""The clock of a column."""

LAW = "《政府信息公开条例》第二十六条"
CHANGE_DAYS = 20
"""Working days within which a change is published (条例 第二十六条)."""


@dataclass(frozen=True)
class Ready:
    """A column that comes with the product: its code, name, ground and usual rhythm."""

    code: str
    name: str
    ground: str
    rhythm: Rhythm
    amount: int = 0
    parent: str = ""


_D, _M, _Q, _Y, _C = Rhythm.DAYS, Rhythm.MONTHS, Rhythm.QUARTER, Rhythm.YEAR, Rhythm.CHANGES
_SIX_MONTHS = 6
"""国办秘函〔2019〕19号: a first-level column without anything new for so long is found."""

GUIDE = "guide"
STANDARD: tuple[tuple[str, str], ...] = (
    (GUIDE, "条例第十二条"),
    ("institutions", "条例第四条、第十七条、第四十六条"),
    ("statutory", "条例第十二条、第二十条"),
    ("annual", "条例第四十九条、第五十条"),
    ("requests", "条例第二十七条至第三十一条"),
)
"""The parts of the standard column of disclosure (B9), each with its ground."""

REVIEW_DUTY = "columns.review"
"""The clock after which an institution or the guide is to be looked over."""

FIELD_ROOT = Ready("field", "重点领域信息公开", "条例第二十条", _C, CHANGE_DAYS)

FIELDS: tuple[Ready, ...] = (
    Ready("field.news", "工作动态", "国办秘函〔2019〕19号", _D, 14),
    Ready("field.notices", "通知公告", "国办秘函〔2019〕19号", _M, _SIX_MONTHS),
    Ready("field.policies", "政策文件", "国办秘函〔2019〕19号", _M, _SIX_MONTHS),
    Ready("field.explained", "政策解读", "国办秘函〔2019〕19号", _M, _SIX_MONTHS),
    Ready("field.budget", "预算", "条例第二十条第七项", _Y),
    Ready("field.targets", "预算绩效目标", "预算法第十四条", _Y),
    Ready("field.accounts", "决算", "条例第二十条第七项", _Y),
    Ready("field.results", "绩效自评和评价结果", "预算法第十四条", _Y),
    Ready("field.three", "“三公”经费", "条例第二十条第七项", _Y),
    Ready("field.projects", "重大建设项目", "条例第二十条第十项", _Q),
    Ready("field.trading", "公共资源交易", "国办发〔2015〕63号", _M, 1),
    Ready("field.procurement", "政府集中采购", "条例第二十条第九项", _Q),
    Ready("field.prices", "价格和收费", "条例第二十条第八项", _C, CHANGE_DAYS),
    Ready("field.poverty", "巩固脱贫成果和乡村振兴", "条例第二十条第十一项", _Q),
    Ready("field.environment", "生态环境", "条例第二十条第十三项", _M, 1),
    Ready("field.sudden", "突发环境事件", "条例第二十条第十二项", _C, 1),
    Ready("field.complaints", "投诉举报办理情况", "条例第二十条第十三项", _Q),
    Ready("field.admission", "义务教育招生入学", "条例第二十条第十一项", _Y),
    Ready("field.employment", "就业形势季度分析", "条例第二十条第十一项", _Q),
    Ready("field.health", "疫情和公共卫生", "条例第二十条第十三项", _M, 1),
    Ready("field.safety", "安全生产和食品药品监管", "条例第二十条第十三项", _M, 1),
    Ready("field.credit", "信用“红黑名单”", "条例第十九条", _M, 1),
    Ready("field.negative", "市场准入负面清单", "条例第十九条", _C, CHANGE_DAYS),
    Ready("field.brands", "乡村品牌和农产品", "条例第十九条", _Q),
    Ready("field.proposals", "建议提案办理", "条例第十九条", _Y),
    Ready("field.replies", "留言公开", "国办秘函〔2019〕19号", _M, 2),
    Ready("field.services", "办事统计", "国办秘函〔2019〕19号", _M, 1),
    Ready("field.data", "数据发布", "国办秘函〔2019〕19号", _M, 3),
)
"""The field columns (B11). An office takes the set over, changes what it likes, adds its own."""

TOGETHER: tuple[tuple[str, str], ...] = (
    ("field.budget", "field.targets"),
    ("field.accounts", "field.results"),
)
"""Pairs that come with the set: both have to come out in the same year."""

EVENTS: dict[str, str] = {
    "columns.taken_over": "采用重点领域栏目",
    "columns.added": "新设栏目",
    "columns.set": "设定栏目保障",
    "columns.retired": "停办栏目",
    "columns.resumed": "恢复栏目",
    "columns.changed": "登记变动",
    "columns.updated": "栏目更新",
    "columns.taken_back": "更新被撤回，按上次更新计时",
    "columns.paired": "设定同步公开",
    "columns.unpaired": "取消同步公开",
}

FACT_LABELS = {
    "column": "栏目",
    "rhythm": "更新周期",
    "owner": "责任科室",
    "columns": "栏目数",
    "with_column": "同步栏目",
    "changed_on": "变动日期",
}


class SourceKind(Worded):
    """What is watched."""

    FEED = "feed", "RSS或Atom订阅"
    PAGE = "page", "网页列表"


class SourceState(Worded):
    """How the last look at a source went."""

    NEW = "new", "还没有看过"
    FINE = "fine", "正常"
    FAILING = "failing", "取不到"
    ENDED = "ended", "已停止关注"


class ProposalState(Worded):
    """What became of something that the superior published."""

    WAITING = "waiting", "待转发"
    TAKEN = "taken", "转发中"
    OUT = "out", "已转发"
    DECLINED = "declined", "不转发"
    BEFORE = "before", "关注前已有"


PROPOSAL_MOVES: dict[str, tuple[frozenset[ProposalState], ProposalState]] = {
    "repost": (frozenset({ProposalState.WAITING, ProposalState.BEFORE}), ProposalState.TAKEN),
    "decline": (frozenset({ProposalState.WAITING}), ProposalState.DECLINED),
    "come_out": (frozenset({ProposalState.TAKEN}), ProposalState.OUT),
    "reopen": (
        frozenset({ProposalState.TAKEN, ProposalState.DECLINED}),
        ProposalState.WAITING,
    ),
}
"""Verb → (from, to); a dropped draft and a change of mind lead back to waiting."""

REPOST_DUTY = "columns.repost"
REPOST_LAW = "国办发〔2017〕47号《政府网站发展指引》"
FAILURES_TOLD = 3
"""After so many failed looks in a row the office is told."""

EVENTS |= {
    "columns.source_set": "设定关注来源",
    "columns.source_ended": "停止关注",
    "columns.review_set": "设定修订周期",
    "columns.reviewed": "完成修订检查",
    "columns.proposed": "发现待转发信息",
    "columns.reposting": "转发",
    "columns.reposted": "转发已发布",
    "columns.declined": "不转发",
    "columns.reopened": "重新待转发",
}
FACT_LABELS |= {"source": "来源", "delay": "迟于上级", "entries": "条数"}
NOTICES = {
    "columns.source_failing": "关注的来源取不到",
    "columns.proposed": "上级有新信息待转发",
}
