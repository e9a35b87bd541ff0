"""Each cited document is found with its number, and nothing that is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.reading.citations import find_citations

FOUND = [
    ("按照《工作要点》（清政公组〔2019〕1号）要求", [("工作要点", "清政公组〔2019〕1号")]),
    ("按照《工作要点》(清政公组〔2019〕1号)要求", [("工作要点", "清政公组〔2019〕1号")]),
    ("《通知》(国办秘函[2019]19号)", [("通知", "国办秘函〔2019〕19号")]),
    ("《通知》（国办秘函（2019）19号）", [("通知", "国办秘函〔2019〕19号")]),
    ("《通知》（国办秘函【2019】19号）", [("通知", "国办秘函〔2019〕19号")]),
    ("《通知》（国办秘函〔２０１９〕１９号）", [("通知", "国办秘函〔2019〕19号")]),
    ("《通知》 （国办秘函 〔2019〕 19号）", [("通知", "国办秘函〔2019〕19号")]),
    ("《措施》（清政办发〔2020〕1号，简称“惠企措施”）", [("措施", "清政办发〔2020〕1号")]),
    ("《办公室关于印发〈要点分工〉的通知》精神", [("办公室关于印发〈要点分工〉的通知", None)]),
    ("《关于印发《管理办法》的通知》", [("关于印发《管理办法》的通知", None)]),
    ("《<政府工作报告>任务分解表》", [("<政府工作报告>任务分解表", None)]),
    ("《关于\n做好公报工作的通知》", [("关于做好公报工作的通知", None)]),
    ("《管理办法（试行）》", [("管理办法（试行）", None)]),
    ("《中华人民共和国政府信息公开条例》规定", [("中华人民共和国政府信息公开条例", None)]),
    ("《条例》（国务院令第711号）", [("条例", "国务院令第711号")]),
    (
        "《条例》（中华人民共和国国务院令第711号）",
        [("条例", "中华人民共和国国务院令第711号")],
    ),
    ("《公路法》《道路运输条例》", [("公路法", None), ("道路运输条例", None)]),
    ("根据国办发〔2019〕14号文件要求", [("", "国办发〔2019〕14号")]),
    ("国办发〔2019〕14号《关于公报工作的通知》", [("关于公报工作的通知", "国办发〔2019〕14号")]),
    ("经国务院令第492号公布", [("", "国务院令第492号")]),
    ("交通运输部令2019年第5号", [("", "交通运输部令2019年第5号")]),
    (
        "依照中华人民共和国突发事件应对法和中华人民共和国公路法",
        [("中华人民共和国突发事件应对法", None), ("中华人民共和国公路法", None)],
    ),
    ("《市志》（清政办函〔2018〕10号）", [("市志", "清政办函〔2018〕10号")]),
]


@pytest.mark.parametrize(("text", "citations"), FOUND)
def test_what_a_text_names(text, citations):
    assert [(c.title, c.number) for c in find_citations(text)] == citations


@pytest.mark.parametrize(
    "text",
    [
        "",
        "通过《政务公开工作交流》交流经验做法",
        "《人民日报》刊发",
        "设立《政务公开工作要点》专栏",
        "《未完的题目通知",
        "题目通知》",
        "《》",
        "38号窗口",
        "第6版、第3号楼",
        "2019年第3号",
        "按照中华人民共和国法律规定",
        "一声令下",
        "“一号工程”",
    ],
)
def test_what_is_no_document(text):
    assert find_citations(text) == []


def test_offsets_cover_title_and_number():
    text = "按照《工作 要点》（清政公组〔2019〕1号）要求"
    citation = find_citations(text)[0]
    assert text[citation.start : citation.end] == "《工作 要点》（清政公组〔2019〕1号）"


SIGN = st.sampled_from(["国办发", "清政办函", "清交规", "国办秘函", "清政公组", "交办公路"])


@given(
    SIGN,
    st.integers(1990, 2059),
    st.integers(1, 9999),
    st.sampled_from(["〔〕", "[]", "()", "【】", "（）"]),
)
def test_every_number_is_read_back(sign, year, number, brackets):
    written = f"{sign}{brackets[0]}{year}{brackets[1]}{number}号"
    plain = f"{sign}〔{year}〕{number}号"
    assert [c.number for c in find_citations(f"根据{written}精神")] == [plain]
    assert [c.number for c in find_citations(f"按照《关于公开工作的通知》（{written}）要求")] == [
        plain
    ]


PIECES = "《》〈〉（）()〔〕[]2019号令第国办发中华人民共和通知办法 \n、的"


@given(st.one_of(st.text(max_size=100), st.text(alphabet=PIECES, max_size=100)))
def test_nothing_makes_it_stumble(text):
    last = 0
    for citation in find_citations(text):
        assert last <= citation.start < citation.end <= len(text)
        assert citation.title or citation.number
        last = citation.end
