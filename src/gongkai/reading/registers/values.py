"""What was read of an office's register, as plain values; nothing here reads anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Field = Literal[
    "index_number",
    "title",
    "number",
    "register_number",
    "issuer",
    "genre",
    "formed_on",
    "published_on",
    "effective_on",
    "lapses_on",
    "validity",
    "attribute",
    "ground",
    "topic",
    "keywords",
    "abstract",
    "source",
    "address",
    "recipients",
    "unit",
    "secrecy",
    "remark",
]

FIELDS: dict[Field, str] = {
    "index_number": "索引号",
    "title": "名称",
    "number": "发文字号",
    "register_number": "登记号",
    "issuer": "发布机构",
    "genre": "文种",
    "formed_on": "成文日期",
    "published_on": "发布日期",
    "effective_on": "施行日期",
    "lapses_on": "失效日期",
    "validity": "有效性",
    "attribute": "公开属性",
    "ground": "不公开依据",
    "topic": "主题分类",
    "keywords": "主题词",
    "abstract": "内容概述",
    "source": "来源",
    "address": "网址",
    "recipients": "主送机关",
    "unit": "责任单位",
    "secrecy": "密级",
    "remark": "备注",
}
"""Each field and what it is called on screens."""


@dataclass(frozen=True)
class Column:
    """A column of a sheet: its letter, its heading and the field that it was recognised as."""

    sheet: str
    letter: str
    heading: str
    field: Field | None = None


@dataclass(frozen=True)
class Problem:
    """Why a cell, or a row without the cell, is not taken as it stands.

    ``blocks``: the row cannot be registered before it is mended; else it can, with what
    ``Row.values`` holds.
    """

    cell: str
    """As C12; the row's first cell where none is to blame."""
    text: str
    sentence: str
    blocks: bool = True


@dataclass(frozen=True)
class Row:
    """One row of a register: what it says, by field, in the form that is kept.

    Days are ISO days, ``attribute`` is that of ``elements``, ``validity`` is valid, amended,
    lapsed or repealed, ``number`` is in its right form where that can be told. ``others`` are the
    cells of columns that were not recognised, by their headings. What could not be read is in
    no value but in a problem.
    """

    sheet: str
    number: int
    """The row's number in the sheet, from 1."""
    values: Mapping[Field, str]
    others: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def can_be_taken(self) -> bool:
        """Whether nothing in it must be mended before."""
        return not any(problem.blocks for problem in self.problems)


@dataclass(frozen=True)
class Skipped:
    """A row, or a whole sheet (``number`` 0), that is no record, and why."""

    sheet: str
    number: int
    text: str
    why: str


@dataclass(frozen=True)
class Register:
    """A register: its columns, every row with a record, and what stands there besides."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    skipped: tuple[Skipped, ...] = ()
