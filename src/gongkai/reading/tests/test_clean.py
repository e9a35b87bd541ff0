"""Cleaning: what goes, what stays, and that each character remembers its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.clean import is_traditional, join, lines
from gongkai.reading.clutter import is_clutter, without_tail
from gongkai.reading.source import Unreadable, paste


def cleaned(text: str) -> list[str]:
    return [line.text for line in lines(paste(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("局機關(guān)科室負責落實", "局机关科室负责落实"),
        ("公佈權(quán)力清單和責任清單", "公布权力清单和责任清单"),
        ("按照市裏統一安排完成後報局辦公室", "按照市里统一安排完成后报局办公室"),
        ("沿着既定路線圍繞著重點任務", "沿着既定路线围绕着重点任务"),
        ("亳(bó)州市", "亳(bó)州市"),
        ("增速(GDP)公开", "增速(GDP)公开"),
        ("信用(A)级企业", "信用(A)级企业"),
        ("名著阅读和著作权", "名著阅读和著作权"),
        ("乾隆年间的档案", "乾隆年间的档案"),
        ("零\u200b宽\ufeff字\u00ad符", "零宽字符"),
        ("全\u3000角\u00a0空格", "全 角 空格"),
    ],
)
def test_characters(text, expected) -> None:
    assert cleaned(text) == [expected]


def test_simplified_documents_are_left_alone() -> None:
    text = "于谦祠、乾县、徵集意见。" + "政务公开工作要点落实情况。" * 40
    assert not is_traditional(text)
    assert cleaned(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "您现在的位置 : 首页 > 政务公开 > 公开目录",
        "当前位置：首页>>政府信息公开>>通知公告",
        "首页 > 信息公开 > 政策文件",
        "分享到: |",
        "分享到：微信 微博",
        "【字号：大 中 小】",
        "【字体：大 中 小】 打印 关闭",
        "打印本页 | 关闭窗口",
        "【打印】 【关闭】",
        "上一篇：关于放假的通知",
        "下一篇：没有了",
        "浏览次数：1234",
        "责任编辑：王小明",
        "扫一扫在手机打开当前页",
        "./t20260306_2048120_app.shtml",
        "https://www.example.gov.cn/zwgk/1.html",
        "• |",
        "|",
        "相关链接：",
        "相关文章",
        "网站标识码：4212000001",
        "清ICP备12345678号",
        "版权所有：清江市人民政府 承办：清江市数据局",
    ],
)
def test_clutter_goes(text) -> None:
    assert is_clutter(text) or text == "|"


@pytest.mark.parametrize(
    "text",
    [
        "编辑、出刊、发行等管理工作由办公室负责。",
        "打印机采购信息及时公开。",
        "在网站首页开设专栏。",
        "分享工作经验，推广典型做法。",
        "来源于群众、服务于群众。",
        "关闭不符合要求的网站，",
        "推荐优秀案例不少于3个。",
        "下一步工作计划",
        "上一年度公开年报",
        "大力推进公开",
        "小微企业政策公开",
        "审核：严把政治关、保密关、文字关，先审后发，确保信息准确无误、安全可靠。",
        "相关链接由办公室统一审核后发布。",
        "1-2",
        "一、重点任务",
        "附件：任务分工表.docx",
    ],
)
def test_words_stay(text) -> None:
    assert not is_clutter(text)


def test_buttons_behind_a_line_go() -> None:
    text = "以上工作请抓好落实。 【打印】 【关闭】"
    assert text[: without_tail(text)] == "以上工作请抓好落实。"
    assert without_tail("请在【首页】查看。") == len("请在【首页】查看。")


def test_each_character_knows_its_place() -> None:
    text = "甲機關(guān)乙\n  負責(zé)人 "
    source = paste(text)
    for line in lines(source):
        assert len(line.at) == len(line.to) == len(line.text)
        for index, char in enumerate(line.text):
            start, end = line.span(index, index + 1)
            assert end == start + 1
            assert text[start] == char or char in "机关负责"
    first, second = lines(source)
    assert text[slice(*first.span())] == "甲機關(guān)乙"
    assert text[slice(*second.span())] == "負責(zé)人"


def test_joined_lines_keep_their_places() -> None:
    one, two = lines(paste("第一行\n\n第二行"))
    both = join([one, two])
    assert both.text == "第一行\n第二行"
    assert both.span() == (0, 8)
    assert both.span(4) == (5, 8)


TEXT = st.text(
    st.characters(blacklist_categories=("Cs",))
    | st.sampled_from("一、（）()|｜\n\t。：关關(guān)1.①附件：年月日 \u3000【】")
)


@given(TEXT)
def test_places_are_in_order_and_inside(text) -> None:
    try:
        source = paste(text)
    except Unreadable:
        return
    last = 0
    for line in lines(source):
        assert len(line.at) == len(line.to) == len(line.text)
        for start, end in zip(line.at, line.to, strict=True):
            assert last <= start < end <= len(source.text)
            last = end
