"""What the guide to information disclosure has to say (条例 第十二条); pure text."""

from __future__ import annotations

import re

ELEMENTS: tuple[tuple[str, str], ...] = (
    ("政府信息的分类", r"分类"),
    ("编排体系", r"编排|编制体系|目录体系"),
    ("获取方式", r"获取方式|获取途径|获取渠道|如何获取|公开方式|查阅"),
    ("工作机构的名称", r"工作机构"),
    ("办公地址", r"地\s*址"),
    ("办公时间", r"(办公|工作|受理|接待)时间"),
    ("联系电话", r"(电\s*话)[^传]{0,12}\d{3,4}[-\s－—]?\d{4,8}|电\s*话[：:\s]*\d{7,}"),
    ("传真号码", r"传\s*真"),
    ("互联网联系方式", r"互联网|网址|网站|电子邮箱|邮箱|https?://|[\w.]+@[\w.]+"),
)
"""Each element with the words by which it is known."""


def guide_missing(text: str) -> list[str]:
    """Return the elements of 第十二条 that a guide does not have; ``text`` without tags."""
    flat = re.sub(r"\s+", " ", text)
    return [name for name, pattern in ELEMENTS if not re.search(pattern, flat)]
