"""The columns of a fill-in sheet and a line of it, as it goes out and as it comes back."""

from __future__ import annotations

import re
from dataclasses import dataclass

GIVEN = ("序号", "任务", "完成时限", "当前进度")
"""What the office gives; the unit reads it and cannot change it."""

ASKED = ("进展情况", "存在问题", "下一步打算", "是否办结")
"""What the unit fills in."""

KEY = "校验码（请勿改动）"
"""The hidden column by which a line is known again."""

HEADINGS = (*GIVEN, *ASKED, KEY)
LABELS = {"progress": "进展情况", "problems": "存在问题", "next_steps": "下一步打算"}
YES, NO = "是", "否"
CHOICES = (YES, NO)
LONGEST = 2_000
"""Characters that a cell may hold; longer text belongs into a document."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]|_x00[01][0-9A-Fa-f]_")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Line:
    """A line as it goes out."""

    number: str
    task: str
    due: str
    now: str
    key: str


@dataclass(frozen=True)
class Filled:
    """What a unit wrote into a line."""

    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    done: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing was written."""
        return not (self.progress or self.problems or self.next_steps or self.done)


@dataclass(frozen=True)
class Trouble:
    """What is wrong with a line of the workbook, and what to do about it."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return f"第{self.line}行：{self.sentence}"


def cleaned(text: str) -> str:
    """Return text as it is kept: line ends alike, no control characters, no space around."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def same_words(one: str, other: str) -> bool:
    """Say whether two cells say the same; programs write spaces and line ends their own way."""
    return _SPACE.sub("", cleaned(one)) == _SPACE.sub("", cleaned(other))


def short(text: str, length: int = 30) -> str:
    """Return the beginning of a long text."""
    return text if len(text) <= length else f"{text[:length]}…"
