"""Which clauses of a document tell what was done; those set no times, targets or units."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from gongkai.reading.clauses import Node

_REPORT = re.compile(
    r"(?:报告|总结|汇报|自查情况|情况的?通报|落实情况|工作情况|总结[^，。]{2,30}(?:安排|计划|打算|思路))(?:[（(][^（）()]{1,20}[)）])?$"
)
_REPORTS = re.compile(r"现将[^。]{2,80}(?:报告|汇报|总结)如下")
_PLANS = re.compile(
    r"下一?步|打算|计划|安排|思路|今后|改进|整改|措施|努力方向|工作重点|[上下]半年工作(?!开展|情况)|建议"
)
_TELLS = re.compile(
    r"总结|做法|成效|成绩|(?:开展|完成|落实|推进|执行|总体|基本|工作|公开|办理|收费|诉讼|建设|管理)情况"
    r"|存在(?:的|着)?(?:主要|突出)?(?:问题|不足|困难)|亮点|回顾|经验"
)


def telling(nodes: Sequence[Node], title: str | None) -> Callable[[Node], bool]:
    """Return what says of a clause whether it tells what was done.

    In a report all do but those under 下一步工作打算; in other documents those under 工作开展情况.
    The nearest heading that says either decides.
    """
    preamble = next((node.body.text for node in nodes if not node.path and node.body), "")
    report = bool(_REPORT.search(title or "") or _REPORTS.search(preamble))

    def tells(node: Node) -> bool:
        above: Node | None = node
        while above is not None:
            plans, told = _PLANS.search(above.title), _TELLS.search(above.title)
            if plans or (told and report):
                return not plans
            above = above.parent
        return report

    return tells
