"""Forms and stages of interpretation, what is required besides, events, as data."""

from __future__ import annotations

from gongkai.kernel.words import Worded
from gongkai.publications.api import Kind


class Form(Worded):
    """In which form a policy is interpreted (C4)."""

    TEXT = "text", "文字解读"
    CHART = "chart", "图表图解"
    VIDEO = "video", "音频视频"
    CARTOON = "cartoon", "动漫"
    QUESTIONS = "questions", "问答"
    PRESS = "press", "新闻发布会"
    EXPERT = "expert", "专家文章"
    INTERVIEW = "interview", "负责人访谈"
    BROADCAST = "broadcast", "电视、网络问政"
    COMMUNITY = "community", "进社区、进企业"

    @property
    def is_pictorial(self) -> bool:
        """Whether it counts as pictorial or media form, whose share is measured."""
        return self in {Form.CHART, Form.VIDEO, Form.CARTOON, Form.BROADCAST}


class Stage(Worded):
    """When the policy is interpreted (C5)."""

    BEFORE = "before", "出台前预热"
    WITH = "with", "与文件同步"
    AFTER = "after", "执行中再解读"


class Missing(Worded):
    """What a leader excepts a document from."""

    PLAN = "plan", "解读方案"
    MATERIAL = "material", "解读材料"


class Safeguard(Worded):
    """What a rule wants before a policy comes out (F1)."""

    RISK = "risk", "风险评估"
    CONTINGENCY = "contingency", "应急预案"


COUNTED = frozenset({Kind.NORMATIVE, Kind.POLICY})
"""The kinds whose interpretation goes in step with them (regulation 6.2)."""

MATERIAL_DUTY = "interpretations.material"
"""The clock of a material that a leader let come later."""

LAW = "国办发〔2016〕80号"

EVENTS: dict[str, str] = {
    "interpretations.planned": "制定解读方案",
    "interpretations.excepted": "例外批准",
    "interpretations.begun": "起草解读材料",
    "interpretations.unlinked": "取消解读关联",
    "interpretations.safeguard_added": "登记评估或预案",
    "interpretations.safeguard_rule_set": "设定发布前必备",
}

FACT_LABELS = {
    "form": "形式",
    "stage": "阶段",
    "missing": "例外事项",
    "safeguard": "种类",
    "kinds": "文件类型",
}
