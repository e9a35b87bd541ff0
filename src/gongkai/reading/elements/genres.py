"""Which of the fifteen kinds of official documents (文种) a title names; knows no lines."""

from __future__ import annotations

import re

GENRES = (
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复",
    "议案", "函", "纪要",
)  # fmt: skip
"""党政机关公文处理工作条例 第八条; 令 is the short form of 命令."""

_AT_END = re.compile(
    rf"(?P<genre>{'|'.join(GENRES)}|令)(?:\s*[（(〔][^（）()〔〕]{{1,20}}[)）〕])*$"
)
_TRIAL = re.compile(r"试行|暂行")
_UNFINISHED = re.compile(r"征求意见稿|公开征求意见稿|送审稿|讨论稿|代拟稿|草案|草稿|初稿|审议稿")


def genre_of(title: str) -> tuple[str, int, int] | None:
    """Return the genre with which a title ends, and where it stands."""
    match = _AT_END.search(title)
    if match is None:
        return None
    genre = "命令" if match["genre"] == "令" else match["genre"]
    return genre, *match.span("genre")


def trial_in(title: str) -> str | None:
    """Return 试行 or 暂行 when a title says so."""
    match = _TRIAL.search(title)
    return match[0] if match else None


def unfinished_in(title: str) -> str | None:
    """Return 征求意见稿, 送审稿 and the like when a title says so."""
    match = _UNFINISHED.search(title)
    return match[0] if match else None
