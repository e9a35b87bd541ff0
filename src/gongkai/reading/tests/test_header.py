"""What a document says of itself: found where it says it, null where it does not."""

import pytest

from gongkai.reading.read import read
from gongkai.reading.source import load, paste

BODY = "\n一、公开重点\n（一）公开预算。办公室负责。\n（二）公开决算。财务科负责。\n"
PLAN = "清江市统计局2026年政务公开工作计划"


def head(text: str) -> tuple:
    found = read(paste(text))
    assert [one.path for one in found.clauses if one.path] == ["一", "一/(一)", "一/(二)"]
    return found.title, found.issuer, found.number, found.date, found.published


HEADS = {
    "number under a title broken over lines": (
        (
            "清江市司法局\n关于印发2026年政务公开\n工作方案的通知\n"
            "清司发〔2026〕5号\n各科室：\n现将方案印发给你们。"
            f"{BODY}清江市司法局\n2026年3月1日"
        ),
        (
            "清江市司法局关于印发2026年政务公开工作方案的通知",
            "清江市司法局",
            "清司发〔2026〕5号",
            "2026-03-01",
            None,
        ),
    ),
    "signed in brackets under the title": (
        f"清江市司法局2026年政务公开工作方案\n（清江市司法局 2026年3月1日）{BODY}",
        ("清江市司法局2026年政务公开工作方案", "清江市司法局", None, "2026-03-01", None),
    ),
    "a title that names no issuer": (
        f"关于做好2026年政务公开工作的通知{BODY}",
        ("关于做好2026年政务公开工作的通知", None, None, None, None),
    ),
    "a title that names its organ is not signed by it": (
        PLAN + BODY,
        (PLAN, None, None, None, None),
    ),
    "day in Chinese numerals": (
        f"2026年政务公开工作要点{BODY}二〇二六年三月九日",
        ("2026年政务公开工作要点", None, None, "2026-03-09", None),
    ),
    "data fields of a page": (
        (
            "索引号：QJ001/2026-00012 主题分类：政务公开\n"
            "发布机构：清江市统计局 发文日期：2026年3月1日\n"
            f"文号：清统〔2026〕4号 发布日期：2026-03-03\n标题：{PLAN}\n{PLAN}\n"
            f"来源：清江市统计局 浏览次数：132 【字体：大 中 小】{BODY}打印 关闭"
        ),
        (PLAN, "清江市统计局", "清统〔2026〕4号", "2026-03-01", "2026-03-03"),
    ),
    "line of a page under the title": (
        f"{PLAN}\n发布时间：2026-03-03 10:20 来源：办公室 作者：张三{BODY}",
        (PLAN, None, None, None, "2026-03-03"),
    ),
    "the page's day alone": (
        f"{PLAN}\n\n2026-03-03\n{BODY}",
        (PLAN, None, None, None, "2026-03-03"),
    ),
    "an attachment alone": (f"附件1\n{PLAN}{BODY}", (PLAN, None, None, None, None)),
    "issued by two": (
        (
            "清统〔2026〕4号\n清江市统计局 清江市财政局\n关于联合开展公开检查的通知\n"
            "各单位：\n请落实。"
            f"{BODY}清江市统计局\n清江市财政局\n2026年5月6日"
        ),
        (
            "清江市统计局清江市财政局关于联合开展公开检查的通知",
            "清江市统计局、清江市财政局",
            "清统〔2026〕4号",
            "2026-05-06",
            None,
        ),
    ),
    "red head": (
        (
            "清江市统计局文件\n清统〔2026〕4号 签发人：李四\n关于2026年政务公开工作的报告\n"
            "市政府：\n现将情况报告如下。"
            f"{BODY}清江市统计局\n2026年5月6日\n（联系人：王五，电话：123）"
        ),
        (
            "关于2026年政务公开工作的报告",
            "清江市统计局",
            "清统〔2026〕4号",
            "2026-05-06",
            None,
        ),
    ),
    "imprint": (
        (
            f"{PLAN}{BODY}清江市统计局\n2026年3月1日\n抄送：市政府办公室。\n"
            "清江市统计局办公室 2026年3月2日印发"
        ),
        (PLAN, "清江市统计局", None, "2026-03-01", "2026-03-02"),
    ),
    "signed by an office inside": (
        f"各科室：\n现就2026年工作通知如下。{BODY}办公室\n2026年2月3日",
        (None, "办公室", None, "2026-02-03", None),
    ),
    "a day that no calendar has": (
        f"{PLAN}{BODY}清江市统计局\n2026年2月30日",
        (PLAN, None, None, None, None),
    ),
    "a meeting's time is not the page's": (
        f"会议安排\n时间：下周三上午{BODY}",
        (None, None, None, None, None),
    ),
    "nothing": (
        f"为做好工作，根据《清江市工作要点》（清政〔2026〕1号），制定本方案。{BODY}",
        (None, None, None, None, None),
    ),
}


