"""Who leads and who supports, in columns, brackets and running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.units import find_brackets, find_units, read_units, split_bracket

CELLS = [
    # a cell, who leads, who supports
    ("局办公室", ["局办公室"], []),
    ("局办公室、局属各单位", ["局办公室", "局属各单位"], []),
    ("局办公室、法规科、人事科,局属各单位", ["局办公室", "法规科", "人事科", "局属各单位"], []),
    ("局办公室，法规科；人事科", ["局办公室", "法规科", "人事科"], []),
    ("局办公室\n法规科", ["局办公室", "法规科"], []),
    ("办公室 法规科", ["办公室", "法规科"], []),
    ("办 公 室", ["办公室"], []),
    ("局人事科、局办公室、局科技科分工负责", ["局人事科", "局办公室", "局科技科"], []),
    ("办公室、法规科按职责分工负责", ["办公室", "法规科"], []),
    ("办公室、法规科按照各自职责分别负责", ["办公室", "法规科"], []),
    ("办公室、法规科共同落实", ["办公室", "法规科"], []),
    ("办公室具体负责", ["办公室"], []),
    ("局计划科、基建科、科技科", ["局计划科", "基建科", "科技科"], []),
    ("农村办、科技科", ["农村办", "科技科"], []),
    ("局运输科、运管处", ["局运输科", "运管处"], []),
    # said to lead: all others support, whatever verb they carry
    ("局科技科牵头，运输科、水运科、基建科配合", ["局科技科"], ["运输科", "水运科", "基建科"]),
    ("局法规科牵头,局属执法单位", ["局法规科"], ["局属执法单位"]),
    ("局审批科牵头、局属各单位负责", ["局审批科"], ["局属各单位"]),
    ("局办公室牵头、科技科配合,局属各单位负责", ["局办公室"], ["科技科", "局属各单位"]),
    ("局办公室、法规科牵头", ["局办公室", "法规科"], []),
    ("局办公室、法规科牵头，各科室配合", ["局办公室", "法规科"], ["各科室"]),
    ("办公室牵头负责，运输科参与", ["办公室"], ["运输科"]),
    ("办公室总牵头，各科室按职责分工负责", ["办公室"], ["各科室"]),
    ("由办公室牵头，科技处配合", ["办公室"], ["科技处"]),
    ("办公室牵头会同运输处、水运处落实", ["办公室"], ["运输处", "水运处"]),
    ("办公室（牵头）、运输科", ["办公室"], ["运输科"]),
    ("运输科、办公室（牵头单位）", ["办公室"], ["运输科"]),
    ("运输科、水运科（配合）", ["运输科"], ["水运科"]),
    ("办公室为牵头单位，运输科为配合单位", ["办公室"], ["运输科"]),
    ("以办公室为主，运输科配合", ["办公室"], ["运输科"]),
    ("办公室牵头落实", ["办公室"], []),
    ("法规科、财务科分别牵头落实", ["法规科", "财务科"], []),
    ("办公室主办，运输科协办", ["办公室"], ["运输科"]),
    # nobody is said to lead
    ("办公室负责，各处室配合", ["办公室"], ["各处室"]),
    ("办公室负责，运输处协助", ["办公室"], ["运输处"]),
    ("办公室抓好相关工作,各处室、局属各单位各负其责", ["办公室"], ["各处室", "局属各单位"]),
    ("办公室、科技处分别抓好相关工作,各处室各负其责", ["办公室", "科技处"], ["各处室"]),
    ("各处室、局属各单位各负其责", ["各处室", "局属各单位"], []),
    ("各处室配合", [], ["各处室"]),
    ("各处负责解读材料起草、报送工作,办公室做好材料公开工作", ["各处", "办公室"], []),
    # labels
    ("责任单位：局办公室", ["局办公室"], []),
    ("牵头单位：局办公室；责任单位：运输科、水运科", ["局办公室"], ["运输科", "水运科"]),
    ("牵头单位：局办公室 配合单位：各县（市、区）政府", ["局办公室"], ["各县（市、区）政府"]),
    ("责任单位：运输科；配合单位：水运科", ["运输科"], ["水运科"]),
    ("责任单位：运输科牵头，水运科", ["运输科"], ["水运科"]),
    ("牵头:办公室 配合:运输科", ["办公室"], ["运输科"]),
    ("责任处室：办公室；责任人：张三；联系电话：123", ["办公室"], []),
    ("责任单位：各处室 完成时限：2019年底", ["各处室"], []),
    ("牵头单位（部门）：办公室", ["办公室"], []),
    # names that contain 和, 与, 及
    ("市政务服务和大数据管理局", ["市政务服务和大数据管理局"], []),
    ("人力资源和社会保障局、住房和城乡建设局", ["人力资源和社会保障局", "住房和城乡建设局"], []),
    ("发展和改革委员会", ["发展和改革委员会"], []),
    ("市文化和旅游局和市民政局", ["市文化和旅游局", "市民政局"], []),
    ("市农业农村局及市自然资源和规划局", ["市农业农村局", "市自然资源和规划局"], []),
    ("财务与审计处", ["财务与审计处"], []),
    ("工业和信息化局与应急管理局", ["工业和信息化局", "应急管理局"], []),
    ("国防动员和人民防空办公室", ["国防动员和人民防空办公室"], []),
    ("办公室和局属各单位", ["办公室", "局属各单位"], []),
    ("办公室以及运输科", ["办公室", "运输科"], []),
    ("局机关及局属各单位", ["局机关", "局属各单位"], []),
    ("机关党委和人事处", ["机关党委", "人事处"], []),
    # names that contain a role's word
    ("市委组织部、市场监督管理局", ["市委组织部", "市场监督管理局"], []),
    ("政策落实科", ["政策落实科"], []),
    ("项目推进办", ["项目推进办"], []),
    ("会议承办中心", ["会议承办中心"], []),
    ("高等教育处等", ["高等教育处"], []),
    # sets
    ("各县（市、区）政府、市直各部门", ["各县（市、区）政府", "市直各部门"], []),
    ("各县(市、区)人民政府,各开发区管委会", ["各县(市、区)人民政府", "各开发区管委会"], []),
    ("各级各部门", ["各级各部门"], []),
    ("市直各执收单位", ["市直各执收单位"], []),
    ("市教育局牵头、市交通局等部门等按职责分工负责", ["市教育局"], ["市交通局"]),
    ("市发展改革委牵头，市财政局、市交通运输局等按职责分工负责",
     ["市发展改革委"], ["市财政局", "市交通运输局"]),
    ("局办公室、局办公室、运输科", ["局办公室", "运输科"], []),
    ("1.局办公室 2.运输科", ["局办公室", "运输科"], []),
    ("人民银行清江市支行、市残联、市总工会", ["人民银行清江市支行", "市残联", "市总工会"], []),
    ("规划处、交通处分别牵头落实", ["规划处", "交通处"], []),
    ("张三", ["张三"], []),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "lead", "support"), CELLS)
def test_who_leads_and_who_supports(cell, lead, support):
    units = read_units(cell)
    assert (list(units.lead), list(units.support)) == (lead, support)
    assert units.flags == ()


@pytest.mark.parametrize("cell", ["", " ", "—", "/", "无", "\n", "责任人：张三", "完成时限：年底"])
def test_a_cell_without_units(cell):
    assert read_units(cell).flags == ("no-unit",)


VAGUE = [
    ("局办公室、局相关科室", ["局办公室", "局相关科室"], []),
    ("局法规科牵头,局机关相关科室、局属单位负责", ["局法规科"], ["局机关相关科室", "局属单位"]),
    ("局财务科、局属相关单位", ["局财务科", "局属相关单位"], []),
    ("局办公室及有关科室", ["局办公室", "有关科室"], []),
    ("办公室等相关科室按职责分工负责", ["办公室", "相关科室"], []),
    ("市发展改革委牵头，市财政局等有关部门参加", ["市发展改革委"], ["市财政局", "有关部门"]),
    ("各相关单位", ["各相关单位"], []),
    ("各责任单位", ["各责任单位"], []),
    ("涉及处室", ["涉及处室"], []),
]


@pytest.mark.parametrize(("cell", "lead", "support"), VAGUE)
def test_a_set_whose_members_nobody_names(cell, lead, support):
    units = read_units(cell)
    assert (list(units.lead), list(units.support)) == (lead, support)
    assert units.vague
    assert units.flags == ("vague-set",)


BRACKETS = [
    # a clause, its own words, lead, support, deadline
    ("做好公开。（办公室负责）", "做好公开。", ["办公室"], [], None),
    ("做好公开。(办公室、科技处抓好相关工作)", "做好公开。", ["办公室", "科技处"], [], None),
    ("做好公开(审批办公室牵头,各处室各负其责)。", "做好公开", ["审批办公室"], ["各处室"], None),
    ("做好公开。（责任单位：局办公室；完成时限：2019年11月底前）",
     "做好公开。", ["局办公室"], [], "2019年11月底前"),
    ("做好公开。（责任单位：局办公室）（完成时限：长期坚持）",
     "做好公开。", ["局办公室"], [], "长期坚持"),
    ("做好公开。（局办公室，2019年11月底前完成）",
     "做好公开。", ["局办公室"], [], "2019年11月底前完成"),
    ("做好公开（11月底前完成）", "做好公开", [], [], "11月底前完成"),
    ("做好公开。（市发展改革委、市财政局）", "做好公开。", ["市发展改革委", "市财政局"], [], None),
    ("做好公开。（各县（市、区）政府、市直各部门）",
     "做好公开。", ["各县（市、区）政府", "市直各部门"], [], None),
    ("做好公开【牵头单位：局办公室】。", "做好公开", ["局办公室"], [], None),
    ("做好公开。\n责任单位：局办公室、运输科\n完成时限：年底前",
     "做好公开。", ["局办公室", "运输科"], [], "年底前"),
    ("做好公开。责任单位：局办公室。", "做好公开。", ["局办公室"], [], None),
    ("修订办法（试行）。（法规科）", "修订办法（试行）。", ["法规科"], [], None),
    ("做好公开。（相关科室）", "做好公开。", ["相关科室"], [], None),
]  # fmt: skip


@pytest.mark.parametrize(("clause", "own", "lead", "support", "due"), BRACKETS)
def test_a_closing_bracket_that_names_units(clause, own, lead, support, due):
    text, bracket = split_bracket(clause)
    assert text == own
    assert (list(bracket.units.lead), list(bracket.units.support)) == (lead, support)
    assert bracket.due_text == due
    assert clause[bracket.start : bracket.end].strip("。")
    assert clause[: bracket.start].rstrip() == own


@pytest.mark.parametrize(
    "clause",
    [
        "",
        "做好公开。",
        "制定管理办法（试行）",
        "落实《通知》（国办发〔2019〕1号）",
        "落实《通知》(津政办发〔2020〕1号,简称“惠企措施”)",
        "推进系统改造（互联网协议第6版）",
        "推进IPv6(互联网协议第6版)改造",
        "惠及各县（市、区）",
        "做好公开（以下简称局办公室）",
        "做好公开（见附件1）",
        "做好公开（包括局办公室和运输科）",
        "（办公室负责）做好公开工作",
        "做好公开（详情见网站",
        "做好公开）",
        "办理事项（28项）",
    ],
)
def test_other_brackets_stay_in_the_text(clause):
    assert split_bracket(clause) == (clause, None)


SENTENCES = [
    ("由局办公室牵头，运输科配合，制定方案。", ["局办公室"], ["运输科"]),
    ("网站日常维护由科技处负责。", ["科技处"], []),
    ("由办公室、法规处负责审核。", ["办公室", "法规处"], []),
    ("办公室要定期通报进展情况。", ["办公室"], []),
    ("各级各部门要高度重视政务公开工作。", ["各级各部门"], []),
    ("加大公开力度，各级政府部门要依法公开“三定”规定。", ["各级政府部门"], []),
    ("抓紧提出措施，市政府办公室适时对落实情况进行督查。", ["市政府办公室"], []),
    ("局属各单位应当指定专人。", ["局属各单位"], []),
    ("信息发布由宣传处会同各业务处办理。", ["宣传处"], ["各业务处"]),
]


@pytest.mark.parametrize(("sentence", "lead", "support"), SENTENCES)
def test_a_sentence_that_gives_itself_units(sentence, lead, support):
    units = find_units(sentence)
    assert (list(units.lead), list(units.support)) == (lead, support)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "牵头起草部门要认真做好舆情风险评估研判。",
        "决策方案拟定部门要在决策前向社会公布决策草案。",
        "相关部门要加强舆情监测、研判、回应。",
        "相关部门主要负责同志要履行好信息发布等职责。",
        "主要负责人每年至少听取1次汇报。",
        "局领导、相关处室负责人要当好“第一新闻发言人”。",
        "由文件起草处室做好解读工作。",
        "日常信息发布由管理员收集、整理。",
        "由政府公报统一刊登本级政府规章。",
        "办理时限由原来的322个工作日压缩至230个工作日。",
        "由县交通运输局牵头组织相关部门进行了风险评估。",
        "县交通运输局牵头草拟了实施方案。",
        "对工作落实不力的单位要严格追究责任。",
        "加强与宣传部门、网信部门的沟通联系，要完善机制。",
        "政策解读要通俗易懂。",
        "按照局办公室要求报送。",
        "我局要认真落实。",
        "新闻发布会要提前三天公告。",
        "政府常务会议要听取汇报。",
        "信息公开目录应当及时更新。",
    ],
)
def test_a_sentence_that_gives_none(sentence):
    assert find_units(sentence) is None


NAMES = st.sampled_from(
    ["局办公室", "法规科", "运输科", "水运科", "财务与审计处", "住房和城乡建设局", "局属各单位",
     "农村办", "市交通运输综合行政执法支队", "各县（市、区）政府"]
)  # fmt: skip
LISTS = st.lists(NAMES, min_size=1, max_size=5, unique=True)
MARKS = st.sampled_from(["、", "，", ",", "；"])


LEADS = st.sampled_from(["牵头", "牵头负责"])
DOES = st.sampled_from(["配合", "负责", "", "各负其责"])


@given(LISTS, LISTS, MARKS, LEADS, DOES)
def test_every_phrase_is_read_back(lead, others, mark, leads, does):
    others = [name for name in others if name not in lead]
    text = f"{'、'.join(lead)}{leads}"
    if others:
        text += mark + "、".join(others) + does
    units = read_units(text)
    assert (list(units.lead), list(units.support)) == (lead, others)


@given(LISTS, MARKS)
def test_every_plain_list_leads_together(names, mark):
    assert list(read_units(mark.join(names)).lead) == names


def _in_bracket(text):
    return read_units(text, bracket=True)


PIECES = "局办公室科处牵头配合负责各其单位责任：、，；（）()和与及等相关由要 \n2019年底前【】"


@given(st.one_of(st.text(max_size=80), st.text(alphabet=PIECES, max_size=80)))
def test_nothing_makes_it_stumble(text):
    for bracket in (False, True):
        units = read_units(text, bracket=bracket)
        assert not set(units.lead) & set(units.support)
        assert all(name.strip() == name and name for name in units.lead + units.support)
    own, found = split_bracket(text)
    assert text.startswith(own)
    assert (found is None) == (own == text) or found.start <= len(text)
    find_units(text)
    find_brackets(text)


def test_a_bracket_behind_each_sentence():
    text = (
        "制定规划信息公开办法。（规划处负责落实）推进合作等信息公开（试行）。（办公室、运输处分别负责）"
        "公开道路（含桥梁）建设情况（基建处，年底前）。完善制度。"
    )
    found = find_brackets(text)
    assert [bracket.units.lead for bracket in found] == [
        ("规划处",),
        ("办公室", "运输处"),
        ("基建处",),
    ]
    assert [bracket.due_text for bracket in found] == [None, None, "年底前"]
    assert [text[bracket.start] + text[bracket.end - 1] for bracket in found] == ["（）"] * 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "做好（办公室牵头的）工作。",
        "落实《通知》（国办发〔2019〕1号）。",
        "办法（试行）。",
        "（（（",
        "）（",
    ],
)
def test_brackets_inside_a_sentence_stay_text(text):
    assert find_brackets(text) == []
