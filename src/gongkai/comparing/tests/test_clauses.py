"""Two versions of measures clause by clause: words decide, numbers are told."""

from __future__ import annotations

from gongkai.comparing import compare_clauses, parts_of
from gongkai.reading.source import load, paste
from gongkai.reading.tests.shapes import FORMATS, Shape, shape_of_lines

OLD = """清江市科技创新券管理办法
清科规〔2023〕2号
第一章　总则
第一条　为规范科技创新券管理，提高财政资金使用效益，制定本办法。
第二条　本办法适用于在本市登记注册的科技型中小企业。
第三条　市科技局负责创新券的发放和日常管理。
市财政局负责资金安排和监督。
第二章　申领
第四条　申领企业应当具备下列条件：
（一）具有独立法人资格；
（二）上一年度研发投入不低于50万元。
第五条　每家企业每年最多申领20万元。
第六条　本办法自2023年5月1日起施行。
清江市科学技术局
2023年3月5日
"""

NEW = """清江市科技创新券管理办法
清科规〔2026〕3号
第一章　总则
第一条　为规范科技创新券管理，提高财政资金使用效益，制定本办法。
第二条　本办法适用于在本市登记注册的科技型中小企业和民办非企业单位。
第三条　创新券是政府向企业发放、用于购买科技服务的凭证。
第四条　市科技局负责创新券的发放和日常管理。
市财政局负责资金安排和监督。
第二章　申领
第五条　申领企业应当具备下列条件：
（一）具有独立法人资格；
（二）上一年度研发投入不低于30万元；
（三）没有严重失信记录。
第六条　本办法自2026年5月1日起施行，有效期2年。
清江市科学技术局
2026年3月5日
"""


def compared(old: str, new: str) -> list[tuple[str, str, str]]:
    pairs = compare_clauses(parts_of(paste(old)), parts_of(paste(new)))
    return [
        (one.kind, one.old.path if one.old else "", one.new.path if one.new else "")
        for one in pairs
    ]


def test_a_revision():
    assert compared(OLD, NEW) == [
        ("same", "第一章", "第一章"),
        ("same", "第一章/第一条", "第一章/第一条"),
        ("changed", "第一章/第二条", "第一章/第二条"),
        ("added", "", "第一章/第三条"),
        ("renumbered", "第一章/第三条", "第一章/第四条"),
        ("same", "第二章", "第二章"),
        ("renumbered", "第二章/第四条", "第二章/第五条"),
        ("same", "第二章/第四条/(一)", "第二章/第五条/(一)"),
        ("changed", "第二章/第四条/(二)", "第二章/第五条/(二)"),
        ("removed", "第二章/第五条", ""),
        ("added", "", "第二章/第五条/(三)"),
        ("changed", "第二章/第六条", "第二章/第六条"),
    ]


def test_places_and_words_are_those_of_the_documents():
    for part in parts_of(paste(OLD)):
        assert part.text.split("\n")[0][-6:] in OLD[part.start : part.end]
    third = next(part for part in parts_of(paste(OLD)) if part.label == "第三条")
    assert third.text.endswith("\n市财政局负责资金安排和监督。")


def test_a_clause_that_went_to_another_chapter_has_moved():
    moved = OLD.replace("第五条　每家企业每年最多申领20万元。\n", "").replace(
        "第二条　", "第二条　每家企业每年最多申领20万元。\n第三条　", 1
    )
    kinds = {one[0]: one for one in compared(OLD, moved) if one[0] == "moved"}
    assert kinds == {"moved": ("moved", "第二章/第五条", "第一章/第二条")}


def test_paragraphs_without_numbers_and_tables():
    def document(amount: str) -> Shape:
        cells = {
            (0, 0): (1, 1, "类别"),
            (0, 1): (1, 1, "标准"),
            (1, 0): (1, 1, "检测服务"),
            (1, 1): (1, 1, amount),
        }
        return Shape(
            ["创新券支持标准如下，按年度执行，当年有效。", "各县区参照执行，不得层层加码。"], cells
        )

    old = load(FORMATS["docx"](document("20万元")), "x")
    new = load(FORMATS["docx"](document("30万元")), "x")
    pairs = compare_clauses(parts_of(old), parts_of(new))
    assert [one.kind for one in pairs] == ["same", "same", "same", "changed"]
    assert [run.text for run in pairs[-1].left if run.how == "deleted"] == ["20"]


def test_the_same_measures_in_another_format_are_the_same():
    pdf = load(FORMATS["pdf"](shape_of_lines(OLD)), "x")
    pairs = compare_clauses(parts_of(paste(OLD)), parts_of(pdf))
    assert {one.kind for one in pairs} == {"same"}


def test_nothing_beside_nothing():
    assert compare_clauses((), ()) == ()
    parts = parts_of(paste(OLD))
    assert {one.kind for one in compare_clauses(parts, ())} == {"removed"}
    assert {one.kind for one in compare_clauses((), parts)} == {"added"}
