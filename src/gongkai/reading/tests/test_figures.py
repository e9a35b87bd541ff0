"""Sums, shares, rates and changes are computed again; nothing is claimed without its numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.figures import find_figures

AGREE = [
    ("共承办信访件66件,其中:批办件18件、一般信访件29件、在线咨询16件、舆情专报3件。", "sum", 66),
    ("答复共47条，其中：建议答复31条，提案答复16条，47件答复于10月底前完成。", "sum", 47),
    ("全年共受理申请50件，其中网上30件、信函20件。", "sum", 50),
    ("全年共受理申请50件，其中：网上30件；信函20件。", "sum", 50),
    ("全年受理申请50件（其中网上30件、信函20件）。", "sum", 50),
    ("收到50件，办结48件，其中答复40件、告知8件。", "sum", 48),
    ("收到50件，办结48件，其中网上30件、信函20件。", "sum", 50),
    ("共66件，其中甲18件、乙29件、丙19件，办结60件。", "sum", 66),
    ("共发布1,239条，其中网站1,200条、微信39条。", "sum", 1239),
    ("共公开2.3万条，其中网站1.5万条、微信0.8万条。", "sum", 23000),
    ("全年新增3家、改造5家，合计8家。", "sum", 8),
    ("办理建议31条、提案16条，共47条。", "sum", 47),
    ("共受理３０件，其中甲１０件、乙２０件。", "sum", 30),
    ("共 30 件，其中甲 10 件、乙 20 件。", "sum", 30),
    ("共受理50件，其中网上办结20件，占40%。", "share", 40),
    ("共受理60件，其中网上办结20件，占比33.3%。", "share", 33.3),
    ("共受理60件，其中网上办结20件，占总数的33%。", "share", 33),
    ("主动公开信息120条，占信息总数150条的80%。", "share", 80),
    ("共公开200条，其中文件50条（占25%），动态150条（占75%）。", "share", 25),
    ("收到申请20件，办结19件，办结率95%。", "share", 95),
    ("应答复40件，按时答复40件，答复率100%。", "share", 100),
    ("从1,200件降至900件，下降25%。", "rate", 25),
    ("由20个工作日缩短至10个工作日，压缩50%。", "rate", 50),
    ("由原来的322个工作日压缩至230个工作日，压缩率达到28.6%。", "rate", 28.6),
    ("由322个工作日压缩至230个工作日，压缩29%。", "rate", 29),
    ("由5个增加到8个，增长百分之六十。", "rate", 60),
    ("2018年100件，2019年150件，同比增长50%。", "rate", 50),
    ("发布140条，比上年100条增长40%。", "rate", 40),
    ("由6类167项调整为8类167项，增加2类。", "change", 2),
    ("由15项减少到12项，减少3项。", "change", 3),
    ("今年发布2000条，比去年1600条增加400条，增长25%。", "change", 400),
    ("2019年发布2000条，较2018年的1600条增长25%。", "rate", 25),
    ("去年受理30件，今年受理45件，增长50%。", "rate", 50),
    ("审批时限由平均15天压缩到5天，压缩66.7%。", "rate", 66.7),
    ("累计培训5场次300人次，其中线上2场次100人次、线下3场次200人次。", "sum", 5),
    ("投入1.2亿元，其中市级5000万元、省级7000万元。", "sum", 120_000_000),
    ("应公开事项50项，实际公开48项，公开率96%。", "share", 96),
    ("由10项增至12项，新增2项。", "change", 2),
    ("由80%提高到92%，提高12个百分点。", "change", 12),
]


@pytest.mark.parametrize(("text", "kind", "stated"), AGREE)
def test_figures_that_agree(text, kind, stated):
    figure = next(f for f in find_figures(text) if f.kind == kind)
    assert figure.agrees
    assert figure.stated == pytest.approx(stated)
    assert text[figure.start : figure.end] == figure.text


DISAGREE = [
    ("共66件，其中：甲18件、乙29件、丙16件、丁4件。", "sum", 66, 67),
    ("共66件，其中：甲18件、乙29件、丙16件、丁2件。", "sum", 66, 65),
    ("全年新增3家、改造5家，合计9家。", "sum", 9, 8),
    ("共受理50件，其中网上办结20件，占45%。", "share", 45, 40),
    ("共受理60件，其中网上办结20件，占33.4%。", "share", 33.4, 33.3),
    ("收到申请20件，办结19件，办结率100%。", "share", 100, 95),
    ("由原来的322个工作日压缩至230个工作日,压缩率达到71.4%。", "rate", 71.4, 28.6),
    ("由20个工作日缩短至10个工作日，压缩60%。", "rate", 60, 50),
    ("2018年100件，2019年150件，同比增长40%。", "rate", 40, 50),
    ("由10项增加至12项，增加3项。", "change", 3, 2),
    ("由6类167项调整为8类167项，增加3类。", "change", 3, 2),
    ("由80%提高到92%，提高15个百分点。", "change", 15, 12),
]


@pytest.mark.parametrize(("text", "kind", "stated", "computed"), DISAGREE)
def test_figures_that_do_not_agree(text, kind, stated, computed):
    figure = next(f for f in find_figures(text) if f.kind == kind)
    assert not figure.agrees
    assert (figure.stated, figure.computed) == (pytest.approx(stated), pytest.approx(computed))


NOT_CLAIMED = [
    "",
    "共受理100件，其中投诉20件、举报30件。",  # not all parts
    "共受理100件，其中重点投诉90件、举报5件。",
    "共受理100件，其中网上办结80件。",
    "共受理100件，包括投诉50件、举报40件。",
    "甲30件、乙20件，分别占60%、40%。",
    "共受理50件，其中网上20件，占全市的4%。",
    "转接成功率达100%，及时回复信访事项。",
    "28项清单全部可以在线审批，在线办理审批事项为事项总数的100%。",
    "原行政职权共计6类167项，调整后的行政职权共计8类167项。",
    "责任事项共计604项，追责情形共计1239条。调整后的责任事项共计642项，追责情形共计1224条。",
    "全年10次党组会议议决事项41项在系统内部公开。",
    "组织2人参加了上级的培训会议2场次。",
    "实现28项行政许可、10项其他行政职权“只跑一次”。",
    "由20个工作日压缩至10个工作日，压缩近60%。",
    "由20个工作日压缩至10个工作日，压缩60%以上。",
    "由20个工作日压缩至10个工作日，办理材料减少30%。",
    "环节由5个压缩至3个，时限压缩50%。",
    "网办率提高到80%，增长20%。",
    "较上年增长12.5%。",
    "办结率98%，满意率95%。",
    "2019年共召开会议12次，培训3次，共发布信息50次。",
    "2017年47号文件、2019年19号文件，共2件。",
    "2018年、2019年分别为10件、20件。",
    "压缩到30%，由甲到乙。",
    "近100件，其中甲30件、乙60件。",
    "共有事项360项，其中市级120项，县级230项，网上可办342项。",
    "收到申请100件，同意公开60件，不同意公开20件，部分公开20件。",
    "今年受理45件，去年另有一批，增长50%。",
]


@pytest.mark.parametrize("text", NOT_CLAIMED)
def test_what_cannot_be_computed_again_is_not_claimed(text):
    assert find_figures(text) == []


def test_offsets_are_those_of_the_text_as_it_came():
    text = "一、情况。\n全年共受理 ５０ 件，其中网上 ３０ 件、信函 ２０ 件。二、其他"
    figure = find_figures(text)[0]
    assert text[figure.start : figure.end] == figure.text
    assert figure.text == "全年共受理 ５０ 件，其中网上 ３０ 件、信函 ２０ 件"


def test_both_a_change_and_its_rate():
    figures = find_figures("由15项减少到12项，减少3项，精简20%。")
    assert [(f.kind, f.agrees) for f in figures] == [("change", True), ("rate", True)]


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=8), st.sampled_from([-1, 0, 1]))
def test_every_sum_is_added_up(parts, slip):
    total = sum(parts) + slip
    listed = "、".join(f"事项{'甲乙丙丁戊己庚辛'[i]}{n}件" for i, n in enumerate(parts))
    figures = find_figures(f"全年共办理{total}件，其中：{listed}。")
    if slip and sum(parts) < 4:
        return  # so few that one more is another magnitude
    exact = any(sum(parts[:count]) == total for count in range(2, len(parts) + 1))
    assert figures[0].agrees == (slip == 0 or exact)
    assert figures[0].stated == total


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_every_cut_and_rise_is_computed(old, new):
    if old == new:
        return
    verb, percent = (
        ("压缩", (old - new) * 100 / old) if new < old else ("增长", (new - old) * 100 / old)
    )
    text = f"事项由{old}个{'减少' if new < old else '增加'}到{new}个，{verb}{percent:.1f}%。"
    figure = find_figures(text)[0]
    assert (figure.kind, figure.agrees) == ("rate", True)
    wrong = find_figures(text.replace(f"{percent:.1f}%", f"{percent + 1:.1f}%"))[0]
    assert not wrong.agrees
    assert wrong.computed == pytest.approx(percent, abs=0.051)


PIECES = (
    "共其中分别为0123456789.,%件条项万亿个由从至到压缩增长减少占率百分之点合计，、；：。（）年 \n"
)


@given(st.one_of(st.text(max_size=120), st.text(alphabet=PIECES, max_size=120)))
def test_nothing_makes_it_stumble(text):
    for figure in find_figures(text):
        assert text[figure.start : figure.end] == figure.text
