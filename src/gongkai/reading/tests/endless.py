"""Texts made to take for ever; the suite asks that they end, the bench how their time grows."""

from __future__ import annotations

from collections.abc import Callable

from gongkai.reading.citations import find_citations
from gongkai.reading.coverage import coverage
from gongkai.reading.deadlines import find_due, find_limits, impossible_dates, read_deadline
from gongkai.reading.elements import document_elements
from gongkai.reading.figures import find_figures
from gongkai.reading.source import paste
from gongkai.reading.targets import find_targets
from gongkai.reading.units import find_brackets, find_units, read_units, split_bracket

YEAR = 2019


def _in_bracket(text: str) -> object:
    return read_units(text, bracket=True)


def _elements(text: str) -> object:
    return document_elements(paste(f"。{text}"))


def _coverage(text: str) -> object:
    return coverage(paste(f"。{text}"))


FINDERS: dict[str, list[Callable[[str], object]]] = {
    "citations": [find_citations],
    "units": [read_units, _in_bracket, split_bracket, find_units, find_brackets],
    "targets": [find_targets],
    "deadlines": [
        lambda text: read_deadline(text, year=YEAR),
        lambda text: find_due(text, year=YEAR, weak=True),
        find_limits,
        impossible_dates,
    ],
    "figures": [find_figures],
    "elements": [_elements, _coverage],
}
"""What looks for one kind of thing, by that kind."""

PIECES: dict[str, list[str]] = {
    "elements": [
        "《办法》、",
        "《办法》（清政发〔2020〕1号）和",
        "《办法》自",
        "自2026年5月1日起",
        "本办法自2026年5月1日起施行，",
        "有效期至",
        "（以下简称《",
        "为了",
        "一、适用范围\n",
        "符合",
        "征求",
        "公开方式：",
        "□主动公开",
        "抄送：\n",
        "机密★",
        "清江市科技局 ",
        "第1号\n",
        "清江市人民政府令\n",
        "清政发〔2026〕1号\n",
    ],
    "citations": [
        "《",
        "》",
        "《》",
        "《〈",
        "国",
        "国办发〔2019〕",
        "国办发〔2019〕1号",
        "令",
        "国务院令第",
        "第1",
        "中华人民共和国",
        "根据",
        "的",
        "《通知》（",
        "《通知》（国",
        "《通知》（国办发〔2019〕1号",
        "（",
        " ",
        "《 》",
        "《办法》、",
    ],
    "units": [
        "局办公室、",
        "局",
        "科和",
        "（",
        "）",
        "(",
        "（)",
        "由",
        "由局",
        "牵头",
        "责任单位：",
        "要",
        "局要",
        " ",
        "科 ",
        "、",
        "分别",
        "等部门",
        "办公室牵头会同",
        "（办公室负责）",
        "按职责分工",
        "\n",
        "一、",
        "局和",
    ],
    "targets": [
        "不少于",
        "不少于1家",
        "率100%",
        "率1%、",
        "1",
        "1,000",
        "“",
        "”1%率",
        "新建",
        "完成3个",
        "三个“1%”",
        "召开1场",
        "百分之一",
        "且",
        "每",
        " ",
        "不少于一",
        "1个",
        "率1%。",
        "年底前实现",
    ],
    "deadlines": [
        "年",
        "2019年",
        "1月",
        "一",
        "1",
        "每年",
        "每月",
        "不少于",
        "5小时",
        "及时",
        "年底前、",
        "按省",
        "及时向社会",
        "〇",
        "至",
        "的",
        "上",
        "第一季",
        "个工作日",
        "6月至",
        "2019-",
        "每年的1",
        "已",
        "起20",
        "　",
        "起在于",
    ],
    "figures": [
        "66件",
        "66件，",
        "其中",
        "其中1件、",
        "由1件",
        "由1件至2件，",
        "占1%",
        "1",
        "1,000",
        "（",
        "（1件）",
        "率1%",
        "1万",
        "件1件，共",
        "合计1件",
        "2018年1件，",
        "提高1%",
        "百分之一点",
        " ",
        "1件。",
        "1%至1%",
    ],
}
"""What a finder could trip over when it comes thousands of times over, without a break."""

PAGES = [
    '<a b=">" ',
    "<!--",
    '<a "',
    "<div>",
    "<p><b>",
    "<table><tr><td>",
    "<script>",
    "&amp",
    "<!",
    "<li>",
    "</p>",
    "< ",
    "<a x=",
    "<title>",
    "<b><p></p>",
]
"""Tags that are left open, nested or nonsense."""

