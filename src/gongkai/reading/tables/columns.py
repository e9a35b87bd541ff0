"""What the columns of a table hold: by the words of their heads, else by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from gongkai.kernel.chinese import fold, number
from gongkai.reading.deadlines import read_deadline
from gongkai.reading.labels import find_label
from gongkai.reading.units import read_units

Role = Literal[
    "number",
    "group",
    "text",
    "goal",
    "units",
    "lead",
    "support",
    "due",
    "note",
    "remark",
    "person",
    "other",
    "",
]
WORK: frozenset[Role] = frozenset(("group", "text"))
WHO: frozenset[Role] = frozenset(("units", "lead", "support"))

_WHO = "单位|部门|科室|处室|股室|机构|处|科|主体|牵头|配合"
_HEADS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号?|编号|项次|任务(?:序号|编号)|行号|no\.?|#)$")),
    (
        "other",
        re.compile(
            r"完成情况|进展情况|落实情况|推进情况|工作进展|完成进度|目前进展|电话|邮箱|依据|来源|是否|得分|分值|权重|签字|确认"
        ),
    ),
    ("due", re.compile(r"时限|期限|节点|进度(?:要求|安排)|时间|^(?:完成)?时序|办结")),
    (
        "support",
        re.compile(
            rf"^(?:协同|配合|协办|参与|协助|参加|会办).{{0,8}}$|(?:配合|协办|参与|协助)(?:{_WHO})"
        ),
    ),
    (
        "person",
        re.compile(
            r"^(?!.*(?:单位|部门|科室|处室|股室)).*(?:责任人|负责人|联系人|领导|经办人|人员)"
        ),
    ),
    ("lead", re.compile(r"牵头|主办|主责|主要责任|总负责")),
    ("note", re.compile(r"[省市州县区]级?安排|上级")),
    ("remark", re.compile(r"备注|说明$|^附注")),
    ("units", re.compile(r"责任|单位|部门|科室|处室|股室|承办|落实主体|分工|主体")),
    ("goal", re.compile(r"目标(?!任务)|成果|成效|预期|标准|指标值|年度任务量")),
    (
        "text",
        re.compile(
            r"要求|措施|内容|举措|做法|具体任务|工作任务及|任务分解|主要任务|重点任务及|落实"
        ),
    ),
    ("group", re.compile(r"任务|项目|事项|类别|领域|板块|工作|指标|分类|方面|主题|栏目|名称")),
)
_ASIDE = re.compile(r"\([^()]*\)")
"""工作任务（责任单位） holds tasks, 责任部门（单位） units: what stands outside decides."""
_NO_HEAD = re.compile(r"[。|]")
_LONGEST_HEAD = 24
_LONGEST_NAME = 30
_NUMBER = re.compile(r"[(（]?\s*(\d{1,4}|[一二三四五六七八九十百]{1,4}|[①-⑳])\s*[)）]?\s*[、.．]?")


@lru_cache(maxsize=4096)
def role_of(head: str) -> Role:
    """Say what a column holds by the words of its head; "" when they do not tell."""
    plain = re.sub(r"\s", "", fold(head))
    plain = re.sub(r"^备注\(", "(", plain)
    plain = _ASIDE.sub("", plain) or plain.strip("()")
    if not plain or len(plain) > _LONGEST_HEAD or _NO_HEAD.search(plain):
        return ""
    return next((role for role, pattern in _HEADS if pattern.search(plain)), "")


def roles_of(heads: Sequence[str]) -> list[Role] | None:
    """Return the roles of a row of heads; None when it is not the head of a table of tasks."""
    roles = [role_of(head) for head in heads]
    known = set(roles) - {""}
    if not (known & WORK and known & (WHO | {"due"})):
        return None
    named = [head for head in heads if head.strip()]
    if len(named) < 2 or any(len(head) > _LONGEST_HEAD for head in named):
        return None
    if sum(role != "" for role in roles) * 3 < len(named) * 2 or any(find_label(h) for h in named):
        return None
    return settle(roles)


def settle(roles: Sequence[Role]) -> list[Role]:
    """See to it that one column holds the requirement: the last of those that could."""
    settled = list(roles)
    if "text" not in settled:
        groups = [index for index, role in enumerate(settled) if role == "group"]
        if groups:
            settled[groups[-1]] = "text"
    texts = [index for index, role in enumerate(settled) if role == "text"]
    for index in texts[:-1]:
        settled[index] = "group"
    return settled


def printed_number(text: str) -> int | None:
    """Read a row's printed number: 3, 3., （三）, ③; None when the cell is no number."""
    match = _NUMBER.fullmatch(text.strip())
    if match is None:
        return None
    if "①" <= match[1] <= "⑳":
        return ord(match[1]) - ord("①") + 1
    return number(match[1])


# By content


def looks(role: Role, text: str) -> float:
    """Say how well a cell's text fits a column, from -8 (never) to 6 (surely)."""
    if role == "number":
        return 6 if printed_number(text) is not None else -8
    if role == "due":
        return _looks_due(text)
    if role in WHO:
        return _looks_who(text)
    if role == "text":
        plain = len(text) > _LONGEST_NAME or _looks_who(text) < 0
        return (
            2 + min(len(text), 60) / 30 - 2 * (not plain) - 2 * (printed_number(text) is not None)
        )
    if role == "group":
        labelled = find_label(text) is not None
        return (
            2.5 * labelled + (1 if len(text) <= 40 else -1) - 4 * (printed_number(text) is not None)
        )
    if role in ("note", "remark"):
        return 1 if len(text) <= 60 else -1
    return 0


def _looks_due(text: str) -> float:
    if len(text) > 40:
        return -4
    return 5 if read_deadline(text, year=2000) is not None else -3


def _looks_who(text: str) -> float:
    if len(text) > 160 or find_label(text) or "。" in text[:-1]:
        return -4
    return 4 if read_units(text, bracket=True).lead else -3
