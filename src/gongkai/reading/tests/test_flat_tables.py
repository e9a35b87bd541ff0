"""Tables that lost their grid: pasted, copied from a page, written with bars; 清江市 is made up."""

from __future__ import annotations

import pytest

from gongkai.reading.read import read
from gongkai.reading.result import Task
from gongkai.reading.source import paste


def row_of(task: Task) -> tuple:
    due = task.due and (task.due.kind, task.due.on or task.due.n or task.due.day)
    return task.row, task.clause, task.text, task.lead, task.support, due


JUNE, ALWAYS, PROMPT = ("month", "2026-06-30"), ("standing", None), ("promptly", None)

TABLES: dict[str, tuple[str, list[tuple]]] = {
    "a cell a line, empty cells gone": (
        (
            "清江市交通运输局2026年政务公开任务分解表\n序号\n工作任务\n责任单位\n完成时限\n备注\n"
            "1\n公开重大项目审批结果\n建设科\n及时公开\n\n"
            "2\n修订公开指南\n局办公室\n2026年6月底前\n市级牵头\n"
            "3\n开展培训\n人事科、局办公室\n每半年一次\n\n"
        ),
        [
            (1, "", "公开重大项目审批结果", ("建设科",), (), PROMPT),
            (2, "", "修订公开指南", ("局办公室",), (), ("date", "2026-06-30")),
            (3, "", "开展培训", ("人事科", "局办公室"), (), ("half-yearly", None)),
        ],
    ),
    "a cell a line, no numbers": (
        (
            "工作任务\n责任单位\n完成时限\n公开项目审批信息\n建设科\n2026年6月\n"
            "公开处罚信息\n法规科\n长期\n考核评估工作\n办公室\n及时\n以上任务请抓好落实。\n"
        ),
        [
            (1, "", "公开项目审批信息", ("建设科",), (), JUNE),
            (2, "", "公开处罚信息", ("法规科",), (), ALWAYS),
            (3, "", "考核评估工作", ("办公室",), (), PROMPT),
        ],
    ),
    "tabs": (
        (
            "序号\t重点任务\t工作措施\t牵头单位\t配合单位\t进度安排\n"
            "1\t一、强化公开\t公开项目审批信息\t建设科\t各科室\t每季度更新\n"
            "2\t\t公开行政处罚信息\t法规科\t执法支队\t7个工作日内公开\n"
            "3\t二、夯实基础\t组织培训\t局办公室\t人事科\t2026年6月\n"
        ),
        [
            (1, "一", "公开项目审批信息", ("建设科",), ("各科室",), ("quarterly", None)),
            (2, "一", "公开行政处罚信息", ("法规科",), ("执法支队",), ("within", 7)),
            (3, "二", "组织培训", ("局办公室",), ("人事科",), JUNE),
        ],
    ),
    "wide spaces, sections between": (
        (
            "序号    目标任务    工作措施    责任单位    完成时限\n一、重点领域公开\n"
            "1    公开重大项目    公开审批、招标信息    建设科    及时\n"
            "2    公开民生实事    每月公开进展    农村公路科    每月5日前\n二、平台建设\n"
            "3    管好网站    内容审核    局办公室    长期\n"
        ),
        [
            (1, "一/公开重大项目", "公开审批、招标信息", ("建设科",), (), PROMPT),
            (2, "一/公开民生实事", "每月公开进展", ("农村公路科",), (), ("monthly", 5)),
            (3, "二/管好网站", "内容审核", ("局办公室",), (), ALWAYS),
        ],
    ),
    "bars as in Markdown": (
        (
            "| 序号 | 工作任务 | 责任单位 | 完成时限 |\n|------|:-----|-----:|-----|\n"
            "| 1 | 公开项目审批信息 | 建设科 | 2026年6月 |\n"
            "| 2 | 公开处罚信息 | 法规科牵头，执法支队配合 | 常态化 |\n注：由办公室负责解释。\n"
        ),
        [
            (1, "", "公开项目审批信息", ("建设科",), (), JUNE),
            (2, "", "公开处罚信息", ("法规科",), ("执法支队",), ALWAYS),
        ],
    ),
    "bars, no numbers": (
        "任务|责任单位|时限\n公开项目审批信息|建设科|2026年6月\n公开处罚信息|法规科|长期\n",
        [
            (1, "", "公开项目审批信息", ("建设科",), (), JUNE),
            (2, "", "公开处罚信息", ("法规科",), (), ALWAYS),
        ],
    ),
    "two tables, a cell broken over lines": (
        (
            "表1 主动公开任务\n序号 | 任务 | 责任单位 | 时限 |\n"
            "1 | 公开项目\n审批信息 | 建设科 | 2026年6月 |\n"
            "2 | 公开处罚信息 | 法规科 | 长期 |\n表2 基础工作任务\n"
            "序号 | 任务 | 责任单位 | 时限 |\n"
            "1 | 培训 | 人事科 | 每年2次 |\n2 | 检查 | 办公室 | 及时 |\n"
        ),
        [
            (1, "", "公开项目\n审批信息", ("建设科",), (), JUNE),
            (2, "", "公开处罚信息", ("法规科",), (), ALWAYS),
            (1, "", "培训", ("人事科",), (), ("yearly", 2)),
            (2, "", "检查", ("办公室",), (), PROMPT),
        ],
    ),
    "bars behind each cell, merged cells lost, a number left out": (
        (
            "序号 |\n重点任务 |\n具体措施 |\n牵头单位 |\n责任单位 |\n时限要求 |\n"
            "1 |\n加强解读 |\n重要政策全部解读 |\n法规科 |\n各科室 |\n长期 |\n"
            "2 |\n及时回应关切 |\n宣传科 |\n办公室 |\n立即回应 |\n"
            "4 |\n加强培训 |\n每年培训2次 |\n人事科 |\n| \n2026年6月 |\n"
        ),
        [
            (1, "加强解读", "重要政策全部解读", ("法规科",), ("各科室",), ALWAYS),
            (2, "加强解读", "及时回应关切", ("宣传科",), ("办公室",), PROMPT),
            (4, "加强培训", "每年培训2次", ("人事科",), (), JUNE),
        ],
    ),
    "numbers in Chinese, a cell a line": (
        (
            "序号\n任务\n责任单位\n时限\n一\n公开项目审批信息\n建设科\n2026年6月\n"
            "二\n公开处罚信息\n法规科\n长期\n三\n检查\n办公室\n及时\n"
        ),
        [
            (1, "", "公开项目审批信息", ("建设科",), (), JUNE),
            (2, "", "公开处罚信息", ("法规科",), (), ALWAYS),
            (3, "", "检查", ("办公室",), (), PROMPT),
        ],
    ),
}


@pytest.mark.parametrize("name", TABLES)
def test_flat_tables(name) -> None:
    text, expected = TABLES[name]
    found = read(paste(text))
    assert [row_of(task) for task in found.tasks] == expected
    assert not any("guessed" in task.flags for task in found.tasks)
    for task in found.tasks:
        inside = text[task.start : task.end]
        assert all(part in inside for part in task.text.split("\n"))


NO_TABLES = {
    "工作任务\n工作要求\n工作措施\n抓好落实，确保完成。\n各单位要高度重视。\n": [
        "各单位要高度重视。"
    ],
    "张三    科长    电话123\n李四    科员    电话456\n": [],
    "按照“谁主管|谁负责”抓好落实。\n一、公开预算。\n二、公开决算。\n": ["公开预算。", "公开决算。"],
}


@pytest.mark.parametrize("text", NO_TABLES)
def test_what_is_no_table(text) -> None:
    assert [task.text for task in read(paste(text)).tasks] == NO_TABLES[text]