TEXTS: dict[str, tuple[str, str, str, int]] = {
    "one character": ("", "一", "", 200_000),
    "open brackets": ("", "（", "", 100_000),
    "open quotes": ("一、“", "《", "", 100_000),
    "labels": ("", "1.", "", 100_000),
    "labels a line": ("", "一、\n", "", 30_000),
    "items": ("", "一是", "", 50_000),
    "bars": ("", "|", "", 200_000),
    "bars a line": ("", "|\n", "", 60_000),
    "numbers and bars": ("序号 | 任务 | 责任单位 | 时限 |\n", "1 | ", "", 50_000),
    "tabs": ("序号\t任务\t责任单位\t时限\n", "\t", "", 100_000),
    "spaces": ("一、", " ", "公开", 200_000),
    "line breaks": ("", "\n", "公开", 200_000),
    "digits": ("", "1", "", 200_000),
    "days": ("", "2026年1月1日", "", 20_000),
    "colons": ("", "责任单位：", "", 30_000),
    "unit words": ("", "局办公室、", "", 40_000),
    "titles": ("", "公开工作方案\n", "", 20_000),
    "attachments": ("", "附件：1.表\n", "", 20_000),
    "heads": ("", "序号\n任务\n责任单位\n时限\n", "", 10_000),
    "breadcrumbs": ("", "首页 > ", "", 30_000),
    "pinyin": ("", "關(guān", "", 40_000),
    "percents": ("", "100%", "", 50_000),
    "sums": ("", "共1件，其中：", "", 20_000),
    "citations": ("", "《通知》（", "", 30_000),
}
"""What comes before, what is repeated, what comes after, and how often it is repeated."""

DEEP = "\n".join("1." * depth + "1 公开" for depth in range(1, 200))
"""Labels of two hundred levels."""

PROSE = """一、加强公开（{n}）
（一）公开预算。办公室牵头，各科室配合，2026年6月底前完成。每季度通报一次，办理率不低于95%。
（二）公开决算。一是抓培训；二是严考核；三是重实效。（责任单位：财务科；完成时限：2026年9月）
"""
FLAT = "{n} |\n公开第{n}项信息，做好{n}类事项 |\n局办公室、相关科室 |\n2026年11月底前 |\n"
FLAT_HEAD = "序号 |\n任务 |\n责任单位 |\n时限 |\n"
BARE = "{n}\n公开第{n}项信息，做好各类事项\n局办公室\n2026年11月底前\n"
TABBED = "{n}\t公开第{n}项信息\t局办公室\t2026年11月底前\n"
DOCUMENTS = {
    "clauses": ("", PROSE),
    "one long paragraph": (
        "一、",
        "公开第{n}项信息，局办公室每季度通报，共3件，其中甲1件、乙2件。",
    ),
    "bars": (FLAT_HEAD, FLAT),
    "cells a line": (FLAT_HEAD.replace(" |", ""), BARE),
    "tabs": ("序号\t任务\t责任单位\t时限\n", TABBED),
    "articles": (
        "",
        "第{n}条 各科室应当在5个工作日内公开《第{n}号文件》（清政发〔2026〕{n}号）。\n",
    ),
    "headings": ("", "抓好第某项工作\n做好各类信息的公开，每季度通报一次，由办公室负责。\n"),
}
"""What comes before, and a part of a document that a person could have written, numbered."""


def find_all(kind: str, piece: str, length: int) -> None:
    """Look for all of a kind in so many characters of a piece, unbroken and in sentences."""
    sentence = piece * (length // 50 // len(piece)) + "。"
    for text in (piece * (length // len(piece)), sentence * 50):
        for find in FINDERS[kind]:
            find(text)


def text_of(name: str, share: float = 1) -> str:
    """Return one of the texts, whole or a share of it."""
    before, piece, after, times = TEXTS[name]
    return before + piece * round(times * share) + after


def document_of(name: str, parts: int) -> str:
    """Return a document of so many parts."""
    head, part = DOCUMENTS[name]
    return head + "".join(part.format(n=n) for n in range(1, parts + 1))


def page_of(tag: str, times: int) -> bytes:
    """Return a page in which a tag comes so many times over."""
    return ("<p>x" + tag * times).encode()
