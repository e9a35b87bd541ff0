"""What the headings of a register's columns mean, and which rows they are; reads no record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.kernel.chinese import fold
from gongkai.reading.elements.marks import attribute_of
from gongkai.reading.elements.values import Attribute
from gongkai.reading.registers.sheets import Cells, Grid
from gongkai.reading.registers.values import Field

_SYNONYMS: dict[Field, str] = {
    "index_number": "索引号|信息索引号|信息索引|索取号|信息索取号",
    "title": (
        "名称|标题|信息名称|信息标题|文件名称|文件标题|公文标题|公文名称|政府信息名称|题名|文件题名|文件名|规范性文件名称|文题|题目"
    ),
    "number": "文号|发文字号|发文文号|文件字号|文件编号|发文号|公文字号|公文文号|文件文号|字号",
    "register_number": (
        "登记号|登记编号|统一登记号|统一编号|规范性文件登记号|规范性文件统一编号|三统一编号|备案号|备案登记号"
    ),
    "issuer": (
        "发布机构|发文机关|发文单位|制定机关|制定单位|发布机关|发布单位|制发机关|制发单位|公开主体|公开机构|发文机构|公布机关|印发机关|"
        "制作机关|制作单位|公开单位|信息公开机关"
    ),
    "genre": "文种|体裁|文件种类|公文种类|公文类型|体裁分类",
    "formed_on": (
        "成文日期|成文时间|生成日期|生成时间|发文日期|发文时间|印发日期|印发时间|制发日期|签发日期|形成日期|形成时间|制作日期|产生日期|"
        "出台日期|出台时间"
    ),
    "published_on": (
        "发布日期|发布时间|公开日期|公开时间|公布日期|公布时间|上网日期|上网时间|网上发布日期|网上公开日期|实际公开时间"
    ),
    "effective_on": "施行日期|施行时间|实施日期|实施时间|生效日期|生效时间|执行日期|起始日期",
    "lapses_on": (
        "有效期至|失效日期|失效时间|有效期止|有效期截止日期|有效期限至|有效截止日期|废止日期|废止时间|终止日期|截止日期"
    ),
    "validity": "效力|有效性|效力状态|时效性|文件状态|状态|是否有效|效力情况",
    "attribute": (
        "公开方式|公开属性|是否公开|公开类别|公开类型|信息公开选项|公开选项|公文公开属性|信息公开属性|公开性质|公文公开选项|政府信息属性"
    ),
    "ground": (
        "不公开理由|不公开依据|不予公开理由|不予公开依据|不予公开的理由|不公开的理由|不公开原因|不予公开原因|理由|依据|理由依据|"
        "不公开理由及依据|不予公开理由及依据|免予公开理由"
    ),
    "topic": (
        "主题分类|类别|分类|信息分类|信息类别|主题|栏目|组配分类|所属类别|公开事项|内容分类|所属栏目"
    ),
    "keywords": "主题词|关键词|关键字",
    "abstract": "内容概述|内容摘要|摘要|概述|内容简介|信息概述|内容简述|主要内容|内容",
    "source": "来源|信息来源|文件来源|稿件来源",
    "address": "网址|链接|公开网址|链接地址|网页地址|发布网址|公开链接|url",
    "recipients": "主送|主送机关|主送单位",
    "unit": (
        "责任单位|责任科室|责任部门|承办单位|承办科室|起草单位|起草科室|起草部门|经办科室|主办科室|拟稿科室"
    ),
    "secrecy": "密级|涉密情况|是否涉密",
    "remark": "备注|说明|附注",
}
NAMES: dict[str, Field] = {
    fold(name): meant for meant, names in _SYNONYMS.items() for name in names.split("|")
}
_VAGUE_DAY = {fold(name) for name in ("日期", "时间", "年月日")}
_SERIAL = {fold(name) for name in ("序号", "编号", "行号", "no", "no.")}
_ASIDE = re.compile(r"[（(\[【].*?[)）\]】]|[*＊★:：]|必填|选填", re.S)
_WITHIN = 30
"""Among so many rows from the top the heading is looked for."""
_FEWEST = 2
_LONGEST_HEADING = 40


@dataclass(frozen=True)
class Head:
    """Where the headings of a sheet stand and what its columns hold."""

    first: int
    last: int
    """Numbers of the first and last row of the headings."""
    headings: dict[int, str]
    fields: dict[int, Field]
    ticks: dict[int, Attribute]
    """Columns of which one is ticked for the attribute."""


def find_head(grid: Grid) -> Head | None:
    """Find the row, or two rows, of headings: where most are known, the title's among them."""
    numbers = sorted(grid.rows)[:_WITHIN]
    best, known = None, 0
    for number in numbers:
        names = {_meaning(cell) for cell in grid.rows[number].values()} - {None}
        if len(names) > known:
            best, known = number, len(names)
    if best is None:
        return None
    head = _head_at(grid, best)
    found = set(head.fields.values())
    return head if "title" in found and len(found) + bool(head.ticks) >= _FEWEST else None


