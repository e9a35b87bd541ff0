"""What begins a clause and what only looks like it."""

import pytest

from gongkai.reading.labels import find_item, find_label, find_run

LABELS = [
    ("第一章 总则", "第一章", 1),
    ("第十二条 局办公室负责解释。", "第十二条", 12),
    ("第 3 条 内容", "第3条", 3),
    ("第二编 分则", "第二编", 2),
    ("第一节 一般规定", "第一节", 1),
    ("一、总体要求", "一", 1),
    ("十一、附则", "十一", 11),
    ("三．工作要求", "三", 3),
    ("（一）公开内容", "(一)", 1),
    ("(十二)公开内容", "(十二)", 12),
    ("【三】公开内容", "(三)", 3),
    ("1.公开内容", "1", 1),
    ("2、公开内容", "2", 2),
    ("3．公开内容", "3", 3),
    ("1.1 公开内容", "1.1", 1),
    ("2.3.4 公开内容", "2.3.4", 4),
    ("（1）公开内容", "(1)", 1),
    ("2）公开内容", "2", 2),
    ("①公开内容", "①", 1),
    ("⑫ 公开内容", "⑫", 12),
    ("1.2026年底前完成整改", "1", 1),
]


@pytest.mark.parametrize(("text", "label", "number"), LABELS)
def test_labels(text, label, number) -> None:
    found = find_label(text)
    assert found is not None
    assert (found.text, found.number) == (label, number)
    assert text[found.length :].strip()


@pytest.mark.parametrize(
    "text",
    [
        "2026年政务公开工作要点",
        "3月底前完成",
        "12个工作日内答复",
        "1.5万人次",
        "3.2公里",
        "28项行政许可",
        "第三方评估",
        "第一时间发布权威信息",
        "第十条第二款规定的情形",
        "第三条和第四条所列事项",
        "（二）至（四）项所列信息",
        "一些单位认识不到位",
        "一是加强领导",
        "三农工作",
        "（责任单位：局办公室）",
        "（试行）",
        "",
        "。",
    ],
)
def test_no_labels(text) -> None:
    assert find_label(text) is None


def test_higher_labels_have_lower_ranks() -> None:
    order = ["第一编 甲", "第一章 甲", "第一节 甲", "第一条 甲", "一、甲", "（一）甲", "1.甲"]
    order += ["1.1 甲", "1.1.1 甲", "（1）甲", "1）甲", "①甲"]
    ranks = [label.rank for text in order if (label := find_label(text))]
    assert len(ranks) == len(order)
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("一是建制度。二是抓培训。三是严考核。", ["一是", "二是", "三是"]),
        ("要做到：一要落实责任；二要严格审核。", ["一要", "二要"]),
        ("清理：①空白栏目；②重复栏目。", ["①", "②"]),
        ("安排如下：（1）市级培训；（2）县级培训。", ["(1)", "(2)"]),
        ("安排：1.市级培训；2.县级培训；3.部门培训。", ["1", "2", "3"]),
        ("一是建制度。二是抓培训。四是严考核。", ["一是", "二是", "四是"]),
        ("全面梳理文件。四是调整范围。", []),
        ("一是建制度。", []),
        ("二是抓培训。三是严考核。", []),
        ("“一是快，二是准”的要求", []),
        ("公开是常态，不公开是例外。", []),
        ("按照第（一）项和第（二）项办理。", []),
    ],
)
def test_runs_inside_a_paragraph(text, items) -> None:
    run = find_run(text)
    assert [label.text for _, label in run] == items
    for index, label in run:
        assert text.startswith(label.text[0], index) or text[index] in "（("


def test_an_item_goes_on_only_where_the_caller_knows() -> None:
    assert find_run("二是抓培训。三是严考核。", item=True)
    item = find_item("二是抓培训。")
    assert item is not None
    assert (item.text, item.number) == ("二是", 2)
    assert find_item("二是否可行") is None
    assert find_item("要求是") is None
