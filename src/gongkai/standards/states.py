"""The life of a catalogue as data, the fields it may be of, its events; no code decides."""

from __future__ import annotations

from gongkai.kernel.words import Worded


class CatalogueState(Worded):
    """Where an imported catalogue stands."""

    READ = "read", "待采用"
    IN_FORCE = "in_force", "现行"
    SUPERSEDED = "superseded", "已替换"
    DISCARDED = "discarded", "未采用"


C = CatalogueState

CATALOGUE_MOVES: dict[str, tuple[frozenset[CatalogueState], CatalogueState]] = {
    "take": (frozenset({C.READ}), C.IN_FORCE),
    "discard": (frozenset({C.READ}), C.DISCARDED),
    "supersede": (frozenset({C.IN_FORCE}), C.SUPERSEDED),
}

TONES = {C.READ: "wait", C.IN_FORCE: "good", C.SUPERSEDED: "off", C.DISCARDED: "off"}

FIELDS = (
    *("重大建设项目", "公共资源交易", "财政预决算", "安全生产", "税收管理", "征地补偿"),
    *("国有土地上房屋征收", "保障性住房", "农村危房改造", "生态环境", "公共文化服务"),
    *("公共法律服务", "扶贫", "救灾", "食品药品监管", "城市综合执法", "就业创业", "社会保险"),
    *("社会救助", "养老服务", "户籍管理", "涉农补贴", "义务教育", "医疗卫生", "市政服务"),
    "国土空间规划",
)
"""国办发〔2019〕54号: the fields for which ministries made catalogues; others may be typed."""

EVENTS: dict[str, str] = {
    "standards.catalogue_read": "读入标准目录",
    "standards.catalogue_taken": "采用标准目录",
    "standards.catalogue_discarded": "不采用标准目录",
    "standards.catalogue_superseded": "被新目录替换",
    "standards.items_assigned": "事项分配到单位",
    "standards.assignment_ended": "取消分配",
    "standards.evidence_noted": "登记公开情况",
    "standards.practice_written": "写经验做法",
    "standards.practice_shared": "分享经验做法",
}

NOTICES = {"standards.assigned": "目录事项分配"}
"""What mails call the notices that this app tells."""

FACT_LABELS = {
    "items": "事项数",
    "refused_rows": "未读进的行",
    "added": "新增",
    "changed": "改动",
    "gone": "取消",
    "units": "单位",
    "link": "链接",
}