@pytest.mark.parametrize("name", HEADS)
def test_heads(name) -> None:
    text, expected = HEADS[name]
    assert head(text) == expected


def test_letter_and_attached_plan() -> None:
    found = read(
        paste(
            "清江市统计局办公室关于转发《清江市2026年政务公开工作要点》的通知\n局属各单位，各科（室）：\n"
            "现转发给你们。\n清江市统计局办公室\n2026年3月9日\n附件\n清江市2026年政务公开工作要点\n"
            f"2026年政务公开工作的总体要求是：提高质量。{BODY}"
        )
    )
    assert found.title == "清江市统计局办公室关于转发《清江市2026年政务公开工作要点》的通知"
    assert found.addressees == ("局属各单位", "各科（室）")
    assert [(one.heading, one.text) for one in found.clauses if not one.path] == [
        ("", "现转发给你们。"),
        ("清江市2026年政务公开工作要点", "2026年政务公开工作的总体要求是：提高质量。"),
    ]
    assert found.citations == ()


ATTACHMENTS = [
    ("附件：任务分工表", ("任务分工表",)),
    ("附件：1.任务分工表\n2.公开目录", ("任务分工表", "公开目录")),
    ("附件：1.任务分工表 2.公开目录", ("任务分工表", "公开目录")),
    ("附件:\n1.任务分工表.docx\n2.公开目录.xlsx", ("任务分工表.docx", "公开目录.xlsx")),
    ("附件:\n任务分工表.pdf", ("任务分工表.pdf",)),
    ("附件1：任务分工表\n附件2：公开目录", ("任务分工表", "公开目录")),
    ("附件：《任务分工表》（略）", ("任务分工表",)),
    ("附件：任务分工表.doc（32KB）", ("任务分工表.doc",)),
    ("附件：", ()),
    ("附件：\n  • |\n  • |", ()),
    ("附件材料要按时报送，做到内容完整。", ()),
]


@pytest.mark.parametrize(("text", "names"), ATTACHMENTS)
def test_attachments(text, names) -> None:
    found = read(paste(f"{PLAN}{BODY}清江市统计局\n2026年3月1日\n{text}"))
    assert found.attachments == names


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (PLAN + BODY, 2026),
        ("清江市统计局二〇二六年政务公开工作计划" + BODY, 2026),
        ("2025年，我局工作有进步。2025年底前完成。" + BODY + "2026年1月5日", 2025),
        ("清江市十四五（2021年—2025年）工作规划" + BODY, 2025),
        (BODY + "清江市统计局\n2026年3月1日", 2026),
        (BODY, None),
    ],
)
def test_the_year_a_document_is_for(text, year) -> None:
    assert read(paste(text)).year == year


def test_a_page_says_when_it_came_out_and_what_it_is_called() -> None:
    page = f"""<html><head><meta charset="utf-8"><title>{PLAN}_清江市统计局</title>
    <meta name="ArticleTitle" content="{PLAN}"><meta name="PubDate" content="2026-03-03 09:00">
    </head><body><div class="crumb">首页 &gt; 公开</div>
    <p>一、公开预算。</p><p>二、公开决算。</p></body></html>"""
    found = read(load(page.encode(), "x.html"))
    assert (found.title, found.published, found.issuer) == (PLAN, "2026-03-03", None)
    assert [one.path for one in found.clauses] == ["一", "二"]
