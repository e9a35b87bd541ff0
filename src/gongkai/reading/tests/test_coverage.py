"""Of which points an interpretation speaks is found with the words that show it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.coverage import POINTS, coverage
from gongkai.reading.coverage.words import HEADINGS, SENTENCES
from gongkai.reading.source import Unreadable, load, paste
from gongkai.reading.tests.shapes import FORMATS, shape_of_lines

FULL = """《清江市科技创新券管理办法》政策解读
一、制定背景
近年来，我市科技型企业数量不断增长，但购买检测、设计服务的费用偏高，企业反映强烈。
二、起草过程
2026年1月起，市科技局书面征求了12个部门和30家企业意见，经合法性审查后修改完善。
三、目标任务
到2027年底，服务企业不少于500家次。
四、主要内容
《办法》共五章二十条，明确了发放、使用、兑付三个环节。
（一）适用范围
在本市登记注册的科技型中小企业都可以申领。
（二）补贴标准
按服务合同金额的50%给予补贴，每家企业每年最高20万元。
五、什么是创新券
创新券是政府发给企业、用来抵扣科技服务费用的电子凭证。
六、惠企举措
申领全程网上办理，企业不用跑腿，材料由原来的9份减为3份。
七、新旧政策有什么变化
与2023年的办法相比，最高补贴由10万元提高到20万元。
八、注意事项
同一份合同不得重复申领，逾期未兑付的创新券自动作废。
九、执行期限
自2026年5月1日起施行，有效期2年。
十、下一步工作
我们将组织专题培训，编印办事指南，送政策进园区。
解读单位：清江市科学技术局
联系人：王晓明，联系电话：0777-3120045
"""

INTERVIEW = """清江市科技创新券政策问答
问：为什么要出台这个办法？
答：主要是企业购买科技服务的费用偏高，需要政府支持一把。
问：哪些企业可以申领？
答：在本市登记注册的科技型中小企业。
问：一年能补多少？
答：按合同金额的一半补，封顶二十万元。
问：到哪里咨询？
答：可以拨打市科技局电话3120045。
"""

EXCERPT = """清江市科技创新券管理办法解读
第一条　创新券通过服务平台发放。
第二条　服务机构应当如实开具发票。
"""


def points(text: str) -> dict[str, str]:
    return {one.point: one.by for one in coverage(paste(text)).shown}


def test_a_material_that_speaks_of_all():
    found = coverage(paste(FULL))
    assert found.missing == ()
    assert [one.point for one in found.shown] == list(POINTS)
    for one in found.shown:
        assert FULL[one.start : one.end] == one.text
        assert not one.is_thin
    headed = {one.point for one in found.shown if one.by == "heading"}
    assert set(POINTS) - headed <= {"contact"}


def test_an_interview_has_questions_for_headings():
    found = points(INTERVIEW)
    assert found == {
        "background": "heading",
        "scope": "heading",
        "standard": "heading",
        "contact": "heading",
    }


def test_an_excerpt_shows_what_it_lacks():
    assert set(coverage(paste(EXCERPT)).missing) == set(POINTS)


def test_a_heading_with_nothing_under_it_is_thin():
    text = "一、适用范围\n二、注意事项\n申领的企业要在合同签订后三个月内提交全部材料，过期作废。"
    found = {one.point: one for one in coverage(paste(text)).shown}
    assert found["scope"].is_thin
    assert not found["notes"].is_thin
    better = f"{text}\n三、其他\n本办法适用于在本市登记注册的科技型中小企业。"
    found = {one.point: one for one in coverage(paste(better)).shown}
    assert (found["scope"].by, found["scope"].is_thin) == ("sentence", False)


SAID = [
    ("background", "根据《清江省科技创新促进条例》等规定，市科技局制定了本办法。"),
    ("making", "期间两次征求县区和企业意见，经市政府常务会议审议通过。"),
    ("purpose", "《办法》旨在降低小企业的研发门槛。"),
    ("content", "《办法》共五章二十条。"),
    ("scope", "本办法适用于在本市登记注册的企业。"),
    ("scope", "符合下列条件的企业可以申请。"),
    ("standard", "每家企业最高20万元。"),
    ("standard", "按合同金额的50%给予补贴，每年不超过20万元。"),
    ("term", "本办法自2026年5月1日起施行，有效期2年。"),
    ("keywords", "所称科技服务，是指检测、设计等服务。"),
    ("keywords", "“创新券”是指抵扣费用的凭证。"),
    ("benefits", "企业全程网上申领，不用跑腿。"),
    ("changes", "最高补贴由10万元提高到20万元。"),
    ("changes", "本次修订取消了纸质材料。"),
    ("notes", "请注意，同一合同只能申领一次。"),
    ("notes", "逾期未兑付的，视为放弃。"),
    ("next_steps", "下一步，市科技局将组织培训。"),
    ("contact", "咨询电话：0777-3120045。"),
]


@pytest.mark.parametrize(("point", "words"), SAID)
def test_one_sentence_is_enough(point, words):
    filler = "清江的小企业今后买科技服务会更方便，这里说说具体怎么做，大家可以慢慢看完。\n"
    found = coverage(paste(filler + words))
    assert point in {one.point for one in found.shown}
    assert "sentence" in {one.by for one in found.shown if one.point == point}
    assert point not in points(filler * 2)


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_in_any_format(form):
    again = coverage(load(FORMATS[form](shape_of_lines(FULL)), "x"))
    expected = [(one.point, one.by) for one in coverage(paste(FULL)).shown]
    assert [(one.point, one.by) for one in again.shown] == expected


def test_every_point_has_a_name_headings_and_sentences():
    assert set(POINTS) == set(HEADINGS) == set(SENTENCES)


BITS = [
    "一、", "（一）", "背景", "适用范围", "？", "。", "\n", "问：", "答：", "自2026年5月1日起施行",
    "联系人：", "征求",
]  # fmt: skip


@given(st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_is_read_and_places_are_in_it(text):
    try:
        source = paste(text)
    except Unreadable:
        return
    found = coverage(source)
    assert len({one.point for one in found.shown}) + len(found.missing) == len(POINTS)
    for one in found.shown:
        assert 0 <= one.start < one.end <= len(source.text)
