"""The life of an item and its editions as data: states, moves, attributes, grounds, events."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class Kind(Worded):
    """What an item is; chains and requirements hang on it."""

    NORMATIVE = "normative", "规范性文件"
    POLICY = "policy", "其他政策文件"
    DOCUMENT = "document", "一般公文"
    ANNOUNCEMENT = "announcement", "公告公示"
    INFORMATION = "information", "政务信息"
    NEWS = "news", "工作动态"
    INTERPRETATION = "interpretation", "政策解读"
    REPOST = "repost", "转发上级信息"

    @classmethod
    def written(cls) -> list[tuple[str, str]]:
        """Return the kinds that people choose; what is reposted begins with its source."""
        return [pair for pair in cls.pairs() if pair[0] != cls.REPOST]


class Attribute(Worded):
    """Whether it is disclosed: the three national values and two with a public copy (9.3)."""

    PROACTIVE = "proactive", "主动公开"
    ON_REQUEST = "on_request", "依申请公开"
    CLOSED = "closed", "不予公开"
    DECLASSIFIED = "declassified", "脱密后公开"
    REDACTED = "redacted", "删减后公开"

    @property
    def is_published(self) -> bool:
        """Whether something of it is published without being asked for."""
        return self in {Attribute.PROACTIVE, Attribute.DECLASSIFIED, Attribute.REDACTED}

    @property
    def has_closed_original(self) -> bool:
        """Whether the original stays closed and a copy of its own is published."""
        return self in {Attribute.DECLASSIFIED, Attribute.REDACTED}


class Ground(Worded):
    """On which article disclosure is refused (条例 第十四条至第十六条)."""

    STATE_SECRET = "state_secret", "依法确定为国家秘密（第十四条）"
    LAW_FORBIDS = "law_forbids", "法律、行政法规禁止公开（第十四条）"
    SECURITY = "security", "可能危及国家安全、公共安全、经济安全、社会稳定（第十四条）"
    THIRD_PARTY = "third_party", "涉及商业秘密、个人隐私等第三方权益（第十五条）"
    INTERNAL = "internal", "人事管理、后勤管理、内部工作流程等内部事务信息（第十六条第一款）"
    PROCESS = "process", "讨论记录、过程稿、磋商信函、请示报告等过程性信息（第十六条第二款）"
    CASE_FILE = "case_file", "行政执法案卷信息（第十六条第二款）"


class Audience(Worded):
    """For whom it is published (B16); only the first is the public."""

    PUBLIC = "public", "向社会公开"
    SYSTEM = "system", "系统内部公开"
    NAMED = "named", "一定范围内公开"


class Change(Worded):
    """Why there is an edition."""

    FIRST = "first", "首次"
    REVISION = "revision", "修订"
    CORRECTION = "correction", "更正"


class EditionState(Worded):
    """Where one edition stands."""

    DRAFT = "draft", "起草中"
    SENT = "sent", "审签中"
    RETURNED = "returned", "已退回"
    SIGNED = "signed", "待发布"
    SCHEDULED = "scheduled", "定时发布"
    PUBLISHED = "published", "已发布"
    FILED = "filed", "已登记不发布"
    REPLACED = "replaced", "已有新版"
    WITHDRAWN = "withdrawn", "已撤回"
    DROPPED = "dropped", "已作废"


S = EditionState

WORKING = frozenset({S.DRAFT, S.SENT, S.RETURNED, S.SIGNED, S.SCHEDULED})
"""An edition that is still worked; an item has one at most."""

OPEN_TO_CHANGE = frozenset({S.DRAFT, S.RETURNED})
"""The states in which the text may be changed."""

MOVES: dict[str, tuple[frozenset[EditionState], EditionState]] = {
    "save": (OPEN_TO_CHANGE, S.DRAFT),
    "send": (OPEN_TO_CHANGE, S.SENT),
    "return": (frozenset({S.SENT}), S.RETURNED),
    "sign": (frozenset({S.SENT}), S.SIGNED),
    "recall": (frozenset({S.SENT, S.SIGNED, S.SCHEDULED}), S.DRAFT),
    "schedule": (frozenset({S.SIGNED}), S.SCHEDULED),
    "unschedule": (frozenset({S.SCHEDULED}), S.SIGNED),
    "publish": (frozenset({S.SIGNED, S.SCHEDULED}), S.PUBLISHED),
    "file": (frozenset({S.SIGNED}), S.FILED),
    "replace": (frozenset({S.PUBLISHED, S.FILED, S.WITHDRAWN}), S.REPLACED),
    "withdraw": (frozenset({S.PUBLISHED}), S.WITHDRAWN),
    "restore": (frozenset({S.WITHDRAWN}), S.PUBLISHED),
    "drop": (OPEN_TO_CHANGE, S.DROPPED),
}
"""Verb → (from, to) of an edition; ``sign``, ``return`` and ``replace`` follow by themselves."""

TONES = {
    S.DRAFT: "plain",
    S.SENT: "wait",
    S.RETURNED: "binding",
    S.SIGNED: "wait",
    S.SCHEDULED: "wait",
    S.PUBLISHED: "good",
    S.FILED: "off",
    S.REPLACED: "off",
    S.WITHDRAWN: "off",
    S.DROPPED: "off",
}


class WithdrawReason(Worded):
    """Why something public is taken back."""

    SECRECY = "secrecy", "涉及国家秘密或工作秘密"
    PRIVACY = "privacy", "涉及个人隐私或商业秘密"
    WRONG = "wrong", "内容有误"
    OUTDATED = "outdated", "内容过时"
    DUPLICATE = "duplicate", "重复发布"
    RIGHTS = "rights", "侵犯他人权益"
    OTHER = "other", "其他"

    @property
    def leaves_nothing(self) -> bool:
        """Whether not even title, number or abstract may remain for anyone but named people."""
        return self in {WithdrawReason.SECRECY, WithdrawReason.PRIVACY}


class FileRole(Worded):
    """What a file is to an edition."""

    ATTACHMENT = "attachment", "附件"
    IMAGE = "image", "正文图片"
    ORIGINAL = "original", "原件（不公开）"


class CheckState(Worded):
    """How far the checks before publication are."""

    RUNNING = "running", "正在检查"
    DONE = "done", "已检查"
    FAILED = "failed", "没有查完"


class Severity(Worded):
    """What a finding asks for."""

    STOP = "stop", "必须处理"
    ASK = "ask", "请核实"
    NOTE = "note", "提示"


class How(Worded):
    """By which way an edition came out."""

    NOW = "now", "直接发布"
    TIMED = "timed", "定时发布"
    LATE = "late", "定时错过后补发"
    RESTORED = "restored", "恢复发布"


CHAINS = {
    Kind.NORMATIVE: "publications.document",
    Kind.POLICY: "publications.document",
    Kind.DOCUMENT: "publications.document",
    Kind.ANNOUNCEMENT: "publications.announcement",
    Kind.INFORMATION: "publications.announcement",
    Kind.NEWS: "publications.news",
    Kind.INTERPRETATION: "publications.announcement",
    Kind.REPOST: "publications.repost",
}
"""Which chain signs which kind."""


def without_head(chain: str) -> str:
    """Return the chain for sections whose head has no account: the openness office signs first."""
    return f"{chain}_office"


EMERGENCY_CHAIN = "publications.emergency"
"""The short chain of an emergency; the secrecy review stands in it too."""

AFTERWARDS_CHAIN = "publications.afterwards"
"""Who approves afterwards that the short chain was taken."""

PUBLISH_DUTY = "publications.publish"
"""The clock of 条例 第二十六条."""

PUBLISH_DAYS = 20
"""Working days from forming or change (条例 第二十六条)."""

LAW = "《政府信息公开条例》第二十六条"

EVENTS: dict[str, str] = {
    "publications.drafted": "起草",
    "publications.saved": "修改",
    "publications.file_added": "添加文件",
    "publications.file_removed": "移除文件",
    "publications.check_asked": "开始检查",
    "publications.checked": "检查完成",
    "publications.finding_overruled": "核实后放行",
    "publications.sent": "送审",
    "publications.returned": "退回修改",
    "publications.signed": "审签完成",
    "publications.recalled": "取回修改",
    "publications.scheduled": "定时发布",
    "publications.unscheduled": "取消定时",
    "publications.schedule_failed": "定时发布未成",
    "publications.published": "发布",
    "publications.filed": "登记不发布",
    "publications.replaced": "有新版",
    "publications.revision_begun": "开始修订",
    "publications.withdrawn": "撤回",
    "publications.restored": "恢复发布",
    "publications.dropped": "作废",
    "publications.grammar_set": "设定索引号规则",
    "publications.approved_afterwards": "补批",
    "publications.refused_afterwards": "补批未同意",
}

NOTICES = {
    "publications.returned": "稿件被退回",
    "publications.signed": "稿件已签完",
    "publications.schedule_failed": "定时发布未成",
    "publications.published_late": "定时错过后已补发",
    "publications.refused_afterwards": "补批未同意",
}

FACT_LABELS = {
    "edition": "第几版",
    "fields": "改动",
    "files": "文件",
    "how": "方式",
    "at": "时间",
    "code": "检查项",
    "place": "位置",
    "stops": "必须处理",
    "asks": "请核实",
    "index_number": "索引号",
    "emergency": "紧急",
    "pattern": "规则",
}
"""The words of the facts in this app's events. No event carries a title, a number or a text: what
is withdrawn for secrecy could not be taken out of the chain again."""