def is_heading_row(cells: Cells, head: Head) -> bool:
    """Say whether a row repeats the headings, as on the next printed page."""
    same = [col for col, text in cells.items() if fold(head.headings.get(col, "")) == fold(text)]
    return len(same) >= max(_FEWEST, len(cells) // 2 + 1)


def _head_at(grid: Grid, number: int) -> Head:
    above, below = grid.rows[number], grid.rows.get(number + 1, {})
    if not _is_second(above, below):
        return Head(number, number, above, _fields(above, {}, set()), {})
    upper = {col: _over(above, col) for col in {*above, *below}}
    headings = {col: _both(upper[col], below.get(col, "")) for col in sorted(upper)}
    ticks = _ticked(below)
    return Head(number, number + 1, headings, _fields(upper, below, set(ticks)), ticks)


def _over(above: Cells, col: int) -> str:
    """Return the heading over a column: one that spans several stands at its left end."""
    return next((above[at] for at in range(col, -1, -1) if at in above), "")


def _both(upper: str, lower: str) -> str:
    return upper if not lower or fold(lower) == fold(upper) else f"{upper}{lower}"


def _ticked(below: Cells) -> dict[int, Attribute]:
    found = {col: attribute_of(text) for col, text in below.items()}
    ticks = {col: attribute for col, attribute in found.items() if attribute}
    return ticks if len(ticks) >= _FEWEST else {}


def _is_second(above: Cells, below: Cells) -> bool:
    """Say whether the row below goes on with the headings: all its cells are such words."""
    other = [col for col, text in below.items() if fold(text) != fold(above.get(col, ""))]
    return bool(other) and all(
        attribute_of(below[col]) is not None or _under(_over(above, col), below[col])
        for col in other
    )


def _under(upper: str, lower: str) -> Field | None:
    """Return what a heading means under another one: 成文 under 日期."""
    joined = (lower, upper + lower, lower + upper)
    return next((meant for one in joined if (meant := _meaning(one))), None)


def _fields(upper: Cells, below: Cells, ticks: set[int]) -> dict[int, Field]:
    """Give each column a field; of two that say the same the first has it."""
    found: dict[int, Field] = {}
    for col, heading in sorted(upper.items()):
        if col in ticks:
            continue
        lower = below.get(col, "")
        meant = (_under(heading, lower) if lower else None) or _meaning(heading)
        if meant and meant not in found.values() and not (ticks and meant == "attribute"):
            found[col] = meant
    for col in (col for col, heading in upper.items() if _plain(heading) in _VAGUE_DAY):
        days: Iterable[Field] = ("formed_on", "published_on")
        free = next((day for day in days if day not in found.values()), None)
        if col not in found and free:
            found[col] = free
    return found


def is_serial(heading: str) -> bool:
    """Say whether a column only counts the rows."""
    return _plain(heading) in _SERIAL


def _meaning(text: str) -> Field | None:
    return NAMES.get(_plain(text)) if len(text) <= _LONGEST_HEADING else None


def _plain(text: str) -> str:
    return fold(_ASIDE.sub("", text))
