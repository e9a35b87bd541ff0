"""The statutory catalogue that comes with the product (条例 第二十条); apps above add columns."""

from __future__ import annotations

from django.db import transaction

from gongkai.publications.models import Column

STATUTORY: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("guide", "政府信息公开指南", "第十二条", ()),
    ("institutions", "政府信息公开制度", "", ()),
    (
        "statutory",
        "法定主动公开内容",
        "第二十条",
        (
            ("normative", "规章和规范性文件", "第二十条第一项"),
            ("functions", "机关职能", "第二十条第二项"),
            ("plans", "规划信息", "第二十条第三项"),
            ("statistics", "统计信息", "第二十条第四项"),
            ("licences", "行政许可和对外管理服务", "第二十条第五项"),
            ("penalties", "行政处罚和行政强制", "第二十条第六项"),
            ("budget", "财政预算、决算", "第二十条第七项"),
            ("fees", "行政事业性收费", "第二十条第八项"),
            ("procurement", "政府集中采购", "第二十条第九项"),
            ("projects", "重大建设项目", "第二十条第十项"),
            ("livelihood", "扶贫、教育、医疗、社会保障、促进就业", "第二十条第十一项"),
            ("emergencies", "突发公共事件应急管理", "第二十条第十二项"),
            ("inspections", "监督检查情况", "第二十条第十三项"),
            ("recruitment", "公务员招考", "第二十条第十四项"),
            ("other", "其他法定信息", "第二十条第十五项"),
        ),
    ),
    ("annual", "政府信息公开年报", "第四十九条", ()),
    ("requests", "依申请公开", "第二十七条", ()),
)


@transaction.atomic
def load_columns() -> int:
    """Enter the columns that are missing, return how many; what an office renamed stays."""
    made = 0
    for order, (code, name, article, below) in enumerate(STATUTORY):
        parent, new = Column.objects.get_or_create(
            code=code, defaults={"name": name, "article": article, "order": order}
        )
        made += new
        for n, (child, label, where) in enumerate(below):
            _, new = Column.objects.get_or_create(
                code=f"{code}.{child}",
                defaults={"name": label, "article": where, "order": n, "parent": parent},
            )
            made += new
    return made


@transaction.atomic
def enter_column(
    *, code: str, name: str, parent: Column | None = None, article: str = "", order: int = 0
) -> Column:
    """Return the column of a code, entered first where it is missing; its name then stays."""
    column, _ = Column.objects.get_or_create(
        code=code,
        defaults={"name": name[:100], "parent": parent, "article": article[:60], "order": order},
    )
    return column
