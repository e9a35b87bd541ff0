"""Tables of other shapes, in every format that knows cells; 清江市 is made up."""

from __future__ import annotations

import pytest

from gongkai.reading.read import read
from gongkai.reading.result import Task
from gongkai.reading.source import load
from gongkai.reading.tables.columns import role_of, roles_of
from gongkai.reading.tests.shapes import FORMATS, Cells, Shape


def grid(*rows: list[str | None]) -> Cells:
    """Return the cells of rows: None goes on from the cell above, "<" from the cell left of it."""
    height, width = len(rows), len(rows[0])
    cells: Cells = {}
    for row in range(height):
        for col in range(width):
            text = rows[row][col]
            if text is None or text == "<":
                continue
            down = right = 1
            while row + down < height and rows[row + down][col] is None:
                down += 1
            while col + right < width and rows[row][col + right] == "<":
                right += 1
            cells[row, col] = (down, right, text)
    return cells


def row_of(task: Task) -> tuple:
    due = task.due and (task.due.kind, task.due.on or task.due.n)
    return task.row, task.clause, task.text, task.lead, task.support, due


TITLE = "清江市卫生健康局2026年政务公开分工表"
JUNE, QUARTERLY = ("date", "2026-06-30"), ("quarterly", None)

SHAPES: dict[str, tuple[Shape, list[tuple]]] = {
    "cells of units and time merged over rows": (
        Shape(
            [TITLE],
            grid(
                ["序号", "工作内容", "责任单位", "完成时限"],
                ["1", "公开卫生许可", "监督科", "2026年6月底前"],
                ["2", "公开医疗价格", None, None],
                ["3", "公开疫苗接种点", "疾控科", "及时"],
            ),
        ),
        [
            (1, "", "公开卫生许可", ("监督科",), (), JUNE),
            (2, "", "公开医疗价格", ("监督科",), (), JUNE),
            (3, "", "公开疫苗接种点", ("疾控科",), (), ("promptly", None)),
        ],
    ),
    "sections as rows across the table": (
        Shape(
            [TITLE],
            grid(
                ["序号", "工作内容", "责任单位", "完成时限"],
                ["一、重点公开", "<", "<", "<"],
                ["1", "公开卫生许可", "监督科", "2026年6月底前"],
                ["2", "公开医疗价格", "医政科", "每季度"],
                ["二、基础工作", "<", "<", "<"],
                ["3", "组织培训", "人事科", "每年至少2次"],
            ),
            ["注：未列事项按职责办理。"],
        ),
        [
            (1, "一", "公开卫生许可", ("监督科",), (), JUNE),
            (2, "一", "公开医疗价格", ("医政科",), (), QUARTERLY),
            (3, "二", "组织培训", ("人事科",), (), ("yearly", 2)),
        ],
    ),
    "lead and support in columns of their own": (
        Shape(
            [TITLE],
            grid(
                ["序号", "目标任务", "工作措施", "牵头单位", "配合单位", "进度安排", "备注"],
                ["1", "一、主动公开", "公开预算", "财务科", "各科室、审计科", "2026年6月底前", ""],
                ["2", None, "公开决算", "财务科", "", "每季度", "与市里同步"],
                ["3", "二、能力建设", "组织培训", "人事科", "办公室", "长期坚持", ""],
            ),
        ),
        [
            (1, "一", "公开预算", ("财务科",), ("各科室", "审计科"), JUNE),
            (2, "一", "公开决算", ("财务科",), (), QUARTERLY),
            (3, "二", "组织培训", ("人事科",), ("办公室",), ("standing", None)),
        ],
    ),
    "heads of two rows": (
        Shape(
            [TITLE],
            grid(
                ["序号", "主要任务", "责任分工", "<", "时限要求"],
                [None, None, "牵头单位", "责任单位", None],
                ["（一）", "公开重大项目", "项目科", "各科室", "2026年6月底前"],
                ["（二）", "公开民生实事", "办公室", "", "按季度"],
            ),
        ),
        [
            (1, "", "公开重大项目", ("项目科",), ("各科室",), JUNE),
            (2, "", "公开民生实事", ("办公室",), (), QUARTERLY),
        ],
    ),
    "no numbers: rows count in their order": (
        Shape(
            [TITLE],
            grid(
                ["类别", "公开内容", "责任科室", "公开时限"],
                ["行政许可", "许可结果", "畜牧科", "自作出决定之日起7个工作日内"],
                [None, "许可依据", "种植科", "常态化"],
                ["行政处罚", "处罚决定", "执法大队", "20日内"],
            ),
        ),
        [
            (1, "行政许可", "许可结果", ("畜牧科",), (), ("within", 7)),
            (2, "行政许可", "许可依据", ("种植科",), (), ("standing", None)),
            (3, "行政处罚", "处罚决定", ("执法大队",), (), ("within", 20)),
        ],
    ),
    "numbers in Chinese": (
        Shape(
            [TITLE],
            grid(
                ["项次", "任务", "责任处室", "办结时限"],
                ["一", "公开卫生许可", "监督处", "2026年6月底前"],
                ["二", "公开医疗价格", "医政处", "按季度"],
            ),
        ),
        [
            (1, "", "公开卫生许可", ("监督处",), (), JUNE),
            (2, "", "公开医疗价格", ("医政处",), (), QUARTERLY),
        ],
    ),
    "numbers that jump and repeat are kept as printed": (
        Shape(
            [TITLE],
            grid(
                ["序号", "任务", "责任单位", "时限"],
                ["1", "公开草案", "法规科", "6月底前"],
                ["5", "公开名单", "人事科", "每季度"],
                ["5", "公开职责", "人事科", "每季度"],
            ),
        ),
        [
            (1, "", "公开草案", ("法规科",), (), JUNE),
            (5, "", "公开名单", ("人事科",), (), QUARTERLY),
            (5, "", "公开职责", ("人事科",), (), QUARTERLY),
        ],
    ),
    "groups on two levels": (
        Shape(
            [TITLE],
            grid(
                ["领域", "类别", "具体任务", "牵头单位", "责任单位", "完成时限"],
                ["一、决策公开", "（一）事前", "公开草案", "法规科", "各科室", "6月底前"],
                [None, None, "征求意见", "法规科", "各科室", "不少于30日"],
                [None, "（二）事后", "公开结果", "办公室", "", "决定作出之日起20个工作日内"],
                ["二、执行公开", "（一）进展", "公开进展", "规划科", "", "每季度末"],
            ),
        ),
        [
            (1, "一/(一)", "公开草案", ("法规科",), ("各科室",), JUNE),
            (2, "一/(一)", "征求意见", ("法规科",), ("各科室",), ("within", 30)),
            (3, "一/(二)", "公开结果", ("办公室",), (), ("within", 20)),
            (4, "二/(一)", "公开进展", ("规划科",), (), QUARTERLY),
        ],
    ),
    "units in brackets behind the task": (
        Shape(
            [TITLE],
            grid(
                ["序号", "工作任务（责任单位）", "完成时限"],
                ["1", "公开草案（法规科牵头，各科室配合）", "6月底前"],
                ["2", "公开结果（办公室）", "按季度"],
            ),
        ),
        [
            (1, "", "公开草案", ("法规科",), ("各科室",), JUNE),
            (2, "", "公开结果", ("办公室",), (), QUARTERLY),
        ],
    ),
    "columns that say how far it is and who answers": (
        Shape(
            [TITLE],
            grid(
                ["序号", "目标任务", "进展情况", "责任领导", "责任科室", "完成时限"],
                ["1", "公开草案", "已完成3件", "张三", "法规科", "6月底前"],
                ["2", "公开结果", "正在推进", "李四", "办公室", "每季度"],
            ),
        ),
        [
            (1, "", "公开草案", ("法规科",), (), JUNE),
            (2, "", "公开结果", ("办公室",), (), QUARTERLY),
        ],
    ),
    "measures left empty where the task says it all": (
        Shape(
            [TITLE],
            grid(
                ["序号", "重点任务", "具体措施", "责任单位", "时间节点"],
                ["1", "公开卫生许可", "公开结果", "监督科", "6月底前"],
                ["2", "公开医疗价格", "", "医政科", "每季度"],
                ["3", "组织培训", "<", "人事科", "每季度"],
            ),
        ),
        [
            (1, "公开卫生许可", "公开结果", ("监督科",), (), JUNE),
            (2, "", "公开医疗价格", ("医政科",), (), QUARTERLY),
            (3, "", "组织培训", ("人事科",), (), QUARTERLY),
        ],
    ),
    "a table that divides no work": (
        Shape(
            ["一、公开预算。财务科负责。", "二、公开决算。财务科负责。"],
            grid(["姓名", "职务", "电话"], ["张三", "科长", "123"], ["李四", "科员", "456"]),
        ),
        [
            (1, "一", "公开预算。财务科负责。", ("财务科",), (), None),
            (2, "二", "公开决算。财务科负责。", ("财务科",), (), None),
        ],
    ),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", SHAPES)
def test_shapes(name, form) -> None:
    shape, expected = SHAPES[name]
    found = read(load(FORMATS[form](shape), "x"))
    assert [row_of(task) for task in found.tasks] == expected
    assert not any("guessed" in task.flags or task.inherited for task in found.tasks)
    paths = [one.path for one in found.clauses if one.path]
    assert len(paths) == len(set(paths))
    assert {task.clause for task in found.tasks} - {""} <= set(paths)


GAPS = Shape(
    [TITLE],
    grid(
        ["序号", "任务", "责任单位", "时限"],
        ["1", "公开预算", "财务科牵头，办公室配合", "2026年6月底前"],
        ["2", "公开决算", "", ""],
        ["3", "公开采购", "采购中心", ""],
        ["4", "公开名单", "相关科室", "每季度"],
    ),
)


@pytest.mark.parametrize("form", FORMATS)
def test_empty_cells_stay_empty_and_are_offered_the_row_above(form) -> None:
    one, two, three, four = read(load(FORMATS[form](GAPS), "x")).tasks
    assert (one.flags, one.inherited) == ((), {})
    assert (two.lead, two.support, two.due) == ((), (), None)
    assert two.flags == ("no-unit", "no-deadline", "empty-cells", "inherited")
    assert two.inherited == {"lead": one.lead, "support": one.support, "due": one.due}
    assert three.lead == ("采购中心",)
    assert three.flags == ("no-deadline", "empty-cells", "inherited")
    assert three.inherited == {"due": one.due}
    assert (four.flags, four.inherited) == (("vague-set",), {})


NO_HEADS = Shape(
    [TITLE],
    grid(
        ["1", "公开卫生许可决定和依据", "监督科", "2026年6月底前"],
        ["2", "公开医疗服务价格和收费标准", "医政科", "每季度"],
        ["3", "组织信息公开培训", "人事科、办公室", "2026年9月"],
    ),
)


@pytest.mark.parametrize("form", FORMATS)
def test_columns_without_heads_are_guessed_and_say_so(form) -> None:
    tasks = read(load(FORMATS[form](NO_HEADS), "x")).tasks
    assert [(one.row, one.lead, one.flags) for one in tasks] == [
        (1, ("监督科",), ("guessed",)),
        (2, ("医政科",), ("guessed",)),
        (3, ("人事科", "办公室"), ("guessed",)),
    ]


@pytest.mark.parametrize("form", FORMATS)
def test_where_is_known(form) -> None:
    shape, _ = SHAPES["groups on two levels"]
    found = read(load(FORMATS[form](shape), "x"))
    places = [one.where for one in found.tasks]
    if form == "html":
        assert all(place is None or place for place in places)
    else:
        assert all(places)
        assert len(set(places)) == len(places) or form == "pdf"


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("序 号", "number"),
        ("工作任务", "group"),
        ("目标任务", "group"),
        ("具体要求", "text"),
        ("工作措施", "text"),
        ("公开内容", "text"),
        ("责任部门（单位）", "units"),
        ("责任单位及责任人", "units"),
        ("牵头单位", "lead"),
        ("主办科室", "lead"),
        ("配合单位", "support"),
        ("参与部门", "support"),
        ("完成时限", "due"),
        ("时限要求", "due"),
        ("进度安排", "due"),
        ("时间节点", "due"),
        ("备注（市级安排）", "note"),
        ("责任领导", "person"),
        ("牵头领导", "person"),
        ("完成情况", "other"),
        ("任务来源", "other"),
        ("预期成效", "goal"),
        ("公开渠道", ""),
        ("及时公开", ""),
        ("局办公室", ""),
        ("", ""),
    ],
)
def test_heads(head, role) -> None:
    assert role_of(head) == role


def test_what_is_no_row_of_heads() -> None:
    assert roles_of(["序号", "姓名", "电话"]) is None
    assert roles_of(["工作任务"]) is None
    assert roles_of(["一、工作任务", "责任单位", "时限"]) is None
