"""The elements of a draft are found where the paper says them, each with its words and doubts."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.reading.elements import Elements, Found, Relation, document_elements
from gongkai.reading.source import Unreadable, load, paste
from gongkai.reading.tests.shapes import FORMATS, shape_of_lines

FIXTURES = Path(__file__).parent / "fixtures"
DOCUMENTS = Path(__file__).parents[4].parent / "shared" / "documents"
PAPERS = ("joint_measures", "decree_of_repeal", "letter_with_grade", "bare_notice")


def text_of(name: str) -> str:
    return (FIXTURES / f"{name}.txt").read_text(encoding="utf-8")


def of(text: str) -> Elements:
    return document_elements(paste(text))


def values(found) -> list[str]:
    return [one.value for one in found]


def value(found: Found | None) -> str | None:
    return found and found.value


def kinds(elements: Elements) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.title, one.number) for one in elements.relations]


def all_found(elements: Elements) -> list[Found | Relation]:
    found: list[Found | Relation] = []
    for one in fields(elements):
        held = getattr(elements, one.name)
        found += [
            part
            for part in (held if isinstance(held, tuple) else (held,))
            if isinstance(part, Found | Relation)
        ]
    return found


# -- whole papers ---------------------------------------------------------------------------------


def test_a_joint_paper_with_measures_attached():
    found = of(text_of("joint_measures"))
    assert value(found.title) == (
        "清江市科学技术局清江市财政局关于印发《清江市科技创新券管理办法（试行）》的通知"
    )
    assert value(found.genre) == "通知"
    assert value(found.number) == "清科规〔2026〕3号"
    assert value(found.lead) == "清江市科学技术局"
    assert values(found.issuers) == ["清江市科学技术局", "清江市财政局"]
    assert value(found.formed_on) == "2026-03-05"
    assert value(found.published_on) == "2026-03-06"
    assert value(found.effective_on) == "2026-05-01"
    assert value(found.term) == "2年"
    assert value(found.lapses_on) == "2028-04-30"
    assert "推算" in found.lapses_on.doubts[0]
    assert value(found.trial) == "试行"
    assert found.trial.is_sure
    assert value(found.attribute) == "proactive"
    assert value(found.urgency) == "特急"
    assert found.secrecy is None
    assert values(found.recipients)[-2:] == ["清江高新区管委会", "市直有关单位"]
    assert values(found.copied) == [
        "市委办公室", "市人大常委会办公室", "市政协办公室", "市纪委监委机关",
    ]  # fmt: skip
    assert values(found.attachments) == ["清江市科技创新券申请表", "清江市科技创新券服务机构名录"]
    assert found.doubts == ()
    assert kinds(found) == [
        ("implements", "清江省科技创新促进条例", None),
        ("implements", "清江市人民政府关于加快科技创新的若干意见", "清政发〔2025〕16号"),
        ("implements", "中华人民共和国科学技术进步法", None),
        ("cites", "清江市财政专项资金管理办法", None),
        ("repeals", "清江市科技创新券管理办法（试行）", "清科规〔2023〕2号"),
        ("repeals", "清江市科技创新券实施细则", "清科发〔2023〕41号"),
    ]


def test_a_decree_that_repeals_a_list():
    found = of(text_of("decree_of_repeal"))
    assert value(found.number) == "清江市人民政府令第12号"
    assert value(found.index_number) == "114500000000001/2026-00031"
    assert value(found.register_number) == "QJFG—2026—2"
    assert value(found.genre) == "决定"
    assert value(found.lead) == "清江市人民政府"
    assert value(found.formed_on) == "2026-03-05"
    assert found.formed_on.text == "二〇二六年三月五日"
    assert value(found.effective_on) == "2026-03-05"
    assert "公布后请核对" in found.effective_on.doubts[0]
    assert kinds(found) == [
        ("implements", "规章制定程序条例", "国务院令第695号"),
        ("repeals", "清江市户外广告管理规定", "清江市人民政府令第3号"),
        ("repeals", "清江市城市供水管理办法", "清江市人民政府令第7号"),
        ("amends", "清江市市容管理办法", None),
    ]


def test_a_paper_with_a_grade_is_not_to_be_published():
    found = of(text_of("letter_with_grade"))
    assert value(found.secrecy) == "机密★1年"
    assert any("国家秘密不得公开" in one for one in found.doubts)
    assert value(found.attribute) == "closed"
    assert value(found.urgency) == "加急"
    assert value(found.number) == "清水函〔2026〕8号"
    assert found.number.text == "清水函［２０２６］第００８号"
    assert "应写作“清水函〔2026〕8号”。" in found.number.doubts
    assert value(found.genre) == "函"


def test_what_a_paper_does_not_say_stays_empty():
    found = of(text_of("bare_notice"))
    assert (found.number, found.formed_on, found.attribute, found.secrecy) == (None,) * 4
    assert found.issuers == ()
    assert found.effective_on.value == ""
    assert "发布后再填" in found.effective_on.doubts[0]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", PAPERS)
def test_the_same_paper_in_any_format_says_the_same(name, form):
    def essence(elements: Elements) -> list:
        return [
            (one.kind, one.title, one.number)
            if isinstance(one, Relation)
            else (one.value, one.doubts)
            for one in all_found(elements)
        ]

    text = text_of(name)
    again = document_elements(load(FORMATS[form](shape_of_lines(text)), "x"))
    assert essence(again) == essence(of(text))
    assert again.doubts == of(text).doubts


def test_a_table_of_data_fields_gives_places_in_its_cells():
    page = (
        "<html><head><meta charset=utf-8></head><body><table><tr><td>索引号</td>"
        "<td>QJ001/2026-00012</td><td>发布机构</td><td>清江市统计局</td></tr>"
        "<tr><td>成文日期</td><td>2026-03-01</td><td>施行日期</td><td>2026-04-01</td></tr>"
        "<tr><td>公开方式</td><td>依申请公开</td><td>密级</td><td>内部</td></tr></table>"
        "<h1>清江市统计局关于开展人口抽样调查的通知</h1><p>各科室：</p><p>现将调查安排通知如下。</p>"
    )
    source = load(page.encode(), "x.html")
    found = document_elements(source)
    for one, words in (
        (found.index_number, "QJ001/2026-00012"),
        (found.lead, "清江市统计局"),
        (found.formed_on, "2026-03-01"),
        (found.effective_on, "2026-04-01"),
        (found.attribute, "依申请公开"),
    ):
        assert source.text[one.start : one.end] == words
    assert value(found.attribute) == "on_request"
    assert value(found.secrecy) == "内部"
    assert found.doubts[0].startswith("密级写着“内部”")


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_the_reference_documents(number):
    if not DOCUMENTS.is_dir():
        pytest.skip("the reference documents are not part of the project")
    (path,) = DOCUMENTS.glob(f"{number}_*.txt")
    source = load(path.read_bytes(), path.name)
    found = document_elements(source)
    assert found.secrecy is None
    assert found.attribute is None
    for one in all_found(found):
        assert 0 <= one.start < one.end <= len(source.text)
    expected = {
        "000": ("2019-08-01", [], ("implements", "长政公组〔2019〕1号")),
        "001": (
            "2019-07-25",
            ["咸宁市政务服务和大数据管理局"],
            ("implements", "国办秘函〔2019〕19号"),
        ),
        "002": ("2020-09-18", [], ("cites", "津政办发〔2020〕1号")),
        "003": ("2019-06-12", ["湘潭市交通运输局"], ("implements", None)),
        "004": (None, [], ("cites", "禄政办通〔2019〕32号")),
    }[number]
    assert value(found.formed_on) == expected[0]
    assert values(found.issuers) == expected[1]
    assert expected[2] in [(one.kind, one.number) for one in found.relations]


# -- single elements ------------------------------------------------------------------------------

HEAD = "清江市统计局关于做好统计工作的通知\n清统发〔2026〕4号\n各科室：\n现将有关事项通知如下。\n"

MARKS = [
    ("（此件公开发布）", "proactive", ""),
    ("（此件主动公开）", "proactive", ""),
    ("(此件依申请公开)", "on_request", ""),
    ("（此件不公开）", "closed", ""),
    ("（此件不予公开）", "closed", ""),
    ("（此件删减后公开）", "redacted", ""),
    ("公开方式：主动公开", "proactive", ""),
    ("信息公开选项：依申请公开", "on_request", ""),
    ("信息公开选项：□主动公开 ☑依申请公开 □不予公开", "on_request", ""),
    ("公开属性：□主动公开 □依申请公开 □不予公开", None, ""),
    ("公开方式：主动公开\n（此件不公开）", "closed", "不同的公开属性"),
    ("一、公开方式：主动公开", None, ""),
]


@pytest.mark.parametrize(("words", "attribute", "doubt"), MARKS)
def test_printed_attributes(words, attribute, doubt):
    found = of(f"{HEAD}清江市统计局\n2026年3月1日\n{words}").attribute
    assert value(found) == attribute
    assert doubt in "".join(found.doubts if found else ())


SECRET = [
    ("秘密", "秘密"),
    ("绝密★30年", "绝密★30年"),
    ("000001\n机密 ★ 长期\n特急", "机密★长期"),
    ("内部资料　注意保存", "内部资料"),
    ("（内部文件）", "内部文件"),
]


@pytest.mark.parametrize(("words", "grade"), SECRET)
def test_grades_at_the_head(words, grade):
    found = of(f"{words}\n{HEAD}")
    assert value(found.secrecy) == grade
    assert found.doubts


@pytest.mark.parametrize(
    "words",
    [
        "要做好保密审查，涉及国家秘密的不得公开。",
        "四、严格管理内部资料。",
        "各单位不得泄露工作秘密和商业秘密，涉密资料标“机密★1年”的应当单独存放并登记造册，由专人管理，离岗时清退。",
    ],
)
def test_what_speaks_of_secrets_is_no_mark(words):
    assert of(HEAD + words).secrecy is None


FORCE = [
    ("本办法自2026年5月1日起施行。", "2026-05-01", None),
    ("本通知自二〇二六年五月一日起执行，有效期五年。", "2026-05-01", "2031-04-30"),
    ("本办法自2026年5月1日起施行，有效期至2028年12月31日。", "2026-05-01", "2028-12-31"),
    ("本办法自2026年5月1日起施行，试行期为1年。", "2026-05-01", "2027-04-30"),
    ("本办法自 2026 年 2 月 29 日起施行。", "", None),
    ("本规定自2024年2月29日起施行，有效期1年。", "2024-02-29", "2025-02-28"),
    ("本意见自印发之日起30日后施行，有效期为18个月。", "2026-03-31", "2027-09-30"),
    ("《统计调查办法》自2015年1月1日起施行以来，成效明显。", None, None),
    ("有效期5年。", None, ""),
]


@pytest.mark.parametrize(("words", "effective", "lapses"), FORCE)
def test_days_of_force(words, effective, lapses):
    found = of(f"{HEAD}{words}\n清江市统计局\n2026年3月1日")
    assert value(found.effective_on) == effective
    assert value(found.lapses_on) == lapses


def test_days_of_other_papers_do_not_count_beside_the_own():
    found = of(
        f"{HEAD}本办法自2026年5月1日起施行。《统计调查办法》自2015年1月1日起施行，适用其规定。"
    )
    assert value(found.effective_on) == "2026-05-01"
    assert found.effective_on.is_sure


def test_two_days_of_force_are_in_doubt():
    found = of(f"{HEAD}本办法自2026年5月1日起施行。\n本办法自2026年6月1日起施行。")
    assert "有几处写到施行" in found.effective_on.doubts[0]


def test_days_that_do_not_fit_together_are_told():
    found = of(
        f"{HEAD}本办法自2026年1月1日起施行，有效期至2025年1月1日。\n清江市统计局\n2026年3月1日"
    )
    assert "施行日期2026-01-01早于成文日期2026-03-01，请核对。" in found.doubts
    assert "失效日期2025-01-01早于施行日期2026-01-01，请核对。" in found.doubts


def test_a_day_of_signing_that_no_calendar_has_is_told():
    found = of(f"{HEAD}清江市统计局\n2026年2月30日")
    assert found.formed_on is None
    assert "日期“2026年2月30日”不存在，请核对成文日期。" in found.doubts


RELATIONS = [
    ("《统计调查办法》（清统发〔2020〕1号）同时废止。", "repeals"),
    ("《统计调查办法》（清统发〔2020〕1号）自本办法施行之日起废止。", "repeals"),
    ("《统计调查办法》（清统发〔2020〕1号）自2026年5月1日起，同时废止。", "repeals"),
    ("经研究，决定废止《统计调查办法》（清统发〔2020〕1号）。", "repeals"),
    ("《统计调查办法》（清统发〔2020〕1号）予以废止。", "repeals"),
    ("本办法代替《统计调查办法》（清统发〔2020〕1号）。", "replaces"),
    ("对《统计调查办法》（清统发〔2020〕1号）作如下修改：", "amends"),
    ("将《统计调查办法》（清统发〔2020〕1号）第三条修改为：", "amends"),
    ("决定修改《统计调查办法》（清统发〔2020〕1号）。", "amends"),
    ("为深入贯彻《统计调查办法》（清统发〔2020〕1号）精神。", "implements"),
    ("认真落实省统计局《统计调查办法》（清统发〔2020〕1号）。", "implements"),
    ("根据《统计调查办法》（清统发〔2020〕1号），制定本办法。", "implements"),
    ("根据《统计调查办法》（清统发〔2020〕1号）处以罚款。", "cites"),
    ("根据《统计调查办法》（清统发〔2020〕1号），决定废止《调查细则》。", "implements"),
    ("我局修订了《统计调查办法》（清统发〔2020〕1号）。", "cites"),
    ("新修订的《统计调查办法》（清统发〔2020〕1号）已经发布。", "cites"),
    ("详见《统计调查办法》（清统发〔2020〕1号）。", "cites"),
]


@pytest.mark.parametrize(("words", "kind"), RELATIONS)
def test_what_is_done_to_a_document(words, kind):
    assert (kind, "统计调查办法", "清统发〔2020〕1号") in kinds(of(HEAD + words))


def test_what_is_done_to_several_is_done_to_each():
    found = of(
        f"{HEAD}《甲办法》、《乙办法》（清统发〔2020〕1号）和清统发〔2021〕2号同时废止，《丙办法》继续有效。"
    )
    assert kinds(found) == [
        ("repeals", "甲办法", None),
        ("repeals", "乙办法", "清统发〔2020〕1号"),
        ("repeals", "", "清统发〔2021〕2号"),
        ("cites", "丙办法", None),
    ]


def test_a_document_named_often_stands_once_with_the_strongest():
    found = of(
        f"{HEAD}根据《甲办法》（以下简称《办法》）办理。《办法》规定的，从其规定。\n《甲办法》（清统发〔2020〕1号）同时废止。"
    )
    assert kinds(found) == [("repeals", "甲办法", "清统发〔2020〕1号")]


LEADS = [
    ("清江市卫生健康委员会\n清江市财政局", "清财发〔2026〕1号", "清江市财政局", ""),
    ("清江市财政局\n清江市卫生健康委员会", "清卫健发〔2026〕1号", "清江市卫生健康委员会", ""),
    ("清江市财政局\n清江市卫生健康委员会", "乐教发〔2026〕1号", "清江市财政局", "对不上"),
    ("清江市人民政府\n清江市人民政府办公室", "清政办发〔2026〕1号", "清江市人民政府办公室", ""),
]


@pytest.mark.parametrize(("signed", "number", "lead", "doubt"), LEADS)
def test_the_lead_is_whom_the_number_belongs_to(signed, number, lead, doubt):
    found = of(f"关于做好统计工作的通知\n{number}\n各科室：\n现通知如下。\n{signed}\n2026年3月1日")
    assert value(found.lead) == lead
    assert len(found.issuers) == 2
    assert doubt in "".join(found.lead.doubts)


def test_genres_and_unfinished_papers():
    assert value(of("清江市统计局关于统计工作的复函\n各科室：\n现函复如下。").genre) == "函"
    assert value(of("清江市人民政府常务会议纪要\n一、会议听取了汇报。").genre) == "纪要"
    asks = of("清江市统计局关于增加编制的请示\n市人民政府：\n现请示如下。")
    assert "条例第十六条" in asks.genre.doubts[0]
    plan = of("清江市统计局2026年工作方案（征求意见稿）\n一、目标\n完成普查。")
    assert plan.genre is None
    assert "文种" in plan.doubts[0]
    assert "征求意见稿" in plan.title.doubts[0]


def test_a_trial_without_a_term_is_in_doubt():
    found = of("清江市统计局关于印发《普查管理办法（试行）》的通知\n各科室：\n现印发给你们。")
    assert "没有写有效期" in found.trial.doubts[0]


# -- any text -------------------------------------------------------------------------------------

BITS = [
    "《统计调查办法》", "（清统发〔2020〕1号）", "同时废止", "根据", "制定本办法", "。", "\n", "，",
    "本办法自2026年5月1日起施行", "有效期5年", "有效期至2026年2月30日", "自发布之日起30日后施行",
    "清江市统计局", "清江市人民政府令", "第12号", "2026年3月1日", "二〇二六年二月三十日",
    "机密★1年", "公开方式：", "☑主动公开", "（此件不公开）", "抄送：", "市委办公室，",
    "附件：1.甲表", "索引号：A/2026-1",
    "密级：机密", "施行日期：", "关于", "的通知", "各科室：", "〔", "》", "《", "第", "99999", "年",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.sampled_from(BITS) | st.text(max_size=5), max_size=40).map("".join))
def test_any_text_is_read_and_places_are_in_it(text):
    try:
        source = paste(text)
    except Unreadable:
        return
    for one in all_found(document_elements(source)):
        assert 0 <= one.start <= one.end <= len(source.text)
